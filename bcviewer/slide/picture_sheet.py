"""One patient as a picture to show to others: tissue, heatmap, lines, legend and provenance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.errors import outcome_grid
from bcviewer.slide.heatmap import paint, paint_smoothed, value_grid
from bcviewer.slide.mosaic import Mosaic
from bcviewer.slide.outline import region_outline
from bcviewer.slide.picture import HeatmapStyle, Picture, contour_marks, shrink_of, truth_marks
from bcviewer.slide.picture_errors import error_marks
from bcviewer.slide.picture_layers import painted
from bcviewer.slide.picture_legend import legend_marks
from bcviewer.slide.picture_words import Measures, header_marks, measures_of
from bcviewer.slide.positive import contour
from bcviewer.slide.sheet import Cells, Hatch, Mark, Sheet, Tissue, plain
from bcviewer.slide.smoothing import FINE, smoothed


def compose(picture: Picture) -> Sheet:
    """Lay a picture out on a sheet: words above the tissue, the legend below it."""
    shrink = shrink_of(picture.grid)
    cell = PATCH_SIZE // shrink
    width, height = picture.grid.columns * cell, picture.grid.rows * cell
    measures = measures_of(width)
    above, top = header_marks(picture.provenance, measures)
    left = (measures.width - width) // 2
    tissue = _tissue_marks(picture, measures, cell=cell, left=left, top=top)
    below, bottom = legend_marks(picture, measures, shrink=shrink, top=top + height + measures.unit)
    return Sheet(
        width=measures.width,
        height=bottom + measures.margin,
        marks=(*above, *tissue, *below),
        title=plain(f"Patient {picture.provenance.patient}"),
        description="\n".join(picture.provenance.lines),
    )


def _tissue_marks(
    picture: Picture, measures: Measures, *, cell: int, left: int, top: int
) -> list[Mark]:
    grid = picture.grid
    width, height = grid.columns * cell, grid.rows * cell
    marks: list[Mark] = [
        Hatch(left, top, width, height, measures.hatch),
        Tissue(left, top, _small(picture.mosaic, PATCH_SIZE // cell)),
    ]
    layer = painted(picture)
    if layer is not None:
        laid = value_grid(grid, layer.values)
        marks.append(_heatmap_mark(laid, layer.style, cell=cell, left=left, top=top))
    if picture.outcomes is not None:
        found = outcome_grid(grid, picture.outcomes)
        marks += error_marks(found, left=left, top=top, cell=cell, width=measures.line)
    if picture.truth is not None:
        mask = value_grid(grid, picture.truth.astype(np.float32)) == 1
        lines = region_outline(mask)
        marks += truth_marks(lines, left=left, top=top, cell=cell, width=measures.line)
    if picture.values is not None and picture.has_contour:
        lines = contour(value_grid(grid, picture.values), picture.style.threshold)
        marks += contour_marks(lines, left=left, top=top, cell=cell, width=measures.line)
    return marks


def _heatmap_mark(
    laid: NDArray[np.float32], style: HeatmapStyle, *, cell: int, left: int, top: int
) -> Cells:
    if not style.smooth:
        colours = paint(
            laid,
            palette=style.palette,
            threshold=style.threshold,
            opacity=1,
            hide_below=style.hide_below,
            order="rgba",
        )
        return Cells("heatmap", left, top, (cell, cell), colours, style.opacity)
    colours = paint_smoothed(
        laid,
        smoothed(laid),
        palette=style.palette,
        threshold=style.threshold,
        opacity=1,
        hide_below=style.hide_below,
        order="rgba",
    )
    return Cells("heatmap", left, top, (cell / FINE, cell / FINE), colours, style.opacity)


def _small(mosaic: Mosaic, shrink: int) -> NDArray[np.uint8]:
    """The mosaic as RGBA, each pixel the mean of `shrink` x `shrink`; cells stay whole pixels."""
    height, width = mosaic.image.shape[:2]
    image = mosaic.image if mosaic.order == "rgba" else mosaic.image[..., [2, 1, 0, 3]]
    if shrink == 1:
        return np.ascontiguousarray(image)
    whole = Image.frombuffer(
        "RGBX", (width, height), np.ascontiguousarray(image), "raw", "RGBX", 0, 1
    )
    return np.asarray(whole.reduce(shrink))
