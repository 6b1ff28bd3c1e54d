"""The layers of one slide on its scene, from the tissue up to the frames."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.slide_contour import ContourItem
from bcviewer.gui.widgets.slide_errors import ErrorsItem
from bcviewer.gui.widgets.slide_items import HeatmapItem, MosaicItem
from bcviewer.gui.widgets.slide_labels import LabelsItem
from bcviewer.gui.widgets.slide_marks import FrameItem, SegmentsItem, lattice_item
from bcviewer.gui.widgets.slide_preview import PreviewItem
from bcviewer.gui.widgets.slide_strokes import (
    LATTICE,
    TRUTH,
    hover_strokes,
    selection_strokes,
)
from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import MosaicPyramid
from bcviewer.slide.outline import Segments, lattice, region_outline


class SlideLayers:
    """From the tissue up: heatmap, errors, grid, truth, contour, labels, preview, two frames."""

    def __init__(self, scene: QGraphicsScene, mosaic: MosaicPyramid, grid: Grid) -> None:
        bounds = QRectF(QPointF(*mosaic.origin), QSizeF(*mosaic.size))
        self._scene = scene
        self._grid = grid
        self.mosaic = MosaicItem(mosaic.levels, mosaic.origin)
        self.heatmap = HeatmapItem(bounds)
        self.errors = ErrorsItem(bounds, grid)
        self.lattice = lattice_item(bounds)
        self.truth = SegmentsItem(bounds)
        self.contour = ContourItem(bounds)
        self.labels = LabelsItem(bounds, grid)
        self.preview = PreviewItem(bounds, grid)
        self.hover = FrameItem(bounds)
        self.selection = FrameItem(bounds)
        for item in self._items():
            scene.addItem(item)
        self.lattice.set_segments(lattice(grid.cell_rows >= 0))
        self.lattice.set_strokes(*LATTICE)
        self.truth.set_strokes(*TRUTH)
        self.hover.set_strokes(*hover_strokes())

    def remove(self) -> None:
        """Take all layers off the scene."""
        for item in self._items():
            self._scene.removeItem(item)

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self.selection.set_strokes(*selection_strokes(tokens))

    def show_truth(self, labels: NDArray[np.integer[Any]] | None) -> None:
        """Outline the cells labelled 1, or none."""
        mask = np.zeros((self._grid.rows, self._grid.columns), np.bool_)
        if labels is not None:
            columns = self._grid.column_of - self._grid.column0
            mask[self._grid.row_of - self._grid.row0, columns] = np.asarray(labels) == 1
        self.truth.set_segments(region_outline(mask))

    def show_contour(self, segments: Segments | None) -> None:
        """Draw a line around the predicted regions, or none."""
        self.contour.set_segments(np.empty((0, 4), np.int32) if segments is None else segments)

    def _items(self) -> tuple[QGraphicsItem, ...]:
        return (
            self.mosaic,
            self.heatmap,
            self.errors,
            self.lattice,
            self.truth,
            self.contour,
            self.labels,
            self.preview,
            self.hover,
            self.selection,
        )
