"""The contour of the regions at or above the threshold, as a graphics item."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from bcviewer.gui.widgets.slide_marks import SegmentsItem, bands
from bcviewer.gui.widgets.slide_strokes import CONTOUR

DASH: Final = 5
SPACE: Final = 4


class ContourItem(SegmentsItem):
    """A line along the cells, and dashes on it: not to be taken for the outline of the truth."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        if len(self.segments) == 0:
            return
        transform = painter.worldTransform()
        ends = self._on_screen(transform, option.exposedRect)
        # Counted from the slide's corner, so that the dashes move with it.
        origin = round(transform.dx()), round(transform.dy())
        (under, under_colour), (core, colour) = CONTOUR
        painter.save()
        painter.resetTransform()
        for rect in bands(ends, under):
            painter.fillRect(rect, under_colour)
        for rect in bands(dashed(ends, origin), core, square=False):
            painter.fillRect(rect, colour)
        painter.restore()


def dashed(ends: NDArray[np.int64], origin: tuple[int, int]) -> NDArray[np.int64]:
    """Cut segments into dashes.

    Args:
        ends: int64[k, 4], left, top, right, bottom of segments that run across or down.
        origin: Where a dash begins, across and down.

    Returns:
        int64[m, 4], likewise.
    """
    cut = [_cut(ends[ends[:, 1] == ends[:, 3]], origin[0])]
    down = ends[(ends[:, 0] == ends[:, 2]) & (ends[:, 1] != ends[:, 3])]
    cut.append(_cut(down[:, [1, 0, 3, 2]], origin[1])[:, [1, 0, 3, 2]])
    return np.concatenate(cut)


def _cut(across: NDArray[np.int64], origin: int) -> NDArray[np.int64]:
    period = DASH + SPACE
    first = (across[:, 0] - origin) // period
    counts = (across[:, 2] - origin) // period - first + 1
    which = np.repeat(np.arange(len(across)), counts)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    start = origin + (first[which] + number) * period
    left = np.maximum(start, across[which, 0])
    right = np.minimum(start + DASH, across[which, 2])
    seen = left < right
    line = across[which, 1]
    dashes: NDArray[np.int64] = np.stack([left, line, right, line], axis=1)[seen]
    return dashes
