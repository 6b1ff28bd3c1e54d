"""A row of buttons side by side that switches between pages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from bcviewer.gui.words import tr


class PageSwitch(QWidget):
    """One of its buttons is pressed at any time.

    Args:
        pages: Title and tool tip of each page, by name.

    Signals:
        page_chosen: Another page is wanted: its name.
    """

    page_chosen = Signal(str)

    def __init__(self, pages: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._names = tuple(pages)
        self._page = self._names[0]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (title, tip) in enumerate(pages.values()):
            button = QToolButton()
            button.setText(tr(title))
            button.setToolTip(tr(tip))
            button.setCheckable(True)
            button.setChecked(not number)
            button.setProperty("segment", "next" if number else "first")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(self._choose)

    @property
    def page(self) -> str:
        """The name of the page on show."""
        return self._page

    def button(self, page: str) -> QToolButton:
        """The button of a page."""
        button = self._group.button(self._names.index(page))
        assert isinstance(button, QToolButton)
        return button

    @Slot(int)
    def _choose(self, number: int) -> None:
        if self._names[number] != self._page:
            self._page = self._names[number]
            self.page_chosen.emit(self._page)
