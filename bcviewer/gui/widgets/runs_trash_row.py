"""The row of the deleted runs: what they take on the disk, back again, or gone for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QToolButton, QWidget

from bcviewer.errors import StorageError
from bcviewer.gui.icons import icon
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.runs_worker import TrashWorker
from bcviewer.model.runs import RunRecord
from bcviewer.model.runs_changes import delete_run
from bcviewer.model.runs_trash import Trash, TrashedRun, restore_run, size_words

Batch = tuple[TrashedRun, ...]


class RunsTrashRow(QWidget):
    """Deletes runs and brings them back; shown while something lies in the trash."""

    said = Signal(str)
    """Something for the line of words."""

    failed = Signal(object)
    """A ``StorageError``."""

    changed = Signal()
    """Runs came back, or are gone for good."""

    def __init__(self, crew: Crew, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crew = crew
        self._batches: list[Batch] = []
        self._trash = Trash()
        self._emptying: TrashWorker | None = None
        self.words = ElidedLabel()
        self.words.setProperty("role", "caption")
        # Tool buttons: lower than the buttons above, which leaves the table more rows.
        self.undo = QToolButton()
        self.undo.setText(tr("Undo"))
        self.undo.setIcon(icon("undo"))
        self.undo.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo.setAccessibleName(tr("Undo delete"))
        self.empty = QToolButton()
        self.empty.setText(tr("Empty trash…"))
        self.empty.setToolTip(tr("Remove the deleted runs from the disk, for good"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.empty)
        self.undo.clicked.connect(self._undo)
        self.empty.clicked.connect(self._empty)
        self.show_trash(Trash())

    @property
    def holds_runs(self) -> bool:
        """Whether there is something to bring back."""
        return bool(self._last)

    def forget(self) -> None:
        """Another workspace is open: what was deleted in this one is no more to be undone."""
        self._batches = []
        self.show_trash(Trash())

    def show_trash(self, trash: Trash) -> None:
        """Show what lies in the trash now."""
        self._trash = trash
        words = " ".join(
            filter(
                None,
                (tr("Trash: {runs}.", runs=from_below(trash.words)), from_below(trash.old_words())),
            )
        )
        self.words.setText(words if trash.runs else "")
        self.undo.setToolTip(tr("Bring back {runs}", runs=names_of(self._last)))
        self.setVisible(self.holds_runs)

    def delete(self, records: Sequence[RunRecord]) -> tuple[Batch, StorageError | None]:
        """Move runs into the trash.

        Returns:
            Those that were moved, and why others were not.
        """
        deleted: list[TrashedRun] = []
        failure: StorageError | None = None
        for record in records:
            try:
                deleted.append(delete_run(record))
            except StorageError as error:
                failure = error
        if deleted:
            self._batches.append(tuple(deleted))
            self.show_trash(Trash((*deleted, *self._trash.runs)))
        return tuple(deleted), failure

    @property
    def _last(self) -> Batch:
        """What undo brings back: what was deleted last here, else the last of those found."""
        return self._batches[-1] if self._batches else self._trash.runs[:1]

    @Slot()
    def _undo(self) -> None:
        batch = self._last
        self._batches = self._batches[:-1]
        back: list[TrashedRun] = []
        failures: list[StorageError] = []
        for run in batch:
            try:
                restore_run(run)
                back.append(run)
            except StorageError as error:
                failures.append(error)
        left = tuple(run for run in batch if run not in back and run.path.is_dir())
        if left:  # for another try, once their places are free
            self._batches.append(left)
        self.show_trash(Trash(tuple(run for run in self._trash.runs if run not in back)))
        if back:
            self.said.emit(tr("Brought back {runs}.", runs=names_of(back)))
        for failure in failures:  # last: what is said takes an error away
            self.failed.emit(failure)
        self.changed.emit()

    @Slot()
    def _empty(self) -> None:
        if self._emptying is not None or not self._may_empty():
            return
        self.said.emit(tr("Emptying the trash…"))
        self._emptying = TrashWorker(self._trash.runs)
        self._emptying.succeeded.connect(self._emptied)
        self._emptying.failed.connect(self.failed)
        self._emptying.finished.connect(self._end_emptying)
        self._crew.start(self._emptying)
        self.forget()

    def _may_empty(self) -> bool:
        """Ask: this is the one thing here that cannot be undone."""
        question = QMessageBox(self.window())
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(tr("Empty the trash"))
        question.setText(tr("Remove {runs} for good?", runs=from_below(self._trash.words)))
        question.setInformativeText(
            tr("Models, curves and checkpoints will be gone. This cannot be undone.")
        )
        remove = question.addButton(tr("Empty trash"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.exec()
        return question.clickedButton() is remove

    @Slot(object)
    def _emptied(self, freed: int) -> None:
        self.said.emit(tr("The trash is empty: {size} are free again.", size=size_words(freed)))

    @Slot()
    def _end_emptying(self) -> None:
        self._emptying = None
        self.changed.emit()


def names_of(runs: Sequence[TrashedRun]) -> str:
    """The names of runs, in a row."""
    return ", ".join(run.name for run in runs)
