"""The settings of a training, as a form that is checked while it is filled in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.file_choice import FileChoice
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.workers.training_worker import patch_split_path
from bcviewer.model.catalog import ARCHITECTURES, architecture
from bcviewer.model.job import TrainingJob, make_job

NUMBER_WIDTH = 104
ROW_HEIGHT = 26
TWO_COLUMNS_FROM = 440
LARGEST_BATCH = 4096
LARGEST_COUNT = 1_000_000
DOWNLOAD_WORD = "Downloaded once, about {size} MB, when the training starts."
DOWNLOAD_MB = {1.0: 9, 0.35: 2}
RANDOM_WORD = "Learns slowly and scores lower than from ImageNet weights."
NO_WEIGHTS_WORD = "Simple CNN always starts from nothing."
PATCH_WISE_WORD = "Optimistic: the patches of one patient both train and validate."
RATE_WORD = "A number above 0, at most 1, such as 0.0004; empty for automatic."


class TrainingForm(QWidget):
    """Everything that a ``TrainingJob`` asks for, but its folders."""

    changed = Signal()
    """A setting, and perhaps whether the form is valid, has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create()
        self._lay_out()
        self._connect()
        self._refresh()

    def _create(self) -> None:
        self.model = QComboBox()
        for each in ARCHITECTURES:
            for alpha in each.alphas:
                title = each.title if alpha == each.alphas[0] else f"{each.title} {alpha}"
                self.model.addItem(title, (each.name, alpha))
        self.weights = FileChoice(
            {"imagenet": "ImageNet", "none": "none (random)"},
            caption="Weights to start from",
            pattern="Weights (*.h5 *.keras *.npz);;All files (*)",
        )
        self.split = FileChoice(
            {"patient": "by patient", "patch": "patch-wise (optimistic)"},
            caption="A split file",
            pattern="Split files (*.json);;All files (*)",
        )
        self.epochs = _number(1, 1000, value=10)
        self.steps = _number(0, LARGEST_COUNT, value=0, step=50)
        self.steps.setSpecialValueText("whole set")
        self.batch_size = _number(1, LARGEST_BATCH, value=64, step=16)
        self.seed = _number(0, LARGEST_COUNT, value=0)
        self.learning_rate = QLineEdit()
        self.learning_rate.setFixedWidth(NUMBER_WIDTH)
        # Its text begins where that of the number fields begins.
        self.learning_rate.setTextMargins(2, 0, 0, 0)
        self.class_weights = QCheckBox("Class weights")
        self.class_weights.setChecked(True)
        self.class_weights.setToolTip("Weigh IDC and not IDC alike, whatever their numbers")
        self.augmentation = QCheckBox("Augmentation")
        self.augmentation.setChecked(True)
        self.augmentation.setToolTip("Flips, quarter turns and a mild change of colours")
        self._fields = {
            "model": FormField("Model", self.model, self),
            "weights": FormField("Start weights", self.weights, self),
            "split": FormField("Split", self.split, self),
            "seed": FormField("Seed", self.seed, self),
            "epochs": FormField("Epochs", self.epochs, self),
            "steps": FormField("Steps an epoch", self.steps, self),
            "batch_size": FormField("Batch size", self.batch_size, self),
            "learning_rate": FormField("Learning rate", self.learning_rate, self),
        }

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, GRID // 2, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._columns = 0
        self._flow(columns=2)

    def _flow(self, *, columns: int) -> None:
        """Lay the settings out in one column or in two."""
        if columns == self._columns:
            return
        self._columns = columns
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
            self._grid.setRowStretch(row, 0)
        fields = list(self._fields.values())
        rows = len(fields) // columns
        for number, field in enumerate(fields):
            place = (number % rows, 3 * (number // rows))
            field.add_to(self._grid, *place, word_span=3 * columns - 2)
        ticks = ((rows, 1), (rows, 4)) if columns == 2 else ((rows, 1), (rows + 1, 1))
        for tick, (row, column) in zip((self.class_weights, self.augmentation), ticks, strict=True):
            self._grid.addWidget(tick, 2 * row, column)
        for row in range(rows + 3 - columns):
            self._grid.setRowMinimumHeight(2 * row, ROW_HEIGHT)
        self._grid.setRowStretch(2 * (rows + 3), 1)
        self._grid.setColumnMinimumWidth(2, GRID if columns == 2 else 0)
        self._grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.model.currentIndexChanged.connect(self._refresh)
        self.weights.chosen.connect(self._refresh)
        self.split.chosen.connect(self._refresh)
        self.learning_rate.textChanged.connect(self._refresh)
        for spin in (self.epochs, self.steps, self.batch_size, self.seed):
            spin.valueChanged.connect(self.changed)
        for tick in (self.class_weights, self.augmentation):
            tick.toggled.connect(self.changed)

    @property
    def model_name(self) -> str:
        """The chosen architecture."""
        return str(self.model.currentData()[0])

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps the training from being started, in words; empty for a valid form."""
        found = [self.weights.problem, self.split.problem]
        if self._rate() is None and self._rate_text():
            found.append(f"Learning rate: {RATE_WORD[0].lower()}{RATE_WORD[1:]}")
        return tuple(problem for problem in found if problem)

    def job(self, folder: Path, workspace: Path, run: Path) -> TrainingJob:
        """Return the job that the form says.

        Raises:
            JobError: A setting is not valid.
        """
        name, alpha = self.model.currentData()
        weights = self.weights.file or self.weights.choice
        split = self.split.file
        if self.split.choice == "patch":
            split = patch_split_path(workspace, self.seed.value())
        return make_job(
            {
                "folder": folder,
                "workspace": workspace,
                "run": run,
                "model": name,
                "alpha": alpha,
                "weights": str(weights) if architecture(name).pretrained else "none",
                "split": split,
                "epochs": self.epochs.value(),
                "steps_per_epoch": self.steps.value() or None,
                "batch_size": self.batch_size.value(),
                "learning_rate": (self._rate() or self._rate_text()) if self._rate_text() else None,
                "class_weights": self.class_weights.isChecked(),
                "augmentation": self.augmentation.isChecked(),
                "seed": self.seed.value(),
            }
        )

    def set_editable(self, editable: bool) -> None:
        """Let the settings be changed, or only be read while a training runs with them."""
        self._content.setEnabled(editable)

    def word(self, field: str) -> str:
        """What is said under a field."""
        return self._fields[field].word

    @Slot()
    def _refresh(self) -> None:
        name, alpha = self.model.currentData()
        chosen = architecture(name)
        self.model.setToolTip(f"{chosen.description} {chosen.parameters_hint}.")
        self.weights.force(None if chosen.pretrained else "none")
        self.learning_rate.setPlaceholderText(f"auto ({chosen.learning_rate:g})")
        self._say_weights(pretrained=chosen.pretrained, alpha=alpha)
        self._say_split()
        valid = self._rate() is not None or not self._rate_text()
        self._fields["learning_rate"].say("" if valid else RATE_WORD, role="danger")
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow(columns=2 if self.width() >= TWO_COLUMNS_FROM else 1)
        super().resizeEvent(event)

    def _say_weights(self, *, pretrained: bool, alpha: float) -> None:
        field = self._fields["weights"]
        if not pretrained:
            field.say(NO_WEIGHTS_WORD)
        elif self.weights.problem:
            field.say(self.weights.problem, role="danger")
        elif self.weights.choice == "imagenet":
            field.say(DOWNLOAD_WORD.format(size=DOWNLOAD_MB.get(alpha, 9)))
        else:
            field.say(RANDOM_WORD if self.weights.choice == "none" else "", role="warn")

    def _say_split(self) -> None:
        patch_wise = self.split.choice == "patch"
        problem = self.split.problem
        self._fields["split"].say(
            problem or (PATCH_WISE_WORD if patch_wise else ""), role="danger" if problem else "warn"
        )

    def _rate_text(self) -> str:
        return self.learning_rate.text().strip()

    def _rate(self) -> float | None:
        try:
            rate = float(self._rate_text().replace(",", "."))
        except ValueError:
            return None
        return rate if 0 < rate <= 1 else None


def _number(least: int, most: int, *, value: int, step: int = 1) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setSingleStep(step)
    spin.setValue(value)
    spin.setGroupSeparatorShown(True)
    spin.setFixedWidth(NUMBER_WIDTH)
    return spin
