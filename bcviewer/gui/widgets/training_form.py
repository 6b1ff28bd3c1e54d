"""The settings of a training, as a form that is checked while it is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from bcviewer.gui.widgets import training_form_words as words
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.widgets.file_choice import FileChoice
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.widgets.form_grid import Entry, FormGrid
from bcviewer.gui.widgets.form_number import Number, NumberField
from bcviewer.gui.widgets.job_file_buttons import JobFileButtons
from bcviewer.gui.widgets.weights_choice import WeightsChoice
from bcviewer.gui.words import tr
from bcviewer.gui.workers.training_worker import patch_split_path
from bcviewer.model.catalog import ARCHITECTURES, architecture
from bcviewer.model.job import (
    MOST_BATCH,
    MOST_COUNT,
    MOST_SEED,
    MOST_SMOOTHING,
    TrainingJob,
    make_job,
)

NUMBER_WIDTH = 104
PERCENT = 100


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
        self.weights = WeightsChoice(tip=tr(words.TIPS["weights"]))
        self.backbone = Choice({"fine_tuned": tr("fine-tuned"), "frozen": tr("frozen")})
        self.split = FileChoice(
            {"patient": tr("by patient"), "patch": tr("patch-wise (optimistic)")},
            caption=tr("A split file"),
            pattern=tr("Split files and lists (*.json *.txt *.csv);;All files (*)"),
            tip=tr(words.TIPS["split"]),
        )
        self.epochs = NumberField(1, MOST_COUNT, value=10)
        self.steps = NumberField(0, MOST_COUNT, value=0, step=50, special=tr("whole set"))
        self.patience = NumberField(
            0, MOST_COUNT, value=0, special=tr("never"), units=(tr(" epoch"), tr(" epochs"))
        )
        self.batch_size = NumberField(1, MOST_BATCH, value=64, step=16)
        self.seed = NumberField(0, MOST_SEED, value=0)
        self.learning_rate = QLineEdit()
        self.learning_rate.setFixedWidth(NUMBER_WIDTH)
        # Its text begins where that of the number fields begins.
        self.learning_rate.setTextMargins(2, 0, 0, 0)
        self.schedule = Choice({"cosine": tr("cosine"), "constant": tr("constant")})
        self.precision = Choice(
            {"auto": tr("automatic"), "float32": tr("32 bit"), "bfloat16": tr("16 bit")}
        )
        self.class_weights = _tick(tr("Class weights"), tr(words.TIPS["class_weights"]))
        self.augmentation = _tick(tr("Augmentation"), tr(words.TIPS["augmentation"]))
        self.averaging = _tick(tr("Average weights"), tr(words.TIPS["averaging"]))
        most = round(MOST_SMOOTHING * PERCENT)
        self.smoothing = NumberField(0, most, value=5, units=(" %", " %"), whole=False)
        for control in (self.schedule, self.precision, *self._numbers.values()):
            control.setFixedWidth(NUMBER_WIDTH)
        self.job_file = JobFileButtons()

    def _name_fields(self) -> None:
        controls: dict[str, tuple[str, QWidget]] = {
            "model": (tr("Model"), self.model),
            "weights": (tr("Start weights"), self.weights),
            "backbone": (tr("Backbone"), self.backbone),
            "split": (tr("Split"), self.split),
            "seed": (tr("Seed"), self.seed),
            "job_file": (tr("Job file"), self.job_file),
            "epochs": (tr("Epochs"), self.epochs),
            "steps": (tr("Steps an epoch"), self.steps),
            "patience": (tr("Stop early after"), self.patience),
            "batch_size": (tr("Batch size"), self.batch_size),
            "learning_rate": (tr("Learning rate"), self.learning_rate),
            "schedule": (tr("Schedule"), self.schedule),
            "precision": (tr("Precision"), self.precision),
            "smoothing": (tr("Smoothing"), self.smoothing),
        }
        self._titles = {name: title for name, (title, _) in controls.items()}
        self._fields = {
            name: FormField(title, control, self, tip=tr(words.TIPS[name]))
            for name, (title, control) in controls.items()
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
        for number in self._numbers.values():
            number.changed.connect(self._refresh)
        for tick in self._ticks:
            tick.toggled.connect(self.changed)

    @property
    def _ticks(self) -> tuple[QCheckBox, ...]:
        return self.class_weights, self.augmentation, self.averaging

    @property
    def _numbers(self) -> dict[str, NumberField]:
        return {
            "seed": self.seed,
            "epochs": self.epochs,
            "steps": self.steps,
            "patience": self.patience,
            "batch_size": self.batch_size,
            "smoothing": self.smoothing,
        }

    @property
    def model_name(self) -> str:
        """The chosen architecture."""
        return str(self.model.currentData()[0])

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps the training from being started, in words; empty for a valid form."""
        found = [self.weights.problem, self.split.problem]
        found += [f"{self._titles[name]}: {word}" for name, word in self._number_words()]
        if self._rate() is None and self._rate_text():
            found.append(tr(words.RATE_PROBLEM))
        return tuple(problem for problem in found if problem)

    def _number_words(self) -> Iterator[tuple[str, str]]:
        """The fields whose numbers cannot be used, and what they should be."""
        for name, number in self._numbers.items():
            word = words.of_number(number)
            if word:
                yield name, word

    def job(self, folder: Path, workspace: Path, run: Path) -> TrainingJob:
        """Return the job that the form says.

        Raises:
            JobError: A setting is not valid.
        """
        name, alpha = self.model.currentData()
        split, seed = self.split.file, self.seed.value()
        if self.split.choice == "patch" and isinstance(seed, int):
            split = patch_split_path(workspace, seed)
        return make_job(
            {
                "folder": folder,
                "workspace": workspace,
                "run": run,
                "model": name,
                "alpha": alpha,
                "weights": self.weights.weights,
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
                "label_smoothing": _share(self.smoothing.value()),
                "weight_averaging": self.averaging.isChecked(),
                "seed": seed,
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
        self.weights.use(job)
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
        self.smoothing.setValue(Decimal(repr(job.label_smoothing)) * PERCENT)
        self.averaging.setChecked(job.weight_averaging)
        self._refresh()

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

    def say_of_job_file(self, text: str, *, role: str = "caption") -> None:
        """Say something of a job file beside its buttons; "" for nothing."""
        field = self._fields["job_file"]
        field.say(text, role=role)
        if text:
            self._grid.reveal(field)

    def word(self, field: str) -> str:
        """What is said under a field."""
        return self._fields[field].word

    @Slot()
    def _refresh(self) -> None:
        chosen = architecture(self.model_name)
        self.model.setToolTip(f"{tr(chosen.description)} {tr(chosen.parameters_hint)}.")
        self.weights.set_network(chosen.name, self.model.currentData()[1])
        frozen = ("frozen",) if chosen.pretrained else ()
        self.backbone.allow(("fine_tuned", *frozen))
        self.learning_rate.setPlaceholderText(tr("auto ({rate:g})", rate=chosen.learning_rate))
        self._say_words(pretrained=chosen.pretrained)
        self.changed.emit()

    def _say_words(self, *, pretrained: bool) -> None:
        alpha = self.model.currentData()[1]
        weights, split = self.weights, self.split
        said = {
            "weights": words.of_weights(weights, pretrained=pretrained, alpha=alpha),
            "backbone": words.of_backbone(self.backbone.choice, weights.choice),
            "split": words.of_split(split, weights.choice),
        }
        said |= dict.fromkeys(("learning_rate", *self._numbers), ("", ""))
        if self._rate() is None and self._rate_text():
            said["learning_rate"] = (tr(words.RATE_WORD), "danger")
        for name, word in self._number_words():
            said[name] = (word[:1].upper() + word[1:], "danger")
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


def _share(percent: Number | str) -> float | str:
    """A percentage as a share, to the last digit as it was in the job that it may come from."""
    return percent if isinstance(percent, str) else float(Decimal(percent) / PERCENT)


def _tick(text: str, tip: str) -> QCheckBox:
    tick = QCheckBox(text)
    tick.setChecked(True)
    tick.setToolTip(tip)
    return tick
