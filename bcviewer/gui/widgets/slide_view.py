"""The slide: one patient's tissue with its layers, at the centre of the window."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.legend import HeatmapLook
from bcviewer.gui.widgets.slide_corners import SlideCorners
from bcviewer.gui.widgets.slide_layers import SlideLayers
from bcviewer.gui.widgets.slide_navigation import PointerTool, SlideNavigation
from bcviewer.gui.widgets.slide_preview import Preview
from bcviewer.gui.widgets.slide_strokes import hatch_brush
from bcviewer.gui.words import tr
from bcviewer.slide.errors import count_outcomes
from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import MosaicPyramid
from bcviewer.slide.outline import Segments

_ARROWS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SlideView(SlideNavigation):
    """Shows a mosaic with heatmap, truth outline and grid; one slide pixel is one scene unit.

    Patches are named by their index in the patient's order. Clicking one or walking with the arrow
    keys selects it.

    Signals:
        patch_hovered: The patch under the pointer, -1 for none.
        patch_clicked: A patch chosen by mouse or keyboard.
        view_changed: Another part of the slide is in view, or at another zoom.
    """

    patch_hovered = Signal(int)
    patch_clicked = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Slide"))
        self.setAccessibleDescription(
            tr("Arrow keys walk from patch to patch, plus and minus zoom, 0 shows the whole slide.")
        )
        self.corners = SlideCorners(tokens, self.viewport())
        self._grid: Grid | None = None
        self._layers: SlideLayers | None = None
        self._grid_visible = False
        self._selected = self._hovered = -1
        self._armed = False
        self.set_colours(tokens)
        self.point_hovered.connect(self._hover)
        self.point_clicked.connect(self._click)
        self.view_changed.connect(self._follow_view)
        self.corners.overview.centre_chosen.connect(self.centre_at)

    @property
    def grid(self) -> Grid | None:
        """The grid of the slide on screen, or None."""
        return self._grid

    @property
    def selected(self) -> int:
        """The selected patch, or -1."""
        return self._selected

    @property
    def hovered(self) -> int:
        """The patch under the pointer, or -1."""
        return self._hovered

    def show_mosaic(self, mosaic: MosaicPyramid, grid: Grid) -> None:
        """Show another slide, with no layers over it and nothing selected.

        Args:
            mosaic: In "bgra" order; its arrays are used as they are, not copied.
            grid: The same patient's grid.

        Raises:
            ValueError: The mosaic's channels are in another order.
        """
        if mosaic.order != "bgra":
            raise ValueError(f"expected a mosaic in bgra order, got {mosaic.order}")
        self._reset()
        self._grid = grid
        self._layers = SlideLayers(self.scene(), mosaic, grid)
        self._layers.set_colours(self._tokens)
        self._layers.lattice.setVisible(self._grid_visible)
        bounds = QRectF(QPointF(*mosaic.origin), QSizeF(*mosaic.size))
        self.corners.overview.show_slide(self._layers.mosaic.smallest, bounds)
        self.corners.begin()
        self.set_content(bounds)

    def clear(self, message: str, action: QAction | None = None) -> None:
        """Show no slide, but a sentence that says what will be here.

        Args:
            message: The sentence.
            action: What fills the view; offered as a button.
        """
        self._reset()
        self.set_content(QRectF())
        self.corners.say(message, action)

    def set_heatmap(
        self, pixels: NDArray[np.uint8] | None, look: HeatmapLook | None = None
    ) -> None:
        """Lay a heatmap over the tissue, or none.

        Args:
            pixels: uint8[rows, columns, 4], BGRA with alpha premultiplied; or k times as many
                rows and columns, k the same for both.
            look: How it was painted, for the legend.

        Raises:
            ValueError: The heatmap does not have the grid's rows and columns.
        """
        if self._layers is None or self._grid is None:
            return
        if pixels is not None and not _fits(pixels, self._grid):
            raise ValueError(f"expected a heatmap of the grid's size, got {pixels.shape}")
        self._layers.heatmap.set_pixels(pixels)
        self.corners.overview.set_heatmap(self._layers.heatmap.image)
        self.corners.legend.set_look(None if pixels is None else look)
        self.corners.lay_out()

    def set_contour(self, segments: Segments | None) -> None:
        """Draw a line around the predicted regions, or none.

        Args:
            segments: int32[k, 4] in cells, see ``bcviewer.slide.positive.contour``.
        """
        if self._layers is not None:
            self._layers.show_contour(segments)
            self.corners.legend.set_contour_shown(segments is not None)
            self.corners.lay_out()

    def set_errors(self, outcomes: NDArray[np.int8] | None, threshold: float) -> None:
        """Mark right and wrong predictions, or nothing.

        Args:
            outcomes: int8[n] in the patient's order, see ``bcviewer.slide.errors.Outcome``.
            threshold: At which they were predicted, for the legend.

        Raises:
            ValueError: Not as many as the slide has patches.
        """
        if self._layers is not None and self._grid is not None:
            shown = np.zeros(len(self._grid), np.int8) if outcomes is None else outcomes
            self._layers.errors.set_outcomes(shown)
            counts = None if outcomes is None else count_outcomes(outcomes)
            self.corners.legend.set_errors(counts, threshold)
            self.corners.lay_out()

    def set_truth(self, labels: NDArray[np.integer[Any]] | None) -> None:
        """Outline the regions of IDC, or none.

        Args:
            labels: int8[n] in the patient's order: 1 for IDC.
        """
        if self._layers is not None:
            self._layers.show_truth(labels)
            self.corners.legend.set_truth_shown(labels is not None)
            self.corners.lay_out()

    def set_marks(self, marks: NDArray[np.int8] | None) -> None:
        """Mark what readers said of the patches, or nothing.

        Args:
            marks: int8[n] in the patient's order, see ``label_marks``.

        Raises:
            ValueError: Not as many as the slide has patches.
        """
        if self._layers is not None and self._grid is not None:
            shown = np.zeros(len(self._grid), np.int8) if marks is None else marks
            self._layers.labels.set_marks(shown)
            self.corners.legend.set_marks(shown)
            self.corners.lay_out()

    def show_preview(self, preview: Preview | None) -> None:
        """Show what a gesture would change, or nothing."""
        if self._layers is not None:
            self._layers.preview.show_preview(preview)

    def set_tool(self, tool: PointerTool | None) -> None:
        """Give the left button to a tool; None gives it back."""
        self._armed = tool is not None
        super().set_tool(tool)
        self._frame_hovered()

    def set_grid_visible(self, visible: bool) -> None:
        """Show or hide the borders of the patches; holds for later slides too."""
        self._grid_visible = visible
        if self._layers is not None:
            self._layers.lattice.setVisible(visible)

    def select_patch(self, index: int) -> None:
        """Frame a patch and bring it into view; -1 frames none."""
        self._frame(index)
        if self._grid is not None and index >= 0:
            patch = QRectF(*self._grid.corner(index), PATCH_SIZE, PATCH_SIZE)
            if not self.seen.contains(patch):
                self.centre_at(patch.center())

    def set_badge(self, text: str) -> None:
        """Show a badge about the tissue, such as "SYNTHETIC TISSUE"; "" hides it."""
        self.corners.set_badge(text)

    def set_role(self, text: str) -> None:
        """Show what the patient was for the model: TRAIN, VALIDATION, HELD OUT; "" hides it."""
        self.corners.set_role(text)

    def set_blind(self, on: bool) -> None:
        """Say that predictions are hidden from the reader, or not."""
        self.corners.set_blind(tr("BLIND READING") if on else "")

    def set_readout(self, text: str) -> None:
        """Show values of the patch under the pointer; "" hides them."""
        self.corners.set_readout(text)

    def set_scale(self, um_per_px: float | None, *, estimated: bool = False) -> None:
        """Set the micrometres of one slide pixel; None counts pixels."""
        self.corners.scale_bar.set_scale(um_per_px, estimated=estimated)
        self.corners.lay_out()

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self._tokens = tokens
        self._hatch = hatch_brush(tokens)
        self.set_focus_colour(QColor(tokens.accent))
        self.corners.set_colours(tokens)
        if self._layers is not None:
            self._layers.set_colours(tokens)
        self.viewport().update()

    @Slot(object)
    def _hover(self, point: QPointF | None) -> None:
        found = -1 if point is None else self._index_at(point)
        if found == self._hovered or self._grid is None or self._layers is None:
            return
        self._hovered = found
        self._frame_hovered()
        self.patch_hovered.emit(found)

    def _frame_hovered(self) -> None:
        """Frame the patch under the pointer; a tool shows there what it would change instead."""
        if self._grid is not None and self._layers is not None:
            framed = self._hovered >= 0 and not self._armed
            self._layers.hover.set_corner(self._grid.corner(self._hovered) if framed else None)

    @Slot(QPointF)
    def _click(self, point: QPointF) -> None:
        found = self._index_at(point)
        if found >= 0:
            # It is where the user looks already: nothing needs to move.
            self._frame(found)
            self.patch_clicked.emit(found)

    @Slot()
    def _follow_view(self) -> None:
        self.corners.follow(self.zoom, self.seen, self.content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from patch to patch."""
        way = _ARROWS.get(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if way is None or held != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            self._walk(*way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlays in their corners."""
        super().resizeEvent(event)
        self.corners.lay_out()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the ground, and the hatch that means "no data" under the tissue."""
        slide = painter.worldTransform().mapRect(self.content).toRect()
        area = painter.worldTransform().mapRect(QRectF(rect)).toAlignedRect()
        painter.save()
        painter.resetTransform()
        if not slide.contains(area):
            painter.fillRect(area, QColor(self._tokens.slide_background))
        # The hatch moves with the slide but keeps its size on the screen.
        painter.setBrushOrigin(slide.topLeft())
        painter.fillRect(slide.intersected(area), self._hatch)
        painter.restore()

    def _walk(self, columns: int, rows: int) -> None:
        if self._grid is None:
            return
        if self._selected < 0:
            middle = self.seen.center()
            found = self._grid.nearest(middle.x(), middle.y())
        else:
            found = self._grid.step(self._selected, columns, rows)
        if found != self._selected:
            self.select_patch(found)
            self.patch_clicked.emit(found)

    def _frame(self, index: int) -> None:
        if self._grid is not None and self._layers is not None:
            self._selected = index
            self._layers.selection.set_corner(None if index < 0 else self._grid.corner(index))

    def _index_at(self, point: QPointF) -> int:
        return -1 if self._grid is None else self._grid.index_at(point.x(), point.y())

    def _reset(self) -> None:
        self.abandon_gesture()
        self._hover(None)
        self._selected = -1
        self._grid = None
        if self._layers is not None:
            self._layers.remove()
            self._layers = None
        self.corners.legend.set_look(None)
        self.corners.legend.set_truth_shown(False)
        self.corners.legend.set_contour_shown(False)
        self.corners.legend.set_errors(None, 0)
        self.corners.legend.set_marks(None)


def _fits(pixels: NDArray[np.uint8], grid: Grid) -> bool:
    fine = max(pixels.shape[0] // grid.rows, 1)
    return pixels.shape[:2] == (fine * grid.rows, fine * grid.columns)
