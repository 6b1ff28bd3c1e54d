"""The pictures of a slide as graphics items: the mosaic and the heatmap over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

# Pixels around the exposed part, so that smoothing never sees a cut edge.
_MARGIN: Final = 2


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """Wrap uint8[height, width, 4] (BGRA, alpha premultiplied) without a copy.

    The caller keeps the array alive for as long as the picture is used.

    Raises:
        ValueError: Another shape or type, or rows that are not contiguous.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 4 or pixels.dtype != np.uint8:
        raise ValueError(f"expected uint8[height, width, 4], got {pixels.dtype}{pixels.shape}")
    if not pixels.flags.c_contiguous:
        raise ValueError("expected a contiguous array")
    height, width = pixels.shape[:2]
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, 4 * width, form)


def screen_zoom(painter: QPainter) -> float:
    """Return the device pixels of one scene unit, where the scene is not rotated."""
    return painter.worldTransform().m11() * painter.device().devicePixelRatioF()


class MosaicItem(QGraphicsItem):
    """The tissue, drawn from the level of its pyramid that suits the zoom.

    Smooth when it is made smaller; crisp squares from 1:1 upwards.
    """

    def __init__(self, levels: Sequence[NDArray[np.uint8]], origin: tuple[int, int]) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._arrays = tuple(levels)  # keeps the memory of the pictures
        self._images = tuple(image_of(level) for level in self._arrays)
        full = self._images[0]
        self._bounds = QRectF(QPointF(*origin), QSizeF(full.width(), full.height()))

    @property
    def smallest(self) -> QImage:
        """The last level, for an overview."""
        return self._images[-1]

    def level_for(self, zoom: float) -> int:
        """Return the level to draw at `zoom` device pixels a slide pixel: never made larger."""
        wanted = math.floor(math.log2(1 / zoom)) if zoom < 1 else 0
        return min(wanted, len(self._images) - 1)

    def boundingRect(self) -> QRectF:
        """What the item may cover of the scene."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        zoom = screen_zoom(painter)
        level = self.level_for(zoom)
        shrink = 2**level
        source = _cut_out(self._bounds, option.exposedRect, shrink)
        if source.isEmpty():
            return
        target = QRectF(
            self._bounds.topLeft() + source.topLeft() * shrink, source.size() * float(shrink)
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 1)
        painter.drawImage(target, self._images[level], source)


class HeatmapItem(QGraphicsItem):
    """One block a cell over the tissue."""

    def __init__(self, bounds: QRectF) -> None:
        super().__init__()
        self._bounds = bounds
        self._array: NDArray[np.uint8] | None = None
        self._image = QImage()

    @property
    def image(self) -> QImage:
        """The heatmap, one pixel a cell; null when there is none."""
        return self._image

    def set_pixels(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show uint8[rows, columns, 4] (BGRA, alpha premultiplied), or nothing."""
        self._array = None if pixels is None else np.ascontiguousarray(pixels)
        self._image = QImage() if self._array is None else image_of(self._array)
        self.update()

    def boundingRect(self) -> QRectF:
        """What the item may cover of the scene."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self._bounds, self._image, QRectF(self._image.rect()))


def _cut_out(bounds: QRectF, exposed: QRectF, shrink: int) -> QRectF:
    """Return the part of a level, in its pixels, that covers the exposed part of the scene.

    Whole pixels, so that a cut-out is drawn from the same samples as the whole would be; but at
    the far ends the last pixel may stand for less than `shrink` slide pixels.
    """
    seen = bounds.intersected(exposed).translated(-bounds.topLeft())
    left = max(math.floor(seen.left() / shrink) - _MARGIN, 0)
    top = max(math.floor(seen.top() / shrink) - _MARGIN, 0)
    right = min(math.ceil(seen.right() / shrink) + _MARGIN, bounds.width() / shrink)
    bottom = min(math.ceil(seen.bottom() / shrink) + _MARGIN, bounds.height() / shrink)
    return QRectF(left, top, right - left, bottom - top)
