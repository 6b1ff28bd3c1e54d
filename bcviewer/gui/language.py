"""Which language the window speaks: that of the system, or the user's choice."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenuBar

from bcviewer.gui.menus import add_choices
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr

SYSTEM: Final = ""
"""In the preferences: what the system is set to, where there is a translation."""

ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch"}
"""Each language by its code, as it calls itself."""

NEXT_START: Final = {
    ENGLISH: "From its next start the window is in English.",
    "de": "Ab dem nächsten Start ist das Fenster auf Deutsch.",
}
"""In the language itself: who cannot read the present one shall know, too."""

NAMES: Final = {ENGLISH: marked("English"), "de": marked("German")}
"""Each language as the others call it."""

CHANGED: Final = marked("From its next start the window is in {language}.")


def language_of(choice: str) -> str:
    """The code of the language that a choice comes to; English where there is no other.

    Args:
        choice: A code, or ``SYSTEM``.
    """
    if choice != SYSTEM:
        return choice if choice in LANGUAGES else ENGLISH
    wanted = (each.split("-")[0] for each in QLocale.system().uiLanguages())
    return next((each for each in wanted if each in LANGUAGES), ENGLISH)


def install_language(app: QCoreApplication, choice: str) -> tuple[QTranslator, ...]:
    """Let an application speak a language; to be called before any widget is made.

    Args:
        app: The application.
        choice: A code, or ``SYSTEM``.

    Returns:
        What translates; nothing for English.
    """
    code = language_of(choice)
    if code == ENGLISH:
        return ()
    ours = files("bcviewer.resources") / "translations"
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = []
    for name, folder in ((f"qtbase_{code}", qts), (f"bcviewer_{code}", str(ours))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            found.append(translator)
    return tuple(found)


class LanguageDesk(QObject):
    """The menu of languages; a choice is remembered, and holds from the next start."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._now = language_of(session.preferences.language)
        self._group = QActionGroup(self)
        self._add(SYSTEM, tr("As the &system"))
        for code, name in LANGUAGES.items():
            self._add(code, f"&{name}")
        self._group.triggered.connect(self._choose)

    @property
    def actions_(self) -> list[QAction]:
        """An action a choice."""
        return self._group.actions()

    def add_to(self, menus: QMenuBar, *, before: QAction) -> None:
        """Put the choices into a menu of their own within the one that has another action."""
        add_choices(menus, tr("Lan&guage"), self.actions_, before=before)

    def _add(self, code: str, name: str) -> None:
        action = QAction(name, self._group)
        action.setData(code)
        action.setCheckable(True)
        action.setChecked(self._session.preferences.language == code)
        action.setStatusTip(tr("The language of the window, from its next start on"))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        preferences = self._session.preferences
        choice = str(action.data())
        self._session.remember(preferences.model_copy(update={"language": choice}))
        self._session.choices.save()
        code = language_of(choice)
        if code == self._now:
            self.said.emit("")
            return
        here = tr(CHANGED, language=tr(NAMES[code]))
        self.said.emit(f"{NEXT_START[code]} · {here}")
