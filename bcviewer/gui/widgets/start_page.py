"""What stands in the middle of the window while no data are open: the ways to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.icons import icon
from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.widgets.recent_folders import RecentFolders
from bcviewer.gui.words import marked, tr

TITLE: Final = marked("Begin with a folder of patients")
ABOUT: Final = marked(
    "Browse breast-cancer slides, see where a model finds invasive ductal carcinoma (IDC), "
    "correct labels, and retrain. Research use only."
)
OPEN: Final = marked("A folder with a folder for each patient, and in it the folders 0 and 1.")
DEMO: Final = marked("Synthetic tissue, painted here in seconds. No download.")
KAGGLE: Final = marked(
    "277,524 real patches of 279 patients (CC0). You are asked before a download."
)
NO_RECENT: Final = marked("Folders that you open are listed here.")
DROP: Final = marked("Or drop a folder of patients, or a model, anywhere on this window.")
_WIDTH: Final = 336


class StartPage(QScrollArea):
    """Offers the ways to open data; scrolls where the window is small.

    Args:
        actions: What fills the window, each with a sentence about it; the first is the usual one.
        keys: A sentence about the keyboard.

    Signals:
        folder_chosen: Path of a folder that was opened before.
    """

    folder_chosen = Signal(str)

    def __init__(self, actions: tuple[tuple[QAction, str], ...], *, keys: str) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = tuple(_ActionButton(action) for action, _ in actions)
        self.buttons[0].setProperty("primary", "true")
        self.buttons[0].setIcon(icon("open-folder", role=QPalette.ColorRole.BrightText))
        self.error = QLabel(wordWrap=True)
        set_role(self.error, "danger")
        self.error.hide()
        self.recent = RecentFolders()
        self._recent = QStackedWidget()
        none = QLabel(tr(NO_RECENT), wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        set_role(none, "muted")
        self._recent.addWidget(none)
        self._recent.addWidget(self.recent)
        self._lay_out([words for _, words in actions], keys)
        self.recent.folder_chosen.connect(self.folder_chosen)

    def show_recent(self, folders: tuple[str, ...]) -> None:
        """Show the folders that were opened before, the latest first."""
        self.recent.show_folders(folders)
        self._recent.setCurrentIndex(1 if folders else 0)

    def show_error(self, text: str) -> None:
        """Say why the last folder did not open; "" says nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _lay_out(self, about: list[str], keys: str) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        grid.setHorizontalSpacing(2 * GROUP)
        grid.setVerticalSpacing(GROUP)
        grid.addLayout(self._head(), 1, 1, 1, 2)
        grid.addLayout(self._ways(about), 2, 1)
        grid.addLayout(self._opened_before(), 2, 2)
        grid.addWidget(self._drop_place(), 3, 1, 1, 2)
        foot = QLabel(keys, alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(foot, "caption")
        grid.addWidget(foot, 4, 1, 1, 2)
        for edge in (0, 5):
            grid.setRowStretch(edge, 1)
        for edge in (0, 3):
            grid.setColumnStretch(edge, 1)
        for column in (1, 2):
            grid.setColumnStretch(column, 4)
        self.setWidget(page)

    def _head(self) -> QVBoxLayout:
        title, about = QLabel(tr(TITLE)), QLabel(tr(ABOUT), wordWrap=True)
        set_role(title, "title")
        set_role(about, "muted")
        head = QVBoxLayout()
        head.setSpacing(GRID)
        for widget in (title, about, self.error):
            head.addWidget(widget)
        return head

    def _ways(self, about: list[str]) -> QVBoxLayout:
        ways = QVBoxLayout()
        ways.setSpacing(GRID // 2)
        for button, words in zip(self.buttons, about, strict=True):
            button.setAccessibleDescription(words)
            caption = QLabel(words, wordWrap=True)
            set_role(caption, "caption")
            ways.addWidget(button)
            ways.addWidget(caption)
            ways.addSpacing(GRID)
        ways.addStretch()
        return ways

    def _opened_before(self) -> QVBoxLayout:
        title = QLabel(tr("Recent folders"))
        set_role(title, "caption")
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(title)
        column.addWidget(self._recent, 1)
        self._recent.setMinimumSize(200, 3 * 5 * GRID)
        self._recent.setMaximumWidth(_WIDTH)
        return column

    def _drop_place(self) -> QFrame:
        place = QFrame()
        place.setObjectName("drop")
        place.setStyleSheet(
            "#drop { border: 1px dashed palette(dark); border-radius: 4px; background: none; }"
        )
        words = QLabel(tr(DROP), wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        set_role(words, "muted")
        row = QHBoxLayout(place)
        row.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        row.addWidget(words)
        return place


class _ActionButton(QPushButton):
    """A button that is an action: its words, its icon, and whether it can be done now."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action.icon(), action.text().replace("&", ""))
        self._action = action
        self.setIconSize(QSize(16, 16))
        self.setMaximumWidth(_WIDTH)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setToolTip(self._action.toolTip())
