"""The ring around what has the keyboard: the same for every control, and never to be overlooked.

Fusion shows the focus by a shade of the selection's colour, which is pale on purpose. The ring is
for those who use keys: what was clicked has none.
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDockWidget, QWidget

OWN_RING: Final = "ownRing"
"""Property of a widget that shows by itself that it has the keyboard."""

WIDTH: Final = 2
GAP: Final = 1
"""Pixels between a control and its ring, where there is room for the ring outside of it."""

LOOK_MS: Final = 50
"""How often a ring looks where its widget is now.

Qt tells of moves to event filters only, and one in Python on the inside of Qt's own file dialog
crashes when that closes.
"""


class FocusRing(QWidget):
    """Stands around one widget, over all others of its window, and follows it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget.window())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._widget = widget
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._follow)
        self._timer.start()
        self._follow()

    def leave(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The mask leaves the ring of it.
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Accent))
        painter.end()

    @Slot()
    def _follow(self) -> None:
        if not shiboken6.isValid(self._widget):
            self.leave()
            return
        area = ring_area(self._widget) if self._widget.isVisible() else QRect()
        if area == self.geometry() and self.isVisible() != area.isEmpty():
            return
        self.setGeometry(area)
        whole = self.rect()
        self.setMask(QRegion(whole) - QRegion(whole.adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)))
        self.setVisible(not area.isEmpty())
        self.raise_()


class FocusRings(QObject):
    """Puts a ring around what gets the keyboard by a key, in all windows of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: FocusRing | None = None
        self._last: QWidget | None = None
        self._clicked = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @Slot("QWidget*", "QWidget*")
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.leave()
        self._ring = None
        if now is None:
            return
        if now is not self._last:  # else its window is active again, and all is as it was
            self._clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
            self._last = now
        if not self._clicked and not now.property(OWN_RING):
            self._ring = FocusRing(now)


def ring_area(widget: QWidget) -> QRect:
    """Where a ring goes, in pixels of the window: about the widget, as far as that is in view."""
    window, out = widget.window(), WIDTH + GAP
    corner = widget.mapTo(window, QPoint(0, 0))
    area = QRect(corner, widget.size()).adjusted(-out, -out, out, out).intersected(window.rect())
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        parent = above.parentWidget()
        scrolls = isinstance(parent, QAbstractScrollArea) and parent.viewport() is above
        if scrolls or isinstance(above, QDockWidget):
            area = area.intersected(QRect(above.mapTo(window, QPoint(0, 0)), above.size()))
        above = parent
    return area
