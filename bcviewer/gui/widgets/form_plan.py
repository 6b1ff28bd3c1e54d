"""What the form of a training plans for the data that are open, and its job files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.widgets.training_summary import TrainingSummary
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.forecast_worker import Plan
from bcviewer.model.job import make_job, read_job

RUN_NAME = "run"
"""The run folder of a job that is only planned: beside the others, and never made."""


class FormPlan(QObject):
    """Tells the summary each plan, takes settings from job files, and has them saved."""

    save_requested = Signal(object, object)
    """The job of the ``Plan`` is to be saved to the ``Path``."""

    failed = Signal(object)
    """A ``BcviewerError`` of a job file."""

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
            self._form.use(read_job(path))
        except BcviewerError as error:
            self.failed.emit(error)

    @Slot(object)
    def save_job(self, path: Path) -> None:
        """Have the settings saved as a job file, with a run folder beside it."""
        try:
            plan = self._plan()
            if plan is None:
                return
            run = path.absolute().with_name(f"{path.stem}-run")
            job = make_job({**plan.job.model_dump(), "run": run})
        except BcviewerError as error:
            self.failed.emit(error)
            return
        self.save_requested.emit(Plan(job, plan.dataset), path)

    @Slot()
    def _refresh(self) -> None:
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
