"""The panel of the runs: a table, the curves of the chosen ones, and their settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from bcviewer.errors import StorageError
from bcviewer.gui.models.run_table import RunOrder, RunTable
from bcviewer.gui.runs_reader import RunsReader
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.runs_comparison import RunsComparison
from bcviewer.gui.widgets.runs_controls import RunsControls, about_runs
from bcviewer.gui.widgets.runs_trash_row import RunsTrashRow, names_of
from bcviewer.gui.widgets.runs_view import RunsView
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.runs_worker import RunCurve, RunsRead
from bcviewer.model.events import Cancelled_, EpochDone, Failed, Finished, Prepared
from bcviewer.model.runs import RunRecord
from bcviewer.model.runs_changes import rename_run

NO_DATA = marked("Open a folder of patients first: then its trainings are listed here.")
NO_RUNS = marked(
    "Start a training in the tab Train: each will be listed here, to compare its curves and "
    "settings with others and to load its model."
)
TELLING = (Prepared, EpochDone, Finished, Cancelled_, Failed)
SHARES = (60, 21, 19)


class RunsPanel(QWidget):
    """Shows the runs of the open data set's workspace; they are read when it is on screen."""

    load_requested = Signal(str)
    """A model folder."""

    resume_requested = Signal(str)
    """A run folder."""

    make_requested = Signal(str)
    """The folder of a run without a model, which is to be made of its best epoch."""

    continue_requested = Signal(object)
    """The ``RunRecord`` of a finished run: a new training is to be set up from its model."""

    def __init__(
        self, session: Session, crew: Crew, tokens: Tokens, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._about = ""
        self._taking = False
        self.reader = RunsReader(crew, self)
        self.table = RunTable(tokens, self)
        self.order = RunOrder(self)
        self.order.setSourceModel(self.table)
        self.view = RunsView(self.order)
        self.comparison = RunsComparison(tokens, self)
        self.controls = RunsControls()
        self.trash = RunsTrashRow(crew)
        self.hint = EmptyHint(tr(NO_DATA))
        self._lay_out()
        self._connect()
        self._show_data()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.view, 1)
        column.addWidget(self.controls)
        column.addWidget(self.trash)
        self._parts = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._parts.setHandleWidth(2 * GRID)
        shown = (left, self.comparison.curves, self.comparison.settings_view)
        for number, (widget, share) in enumerate(zip(shown, SHARES, strict=True)):
            self._parts.addWidget(widget)
            self._parts.setStretchFactor(number, share)
        self._parts.setSizes([10 * share for share in SHARES])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.addWidget(self.hint, 1)
        whole.addWidget(self._parts, 1)

    def _connect(self) -> None:
        self._session.data_changed.connect(self._show_data)
        self.reader.runs_read.connect(self._show_runs)
        self.reader.failed.connect(self.controls.show_error)
        self.view.selectionModel().selectionChanged.connect(self._show_choice)
        # Later: the table may not change while the editor still hands over its text.
        self.table.rename_wanted.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        controls = self.controls
        controls.load_clicked.connect(self._load)
        controls.make_clicked.connect(self._make)
        controls.resume_clicked.connect(self._resume)
        controls.continue_clicked.connect(self._continue)
        controls.rename_clicked.connect(self._edit_name)
        controls.delete_clicked.connect(self._delete)
        self.trash.said.connect(controls.say)
        self.trash.failed.connect(controls.show_error)
        self.trash.changed.connect(self.refresh)

    @property
    def chosen(self) -> list[RunCurve]:
        """The chosen runs, from the top of the table."""
        rows = self.view.chosen_rows()
        sources = [self.order.mapToSource(self.order.index(row, 0)).row() for row in rows]
        return [self.table.run(row) for row in sources]

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.table.set_tokens(tokens)
        self.comparison.set_tokens(tokens)
        self._draw_choice()

    @Slot(object)
    def handle_event(self, event: object) -> None:
        """Follow the events of a training; the list changes with some of them."""
        if isinstance(event, TELLING):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the runs again: now, or when the panel comes on screen."""
        self.reader.refresh()

    @Slot()
    def _show_data(self) -> None:
        data = self._session.data
        self.hint.setText(tr(NO_DATA) if data is None else tr(NO_RUNS))
        self.trash.forget()
        self._take(())
        self.controls.say("")
        self.reader.set_folder(data.workspace.runs_folder if data is not None else None)

    @Slot(object)
    def _show_runs(self, read: RunsRead) -> None:
        if self.view.editing:  # a name that is being typed would be lost
            self.reader.later()
        else:
            self.trash.show_trash(read.trash)
            self._take(read.runs)

    def _take(self, runs: tuple[RunCurve, ...]) -> None:
        """Show these runs, with the same ones chosen; the newest at first."""
        kept = [run.record.path for run in self.chosen]
        before = self.view.chosen_rows()
        if runs != self.table.runs or not kept:
            self._taking = True
            self.table.show_runs(runs)
            rows = [row for row in map(self._row_of, kept) if row >= 0]
            if runs and not rows:
                newest = self._row_of(runs[0].record.path)
                rows = [min(before[0], len(runs) - 1) if before else newest]
            self.view.choose_rows(rows)
            self._taking = False
            self._draw_choice()
        if not kept or self.controls.words.text() == self._about:
            self._say_choice()
        self._show_parts()

    def _row_of(self, path: Path) -> int:
        """The row of a run as the table is sorted, -1 when it is not here."""
        row = self.table.row_of(path)
        return self.order.mapFromSource(self.table.index(row, 0)).row() if row >= 0 else -1

    def _show_parts(self) -> None:
        """The hint in place of an empty table, unless what was deleted can still come back."""
        listed = bool(self.table.runs or self.trash.holds_runs)
        self.hint.setVisible(not listed)
        self._parts.setVisible(listed)

    @Slot()
    def _show_choice(self) -> None:
        """Show what the user chose; what was said of the last choice is over."""
        if not self._taking:
            self._draw_choice()
            self._say_choice()

    def _say_choice(self) -> None:
        records = self._records()
        self._about = about_runs(records)
        self.controls.say(self._about)
        if len(records) == 1 and records[0].problem:
            self.controls.show_error(StorageError(records[0].problem))

    def _draw_choice(self) -> None:
        records = self._records()
        marks = self.comparison.show_runs(self.chosen, no_epochs=about_runs(records))
        self.table.show_marks(marks)
        self.controls.show_choice(records)

    def _records(self) -> list[RunRecord]:
        return [run.record for run in self.chosen]

    @Slot()
    def _load(self) -> None:
        self.load_requested.emit(str(self.chosen[0].record.model_path))

    @Slot()
    def _make(self) -> None:
        self.make_requested.emit(str(self.chosen[0].record.path))

    @Slot()
    def _resume(self) -> None:
        self.resume_requested.emit(str(self.chosen[0].record.path))

    @Slot()
    def _continue(self) -> None:
        self.continue_requested.emit(self.chosen[0].record)

    @Slot()
    def _edit_name(self) -> None:
        self.view.rename(self.view.chosen_rows()[0])

    @Slot(str, str)
    def _rename(self, path: str, name: str) -> None:
        run = self.table.run(self.table.row_of(Path(path)))
        try:
            renamed = replace(run, record=rename_run(run.record, name))
        except StorageError as error:
            self.controls.show_error(error)
            return
        self._take(tuple(renamed if each is run else each for each in self.table.runs))
        self.refresh()

    @Slot()
    def _delete(self) -> None:
        deleted, failure = self.trash.delete(self._records())
        if deleted:
            gone = {run.origin for run in deleted}
            self._take(tuple(run for run in self.table.runs if run.record.path not in gone))
            self.controls.say(tr("Deleted {runs}.", runs=names_of(deleted)))
        if failure is not None:
            self.controls.show_error(failure)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reader.set_awake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.reader.set_awake(False)
        super().hideEvent(event)
