"""Paints synthetic tissue that looks like H&E at about 8 µm a pixel, from noise and formulas.

Two maps are painted, how much haematoxylin and how much eosin each pixel holds; the colours follow
from them by the law of Beer and Lambert. Wide fields (outline, tumour, fat, direction of the
fibres) live on a coarse grid; fine texture is looked up along the fibres. Painting goes block by
block, which keeps the arrays in the processor's cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.tissue_fields import STEP, Fields, Recipe, field_window
from bcviewer.dataset.tissue_structures import Stains, Structures
from bcviewer.dataset.tissue_textures import TEXTURE, Block, Field, Textures, smooth, window

BLOCK = 256
GLASS = (243, 241, 242)
"""Red, green, blue of empty glass in real patches (median of 14 patients)."""

FAT_DEPTH = 70
"""Pixels into firm tissue beyond which there are no lone fat cells."""

VISIBLE = 0.1
"""Units of stain that a pixel must hold to count as tissue."""


@dataclass(frozen=True, eq=False)
class Slide:
    """A painted slide.

    Attributes:
        image: uint8[height, width, 3].
        tissue: bool[height, width], where there is more than glass and the inside of fat cells.
        tumour: bool[height, width], within the outline of the IDC, drawn a little carelessly.
    """

    image: NDArray[np.uint8]
    tissue: NDArray[np.bool_]
    tumour: NDArray[np.bool_]


def paint_slide(recipe: Recipe, textures: Textures, rng: np.random.Generator) -> Slide:
    """Paint a slide; the same generator state gives the same pixels."""
    width, height = recipe.size
    fields = Fields(recipe, rng)
    stains = Stains(np.zeros((height, width), np.float32), np.zeros((height, width), np.float32))
    blocks = [
        (slice(y, min(y + BLOCK, height)), slice(x, min(x + BLOCK, width)))
        for y in range(0, height, BLOCK)
        for x in range(0, width, BLOCK)
    ]
    tumour = np.zeros((height, width), np.bool_)
    for block in blocks:
        if _near_tissue(fields, block):
            painter = Painter(recipe, fields, textures, block)
            stains.haematoxylin[block], stains.eosin[block] = painter.paint()
            tumour[block] = field_window(fields.outline, block) > 0
    Structures(recipe, fields, textures, stains, rng).paint()
    image = np.full((height, width, 3), GLASS, np.uint8)
    for block in blocks:
        if stains.eosin[block].any():
            _colour(image, block, recipe, stains, window(textures.white, block))
    return Slide(image, stains.haematoxylin + stains.eosin > VISIBLE, tumour)


def _near_tissue(fields: Fields, block: Block) -> bool:
    rows, columns = (slice(part.start // STEP, part.stop // STEP + 2) for part in block)
    return bool(fields.extent[rows, columns].max() > -20)


def _colour(
    image: NDArray[np.uint8], block: Block, recipe: Recipe, stains: Stains, white: Field
) -> None:
    h, e = stains.haematoxylin[block], stains.eosin[block]
    noise = 0.5 + 1.2 * white
    for channel, glass in enumerate(GLASS):
        density = h * recipe.haematoxylin[channel] + e * recipe.eosin[channel]
        image[(*block, channel)] = np.clip(glass * np.exp(-density) + noise, 0, 255)


class Painter:
    """Paints the stains of one block: stroma first, then tumour, then the holes of the fat."""

    def __init__(self, recipe: Recipe, fields: Fields, textures: Textures, block: Block) -> None:
        self._recipe, self._fields, self._textures, self._block = recipe, fields, textures, block
        self._extent, self._tumour = self._field(fields.extent), self._field(fields.tumour)
        self._cellular, self._pale = self._field(fields.cellular), self._field(fields.pale)
        self._across = self._field(fields.across) + 4 * self._texture(textures.crimp)
        self._along = self._field(fields.along)

    def paint(self) -> tuple[Field, Field]:
        """Haematoxylin and eosin of the block, float32[rows, columns]."""
        h, e = self._stroma()
        if self._tumour.max() > -40:
            self._add_tumour(h, e)
        keep = self._outside_fat_cells() * smooth(
            self._extent + 4 * self._texture(self._textures.ragged), -0.7, 0.7
        )
        keep *= 1 - 0.1 * self._pale  # the cut's thickness varies
        return h * keep, e * keep

    def _field(self, field: Field) -> Field:
        return field_window(field, self._block)

    def _texture(self, texture: Field) -> Field:
        return window(texture, self._block)

    def _fibres(self, texture: Field, across: float, along: float, slant: float = 0) -> Field:
        """Look a texture up along the fibres; the numbers are texels a pixel."""
        row = across * self._across + slant * self._along
        column = along * self._along - 0.5 * slant * self._across
        mask = TEXTURE - 1
        found: Field = texture[row.astype(np.int32) & mask, column.astype(np.int32) & mask]
        return found

    def _stroma(self) -> tuple[Field, Field]:
        textures, loose = self._textures, self._recipe.loose
        pale, cellular = self._pale, self._cellular
        fine, grain = self._texture(textures.fine), self._texture(textures.grain)
        weave = smooth(self._texture(textures.blobs) + cellular, -1, 1)
        strand = self._fibres(textures.strands, 1.7, 0.6) * weave
        strand += self._fibres(textures.strands, 1.4, 0.7, 0.7) * (1 - weave)
        bundle = self._fibres(textures.strands, 0.6, 0.15)
        spindle = self._fibres(textures.grain, 1.2, 0.55)
        strand *= 0.75 - 0.3 * cellular.clip(-1, 1)
        e: Field = 1 - 0.14 * pale + 0.18 * strand + 0.06 * bundle + 0.09 * fine + 0.07 * grain
        h: Field = 0.12 + 0.05 * cellular + 0.04 * strand + 0.03 * bundle
        h += 0.7 * smooth(spindle + 0.3 * cellular, 1.5, 3.2)
        h += 0.7 * smooth(grain + 0.75 * cellular, 1.7, 3.2)
        slit = smooth(strand + bundle + 0.5 * pale, 3.7 - 1.8 * loose, 4.7 - 1.8 * loose)
        keep = 1 - slit
        return np.maximum(h, 0.02) * keep, np.maximum(self._recipe.stroma * e, 0.05) * keep

    def _add_tumour(self, h: Field, e: Field) -> None:
        recipe, textures = self._recipe, self._textures
        ragged, fine = self._texture(textures.ragged), self._texture(textures.fine)
        grain, white = self._texture(textures.grain), self._texture(textures.white)
        edge = self._tumour + 9 * ragged + 12 * self._texture(textures.crimp)
        scar = 0.85 * smooth(self._pale + 0.3 * ragged, 1.3, 2.3)
        within = smooth(edge, -8, 8) * (1 - scar)
        nest = self._fibres(textures.blobs, 1.2, 1.2 / recipe.cords)
        nest = nest + recipe.solid + 1.1 * self._cellular + 0.45 * ragged + 0.3 * fine
        nest = smooth(nest, -0.4, 0.4) * within
        nuclei = 0.75 * grain + 0.65 * self._fibres(textures.grain, 1.1, 0.6)
        h += within * (0.3 + 0.2 * np.maximum(nuclei, -0.9))
        e *= 1 - 0.25 * within
        dense = 0.8 + 0.1 * self._cellular
        h += nest * (dense + 0.3 * nuclei + 0.14 * fine - h)
        e += nest * (0.34 + 0.03 * nuclei - e)
        keep = 1 - 0.7 * within * smooth(fine + 0.8 * white, 2.2, 3.4)
        h *= keep
        e *= keep

    def _outside_fat_cells(self) -> Field:
        """What is left of the stain: 1 outside fat cells, next to nothing in them."""
        fat, fields = self._textures.fat, self._fields
        firm = self._field(fields.firm)
        if firm.min() > FAT_DEPTH + 30:
            return np.ones_like(firm)
        dx, dy = self._texture(fat.dx), self._texture(fat.dy)
        # One value for the whole cell: a cell is open or closed, never cut in two.
        row = self._coarse(0, dy)
        column = self._coarse(1, dx)
        depth, pale = fields.firm[row, column], fields.pale[row, column]
        fatty = smooth(-depth, -12, 8)
        margin = fields.tumour[row, column].clip(-60, 40) * 0.01
        lone = 0.5 * smooth(-depth, -FAT_DEPTH, -5) * smooth(pale + margin, 0, 1.6)
        opened = self._texture(fat.chance) < fatty + lone
        room = self._texture(fat.web) - 0.8 + 0.9 * fatty
        room = np.minimum(room, 7 + 10 * fatty - self._texture(fat.radius))
        room = np.minimum(room, 7 + np.maximum(depth, 0) - firm)
        faint = (0.45 + 0.2 * self._texture(self._textures.crimp)).clip(0.1, 0.85)
        keep: Field = 1 - 0.985 * smooth(room, -0.3, 0.6) * opened
        return keep * (1 - faint * fatty * opened)

    def _coarse(self, axis: int, offset: Field) -> NDArray[np.int32]:
        """Where on the coarse grid the middles of the fat cells under the block lie."""
        part = self._block[axis]
        place = np.arange(part.start, part.stop, dtype=np.float32)
        place = place[:, None] if axis == 0 else place
        last = self._fields.firm.shape[axis] - 1
        return np.clip(((place + offset) * (1 / STEP) + 0.5).astype(np.int32), 0, last)
