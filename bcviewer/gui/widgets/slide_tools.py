"""The tools on the slide: what a click, a brush, a rectangle or a lasso is about to label."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QCursor

from bcviewer.annotation.labels import Label
from bcviewer.gui.widgets.slide_cursors import brush_cursor, lasso_cursor
from bcviewer.gui.widgets.slide_preview import Preview
from bcviewer.gui.widgets.slide_view import SlideView
from bcviewer.slide.grid import Grid
from bcviewer.slide.selection import (
    BRUSH_SIZES,
    BrushSelection,
    LassoSelection,
    RectangleSelection,
    Selection,
)


class Tool(StrEnum):
    """What the left button does on the slide."""

    SELECT = "select"
    CLICK = "click"
    BRUSH = "brush"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


class SlideTools(QObject):
    """The tool in hand, its brush and its label; a gesture with it ends as one set of patches.

    Signals:
        labelled: Patches (int64[k], in the patient's order) and the ``Label`` they are given.
        counted: How many patches the gesture in progress would change; -1 when there is none.
    """

    labelled = Signal(object, int)
    counted = Signal(int)

    def __init__(self, view: SlideView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._tool = Tool.SELECT
        self._label = Label.IDC
        self._size = BRUSH_SIZES[1]
        self._now: NDArray[np.int8] | None = None
        self._selection: Selection | None = None
        self._hovered: QPointF | None = None

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self._tool

    @property
    def label(self) -> Label:
        """What the tool gives to patches."""
        return self._label

    @property
    def brush_size(self) -> int:
        """The width of the brush, in cells."""
        return self._size

    @property
    def cursor(self) -> QCursor:
        """The pointer's shape, which tells the tool."""
        if self._tool is Tool.BRUSH:
            return brush_cursor()
        if self._tool is Tool.LASSO:
            return lasso_cursor()
        rectangle = self._tool is Tool.RECTANGLE
        return QCursor(
            Qt.CursorShape.CrossCursor if rectangle else Qt.CursorShape.PointingHandCursor
        )

    def take(self, tool: Tool) -> None:
        """Take another tool in hand."""
        self._tool = tool
        self._view.set_tool(None if tool is Tool.SELECT or self._now is None else self)

    def set_label(self, label: Label) -> None:
        """Give another label from now on."""
        self._label = label
        self._show()

    def set_brush_size(self, size: int) -> None:
        """Change the width of the brush, in cells (one of ``BRUSH_SIZES``)."""
        self._size = size
        self._show()

    def set_labels(self, labels: NDArray[np.int8] | None) -> None:
        """Set what is said of the slide's patches now, to know what a gesture would change.

        Args:
            labels: int8[n], values of ``Label``, and less where any label would be news; None when
                nothing can be labelled.
        """
        could = self._now is not None
        self._now = labels
        if could != (labels is not None):
            self.take(self._tool)
        self._show()

    def hover(self, point: QPointF | None) -> None:
        """Show what a click here would change."""
        self._hovered = point
        self._show()

    def press(self, point: QPointF) -> None:
        """Begin a gesture."""
        self._hovered = point
        grid = self._view.grid
        self._selection = None if grid is None else self._begun(grid, point)
        self._show()

    def drag(self, point: QPointF) -> None:
        """Go on with the gesture; a click stays where it was made."""
        self._hovered = point
        if self._selection is not None and self._tool is not Tool.CLICK:
            self._selection.move_to(point.x(), point.y())
            self._show()

    def release(self) -> None:
        """Tell what the gesture has covered."""
        selection, self._selection = self._selection, None
        self.counted.emit(-1)
        if selection is not None:
            patches = selection.patches
            if len(patches):
                self.labelled.emit(patches, int(self._label))
        self._show()

    def abandon(self) -> None:
        """Forget the gesture."""
        self._selection = None
        self.counted.emit(-1)
        self._show()

    def _begun(self, grid: Grid, point: QPointF) -> Selection:
        at = (point.x(), point.y())
        if self._tool is Tool.RECTANGLE:
            return RectangleSelection(grid, at)
        if self._tool is Tool.LASSO:
            return LassoSelection(grid, at)
        return BrushSelection(grid, at, size=self._size if self._tool is Tool.BRUSH else 1)

    def _show(self) -> None:
        grid = self._view.grid
        begun = self._selection
        shown = begun
        if shown is None and grid is not None and self._hovered is not None:
            shown = self._begun(grid, self._hovered)
        armed = self._tool is not Tool.SELECT and self._now is not None
        if not armed or shown is None or self._now is None or len(shown.grid) != len(self._now):
            self._view.show_preview(None)
            return
        covered = shown.covered
        changes = covered & (self._now != self._label)
        line = shown.line if isinstance(shown, LassoSelection) and begun is not None else ()
        cells = cells_of(shown.grid, covered)
        self._view.show_preview(Preview(cells, changes, self._label, line))
        if begun is not None:
            self.counted.emit(int(changes.sum()))


def cells_of(grid: Grid, patches: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """bool[rows, columns]: the cells of some patches.

    Args:
        grid: The slide's grid.
        patches: bool[n], in the patient's order.
    """
    cells = np.zeros((grid.rows, grid.columns), np.bool_)
    cells[grid.row_of[patches] - grid.row0, grid.column_of[patches] - grid.column0] = True
    return cells
