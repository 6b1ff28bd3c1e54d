"""The settings of a training, as a form that is checked while it is filled in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from bcviewer.gui.widgets import training_form_words as words
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.widgets.file_choice import FileChoice
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.widgets.form_grid import Entry, FormGrid
from bcviewer.gui.widgets.job_file_buttons import JobFileButtons
from bcviewer.gui.words import tr
from bcviewer.gui.workers.training_worker import patch_split_path
from bcviewer.model.catalog import ARCHITECTURES, architecture
from bcviewer.model.job import TrainingJob, make_job
from bcviewer.model.start_model import names_model

NUMBER_WIDTH = 104
LARGEST_BATCH = 4096
LARGEST_COUNT = 1_000_000
LARGEST_SEED = 2**31 - 1
LONGEST = 1000


class TrainingForm(QWidget):
    """Everything that a ``TrainingJob`` asks for, but its folders."""

    changed = Signal()
    """A setting, and perhaps whether the form is valid, has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create()
        self._name_fields()
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
            {"imagenet": tr("ImageNet"), "none": tr("none (random)")},
            caption=tr("Weights to start from"),
            pattern=tr("Weights (*.h5 *.keras *.npz);;All files (*)"),
            folder_caption=tr("A model, or its run, to go on from"),
        )
        self.backbone = Choice({"fine_tuned": tr("fine-tuned"), "frozen": tr("frozen")})
        self.split = FileChoice(
            {"patient": tr("by patient"), "patch": tr("patch-wise (optimistic)")},
            caption=tr("A split file"),
            pattern=tr("Split files and lists (*.json *.txt *.csv);;All files (*)"),
        )
        self.epochs = _number(1, LONGEST, value=10)
        self.steps = _number(0, LARGEST_COUNT, value=0, step=50)
        self.steps.setSpecialValueText(tr("whole set"))
        self.patience = _number(0, LONGEST, value=0)
        self.patience.setSpecialValueText(tr("never"))
        self.patience.setToolTip(tr(words.PATIENCE_TIP))
        self.batch_size = _number(1, LARGEST_BATCH, value=64, step=16)
        self.seed = _number(0, LARGEST_SEED, value=0)
        self.learning_rate = QLineEdit()
        self.learning_rate.setFixedWidth(NUMBER_WIDTH)
        # Its text begins where that of the number fields begins.
        self.learning_rate.setTextMargins(2, 0, 0, 0)
        self.schedule = Choice({"cosine": tr("cosine"), "constant": tr("constant")})
        self.precision = Choice(
            {"auto": tr("automatic"), "float32": tr("32 bit"), "bfloat16": tr("16 bit")}
        )
        self.precision.setToolTip(tr(words.PRECISION_TIP))
        for choice in (self.schedule, self.precision):
            choice.setFixedWidth(NUMBER_WIDTH)
        self.class_weights = _tick(tr("Class weights"), tr(words.CLASS_WEIGHTS_TIP))
        self.augmentation = _tick(tr("Augmentation"), tr(words.AUGMENTATION_TIP))
        self.averaging = _tick(tr("Average weights"), tr(words.AVERAGING_TIP))
        self.smoothing = _number(0, 50, value=5)
        self.smoothing.setSuffix(" %")
        self.smoothing.setToolTip(tr(words.SMOOTHING_TIP))
        self.job_file = JobFileButtons()

    def _name_fields(self) -> None:
        self._fields = {
            "model": FormField(tr("Model"), self.model, self),
            "weights": FormField(tr("Start weights"), self.weights, self),
            "backbone": FormField(tr("Backbone"), self.backbone, self),
            "split": FormField(tr("Split"), self.split, self),
            "seed": FormField(tr("Seed"), self.seed, self),
            "job_file": FormField(tr("Job file"), self.job_file, self),
            "epochs": FormField(tr("Epochs"), self.epochs, self),
            "steps": FormField(tr("Steps an epoch"), self.steps, self),
            "patience": FormField(tr("Stop early after"), self.patience, self),
            "batch_size": FormField(tr("Batch size"), self.batch_size, self),
            "learning_rate": FormField(tr("Learning rate"), self.learning_rate, self),
            "schedule": FormField(tr("Schedule"), self.schedule, self),
            "precision": FormField(tr("Precision"), self.precision, self),
            "smoothing": FormField(tr("Smoothing"), self.smoothing, self),
        }

    def _lay_out(self) -> None:
        fields = list(self._fields.values())
        left: list[Entry] = [*fields[:6]]
        right: list[Entry] = [*fields[6:], *self._ticks]
        self._grid = FormGrid(left, right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._grid)

    def _connect(self) -> None:
        self.model.currentIndexChanged.connect(self._refresh)
        choices = (self.weights, self.backbone, self.split, self.schedule, self.precision)
        for choice in choices:
            choice.chosen.connect(self._refresh)
        self.learning_rate.textChanged.connect(self._refresh)
        self.patience.valueChanged.connect(self._refresh)
        for spin in (self.epochs, self.steps, self.batch_size, self.seed, self.smoothing):
            spin.valueChanged.connect(self.changed)
        for tick in self._ticks:
            tick.toggled.connect(self.changed)

    @property
    def _ticks(self) -> tuple[QCheckBox, ...]:
        return self.class_weights, self.augmentation, self.averaging

    @property
    def model_name(self) -> str:
        """The chosen architecture."""
        return str(self.model.currentData()[0])

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps the training from being started, in words; empty for a valid form."""
        found = [self.weights.problem, self.split.problem]
        if self._rate() is None and self._rate_text():
            found.append(words.RATE_PROBLEM)
        return tuple(problem for problem in found if problem)

    def job(self, folder: Path, workspace: Path, run: Path) -> TrainingJob:
        """Return the job that the form says.

        Raises:
            JobError: A setting is not valid.
        """
        name, alpha = self.model.currentData()
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
                "weights": str(self.weights.file or self.weights.folder or self.weights.choice),
                "split": split,
                "epochs": self.epochs.value(),
                "steps_per_epoch": self.steps.value() or None,
                "batch_size": self.batch_size.value(),
                "learning_rate": (self._rate() or self._rate_text()) if self._rate_text() else None,
                "schedule": self.schedule.choice,
                "precision": self.precision.choice,
                "patience": self.patience.value() or None,
                "fine_tune": self.backbone.choice == "fine_tuned",
                "class_weights": self.class_weights.isChecked(),
                "augmentation": self.augmentation.isChecked(),
                "label_smoothing": self.smoothing.value() / 100,
                "weight_averaging": self.averaging.isChecked(),
                "seed": self.seed.value(),
            }
        )

    def use(self, job: TrainingJob) -> None:
        """Show the settings of a job; its folders are not taken over."""
        wanted = (job.model, job.alpha)
        places = range(self.model.count())
        # findData does not find pairs.
        self.model.setCurrentIndex(
            next(place for place in places if tuple(self.model.itemData(place)) == wanted)
        )
        self._use_weights(job)
        self._use_split(job)
        self.epochs.setValue(job.epochs)
        self.steps.setValue(job.steps_per_epoch or 0)
        self.patience.setValue(job.patience or 0)
        self.batch_size.setValue(job.batch_size)
        self.seed.setValue(job.seed)
        rate = job.learning_rate
        self.learning_rate.setText("" if rate is None else repr(rate))
        self.schedule.choose(job.schedule)
        self.precision.choose(job.precision)
        self.backbone.choose("fine_tuned" if job.fine_tune else "frozen")
        self.class_weights.setChecked(job.class_weights)
        self.augmentation.setChecked(job.augmentation)
        self.smoothing.setValue(round(job.label_smoothing * 100))
        self.averaging.setChecked(job.weight_averaging)
        self._refresh()

    def _use_weights(self, job: TrainingJob) -> None:
        if names_model(job.weights):
            self.weights.use_folder(Path(job.weights).expanduser())
        elif job.weights not in ("imagenet", "none"):
            self.weights.use_file(Path(job.weights).expanduser())
        else:
            pretrained = architecture(job.model).pretrained
            self.weights.choose(job.weights if pretrained else "none")

    def _use_split(self, job: TrainingJob) -> None:
        if job.split is None:
            self.split.choose("patient")
        elif job.split == patch_split_path(job.workspace or Path(), job.seed):
            self.split.choose("patch")
        else:
            self.split.use_file(job.split)

    def set_editable(self, editable: bool) -> None:
        """Let the settings be changed, or only be read while a training runs with them."""
        self._grid.set_editable(editable)

    def word(self, field: str) -> str:
        """What is said under a field."""
        return self._fields[field].word

    @Slot()
    def _refresh(self) -> None:
        chosen = architecture(self.model_name)
        self.model.setToolTip(f"{tr(chosen.description)} {tr(chosen.parameters_hint)}.")
        self.weights.allow(None if chosen.pretrained else ("none", "folder"))
        self.backbone.allow(None if chosen.pretrained else ("fine_tuned",))
        self.learning_rate.setPlaceholderText(tr("auto ({rate:g})", rate=chosen.learning_rate))
        self.patience.setSuffix(tr(" epoch") if self.patience.value() == 1 else tr(" epochs"))
        self._say_words(pretrained=chosen.pretrained)
        self.changed.emit()

    def _say_words(self, *, pretrained: bool) -> None:
        alpha = self.model.currentData()[1]
        weights, split = self.weights, self.split
        said = {
            "weights": words.of_weights(weights, pretrained=pretrained, alpha=alpha),
            "backbone": words.of_backbone(self.backbone.choice, weights.choice),
            "split": words.of_split(split, weights.choice),
            "learning_rate": ("", ""),
        }
        if self._rate() is None and self._rate_text():
            said["learning_rate"] = (tr(words.RATE_WORD), "danger")
        for name, (text, role) in said.items():
            self._fields[name].say(text, role=role or "caption")

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


def _tick(text: str, tip: str) -> QCheckBox:
    tick = QCheckBox(text)
    tick.setChecked(True)
    tick.setToolTip(tip)
    return tick
