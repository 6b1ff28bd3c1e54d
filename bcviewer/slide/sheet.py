"""A sheet of paper as a list of marks, which is drawn as PNG or as SVG alike.

Lengths are pixels of the sheet, y runs down. Colours are "#rrggbb".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.outline import Segments

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Text:
    """Words on one line; ``y`` is their baseline, ``x`` what ``anchor`` says."""

    x: float
    y: float
    words: str
    size: float
    colour: str
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Hatch:
    """A rectangle with the hatch that means "no data"."""

    left: float
    top: float
    width: float
    height: float
    step: float


@dataclass(frozen=True)
class Triangle:
    """A filled triangle."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
    fill: str


@dataclass(frozen=True, eq=False)
class Tissue:
    """A picture: uint8[height, width, 4], RGBA; what is not opaque lets the sheet through."""

    left: int
    top: int
    pixels: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Cells:
    """A block of colour a cell.

    Attributes:
        name: What they are, one word.
        left: Of the first column.
        top: Of the first row.
        cell: Width and height of a cell.
        colours: uint8[rows, columns, 4], RGBA; cells of alpha 0 are not drawn, others as if 255.
        opacity: Of all of them, 0 to 1.
    """

    name: str
    left: float
    top: float
    cell: tuple[float, float]
    colours: NDArray[np.uint8]
    opacity: float


@dataclass(frozen=True, eq=False)
class Lines:
    """Straight lines along the cells.

    Attributes:
        name: What they are, one word.
        left: Of the first column.
        top: Of the first row.
        cell: Side of a cell.
        segments: In cells.
        width: Of the line.
        colour: Of the line.
        dash: Lengths of dash and space; None for a whole line.
    """

    name: str
    left: float
    top: float
    cell: float
    segments: Segments
    width: float
    colour: str
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Strokes:
    """Straight lines anywhere; one without length is a dot.

    Attributes:
        name: What they are, one word.
        ends: float64[k, 4]: x0, y0, x1, y1 of each.
        width: Of the lines.
        colour: Of the lines.
    """

    name: str
    ends: NDArray[np.float64]
    width: float
    colour: str


Mark = Text | Box | Hatch | Triangle | Tissue | Cells | Lines | Strokes


@dataclass(frozen=True, eq=False)
class Sheet:
    """White paper with marks, the lowest first.

    Attributes:
        width: Of the paper.
        height: Of the paper.
        marks: What is drawn.
        title: What it shows.
        description: How it was made.
    """

    width: int
    height: int
    marks: tuple[Mark, ...]
    title: str
    description: str


def plain(text: str) -> str:
    """Return words as they can stand in any file: one line, without control characters.

    Names of patients are names of folders and models are named by people: they hold anything.
    """
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
