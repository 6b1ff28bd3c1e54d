"""A setting in a form: its name, its control, and a line under it for a word about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bcviewer.gui.style import caption_font, set_role

CONTROL_HEIGHT = 24


class FormField(QObject):
    """Adds name, control and word to a grid.

    The word is hidden while there is none, so that the form stays short.

    Args:
        title: The name.
        control: What sets it.
        tip: What the setting does, in a plain sentence; a control that has a tip keeps its own.
    """

    def __init__(
        self, title: str, control: QWidget, parent: QObject | None = None, *, tip: str = ""
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.name = QLabel(title)
        self.name.setToolTip(tip)
        self.name.setProperty("role", "muted")
        self.name.setBuddy(control)
        self.word_label = QLabel()
        self.word_label.setTextFormat(Qt.TextFormat.PlainText)  # it names files
        self.word_label.setProperty("role", "caption")
        self.word_label.setFont(caption_font())
        self.word_label.setWordWrap(True)
        # It takes the form's width as it is, and does not push the columns apart.
        self.word_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.word_label.hide()
        control.setFixedHeight(CONTROL_HEIGHT)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.setToolTip(control.toolTip() or tip)
        control.setAccessibleName(title)
        control.setAccessibleDescription(tip)
        control.installEventFilter(self)

    def add_to(
        self, grid: QGridLayout, row: int, column: int, *, word_at: tuple[int, int], word_span: int
    ) -> None:
        """Take two cells of a row, and ``word_span`` cells at another row and column for words."""
        grid.addWidget(self.name, row, column)
        # A control of fixed width would otherwise keep its whole column as narrow as itself.
        fixed = self.control.minimumWidth() == self.control.maximumWidth()
        side = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0)
        grid.addWidget(self.control, row, column + 1, side)
        grid.addWidget(self.word_label, *word_at, 1, word_span)

    def say(self, text: str, *, role: str = "caption") -> None:
        """Show a word under the control; "" for none."""
        set_role(self.word_label, role)
        self.word_label.setText(text)
        self.word_label.setHidden(not text)

    @property
    def word(self) -> str:
        """What is said under the control."""
        return self.word_label.text()

    def set_enabled(self, enabled: bool) -> None:
        """Let the control be operated or not."""
        self.control.setEnabled(enabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A wheel that scrolls the form must not change the settings that pass under it.
        if event.type() == QEvent.Type.Wheel and not self.control.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
