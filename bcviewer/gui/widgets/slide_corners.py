"""What stands over the tissue, each in its corner: legend, scale bar, overview, badges, words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.legend import Legend
from bcviewer.gui.widgets.overview import Overview
from bcviewer.gui.widgets.scale_bar import ScaleBar
from bcviewer.gui.widgets.slide_overlays import Chip, EmptyMessage, Overlay, Tone
from bcviewer.gui.words import tr
from bcviewer.model.folder import ROLE_UNKNOWN

_ROLE_TONES: Final[dict[str, Tone]] = {"TRAIN": "warn", "HELD OUT": "good", "UNKNOWN": "warn"}
_ROLE_WORDS: Final = {"UNKNOWN": ROLE_UNKNOWN[0].upper() + ROLE_UNKNOWN[1:]}


class SlideCorners:
    """The overlays of a slide and their places."""

    def __init__(self, tokens: Tokens, ground: QWidget) -> None:
        self._ground = ground
        self.legend = Legend(tokens, ground)
        self.scale_bar = ScaleBar(tokens, ground)
        self.overview = Overview(tokens, ground)
        self.role = Chip(tokens, ground, strong=True)
        self.badge = Chip(tokens, ground, strong=True)
        self.blind = Chip(tokens, ground, strong=True)
        self.readout = Chip(tokens, ground)
        self.message = EmptyMessage(ground)

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        chips = (self.role, self.badge, self.blind, self.readout)
        overlays: tuple[Overlay, ...] = (self.legend, self.scale_bar, self.overview, *chips)
        for overlay in overlays:
            overlay.set_colours(tokens)

    def begin(self) -> None:
        """Show what every slide has."""
        self.message.hide()
        self.legend.show()
        self.scale_bar.show()

    def say(self, message: str, action: QAction | None) -> None:
        """Show a sentence, and an action, in place of a slide."""
        for overlay in (self.legend, self.scale_bar, self.overview):
            overlay.hide()
        for chip in (self.role, self.badge, self.blind, self.readout):
            chip.set_text("")
        self.message.show_message(message, action)
        self.lay_out()

    def set_badge(self, text: str) -> None:
        """Show a badge about the tissue; "" hides it."""
        self.badge.set_text(text, tone="warn")
        self.lay_out()

    def set_role(self, text: str) -> None:
        """Show what the patient was for the model; "" hides it."""
        self.role.set_text(tr(_ROLE_WORDS.get(text, text)), tone=_ROLE_TONES.get(text, "text"))
        self.lay_out()

    def set_blind(self, text: str) -> None:
        """Show that predictions are hidden; "" hides the badge."""
        self.blind.set_text(text)
        self.lay_out()

    def set_readout(self, text: str) -> None:
        """Show values of a patch; "" hides them."""
        self.readout.set_text(text)
        self.lay_out()

    def follow(self, zoom: float, seen: QRectF, content: QRectF) -> None:
        """Show another zoom and another part of the content."""
        self.scale_bar.set_zoom(zoom)
        self.overview.set_seen(seen)
        self.overview.setVisible(not content.isEmpty() and not seen.contains(content))
        self.lay_out()

    def lay_out(self) -> None:
        """Put each overlay into its corner."""
        area = self._ground.rect()
        corner = Qt.Corner
        place = _in_corner(self.legend.size(), area, corner.BottomLeftCorner)
        self.legend.move(place.x(), max(place.y(), GRID))  # its title stays in view
        self.scale_bar.move(_in_corner(self.scale_bar.size(), area, corner.BottomRightCorner))
        self.overview.move(_in_corner(self.overview.size(), area, corner.TopRightCorner))
        at = _in_corner(self.role.size(), area, corner.TopLeftCorner)
        if not self.legend.isHidden() and self.legend.y() < at.y() + self.role.height() + GRID:
            at.setX(self.legend.geometry().right() + 1 + GRID)  # the slide is low: beside it
        for chip in (self.role, self.badge, self.blind):
            if chip.text:
                chip.move(at)
                at.setX(at.x() + chip.width() + GRID)
        self.message.move(area.center() - self.message.rect().center())
        self._lay_out_readout(area)

    def _lay_out_readout(self, area: QRect) -> None:
        """Centre the read-out at the bottom; where the corners leave no room, above them."""
        left = self.legend.geometry().right() + 1 + GRID
        right = self.scale_bar.x() - GRID
        width, height = self.readout.width(), self.readout.height()
        middle = (area.width() - width) // 2
        y = area.height() - GRID - height
        if width <= right - left:
            x = min(max(middle, left), right - width)
        else:
            x, y = middle, self.legend.y() - GRID - height
        self.readout.move(x, y)


def _in_corner(size: QSize, area: QRect, corner: Qt.Corner) -> QPoint:
    """Return where a widget's top left goes, one grid step off the corner of an area."""
    inner = area.adjusted(GRID, GRID, -GRID, -GRID)
    right = corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner)
    bottom = corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner)
    x = inner.right() + 1 - size.width() if right else inner.left()
    y = inner.bottom() + 1 - size.height() if bottom else inner.top()
    return QPoint(x, y)
