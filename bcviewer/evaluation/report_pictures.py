"""The maps of a report: a patient's tissue with the truth, and with what the model says of it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.evaluation.results import Results
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.heatmap import paint, value_grid
from bcviewer.slide.mosaic import Mosaic, assemble
from bcviewer.slide.outline import region_outline
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import contour_marks, truth_marks
from bcviewer.slide.picture_png import drawn_sheet
from bcviewer.slide.positive import contour
from bcviewer.slide.sheet import Cells, Hatch, Lines, Mark, Sheet, Tissue

LONGEST: Final = 760
"""Pixels along the longer side of a map; it is shown at half of that on most screens."""

OPACITY: Final = 0.45
QUALITY: Final = 80
# Whole pixels a cell at each of them.
_SHRINKS: Final = (2, 5, 10, 25)
_LINE: Final = 2
_ROOM: Final = 20
"""Pixels along a cell from which its side has room for dashes."""
_WHOLE: Final = "#1e88e5"
"""The contour where it has none."""


@dataclass(frozen=True)
class PatientMap:
    """A patient in two pictures, as they stand in a page.

    Attributes:
        patient: The patient.
        size: Width and height of both, in pixels.
        tissue: Data URI: the tissue with the outline of the true regions.
        heatmap: Data URI: the same with the heatmap and the contour of what is predicted IDC.
    """

    patient: str
    size: tuple[int, int]
    tissue: str
    heatmap: str


def map_of(patient: str, results: Results, pixels: PixelStore) -> PatientMap:
    """Draw a patient as the first view of the results has it.

    Raises:
        DataError: The pictures cannot be read.
    """
    dataset = results.dataset
    grid, mosaic = _tissue(dataset, patient, pixels)
    values, truth = _values(results, patient)
    cell = _cell(grid)
    lines = region_outline(value_grid(grid, truth) == 1)
    ground: list[Mark] = [
        Hatch(0, 0, grid.columns * cell, grid.rows * cell, 6),
        Tissue(0, 0, _small(mosaic, PATCH_SIZE // cell)),
    ]
    outline = truth_marks(lines, left=0, top=0, cell=cell, width=_LINE)
    threshold = results.shown.evaluation.threshold
    heat = _heat_marks(value_grid(grid, values), threshold=threshold, cell=cell)
    sheet = _Sheets(grid.columns * cell, grid.rows * cell)
    return PatientMap(
        patient=patient,
        size=(sheet.width, sheet.height),
        tissue=sheet.jpeg([*ground, *outline]),
        heatmap=sheet.jpeg([*ground, heat[0], *outline, *heat[1:]]),
    )


@dataclass(frozen=True)
class _Sheets:
    """Paper of a size."""

    width: int
    height: int

    def jpeg(self, marks: list[Mark]) -> str:
        """Draw marks; the data URI of the picture."""
        content = io.BytesIO()
        drawn = drawn_sheet(Sheet(self.width, self.height, tuple(marks), "", ""))
        drawn.save(content, "JPEG", quality=QUALITY, optimize=True)
        return f"data:image/jpeg;base64,{base64.b64encode(content.getvalue()).decode('ascii')}"


def _tissue(dataset: Dataset, patient: str, pixels: PixelStore) -> tuple[Grid, Mosaic]:
    rows = dataset.rows(patient)
    x, y = dataset.x[rows], dataset.y[rows]
    decoded = pixels.patient(patient)
    mosaic = assemble(decoded.pixels, x, y, readable=decoded.readable)
    pixels.release(patient)
    return grid_of(x, y), mosaic


def _values(results: Results, patient: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """float32[n] each, of a patient's patches: probability and label; NaN where not judged."""
    dataset, judged = results.dataset, results.shown.judged
    rows = dataset.rows(patient)
    values = np.full(rows.stop - rows.start, np.nan, np.float32)
    truth = values.copy()
    here = judged.patients == dataset.patient_number(patient)
    places = judged.rows[here] - rows.start
    values[places], truth[places] = judged.probabilities[here], judged.labels[here]
    return values, truth


def _heat_marks(laid: NDArray[np.float32], *, threshold: float, cell: int) -> list[Mark]:
    """The heatmap, and the contour of what is predicted IDC."""
    colours = paint(laid, palette=PALETTES[0], threshold=threshold, opacity=1, order="rgba")
    lines = contour(laid, threshold)
    around: list[Mark] = [Lines("contour", 0, 0, cell, lines, width=_LINE, colour=_WHOLE)]
    if cell >= _ROOM:
        around = contour_marks(lines, left=0, top=0, cell=cell, width=_LINE)
    return [Cells("heatmap", 0, 0, (cell, cell), colours, OPACITY), *around]


def _cell(grid: Grid) -> int:
    """Pixels along a cell: a whole number, so that lines meet the tissue."""
    longest = max(grid.size)
    shrink = next((each for each in _SHRINKS if longest <= each * LONGEST), _SHRINKS[-1])
    return PATCH_SIZE // shrink


def _small(mosaic: Mosaic, shrink: int) -> NDArray[np.uint8]:
    """The mosaic as RGBA, each pixel the mean of ``shrink`` x ``shrink``."""
    height, width = mosaic.image.shape[:2]
    # As RGBA Pillow would multiply by alpha a second time.
    whole = Image.frombuffer("RGBX", (width, height), mosaic.image, "raw", "RGBX", 0, 1)
    return np.asarray(whole.reduce(shrink))
