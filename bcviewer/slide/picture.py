"""What a picture of a patient shows, to be laid out on a sheet by ``picture_sheet``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import Mosaic
from bcviewer.slide.outline import Segments
from bcviewer.slide.palette import Palette
from bcviewer.slide.picture_words import Provenance
from bcviewer.slide.sheet import Lines, Mark

LONGEST: Final = 3000
"""Pixels along the longer side of the tissue on a sheet."""

TRUTH: Final = ("#ffffff", "#101014")
"""Casing and core of the outline of the true regions."""
CONTOUR: Final = ("#0b3c8c", "#6fe3ff")
"""The line under the dashes, and the dashes, of the contour: a hue that no palette has."""

# Whole pixels a cell at each of them.
_SHRINKS: Final = (1, 2, 5, 10, 25)


class Layer(StrEnum):
    """What is painted over the tissue."""

    PREDICTION = "prediction"
    UNCERTAINTY = "uncertainty"
    CHANGE = "change"


@dataclass(frozen=True)
class HeatmapStyle:
    """How a heatmap is drawn.

    Attributes:
        palette: Its colours.
        threshold: 0 to 1.
        opacity: 0 to 1.
        hide_below: Whether cells below the threshold stay clear.
        smooth: Whether it is drawn smoothed.
        shown: Whether it is drawn at all.
        contour: Whether the regions at or above the threshold have a line around them.
    """

    palette: Palette
    threshold: float
    opacity: float
    hide_below: bool = False
    smooth: bool = False
    shown: bool = True
    contour: bool = True


@dataclass(frozen=True, eq=False)
class Picture:
    """What a picture shows.

    Attributes:
        mosaic: The tissue, at full size.
        grid: The same patient's grid.
        style: Of the heatmap.
        provenance: Whose it is, and what made it.
        values: float32[n], NaN where there is no prediction; None for no heatmap.
        truth: int8[n], 1 for IDC; None for no outline.
        um_per_px: Micrometres of a slide pixel; None where nobody said.
        outcomes: int8[n], see ``bcviewer.slide.errors.Outcome``; None for no marks of them.
        layer: What is painted over the tissue.
        uncertainty: float32[n], 0 to 1, likewise; for the layer of this name.
        change: float32[n], -1 to 1, likewise.
        layer_notes: More to tell of the layer in the legend, a line each.
    """

    mosaic: Mosaic
    grid: Grid
    style: HeatmapStyle
    provenance: Provenance
    values: NDArray[np.float32] | None = None
    truth: NDArray[np.int8] | None = None
    um_per_px: float | None = None
    outcomes: NDArray[np.int8] | None = None
    layer: Layer = Layer.PREDICTION
    uncertainty: NDArray[np.float32] | None = None
    change: NDArray[np.float32] | None = None
    layer_notes: tuple[str, ...] = ()

    @property
    def has_contour(self) -> bool:
        """Whether there is a line around what is predicted IDC; a change has no such regions."""
        return self.values is not None and self.style.contour and self.layer is not Layer.CHANGE


def shrink_of(grid: Grid) -> int:
    """Slide pixels along a side of one pixel of the sheet: 1, 2, 5, 10 or 25."""
    longest = max(grid.size)
    return next((each for each in _SHRINKS if longest <= each * LONGEST), _SHRINKS[-1])


def contour_marks(
    segments: Segments, *, left: float, top: float, cell: float, width: float
) -> list[Mark]:
    """The contour: a line, and dashes on it."""
    under, dashes = CONTOUR
    place = (left, top, cell, segments)
    return [
        Lines("contour", *place, width=width, colour=under),
        Lines("contour", *place, width=width, colour=dashes, dash=(3 * width, 2 * width)),
    ]


def truth_marks(
    segments: Segments, *, left: float, top: float, cell: float, width: float
) -> list[Mark]:
    """The outline of the true regions: a dark line in a light one."""
    casing, core = TRUTH
    place = (left, top, cell, segments)
    return [
        Lines("truth", *place, width=2 * width, colour=casing),
        Lines("truth", *place, width=width, colour=core),
    ]
