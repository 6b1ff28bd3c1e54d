"""What a synthetic slide is to look like, and the wide fields that it is painted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcviewer.dataset.tissue_textures import Block, Field, coarse_noise, enlarged

Ellipse = tuple[float, float, float, float, float]
"""Centre x, y and half axes in pixels, and the angle of the first axis in degrees."""

STEP = 10
"""Pixels between two points of the grid of a wide field."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What the slide of one patient looks like.

    Attributes:
        patient: The patient's id.
        size: Width and height in pixels.
        bodies: Ellipses whose union is the fibrous tissue.
        tumours: Ellipses about which IDC grows.
        idc_share: IDC of the fibrous tissue, 0 to 1.
        fat: How far fat reaches around the fibrous tissue, in pixels; 0 is none.
        fat_within: How readily fat lies within the tissue: about -1 (hardly) to 1 (much).
        loose: How torn the stroma is, 0 to 1.
        cords: How much the nests of IDC are stretched along the fibres: 1 (round) to 6.
        solid: How much of the tumour is nests: about -1 (strands) to 1 (sheets).
        lobules, ducts, vessels: Number of these structures.
        stroma: Units of eosin in the stroma.
        haematoxylin, eosin: Optical density of red, green, blue for one unit of the stain.
    """

    patient: str
    size: tuple[int, int]
    bodies: tuple[Ellipse, ...]
    tumours: tuple[Ellipse, ...]
    idc_share: float
    fat: float
    fat_within: float
    loose: float
    cords: float
    solid: float
    lobules: int
    ducts: int
    vessels: int
    stroma: float
    haematoxylin: tuple[float, float, float]
    eosin: tuple[float, float, float]


class Fields:
    """The wide fields of a slide, float32 on a grid of ``STEP`` px.

    Attributes:
        extent: Distance in px from the edge of all tissue, fat with it; positive inside.
        firm: The same for tissue that is not fat; about zero, fat cells begin.
        tumour: The same for the IDC.
        outline: The same for its outline as a hand draws it at low magnification.
        pale, cellular: Noise: where eosin is weak, where nuclei gather.
        along, across: Coordinates in px along and across the fibres.
    """

    def __init__(self, recipe: Recipe, rng: np.random.Generator) -> None:
        width, height = recipe.size
        shape = (height // STEP + 2, width // STEP + 2)

        def noise(cell: float, octaves: int) -> Field:
            return coarse_noise(rng, shape, cell / STEP, octaves=octaves)

        y, x = (axis.astype(np.float32) * STEP for axis in np.indices(shape))
        warped_x, warped_y = x + 30 * noise(400, 4), y + 30 * noise(400, 4)
        body = _union(recipe.bodies, warped_x, warped_y) + 6 * noise(80, 3)
        tumour = _union(recipe.tumours, warped_x, warped_y) + 34 * noise(260, 4)
        inside = body > -30
        # In a slide of a patch or two the noise may leave no tissue.
        near = np.sort(tumour[inside] if inside.any() else tumour.ravel())
        self.tumour = tumour - near[int((1 - recipe.idc_share) * (len(near) - 1))]
        self.outline = self.tumour + 14 * noise(150, 2)
        self.extent = body
        self.firm = 40 * (1.9 - recipe.fat_within - noise(280, 4)) + np.clip(self.tumour, -40, 45)
        if recipe.fat:
            # Tumour grows into the fat, which thins out at its edge.
            self.extent = np.maximum(body, self.tumour - 8)
            septa = 7 - 110 * np.abs(noise(650, 4)) + 4 * noise(90, 2)
            fibrous = np.minimum(self.extent + 6 * noise(120, 3), self.firm)
            self.firm = np.maximum(fibrous, septa)
            self.extent = self.extent + recipe.fat * (1 + 0.5 * noise(500, 3))
        self.pale, self.cellular = noise(600, 4), noise(240, 4)
        turn = rng.uniform(0, np.pi)
        self.along = x * np.cos(turn) + y * np.sin(turn) + 90 * noise(420, 2)
        self.across = y * np.cos(turn) - x * np.sin(turn) + 90 * noise(360, 2)
        # Fibres run along the edges of the tissue and around the tumour.
        self.across += 0.4 * np.clip(body, 0, 60) - 0.5 * np.clip(self.tumour, -160, 40)


def field_window(field: Field, block: Block) -> Field:
    """A wide field at each pixel of a block."""
    rows, columns = block
    box = tuple(edge / STEP for edge in (columns.start, rows.start, columns.stop, rows.stop))
    return enlarged(field, (columns.stop - columns.start, rows.stop - rows.start), box)


def _union(ellipses: tuple[Ellipse, ...], x: Field, y: Field) -> Field:
    """Distance from the outline of the union in px to first order, positive inside."""
    best = np.full(x.shape, -1e4, np.float32)
    for centre_x, centre_y, a, b, degrees in ellipses:
        turn = np.deg2rad(degrees)
        u = (x - centre_x) * np.cos(turn) + (y - centre_y) * np.sin(turn)
        v = (y - centre_y) * np.cos(turn) - (x - centre_x) * np.sin(turn)
        radius = np.hypot(u / a, v / b)
        slope = np.hypot(u / a**2, v / b**2) / np.maximum(radius, 0.02)
        best = np.maximum(best, (1 - radius) / np.maximum(slope, 1 / max(a, b)))
    return best.astype(np.float32)
