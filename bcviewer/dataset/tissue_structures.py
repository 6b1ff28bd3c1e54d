"""The small benign structures of a synthetic slide: lobules, ducts, vessels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcviewer.dataset.tissue_fields import STEP, Fields, Recipe
from bcviewer.dataset.tissue_textures import Block, Field, Textures, smooth, window


@dataclass(frozen=True, eq=False)
class Stains:
    """How much of each stain the pixels hold, float32[height, width]."""

    haematoxylin: Field
    eosin: Field

    def lay(self, block: Block, where: Field, h: Field | float, e: Field | float) -> None:
        """Blend stain in, ``where`` from 0 (leave what is there) to 1 (replace it)."""
        for stain, new in ((self.haematoxylin, h), (self.eosin, e)):
            stain[block] += where * (new - stain[block])


class Structures:
    """Paints the structures of one slide into its stains."""

    def __init__(
        self,
        recipe: Recipe,
        fields: Fields,
        textures: Textures,
        stains: Stains,
        rng: np.random.Generator,
    ) -> None:
        self._recipe, self._fields, self._textures = recipe, fields, textures
        self._stains, self._rng = stains, rng

    def paint(self) -> None:
        """Paint all of them; later ones may cover earlier ones, as in a thick cut."""
        recipe = self._recipe
        for x, y in self._places(recipe.vessels):
            self._vessel(x, y)
        for x, y in self._places(recipe.lobules):
            self._lobule(x, y)
        for x, y in self._places(recipe.ducts):
            self._duct(x, y)

    def _places(self, count: int) -> list[tuple[float, float]]:
        """Places in firm tissue away from the IDC, in loose groups."""
        fields = self._fields
        free = (fields.firm > 12) & (fields.extent > 12) & (fields.tumour < -15)
        if not free.any():
            return []
        weight = np.where(free, np.exp(1.5 * fields.cellular), 0).ravel()
        chosen = self._rng.choice(free.size, count, p=weight / weight.sum())
        width = free.shape[1]
        return [(STEP * float(place % width), STEP * float(place // width)) for place in chosen]

    def _ellipse(self, x: float, y: float, a: float, b: float) -> tuple[Block, Field]:
        """A block around a place and the depth in px within a bent, wobbly ellipse there."""
        reach = int(max(a, b) * 1.4) + 12
        height, width = self._stains.eosin.shape
        block = (
            slice(max(int(y) - reach, 0), min(int(y) + reach, height)),
            slice(max(int(x) - reach, 0), min(int(x) + reach, width)),
        )
        v, u = (
            np.arange(part.start, part.stop, dtype=np.float32) - np.float32(middle)
            for part, middle in zip(block, (y, x), strict=True)
        )
        turn = self._rng.uniform(0, np.pi)
        p = u * np.cos(turn) + v[:, None] * np.sin(turn)
        q = v[:, None] * np.cos(turn) - u * np.sin(turn)
        radius = np.hypot(p / a, (q + self._rng.uniform(-0.5, 0.5) / a * p * p) / b)
        wobble = window(self._textures.crimp, block) + 0.4 * window(self._textures.blobs, block)
        return block, (min(a, b) * (1 - radius + 0.16 * wobble)).astype(np.float32)

    def _lobule(self, x: float, y: float) -> None:
        """Acini with dark walls in pale lavender stroma."""
        a = self._rng.uniform(13, 40)
        block, depth = self._ellipse(x, y, a, a * self._rng.uniform(0.45, 0.9))
        grain, blobs = window(self._textures.grain, block), window(self._textures.blobs, block)
        wall = smooth(blobs + 0.12 * grain, 0.35, 0.65) * smooth(depth, 1.5, 3)
        lumen = smooth(blobs, 1.35, 1.7) * wall
        pale = self._recipe.stroma * 0.6
        self._stains.lay(block, smooth(depth, -1, 2), 0.28 + 0.14 * grain, pale + 0.02 * grain)
        self._stains.lay(block, wall, 1.2 + 0.3 * grain, 0.32)
        self._stains.lay(block, lumen, 0.05, 0.06)

    def _duct(self, x: float, y: float) -> None:
        """A dark wall around a white or pink hollow, in a ring of collagen."""
        a = self._rng.uniform(6, 26)
        block, depth = self._ellipse(x, y, a, a * self._rng.uniform(0.25, 0.75))
        textures = self._textures
        grain = window(textures.grain, block)
        rings = np.sin(depth * 1.5 + window(textures.crimp, block))
        collagen = self._recipe.stroma * (1.15 + 0.15 * rings)
        ring = 0.8 * smooth(depth, -9, -3) * (self._stains.eosin[block] > 0.15)
        self._stains.lay(block, ring, 0.12 + 0.02 * grain, collagen)
        self._stains.lay(block, smooth(depth, -0.6, 0.6), 1.15 + 0.35 * grain, 0.32)
        wall = self._rng.uniform(2.2, 4.5)
        hollow = smooth(depth + 1.1 * window(textures.ragged, block), wall, wall + 1)
        secretion = float(self._rng.choice([0.0, 0.0, 0.1, 0.35, 0.8]))
        self._stains.lay(block, hollow, 0.01, secretion)

    def _vessel(self, x: float, y: float) -> None:
        """A pink muscular wall around an empty or blood-filled hollow."""
        a = self._rng.uniform(5, 15)
        block, depth = self._ellipse(x, y, a, a * self._rng.uniform(0.5, 1))
        grain, stroma = window(self._textures.grain, block), self._recipe.stroma
        muscle = (stroma * (1.25 + 0.2 * np.sin(depth * 2))).astype(np.float32)
        self._stains.lay(block, smooth(depth, -0.6, 0.6), 0.3 + 0.12 * grain, muscle)
        wall = a * self._rng.uniform(0.15, 0.35)
        blood = float(self._rng.choice([0.0, 0.0, 1.6 * stroma]))
        self._stains.lay(block, smooth(depth, wall, wall + 1), 0.01, blood * (1 + 0.08 * grain))
