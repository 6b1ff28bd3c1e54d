"""What can be done with the chosen runs, and a line that says what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.style import GRID, GROUP
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.runs_lines import MOST_RUNS
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.words_below import from_below
from bcviewer.model.runs import RunRecord


class RunsControls(QWidget):
    """Load model (or make it, where there is none yet), resume, continue, rename, delete."""

    load_clicked = Signal()
    make_clicked = Signal()
    resume_clicked = Signal()
    continue_clicked = Signal()
    rename_clicked = Signal()
    delete_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load = QPushButton(tr("Load model"))
        self.load.setProperty("primary", "true")
        self.make = QPushButton(tr("Make model"))
        self.make.setProperty("primary", "true")
        self.resume = QPushButton(tr("Resume"))
        self.go_on = QPushButton(tr("Continue…"))
        self.rename = QPushButton(tr("Rename"))
        self.rename.setToolTip(tr("Give the run another name (F2)"))
        self.delete = QPushButton(tr("Delete"))
        self.words = ElidedLabel()
        self.words.setProperty("role", "muted")
        self.error = QLabel()
        self.error.setProperty("role", "danger")
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.load, self.make, self.resume, self.go_on, self.rename, self.delete):
            row.addWidget(button)
        row.addSpacing(GROUP - GRID)
        row.addWidget(self.words, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addWidget(self.error)
        whole.addLayout(row)
        self.load.clicked.connect(self.load_clicked)
        self.make.clicked.connect(self.make_clicked)
        self.resume.clicked.connect(self.resume_clicked)
        self.go_on.clicked.connect(self.continue_clicked)
        self.rename.clicked.connect(self.rename_clicked)
        self.delete.clicked.connect(self.delete_clicked)
        self.error.hide()
        self.show_choice([])

    def show_choice(self, runs: Sequence[RunRecord]) -> None:
        """Offer what can be done with the chosen runs, and say why the rest cannot."""
        one = runs[0] if len(runs) == 1 else None
        running = any(run.state == "running" for run in runs)
        choose = tr("Choose one run")
        self.load.setEnabled(one is not None and one.has_model)
        self.load.setToolTip(_why(one, tr("Predict with this run's model")) if one else choose)
        makeable = one is not None and one.resumable
        self.make.setVisible(makeable)
        self.load.setVisible(not makeable)
        best = one.best_epoch if one is not None else 0
        self.make.setToolTip(
            tr("Make the model of the best epoch, {epoch}, without training on", epoch=best)
        )
        self.resume.setEnabled(makeable)
        self.resume.setToolTip(_why_resume(one) if one else choose)
        going_on = one is not None and one.has_model and one.job is not None
        self.go_on.setEnabled(going_on)
        self.go_on.setToolTip(
            _why(one, tr("Set up a new training that starts from this run's model"))
            if one
            else choose
        )
        self.rename.setEnabled(one is not None)
        self.delete.setEnabled(bool(runs) and not running)
        self.delete.setToolTip(
            tr("A running training cannot be deleted: cancel it first")
            if running
            else tr("Move the chosen runs to the trash; this can be undone")
        )

    def say(self, text: str) -> None:
        """Say something about the chosen runs."""
        self.words.setText(text)
        self.error.hide()

    def show_error(self, error: BcviewerError) -> None:
        """Say what went wrong, and what to do."""
        self.error.setText(str(error))
        self.error.show()


def about_runs(runs: Sequence[RunRecord]) -> str:
    """One sentence about the chosen runs."""
    if len(runs) == 1:
        return about_run(runs[0])
    if len(runs) > MOST_RUNS:
        return tr(
            "{count} runs are chosen; the curves of {most} are drawn.",
            count=len(runs),
            most=MOST_RUNS,
        )
    return tr("{count} runs are chosen.", count=len(runs)) if runs else ""


def about_run(run: RunRecord) -> str:
    """One sentence about a run that is not simply finished, or about its best epoch."""
    if run.problem:
        return tr("The settings of this run cannot be read.")
    if run.state == "running":
        return tr("Running: {epochs} done.", epochs=_epochs(run))
    if run.state == "failed":
        message = from_below(run.message)
        return tr("Failed: {message}", message=message) if message else tr("Failed.")
    if run.state == "interrupted":
        on = (
            tr("It can be resumed.")
            if run.resumable
            else tr("There is no checkpoint to resume from.")
        )
        return tr("Interrupted after {epochs}. {on}", epochs=_epochs(run), on=on)
    if run.state == "cancelled":
        return tr("Cancelled after {epochs}.", epochs=_epochs(run))
    if not run.best_epoch:
        return ""
    patients = run.patients.get("validation")
    where = (
        tr_count(patients, "; 1 validation patient", "; {count} validation patients")
        if patients
        else ""
    )
    title = tr(", split {split}", split=tr(run.split_title)) if run.split_title else ""
    best = tr("Best epoch {epoch}{where}{title}.", epoch=run.best_epoch, where=where, title=title)
    return " ".join(filter(None, (best, from_below(run.message))))


def _epochs(run: RunRecord) -> str:
    if run.epochs:
        return tr_count(
            run.epochs, "{done} of 1 epoch", "{done} of {count} epochs", done=run.epochs_done
        )
    return tr_count(run.epochs_done, "1 epoch", "{count} epochs")


def _why(run: RunRecord, can: str) -> str:
    return can if run.has_model else tr("This run has made no model")


def _why_resume(run: RunRecord) -> str:
    if run.resumable:
        return tr("Go on from the last checkpoint")
    if run.state in ("finished", "running"):
        return tr("This run is {state}", state=tr(run.state))
    return tr("This run has no checkpoint to resume from")
