"""One patient's patches joined to one picture, and the same picture at smaller sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import DataError
from bcviewer.slide.grid import grid_of

Order = Literal["rgba", "bgra"]
"""Order of the four channels; "bgra" is what a 32-bit ARGB picture is in memory."""

LEVELS: Final = 4
"""Sizes of a pyramid: 1, 1/2, 1/4 and 1/8."""

# So many patches fit into the cache together, before and after their channels are set in order.
_BATCH: Final = 64
# Rows halved at a time: few enough for the cache (half the time of the whole picture at once).
_STRIP: Final = 256


@dataclass(frozen=True, eq=False)
class Mosaic:
    """The picture of one patient, alpha premultiplied; cells without a patch are all zero.

    Attributes:
        image: uint8[height, width, 4].
        origin: Slide pixel (x, y) at its top left, 0-based.
        order: Order of the channels.
    """

    image: NDArray[np.uint8]
    origin: tuple[int, int]
    order: Order


@dataclass(frozen=True, eq=False)
class MosaicPyramid:
    """A mosaic at full size and at halves of it.

    Attributes:
        levels: Level k is uint8[ceil(height / 2^k), ceil(width / 2^k), 4], alpha premultiplied.
        origin: Slide pixel (x, y) at the top left, 0-based.
        order: Order of the channels.
    """

    levels: tuple[NDArray[np.uint8], ...]
    origin: tuple[int, int]
    order: Order

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in slide pixels."""
        height, width = self.levels[0].shape[:2]
        return width, height


def assemble(
    pixels: NDArray[np.uint8],
    x: NDArray[np.integer[Any]],
    y: NDArray[np.integer[Any]],
    *,
    readable: NDArray[np.bool_] | None = None,
    order: Order = "rgba",
) -> Mosaic:
    """Put each patch at (x - 1, y - 1).

    Args:
        pixels: uint8[n, 50, 50, 3], RGB.
        x: Left edges, integers[n], 1-based slide pixels.
        y: Top edges, likewise.
        readable: bool[n]; the cells of unreadable patches stay empty. All by default.
        order: Order of the mosaic's channels.

    Raises:
        DataError: Other shapes than these, or places that are no slide's.
    """
    grid = grid_of(x, y)
    if pixels.shape != (len(grid), PATCH_SIZE, PATCH_SIZE, 3):
        raise DataError(
            f"Expected the pixels of {len(grid)} patches of {PATCH_SIZE} x {PATCH_SIZE} px, "
            f"got an array of shape {pixels.shape}."
        )
    chosen = np.arange(len(grid)) if readable is None else np.flatnonzero(readable)
    width, height = grid.size
    whole = np.zeros((height, width), np.uint32)
    cells = whole.reshape(grid.rows, PATCH_SIZE, grid.columns, PATCH_SIZE).swapaxes(1, 2)
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        places = grid.row_of[batch] - grid.row0, grid.column_of[batch] - grid.column0
        cells[places] = _opaque(pixels, batch, order)
    return Mosaic(whole.view(np.uint8).reshape(height, width, 4), grid.origin, order)


def pyramid(mosaic: Mosaic, levels: int = LEVELS) -> MosaicPyramid:
    """Halve the mosaic again and again, each pixel the mean of up to four.

    Means of premultiplied colours are right at the borders of gaps: no dark fringe.
    """
    sizes = [mosaic.image]
    for _ in range(1, levels):
        sizes.append(_halved(sizes[-1]))
    return MosaicPyramid(tuple(sizes), mosaic.origin, mosaic.order)


def _opaque(pixels: NDArray[np.uint8], batch: NDArray[np.intp], order: Order) -> NDArray[np.uint32]:
    source = pixels[batch]
    packed = np.empty((len(batch), PATCH_SIZE, PATCH_SIZE, 4), np.uint8)
    for channel, place in enumerate((0, 1, 2) if order == "rgba" else (2, 1, 0)):
        packed[..., place] = source[..., channel]
    packed[..., 3] = 255
    return packed.view(np.uint32)[..., 0]


def _halved(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, 4), np.uint8)
    for top in range(0, height, _STRIP):
        strip = image[top : top + _STRIP]
        # Under the name RGBX Pillow averages the four channels as they are; as RGBA it would
        # multiply them by alpha a second time.
        whole = Image.frombuffer("RGBX", (width, len(strip)), strip, "raw", "RGBX", 0, 1)
        half[top // 2 : (top + _STRIP) // 2] = whole.reduce(2)
    return half
