"""Light or dark: as the system is, or as the user chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenuBar

from bcviewer.gui import style
from bcviewer.gui.menus import add_choices
from bcviewer.gui.session import Session
from bcviewer.gui.style import Tokens
from bcviewer.gui.words import marked, tr

SYSTEM: Final = ""
"""In the preferences: as the system is, also when that changes."""

LIGHT: Final = "light"
DARK: Final = "dark"

TITLES: Final = {
    SYSTEM: marked("As the &system"),
    LIGHT: marked("&Light"),
    DARK: marked("&Dark"),
}
"""Each choice as the menu calls it."""

TIPS: Final = {
    SYSTEM: marked("Light or dark as the system is, also when it changes"),
    LIGHT: marked("Always light"),
    DARK: marked("Always dark: easier on the eyes in a dim room"),
}

_QT: Final = {LIGHT: Qt.ColorScheme.Light, DARK: Qt.ColorScheme.Dark}


class WindowStyle(QObject):
    """Gives the application the colours of a scheme, now and whenever it changes.

    A window owns it: those of earlier windows would go on to colour the whole application.
    """

    tokens_changed = Signal(object)

    def __init__(self, app: QApplication, choice: str = SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self._ask_qt()
        self.tokens = self._wanted()
        style.apply(app, self.tokens)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Change to a scheme, or to that of the system; what is unknown is that of the system."""
        self._choice = choice
        self._ask_qt()  # which mostly has it followed already
        if self.tokens != self._wanted():
            self._follow()

    def _ask_qt(self) -> None:
        # For what the system draws: title bars, and dialogs of its own.
        hints = self._app.styleHints()
        if self._choice in _QT:
            hints.setColorScheme(_QT[self._choice])
        else:
            hints.unsetColorScheme()

    def _wanted(self) -> Tokens:
        # Not what Qt says of a choice: where the system has no schemes it says nothing.
        scheme = _QT.get(self._choice, self._app.styleHints().colorScheme())
        return style.dark() if scheme == Qt.ColorScheme.Dark else style.light()

    @Slot()
    def _follow(self) -> None:
        self.tokens = self._wanted()
        style.apply(self._app, self.tokens)
        self.tokens_changed.emit(self.tokens)


class SchemeDesk(QObject):
    """The menu of colour schemes; a choice holds at once, and is remembered."""

    def __init__(self, session: Session, look: WindowStyle, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._group = QActionGroup(self)
        for choice, title in TITLES.items():
            action = QAction(tr(title), self._group)
            action.setData(choice)
            action.setCheckable(True)
            action.setStatusTip(tr(TIPS[choice]))
        chosen = session.preferences.scheme
        known = list(TITLES).index(chosen) if chosen in TITLES else 0
        self._group.actions()[known].setChecked(True)
        self._group.triggered.connect(self._choose)

    @property
    def actions_(self) -> list[QAction]:
        """An action a choice."""
        return self._group.actions()

    def add_to(self, menus: QMenuBar, *, before: QAction) -> None:
        """Put the choices into a menu of their own within the one that has another action."""
        add_choices(menus, tr("Colour s&cheme"), self.actions_, before=before)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        choice = str(action.data())
        self._look.choose(choice)
        preferences = self._session.preferences
        self._session.remember(preferences.model_copy(update={"scheme": choice}))
        self._session.choices.save()
