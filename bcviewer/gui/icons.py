"""The icons of the window: outline drawings in the colour of the text around them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import ClassVar

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

SMALL = QSize(16, 16)
LARGE = QSize(24, 24)

_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)


def icon(name: str, *, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return the icon `name`, drawn in a colour of the palette at the time of painting.

    It follows every change of the palette by itself, and is drawn anew at each size and scale.

    Args:
        name: a file of resources/icons without its ending, such as "open-folder".
        role: the palette's role that colours it; BrightText stands on a primary button.

    Raises:
        ValueError: there is no such icon; the text names those that there are.
    """
    return QIcon(_OutlineEngine(_source(name), role))


def app_icon() -> QIcon:
    """Return the icon of the program, in its own colours, at every size that systems ask for."""
    renderer = QSvgRenderer(QByteArray(_source("bcviewer").encode()))
    drawn = QIcon()
    for size in _APP_SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        drawn.addPixmap(pixmap)
    return drawn


def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted."""
    folder = files("bcviewer.resources") / "icons"
    return tuple(
        sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg"))
    )


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    path = files("bcviewer.resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise ValueError(f"There is no icon {name!r}; there are {', '.join(icon_names())}.")
    return path.read_text(encoding="utf-8")


class _OutlineEngine(QIconEngine):
    """Draws an outline with its currentColor replaced by a colour of the palette."""

    # Qt owns a clone, but PySide does not know: without a reference here Python would delete it
    # under Qt. Clones are made only when a copy of an icon is changed, which we never do.
    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, source: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._source = source
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        renderer = QSvgRenderer(QByteArray(self._coloured(mode).encode()))
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # `size` is in the layout's pixels; the screen has `scale` of its own to each.
        drawn = QPixmap(size * scale)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        cloned = _OutlineEngine(self._source, self._role)
        self._clones.append(cloned)
        return cloned

    def _coloured(self, mode: QIcon.Mode) -> str:
        disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        # A primary button loses its accent with its function; so does the text on it.
        role = QPalette.ColorRole.ButtonText if disabled else self._role
        colour = QGuiApplication.palette().color(group, role)
        return self._source.replace("currentColor", colour.name())
