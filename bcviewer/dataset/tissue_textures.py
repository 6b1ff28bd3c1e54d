"""Noise that repeats seamlessly, and the mosaic of fat cells: what synthetic tissue is made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom of a part of a texture, in texels."""

Block = tuple[slice, slice]
"""Rows and columns of a part of a slide."""

TEXTURE = 1024
"""Period of all textures in pixels."""

FAT_PITCH = 8
"""Grid that fat cells are strewn on, in pixels; many are left out, so most cells are wider."""

ROUNDING = 9.0
"""How near to a plain polygon a fat cell is: the higher, the sharper its corners."""


def enlarged(values: Field, size: tuple[int, int], box: Box | None = None) -> Field:
    """Resize smoothly to (width, height); ``box`` is the part to enlarge, in texels."""
    image = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, box=box))


def window(texture: Field, block: Block) -> Field:
    """The part of an endlessly repeated texture that lies under a block of the slide."""
    rows, columns = (np.arange(part.start, part.stop) % TEXTURE for part in block)
    if rows[0] <= rows[-1] and columns[0] <= columns[-1]:
        return texture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return texture[np.ix_(rows, columns)]


def smooth(values: Field, low: float, high: float) -> Field:
    """0 up to ``low``, 1 from ``high``, a line between them."""
    return ((values - low) * (1 / (high - low))).clip(0, 1)


def coarse_noise(
    rng: np.random.Generator, shape: tuple[int, int], cell: float, *, octaves: int
) -> Field:
    """Noise of mean 0 and deviation about 1.

    Args:
        rng: Where the numbers come from.
        shape: Rows and columns.
        cell: Size of the widest features in texels; each octave halves it and its height.
        octaves: How many sizes of features are added.
    """
    height, width = shape
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        spacing = max(cell / 2**octave, 1.0)
        rows, columns = int(height / spacing) + 5, int(width / spacing) + 5
        values = rng.standard_normal((rows, columns), dtype=np.float32)
        box = (1.5, 1.5, 1.5 + width / spacing, 1.5 + height / spacing)
        total += enlarged(values, (width, height), box) / 2**octave
    return total


def _normal(values: Field) -> Field:
    normal: Field = (values - values.mean()) / values.std()
    return normal.astype(np.float32)


def _repeating(rng: np.random.Generator, cell: float) -> Field:
    count = round(TEXTURE / cell)
    values = np.pad(rng.standard_normal((count, count), dtype=np.float32), 3, mode="wrap")
    return _normal(enlarged(values, (TEXTURE, TEXTURE), (3, 3, 3 + count, 3 + count)))


class Textures:
    """The textures of a demo, float32[TEXTURE, TEXTURE] of mean 0 and deviation 1.

    Attributes:
        white: Independent pixels.
        grain: Pixels that lean on their neighbours a little: nuclei of about 1 px.
        fine, strands: Features of about 3 px.
        ragged, blobs, crimp: Features of about 10, 10 to 24, and 26 px.
        fat: The mosaic of fat cells.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        white = rng.standard_normal((TEXTURE, TEXTURE), dtype=np.float32)
        beside = np.roll(white, 1, 0) + np.roll(white, 1, 1)
        self.grain = _normal(white + 0.5 * beside)
        self.white = rng.standard_normal((TEXTURE, TEXTURE), dtype=np.float32)
        self.fine = _repeating(rng, 3)
        self.ragged = _normal(_repeating(rng, 14) + 0.6 * self.fine)
        self.blobs = _normal(_repeating(rng, 9) + 0.6 * _repeating(rng, 24))
        self.crimp = _repeating(rng, 26)
        self.strands = _normal(_repeating(rng, 5) + 0.6 * _repeating(rng, 2.5))
        self.fat = FatCells(rng)


class FatCells:
    """A repeating mosaic of polygons (a Voronoi diagram), float32[TEXTURE, TEXTURE] each.

    Attributes:
        web: Distance in px from the border between two cells.
        radius: Distance in px from the middle of the cell.
        chance: One number from 0 to 1 for each cell.
        dx, dy: The way in px to the middle of the cell.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        # Half the period is enough for a pattern so irregular, and takes a quarter of the time.
        size = TEXTURE // 2
        count = size // FAT_PITCH
        centres = rng.uniform(0, 1, (2, count, count)).astype(np.float32)
        centres[:, rng.random((count, count)) < 0.18] = 50.0
        numbers = rng.random((count, count), dtype=np.float32)
        inside = (np.arange(size, dtype=np.float32) % FAT_PITCH + 0.5) / FAT_PITCH
        first = np.full((size, size), 9.0, np.float32)
        near = np.zeros_like(first)
        chance, to_x, to_y = (np.zeros_like(first) for _ in range(3))
        for row in range(-2, 3):
            for column in range(-2, 3):
                y, x, number = (
                    np.roll(part, (-row, -column), (0, 1)).repeat(FAT_PITCH, 0).repeat(FAT_PITCH, 1)
                    for part in (centres[0], centres[1], numbers)
                )
                dy = y + (row - inside[:, None])
                dx = x + (column - inside[None, :])
                distance = np.sqrt(dx * dx + dy * dy)
                nearer = distance < first
                near += np.exp(distance * -ROUNDING)
                np.copyto(first, distance, where=nearer)
                for kept, new in ((chance, number), (to_x, dx), (to_y, dy)):
                    np.copyto(kept, new, where=nearer)
        # A soft minimum over all neighbours but the nearest middle: it rounds the corners.
        others = np.maximum(near * np.exp(first * ROUNDING) - 1, 1e-4)
        web = np.log(others) * (-FAT_PITCH / 2 / ROUNDING)
        self.web, self.chance = np.tile(web, (2, 2)), np.tile(chance, (2, 2))
        self.radius, self.dx, self.dy = (
            np.tile(part * FAT_PITCH, (2, 2)) for part in (first, to_x, to_y)
        )
