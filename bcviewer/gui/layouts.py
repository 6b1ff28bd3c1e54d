"""Layouts: which docks are there for a kind of work, each on a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenuBar

from bcviewer.gui.layout import BELOW, LEFT, LEFT_WIDTH, RIGHT, RIGHT_WIDTH
from bcviewer.gui.menus import add_choices
from bcviewer.gui.words import marked, tr

LOWEST, HIGHEST = 200, 320
BELOW_SHARE: Final = 0.34
NARROW: Final = 1360
NARROW_LEFT: Final = 300
"""In a narrow window the slide needs the width more than the table of patients."""

HOMES: Final = {
    "Patients": LEFT,
    "Model": RIGHT,
    "Labels": RIGHT,
    "Patch": RIGHT,
    "Training": BELOW,
    "Review": BELOW,
    "Evaluation": BELOW,
}
MATES: Final = {"Labels": "Model", "Review": "Training", "Evaluation": "Training"}
"""With which dock one shares its place."""


@dataclass(frozen=True)
class Layout:
    """Docks for a kind of work.

    Attributes:
        name: What menus call it.
        key: Its shortcut.
        tip: What is in view.
        shown: The docks that are there.
        front: Those of them that stand before others in the same place.
    """

    name: str
    key: str
    tip: str
    shown: tuple[str, ...]
    front: tuple[str, ...]


LAYOUTS: Final = (
    Layout(
        marked("&Browsing"),
        "Ctrl+1",
        marked("Patients, model and patch; the slide has the whole height"),
        ("Patients", "Model", "Labels", "Patch"),
        ("Model",),
    ),
    Layout(
        marked("&Annotating"),
        "Ctrl+2",
        marked("Patients, labels and patch; the slide has the whole height"),
        ("Patients", "Model", "Labels", "Patch"),
        ("Labels",),
    ),
    Layout(
        marked("&Training"),
        "Ctrl+3",
        marked("The training below, the model beside the slide"),
        ("Patients", "Model", "Labels", "Patch", "Training", "Review", "Evaluation"),
        ("Model", "Training"),
    ),
    Layout(
        marked("&Evaluating"),
        "Ctrl+4",
        marked("Evaluation and review below; the slide beside them"),
        ("Patients", "Model", "Labels", "Patch", "Training", "Review", "Evaluation"),
        ("Model", "Evaluation"),
    ),
)


class LayoutDesk(QObject):
    """Arranges the docks of a window; what it leaves is kept like any other arrangement.

    Args:
        window: Whose docks they are.
        docks: All of them, named as in ``HOMES``.
        slide_only: Hides everything but the slide; a layout ends that.
    """

    def __init__(
        self, window: QMainWindow, docks: Sequence[QDockWidget], slide_only: QAction
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = {dock.objectName(): dock for dock in docks}
        self._slide_only = slide_only
        self._layouts: dict[QAction, Layout] = {}
        self._front: tuple[str, ...] = ()
        for layout in LAYOUTS:
            action = QAction(tr(layout.name), self)
            action.setShortcut(QKeySequence(layout.key))
            action.setStatusTip(tr(layout.tip))
            action.setToolTip(f"{tr(layout.tip)} ({layout.key})")
            action.triggered.connect(self._apply)
            self._layouts[action] = layout
        window.addActions(self.actions_)

    @property
    def actions_(self) -> list[QAction]:
        """An action a layout."""
        return list(self._layouts)

    def add_to(self, menus: QMenuBar, *, before: QAction) -> None:
        """Put the layouts into a menu of their own within the one that has another action."""
        add_choices(menus, tr("La&yout"), self.actions_, before=before)

    def apply(self, layout: Layout) -> None:
        """Show the docks of a layout at home, and hide the others."""
        self._slide_only.setChecked(False)
        for name, dock in self._docks.items():
            self._bring_home(name, dock)
            dock.setVisible(name in layout.shown)
        self._front = layout.front
        self._size()
        self._raise()
        # Docks that were hidden have no tab to come to the front by before they are laid out.
        QTimer.singleShot(0, self, self._raise)

    @Slot()
    def _raise(self) -> None:
        for name in self._front:
            self._docks[name].raise_()

    @Slot()
    def _apply(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.apply(self._layouts[action])

    def _bring_home(self, name: str, dock: QDockWidget) -> None:
        dock.setFloating(False)
        if self._window.dockWidgetArea(dock) != HOMES[name]:
            self._window.addDockWidget(HOMES[name], dock)
            mate = MATES.get(name)
            if mate is not None:
                self._window.tabifyDockWidget(self._docks[mate], dock)

    def _size(self) -> None:
        """Leave the slide most of the window, however small that is."""
        window, docks = self._window, self._docks
        left = LEFT_WIDTH if window.width() >= NARROW else NARROW_LEFT
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        window.resizeDocks([docks["Patients"], docks["Model"]], [left, RIGHT_WIDTH], across)
        below = min(max(round(BELOW_SHARE * window.height()), LOWEST), HIGHEST)
        window.resizeDocks([docks["Training"]], [below], down)
