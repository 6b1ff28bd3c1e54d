"""A setting in a form: its name, its control, and a line under it for a word about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bcviewer.gui.style import caption_font, set_role

CONTROL_HEIGHT = 24


class FormField(QObject):
    """Adds name, control and word to a grid.

    The word is hidden while there is none, so that the form stays short. Of the fields of one row
    only one may have words.
    """

    def __init__(self, title: str, control: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.name = QLabel(title)
        self.name.setProperty("role", "muted")
        self.name.setBuddy(control)
        self._word = QLabel()
        self._word.setProperty("role", "caption")
        self._word.setFont(caption_font())
        self._word.setWordWrap(True)
        # It takes the form's width as it is, and does not push the columns apart.
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._word.hide()
        control.setFixedHeight(CONTROL_HEIGHT)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.setAccessibleName(title)
        control.installEventFilter(self)

    def add_to(self, grid: QGridLayout, row: int, column: int, *, word_span: int) -> None:
        """Take the columns ``column`` and the next of row ``2 * row``, and the row below for words.

        The words take ``word_span`` columns, the first of them under the controls on the left.
        """
        grid.addWidget(self.name, 2 * row, column)
        # A control of fixed width would otherwise keep its whole column as narrow as itself.
        fixed = self.control.minimumWidth() == self.control.maximumWidth()
        side = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0)
        grid.addWidget(self.control, 2 * row, column + 1, side)
        grid.addWidget(self._word, 2 * row + 1, 1, 1, word_span)

    def say(self, text: str, *, role: str = "caption") -> None:
        """Show a word under the control; "" for none."""
        set_role(self._word, role)
        self._word.setText(text)
        self._word.setHidden(not text)

    @property
    def word(self) -> str:
        """What is said under the control."""
        return self._word.text()

    def set_enabled(self, enabled: bool) -> None:
        """Let the control be operated or not."""
        self.control.setEnabled(enabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A wheel that scrolls the form must not change the settings that pass under it.
        if event.type() == QEvent.Type.Wheel and not self.control.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
