"""What the form of a training plans for the data that are open, and its job files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.widgets.training_summary import TrainingSummary
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.forecast_worker import Plan, SavedJob
from bcviewer.model.job import read_job

RUN_NAME = "run"
"""The run folder of a job that is only planned: beside the others, and never made."""

SAVED = marked("Saved: {name}, with what it needs elsewhere beside it.")
SAVED_LABEL = marked(
    "Saved: {name}, with one corrected label and what else it needs elsewhere beside it."
)
SAVED_LABELS = marked(
    "Saved: {name}, with {count:,} corrected labels and what else it needs elsewhere beside it."
)
LABELS_STAY = marked(
    "The corrected labels in {name} are not taken over: this window trains with those of its own "
    "workspace."
)


class FormPlan(QObject):
    """Tells the summary each plan, takes settings from job files, and has them saved."""

    save_requested = Signal(object, object)
    """The job of the ``Plan`` is to be saved to the ``Path``."""

    def __init__(
        self, form: TrainingForm, summary: TrainingSummary, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._summary = summary
        self._data: OpenedData | None = None
        form.changed.connect(self._refresh)
        form.job_file.open_requested.connect(self.open_job)
        form.job_file.save_requested.connect(self.save_job)

    def set_data(self, data: OpenedData | None, *, why_not: str) -> None:
        """Plan for another data set; None when none is open, and what to say then."""
        self._data = data
        self._form.job_file.save_button.setEnabled(data is not None)
        if data is None:
            self._summary.set_plan(None, why_not=why_not)
        self._refresh()

    @Slot(object)
    def open_job(self, path: Path) -> None:
        """Take the settings of a job file; data and workspace stay those that are open."""
        try:
            job = read_job(path)
        except BcviewerError as error:
            self.show_error(error)
            return
        self._form.use(job)
        left = tr(LABELS_STAY, name=path.name) if job.labels is not None else ""
        self._form.say_of_job_file(left, role="warn")

    @Slot(object)
    def save_job(self, path: Path) -> None:
        """Have the settings saved as a job file."""
        try:
            plan = self._plan()
            if plan is None:
                return
        except BcviewerError as error:
            self.show_error(error)
            return
        self.save_requested.emit(plan, path)

    @Slot(object)
    def show_saved(self, saved: SavedJob) -> None:
        """Say beside the buttons what was saved."""
        name = saved.path.name
        if saved.corrected:
            text = tr_count(saved.corrected, SAVED_LABEL, SAVED_LABELS, name=name)
            self._form.say_of_job_file(text)
        else:
            self._form.say_of_job_file(tr(SAVED, name=name))

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Say beside the buttons why a job file could not be opened or saved."""
        self._form.say_of_job_file(str(error), role="danger")

    @Slot()
    def _refresh(self) -> None:
        self._form.say_of_job_file("")  # of other settings
        problems = self._form.problems
        self._summary.set_problems(problems)
        plan = None if problems else self._plan()
        if plan is not None:
            self._summary.set_plan(plan)

    def _plan(self) -> Plan | None:
        """The plan of a form without problems."""
        if self._data is None:
            return None
        dataset, workspace = self._data.dataset, self._data.workspace
        run = workspace.runs_folder / RUN_NAME
        return Plan(self._form.job(dataset.root, workspace.folder, run), dataset)
