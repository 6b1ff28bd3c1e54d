"""Where the parts of the window stand: docks, their sizes, and what the last window left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QTabBar, QWidget

from bcviewer.gui.widgets.dock import Dock
from bcviewer.gui.words import tr
from bcviewer.storage import user_folder

FIRST_SIZE = (1440, 900)
SMALLEST_SCREEN = (1024, 700)
"""On a smaller screen the window has no use, and keeps its size."""

FRAME_HEIGHT = 32
"""What the system draws above a window, about."""

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 400, 344, 264
MODEL_HEIGHT, PATCH_HEIGHT = 262, 300
LAYOUT_VERSION = 4
"""To be raised when docks come or go: an arrangement of other docks is not restored."""

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BELOW = Qt.DockWidgetArea.BottomDockWidgetArea


def add_dock(
    window: QMainWindow, title: str, content: QWidget, *, area: Qt.DockWidgetArea
) -> QDockWidget:
    """Put a panel into a dock of its own; its English title is its name in what is kept."""
    dock = Dock(tr(title), window)
    dock.setObjectName(title)
    dock.setWidget(content)
    if isinstance(content, QScrollArea):  # Tab comes to it, so that keys can scroll it
        content.setAccessibleName(dock.windowTitle())
    window.addDockWidget(area, dock)
    return dock


def scrolled(content: QWidget) -> QScrollArea:
    """A panel that scrolls when its dock is too small for it."""
    area = _Scrolled(widgetResizable=True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


class _Scrolled(QScrollArea):
    """Never narrower than its content: it scrolls up and down alone, and would cut the rest off."""

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        wanted = self.verticalScrollBar().sizeHint().width()
        wanted += 0 if content is None else content.minimumSizeHint().width()
        return super().minimumSizeHint().expandedTo(QSize(wanted, 0))


def size_docks(
    window: QMainWindow,
    *,
    patients: QDockWidget,
    model: QDockWidget,
    patch: QDockWidget,
    training: QDockWidget,
) -> None:
    """Give the docks the sizes of a first start."""
    window.resizeDocks([patients, model], [LEFT_WIDTH, RIGHT_WIDTH], Qt.Orientation.Horizontal)
    window.resizeDocks([model, patch], [MODEL_HEIGHT, PATCH_HEIGHT], Qt.Orientation.Vertical)
    window.resizeDocks([training], [BOTTOM_HEIGHT], Qt.Orientation.Vertical)


def restore_layout(window: QMainWindow) -> bool:
    """Put the window where the last one was, with its docks as they were.

    Returns:
        Whether the docks were put anywhere: not at a first start, nor where what was kept is of
        other docks or damaged.
    """
    window.resize(_first_size(window.screen().availableGeometry().size()))
    kept = _settings()
    geometry = kept.value("geometry", QByteArray(), type=QByteArray)
    state = kept.value("state", QByteArray(), type=QByteArray)
    if isinstance(geometry, QByteArray) and not geometry.isEmpty():
        window.restoreGeometry(geometry)
    restored = isinstance(state, QByteArray) and window.restoreState(state, LAYOUT_VERSION)
    _hide_lost_tabs(window)
    return restored


def _first_size(screen: QSize) -> QSize:
    """The size of a first window, on a screen with so much room."""
    wanted = QSize(*FIRST_SIZE)
    if screen.width() < SMALLEST_SCREEN[0] or screen.height() < SMALLEST_SCREEN[1]:
        return wanted
    return wanted.boundedTo(screen - QSize(0, FRAME_HEIGHT))


def save_layout(window: QMainWindow) -> None:
    """Keep size, place and docks for the next window."""
    kept = _settings()
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("state", window.saveState(LAYOUT_VERSION))


def _hide_lost_tabs(window: QMainWindow) -> None:
    """Hide the rows of tabs that Qt has lost: it draws them wherever docks once shared a place.

    Each time that docks are laid out before the window is shown, Qt makes new rows of tabs for
    those that share a place and forgets the ones before, also where these docks are hidden since.
    In use is the newest row with just the docks of one place that are to be seen.
    """
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    places = {_seen_beside(window, dock) for dock in window.findChildren(QDockWidget)}
    newest: dict[frozenset[str], QTabBar] = {}
    for bar in window.findChildren(QTabBar, options=direct):
        titles = frozenset(bar.tabText(tab) for tab in range(bar.count()))
        if titles and titles not in places:
            bar.hide()
            continue
        lost = newest.get(titles)
        if lost is not None:
            lost.hide()
        newest[titles] = bar


def _seen_beside(window: QMainWindow, dock: QDockWidget) -> frozenset[str]:
    """The titles of the docks at the place of one, itself among them, that are not hidden."""
    return frozenset(
        each.windowTitle()
        for each in (dock, *window.tabifiedDockWidgets(dock))
        if not each.isHidden()
    )


def _settings() -> QSettings:
    return QSettings(str(user_folder() / "window.ini"), QSettings.Format.IniFormat)
