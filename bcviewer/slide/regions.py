"""Regions of cells as polygons with holes, and back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Ring = list[Point]
"""The corners of a closed line; the first is the last."""

Step = tuple[int, int]

RIGHT, DOWN, LEFT, UP = (1, 0), (0, 1), (-1, 0), (0, -1)


class Region(NamedTuple):
    """Cells that touch along their sides.

    Attributes:
        outside: The line around them.
        holes: The line around each hole.
        cells: int64[n], their places in the mask as it is read row by row.
    """

    outside: Ring
    holes: list[Ring]
    cells: NDArray[np.int64]


def regions_of(mask: NDArray[np.bool_]) -> list[Region]:
    """Trace the regions of a mask.

    Cells that touch at a corner only are regions apart. No ring crosses or touches itself; a hole
    may touch the outside, or another hole, in a corner.

    Args:
        mask: bool[rows, columns].

    Returns:
        The regions, corners in cells: (column, row). Outsides run clockwise as seen on a screen,
        holes the other way.
    """
    component = _components(mask)
    outsides: dict[int, Ring] = {}
    holes: dict[int, list[Ring]] = {}
    for ring, cell in _rings(mask):
        number = int(component[cell])
        if signed_area(ring) > 0:
            outsides[number] = ring
        else:
            holes.setdefault(number, []).append(ring)
    places = np.argsort(component, axis=None, kind="stable")
    ends = np.cumsum(np.bincount(component.ravel()))
    return [
        Region(ring, holes.get(number, []), places[ends[number - 1] : ends[number]])
        for number, ring in sorted(outsides.items())
    ]


def signed_area(ring: Sequence[Point]) -> float:
    """The area within a ring, positive when it runs clockwise as seen on a screen (y down)."""
    points = np.asarray(ring, float)
    x, y = points[:, 0], points[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def inside(
    rings: Sequence[Sequence[Point]], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """bool[n]: which points lie within a polygon; holes are rings like its outside.

    Args:
        rings: Closed rings of the polygon.
        x: float64[n].
        y: float64[n].
    """
    within = np.zeros(len(x), np.bool_)
    for ring in rings:
        points = np.asarray(ring, float)
        for (x0, y0), (x1, y1) in pairwise(points):
            if y0 == y1:
                continue
            crossed = (y0 > y) != (y1 > y)
            within ^= crossed & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return within


def _components(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """int32[rows, columns]: the number of each cell's region, from 1; 0 outside."""
    rows, columns = mask.shape
    component = np.zeros((rows, columns), np.int32)
    number = 0
    for start in zip(*(place.tolist() for place in np.nonzero(mask)), strict=True):
        if component[start]:
            continue
        number += 1
        component[start] = number
        waiting = [start]
        while waiting:
            row, column = waiting.pop()
            for right, down in (RIGHT, DOWN, LEFT, UP):
                near = (row + down, column + right)
                if not (0 <= near[0] < rows and 0 <= near[1] < columns):
                    continue
                if mask[near] and not component[near]:
                    component[near] = number
                    waiting.append(near)
    return component


def _rings(mask: NDArray[np.bool_]) -> list[tuple[Ring, tuple[int, int]]]:
    """Simple rings around and within the regions, each with a cell to its right."""
    ways = _edges(mask)
    rings = []
    while ways:
        start = next(iter(ways))
        path: list[Point] = [start]
        steps: list[Step] = []
        at: dict[Point, int] = {start: 0}
        while ways.get(path[-1]):
            here = path[-1]
            step = _turn(ways[here], steps[-1] if steps else None)
            ways[here].remove(step)
            if not ways[here]:
                del ways[here]
            there = (here[0] + step[0], here[1] + step[1])
            path.append(there)
            steps.append(step)
            if there in at:  # a ring is closed: cut it off where it touches itself
                begin = at[there]
                rings.append((_corners(path[begin:]), _cell(path[begin], steps[begin])))
                for point in path[begin + 1 : -1]:
                    del at[point]
                del path[begin + 1 :], steps[begin:]
            else:
                at[there] = len(path) - 1
    return rings


def _edges(mask: NDArray[np.bool_]) -> dict[Point, list[Step]]:
    """The steps along the border that leave each corner; the region lies to their right."""
    padded = np.pad(mask, 1)
    ways: dict[Point, list[Step]] = {}
    beside = (
        (RIGHT, padded[:-2, 1:-1], (0, 0)),
        (DOWN, padded[1:-1, 2:], (1, 0)),
        (LEFT, padded[2:, 1:-1], (1, 1)),
        (UP, padded[1:-1, :-2], (0, 1)),
    )
    for step, neighbour, (right, down) in beside:
        rows, columns = np.nonzero(mask & ~neighbour)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            ways.setdefault((column + right, row + down), []).append(step)
    return ways


def _turn(steps: list[Step], last: Step | None) -> Step:
    """Of two ways on, the one around the same cell: to the right."""
    if last is None or len(steps) == 1:
        return steps[0]
    right = (-last[1], last[0])
    return right if right in steps else steps[0]


def _cell(corner: Point, step: Step) -> tuple[int, int]:
    """Row and column of the cell to the right of a step."""
    column, row = int(corner[0]), int(corner[1])
    by_step = {RIGHT: (0, 0), DOWN: (0, -1), LEFT: (-1, -1), UP: (-1, 0)}
    down, right = by_step[step]
    return row + down, column + right


def _corners(path: list[Point]) -> Ring:
    """The ring without the points on its straight sides."""
    points = path[:-1]
    kept = []
    for index, (x, y) in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        if (x - before[0]) * (after[1] - y) != (y - before[1]) * (after[0] - x):
            kept.append((x, y))
    return [*kept, kept[0]]
