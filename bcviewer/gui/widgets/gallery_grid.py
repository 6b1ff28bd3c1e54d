"""The patches of one page, side by side and line under line, and the keys that walk over them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from bcviewer.gui.label_actions import LABEL_KEYS
from bcviewer.gui.models.gallery_model import GalleryModel
from bcviewer.gui.widgets.gallery_frame import GalleryFrame
from bcviewer.gui.words import marked, tr

KEYS: Final = marked(
    "Enter its place in the tissue · 1 IDC · 2 not IDC · 3 unsure · 4 exclude · 0 original · "
    "Shift or Ctrl several at once · PageUp, PageDown other pages"
)
_LABELS: Final = {int(getattr(Qt.Key, f"Key_{key}")): label for label, key in LABEL_KEYS.items()}
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TURNS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ADDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class GalleryGrid(QListView):
    """Shows a page without a scroll bar; a step over its edge asks for the next one.

    Signals:
        capacity_changed: There is room for other many patches than before.
        place_chosen: The place on the page that is the current one now, by key or by mouse.
        place_opened: A place whose patch is to be shown in its tissue.
        left: A step went so many places beyond the page, before its first or after its last.
        page_turned: So many pages on are wanted.
        end_wanted: The very first patch is wanted, or the very last.
        label_chosen: The selected patches are to get this ``Label``.
    """

    capacity_changed = Signal()
    place_chosen = Signal(int)
    place_opened = Signal(int)
    left = Signal(int)
    page_turned = Signal(int)
    end_wanted = Signal(bool)
    label_chosen = Signal(int)

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = GalleryFrame(self)
        self._capacity = 1
        self.setModel(model)
        self.setItemDelegate(self._frame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Gallery of patches"))
        self.setAccessibleDescription(tr(KEYS))
        self.clicked.connect(self._click)
        self.selectionModel().currentChanged.connect(self._tell_current)

    @property
    def capacity(self) -> int:
        """How many patches there is room for, 1 or more."""
        return self._capacity

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return max(1, self.viewport().width() // self._frame.size.width())

    @property
    def place(self) -> int:
        """The current place on the page, -1 for none."""
        # Qt makes the first place the current one when the keyboard comes here: nobody chose it.
        index = self.currentIndex()
        chosen = index.isValid() and self.selectionModel().hasSelection()
        return index.row() if chosen else -1

    @property
    def selected(self) -> NDArray[np.int64]:
        """int64[k]: the selected places on the page, in their order."""
        places = [index.row() for index in self.selectionModel().selectedIndexes()]
        return np.array(sorted(places), np.int64)

    def set_scale(self, scale: float) -> None:
        """Show patches so much larger than they are."""
        self._frame.set_scale(scale)
        self.scheduleDelayedItemsLayout()
        self._measure()

    def go_to(self, place: int) -> None:
        """Make a place of the page the current one, and it alone selected; tells it."""
        index = self.model().index(place, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def event(self, event: QEvent) -> bool:
        # Elsewhere in the window these keys open the patient above and below.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _TURNS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, adds = event.key(), bool(event.modifiers() & _ADDS)
        if key in _LABELS and not adds:
            self.label_chosen.emit(int(_LABELS[key]))
        elif key in _OPENS:
            self._open_current()
        elif key in _TURNS:
            self.page_turned.emit(_TURNS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.end_wanted.emit(key == Qt.Key.Key_Home)
        elif adds or not self._walk(key):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters and figures are keys of the window here, and search nothing."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        lines = max(1, self.viewport().height() // self._frame.size.height())
        capacity = lines * self.columns
        if capacity != self._capacity:
            self._capacity = capacity
            self.capacity_changed.emit()

    def _walk(self, key: int) -> bool:
        """Whether a step with an arrow key is no step on the page: the first, or one off it."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
        }
        if key not in steps:
            return False
        step = steps[Qt.Key(key)]
        if self.place < 0:
            self._choose_some()
        elif 0 <= self.place + step < self.model().rowCount():
            return False
        else:
            self.left.emit(step)
        return True

    def _choose_some(self) -> None:
        if self.place < 0 and self.model().rowCount():
            self.go_to(max(self.currentIndex().row(), 0))

    def _open_current(self) -> None:
        self._choose_some()
        if self.place >= 0:
            self.place_opened.emit(self.place)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & _ADDS:
            self.place_opened.emit(index.row())

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.place_chosen.emit(current.row())
