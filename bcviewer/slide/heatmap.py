"""Probabilities as a picture of one pixel a cell."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import Order
from bcviewer.slide.palette import Palette, colours
from bcviewer.slide.smoothing import enlarged

_STEPS: Final = 1024


def value_grid(grid: Grid, values: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Lay the patches' values on the grid.

    Args:
        grid: The patient's grid.
        values: Floats[n] in the patient's order; NaN where there is none.

    Returns:
        float32[rows, columns], NaN where there is no patch or no value.
    """
    laid = np.full((grid.rows, grid.columns), np.nan, np.float32)
    laid[grid.row_of - grid.row0, grid.column_of - grid.column0] = values
    return laid


def paint(
    laid: NDArray[np.float32],
    *,
    palette: Palette,
    threshold: float,
    opacity: float,
    hide_below: bool = False,
    order: Order = "bgra",
) -> NDArray[np.uint8]:
    """Colour a grid of probabilities.

    Args:
        laid: float32[rows, columns] from `value_grid`.
        palette: The ramp.
        threshold: 0 to 1.
        opacity: 0 (nothing shows) to 1 (nothing shows through).
        hide_below: Leave cells below the threshold clear.
        order: Order of the channels.

    Returns:
        uint8[rows, columns, 4], alpha premultiplied; all zero where there is no value.
    """
    shown = ~np.isnan(laid)
    if hide_below:
        shown &= laid >= threshold
    alpha = np.where(shown, round(255 * opacity), 0)[..., np.newaxis]
    ramp = colours(laid, palette=palette, threshold=threshold)
    painted = np.empty((*laid.shape, 4), np.uint8)
    # Rounded as (colour x alpha) / 255, so that no channel can exceed alpha.
    painted[..., :3] = (ramp.astype(np.int64) * alpha + 127) // 255
    painted[..., 3:] = alpha
    return painted if order == "rgba" else np.ascontiguousarray(painted[..., [2, 1, 0, 3]])


def paint_smoothed(
    laid: NDArray[np.float32],
    smooth: NDArray[np.float32],
    *,
    palette: Palette,
    threshold: float,
    opacity: float,
    hide_below: bool = False,
    order: Order = "bgra",
) -> NDArray[np.uint8]:
    """Colour a smoothed heatmap, in steps of a thousandth.

    Args:
        laid: float32[rows, columns] from `value_grid`: these decide which cells are hidden.
        smooth: float32[rows * k, columns * k] from `smoothed`.
        palette: The ramp.
        threshold: 0 to 1.
        opacity: 0 to 1.
        hide_below: Leave cells below the threshold clear.
        order: Order of the channels.

    Returns:
        uint8[rows * k, columns * k, 4], alpha premultiplied; all zero where there is no value.
    """
    ramp = np.append(np.linspace(0, 1, _STEPS, dtype=np.float32), np.float32(np.nan))
    painted = paint(
        ramp[np.newaxis], palette=palette, threshold=threshold, opacity=opacity, order=order
    )[0]
    shown = ~np.isnan(smooth)
    if hide_below:
        shown &= enlarged(laid >= threshold, len(smooth) // len(laid))
    places = np.full(smooth.shape, _STEPS, np.intp)
    places[shown] = np.rint(smooth[shown] * (_STEPS - 1)).astype(np.intp)
    found: NDArray[np.uint8] = painted.view(np.uint32)[:, 0][places].view(np.uint8)
    return found.reshape(*smooth.shape, 4)
