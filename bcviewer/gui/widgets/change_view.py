"""What the model in use changed against the one before: counts, and the way to the patches."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from bcviewer.gui.models.change_table import OPENS, ChangeTable
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.count_table import CountTable
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.workers.change_worker import ChangeCounted

EMPTY = marked(
    "Correct labels and retrain the head (Ctrl+H), or load another model: what that changed in the "
    "open patients, patch by patch, is counted here."
)
UNPREDICTED = marked(
    "No patch is predicted by both models yet: predict all patients (Model › Predict all patients)."
)
BLIND = marked("You read blind: what a model changed is counted once nothing is hidden any more.")
KEYS = marked(
    "On the slide: D shows the change of each patch, X switches between before and after."
)


class ChangeView(QWidget):
    """Shows the counts of a comparison, or why there are none.

    Signals:
        opened: A role, and "fixed" or "broken": the patches that the user wants to see.
        came_into_view: The panel is on screen.
    """

    opened = Signal(str, str)
    came_into_view = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ChangeTable(self)
        self.view = CountTable(self.table, tr("What the model changed"))
        self.hint = EmptyHint(tr(EMPTY))
        self.title = QLabel(wordWrap=True)
        self.foot = QLabel(tr(KEYS), wordWrap=True)
        self.foot.setProperty("role", "caption")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(shown)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)

    def show_hint(self, text: str) -> None:
        """Say why there is nothing to count."""
        self.hint.setText(text)
        self._stack.setCurrentIndex(0)

    def show_counts(self, counted: ChangeCounted) -> None:
        """Show the counts of a comparison."""
        self.table.show_counts(counted)
        before, after = (model.card.name for model in counted.wish.models)
        first, second = counted.wish.thresholds
        self.title.setText(
            tr(
                "{before} (threshold {first:.2f}) → {after} (threshold {second:.2f})",
                before=before,
                first=first,
                after=after,
                second=second,
            )
        )
        left_out = counted.change.left_out
        words = (
            tr_count(
                left_out,
                " 1 patch is unsure or excluded and in no count.",
                " {count:,} patches are unsure or excluded and in no count.",
            )
            if left_out
            else ""
        )
        missing = len(counted.roles) - sum(each.patients for each in counted.change.counts.values())
        if missing:
            words += tr_count(
                missing,
                " 1 patient is not predicted by both models.",
                " {count:,} patients are not predicted by both models.",
            )
        self.foot.setText(tr(KEYS) + words)
        if self.table.rowCount():
            self._stack.setCurrentIndex(1)
        else:
            self.show_hint(tr(UNPREDICTED))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the counts are looked at."""
        super().showEvent(event)
        self.came_into_view.emit()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.column() in OPENS and index.data() != "0":
            self.opened.emit(self.table.role_name(index.row()), OPENS[index.column()])
