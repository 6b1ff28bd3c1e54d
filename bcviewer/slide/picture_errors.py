"""Right and wrong predictions in a picture: hatching and dots, as they are on the screen."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.errors import DOT_HUES, FALLING, HUES, RISING, Outcome, runs_of
from bcviewer.slide.sheet import Mark, Strokes

_STEP: Final = 4.0
_CROSSED: Final = 1.25
_CASING: Final = 2.2
_DOT: Final = 1.3
_NAMES: Final = {
    Outcome.TRUE_POSITIVE: "true-positive",
    Outcome.FALSE_POSITIVE: "false-positive",
    Outcome.FALSE_NEGATIVE: "false-negative",
}


def error_marks(
    laid: NDArray[np.int8], *, left: float, top: float, cell: float, width: float
) -> list[Mark]:
    """The marks of outcomes.

    Args:
        laid: int8[rows, columns], see ``bcviewer.slide.errors.outcome_grid``.
        left: Of the first column.
        top: Of the first row.
        cell: Side of a cell.
        width: Of a line of this picture.
    """
    core = width / 2
    marks: list[Mark] = []
    for outcome, (hue, casing) in HUES.items():
        runs = runs_of(laid == outcome) * float(cell)
        boxes = np.stack([runs[:, 1], runs[:, 0], runs[:, 2], runs[:, 0] + cell], axis=1)
        ends = _hatch(boxes, outcome, _STEP * width) + np.array([left, top, left, top])
        marks += _cased(outcome, ends, core, (hue, casing))
    rows, columns = np.nonzero(laid == Outcome.TRUE_POSITIVE)
    x, y = left + (columns + 0.5) * cell, top + (rows + 0.5) * cell
    dots = np.stack([x, y, x, y], axis=1)
    marks += _cased(Outcome.TRUE_POSITIVE, dots, min(_DOT * core, cell / 6), DOT_HUES)
    return marks


def _cased(
    outcome: Outcome, ends: NDArray[np.float64], core: float, hues: tuple[str, str]
) -> list[Mark]:
    """Lines on wider lines of another colour; none where there are none."""
    if not len(ends):
        return []
    name, (hue, casing) = _NAMES[outcome], hues
    return [Strokes(name, ends, _CASING * core, casing), Strokes(name, ends, core, hue)]


def _hatch(boxes: NDArray[np.float64], outcome: Outcome, step: float) -> NDArray[np.float64]:
    """Return the lines of a hatch within boxes: float64[k, 4], x0, y0, x1, y1.

    Args:
        boxes: float64[b, 4]: left, top, right, bottom.
        outcome: Which hatch.
        step: From line to line, across.
    """
    step *= _CROSSED if outcome is Outcome.FALSE_NEGATIVE else 1
    lines = [np.empty((0, 4))]
    for left, top, right, bottom in boxes.tolist():
        if outcome in FALLING:  # x - y is the same all along
            at = _multiples(left - bottom, right - top, step)
            x0, x1 = np.maximum(left, at + top), np.minimum(right, at + bottom)
            lines.append(np.stack([x0, x0 - at, x1, x1 - at], axis=1))
        if outcome in RISING:  # x + y is
            at = _multiples(left + top, right + bottom, step)
            x0, x1 = np.maximum(left, at - bottom), np.minimum(right, at - top)
            lines.append(np.stack([x0, at - x0, x1, at - x1], axis=1))
    return np.concatenate(lines)


def _multiples(low: float, high: float, step: float) -> NDArray[np.float64]:
    """The multiples of a step strictly between two numbers."""
    return np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step
