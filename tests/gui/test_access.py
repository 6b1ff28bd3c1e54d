"""What a screen reader finds: every control has a name, and the keyboard reaches it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from bcviewer.gui.main_window import MainWindow

CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QProgressBar, QTextEdit),
)


def inner(widget: QWidget) -> bool:
    """Whether Qt made it as a part of another control, which has the name."""
    parent = widget.parentWidget()
    above = None if parent is None else parent.parentWidget()
    if widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar):
        return True
    within = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit)
    return isinstance(parent, within) or isinstance(above, QComboBox)


def name_of(widget: QWidget) -> str:
    """The name that is read: its own, that of the label it is the buddy of, or its text."""
    if widget.accessibleName():
        return widget.accessibleName()
    window = widget.window()
    for label in window.findChildren(QLabel):
        if label.buddy() is widget:
            return label.text()
    for form in window.findChildren(QFormLayout):
        if form.indexOf(widget) >= 0 and form.labelForField(widget) is not None:
            return "a form's label"
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def nameless(window: QWidget) -> list[str]:
    found = []
    for kind in CONTROLS:
        for widget in window.findChildren(kind):
            if inner(widget) or name_of(widget):
                continue
            # A button that waits for its words gets them before it is shown.
            if widget.isVisibleTo(window) or not isinstance(widget, QAbstractButton):
                path = [type(widget).__name__]
                parent = widget.parentWidget()
                while parent is not None and len(path) < 5:
                    path.append(parent.objectName() or type(parent).__name__)
                    parent = parent.parentWidget()
                found.append(" < ".join(path))
    return found


def test_every_control_of_the_window_has_a_name(opened: MainWindow) -> None:
    lost = nameless(opened)
    assert not lost, "\n".join(lost)


def test_the_keyboard_reaches_what_the_mouse_does(opened: MainWindow) -> None:
    mouse_only = [
        f"{type(button).__name__} {button.text() or button.accessibleName()}"
        for button in opened.findChildren(QAbstractButton)
        if button.focusPolicy() == Qt.FocusPolicy.NoFocus
        and not inner(button)
        and button.isCheckable()
        and type(button.parentWidget()).__name__ not in ("QToolBar", "LabelToolbar")
    ]
    assert mouse_only == []
