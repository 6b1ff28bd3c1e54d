"""Which page of a gallery is shown, and the way to others."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from bcviewer.gui.style import GRID, tabular_font
from bcviewer.gui.words import tr


class GalleryPager(QWidget):
    """A page back, the number of the page, a page on.

    Signals:
        page_wanted: The page, counted from 0.
    """

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = _arrow(Qt.ArrowType.LeftArrow, tr("Previous page"), "PageUp")
        self.on = _arrow(Qt.ArrowType.RightArrow, tr("Next page"), "PageDown")
        self.number = QSpinBox()
        self.number.setFont(tabular_font())
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setAccessibleName(tr("Page"))
        self.number.setToolTip(tr("The page; type another to go there"))
        # A page of a number that is half typed is nobody's wish.
        self.number.setKeyboardTracking(False)
        self._count = QLabel()
        self._count.setFont(tabular_font())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for widget in (self.back, QLabel(tr("Page")), self.number, self._count, self.on):
            row.addWidget(widget)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.number.valueChanged.connect(self._go_to_typed)

    def show_page(self, page: int, count: int) -> None:
        """Show which page it is, counted from 0, of how many; emits nothing."""
        with QSignalBlocker(self.number):
            self.number.setRange(1, count)
            self.number.setValue(page + 1)
        self._count.setText(tr("of {count:,}", count=count))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < count)
        self.number.setEnabled(count > 1)

    @Slot()
    def _go_back(self) -> None:
        self.page_wanted.emit(self.number.value() - 2)

    @Slot()
    def _go_on(self) -> None:
        self.page_wanted.emit(self.number.value())

    @Slot(int)
    def _go_to_typed(self, number: int) -> None:
        self.page_wanted.emit(number - 1)


def _arrow(way: Qt.ArrowType, name: str, key: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(way)
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({key})")
    return button
