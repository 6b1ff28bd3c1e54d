"""A gallery with its title, its pages and the size of its pictures."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.models.gallery_model import GalleryModel
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.gallery_frame import SCALES
from bcviewer.gui.widgets.gallery_grid import KEYS, GalleryGrid
from bcviewer.gui.widgets.gallery_pager import GalleryPager
from bcviewer.gui.words import tr

_HINT, _GRID = range(2)


class GalleryPanel(QWidget):
    """Shows a page of patches, or says how patches come here.

    Signals:
        came_into_view: The panel is on screen.
    """

    came_into_view = Signal()

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.keys = ElidedLabel(tr(KEYS))
        self.keys.setProperty("role", "caption")
        self.pager = GalleryPager()
        self.grid = GalleryGrid(model)
        self.hint = EmptyHint("")
        self.scales = [_segment(scale) for scale in SCALES]
        self._lay_out()
        self._connect()
        self.show_hint("")

    def _lay_out(self) -> None:
        sizes = QHBoxLayout()
        sizes.setSpacing(0)
        for button in self.scales:
            sizes.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.pager)
        head.addLayout(sizes)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        # The patches take what room there is, and ask for none.
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for widget in (self.hint, self.grid):
            self.stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        whole.setSpacing(GRID // 2)
        whole.addWidget(self._head)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.keys)

    def _connect(self) -> None:
        self._sizes = QButtonGroup(self)
        for number, button in enumerate(self.scales):
            self._sizes.addButton(button, number)
        self.scales[0].setChecked(True)
        self._sizes.idClicked.connect(self._resize_pictures)

    def show_hint(self, text: str) -> None:
        """Say why there are no patches, and what to do; "" to show the patches."""
        self.hint.setText(text)
        self.stack.setCurrentIndex(_HINT if text else _GRID)
        self._head.setVisible(not text)
        self.keys.setVisible(not text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_view.emit()

    @Slot(int)
    def _resize_pictures(self, number: int) -> None:
        self.grid.set_scale(SCALES[number])


def _segment(scale: float) -> QToolButton:
    button = QToolButton()
    button.setText(f"{scale:g}×")
    button.setToolTip(tr("Show patches {scale:g} times as large as they are", scale=scale))
    button.setAccessibleName(tr("Pictures {scale:g} times as large", scale=scale))
    button.setCheckable(True)
    button.setProperty("segment", "first" if scale == SCALES[0] else "next")
    return button
