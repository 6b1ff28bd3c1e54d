"""A sheet as an SVG: words, lines and cells as vectors, the tissue as a picture within."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer.slide.picture_png import HATCH, enlarged_cells
from bcviewer.slide.sheet import (
    Box,
    Cells,
    Hatch,
    Lines,
    Mark,
    Sheet,
    Strokes,
    Text,
    Tissue,
    Triangle,
)

MOST_CELLS: Final = 20_000
"""More cells than this stand in an SVG as a picture: programs choke on more shapes."""

FONTS: Final = "Helvetica, Arial, 'Liberation Sans', sans-serif"


def svg_of(sheet: Sheet) -> str:
    """Write a sheet as SVG 1.1."""
    width, height = sheet.width, sheet.height
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f"font-family={quoteattr(FONTS)}>",
        f"<title>{escape(sheet.title)}</title>",
        f"<desc>{escape(sheet.description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, mark in enumerate(sheet.marks):
        lines += _written(mark, number)
    return "\n".join([*lines, "</svg>", ""])


def _written(mark: Mark, number: int) -> Iterator[str]:
    match mark:
        case Text():
            yield (
                f'<text x="{mark.x:g}" y="{mark.y:g}" font-size="{mark.size:g}" '
                f'fill="{mark.colour}" text-anchor="{mark.anchor}">{escape(mark.words)}</text>'
            )
        case Box():
            yield f'<rect {_place(mark)} fill="{mark.fill}"/>'
        case Triangle():
            corners = " ".join(f"{x:g},{y:g}" for x, y in mark.corners)
            yield f'<polygon points="{corners}" fill="{mark.fill}"/>'
        case Hatch():
            yield from _hatch(mark, f"hatch{number}")
        case Tissue():
            yield _image("tissue", mark.left, mark.top, mark.pixels)
        case Cells():
            yield from _cells(mark)
        case Lines():
            yield _lines(mark)
        case Strokes():
            yield _strokes(mark)


def _place(box: Box | Hatch) -> str:
    return f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'


def _hatch(hatch: Hatch, name: str) -> Iterator[str]:
    """Lines of their own: not every program draws patterns."""
    ground, line = HATCH
    yield f'<rect {_place(hatch)} fill="{ground}"/>'
    right, bottom = hatch.left + hatch.width, hatch.top + hatch.height
    step = max(3, round(hatch.step))
    parts = []
    for far in np.arange(step, hatch.width + hatch.height, step).tolist():
        # From the left or lower side up to the upper or right side.
        x0, y0 = hatch.left + max(0, far - hatch.height), min(hatch.top + far, bottom)
        x1, y1 = min(hatch.left + far, right), hatch.top + max(0, far - hatch.width)
        parts.append(f"M{x0:g} {y0:g}L{x1:g} {y1:g}")
    path = "".join(parts)
    width = max(1, step // 6)
    yield f'<path class="{name}" d="{path}" stroke="{line}" stroke-width="{width}" fill="none"/>'


def _cells(cells: Cells) -> Iterator[str]:
    shown = np.argwhere(cells.colours[..., 3] > 0).tolist()
    if len(shown) > MOST_CELLS:
        yield _image(cells.name, round(cells.left), round(cells.top), enlarged_cells(cells))
        return
    width, height = cells.cell
    # Crisp, so that no seam shows between two cells.
    yield (
        f'<g class="{cells.name}" fill-opacity="{cells.opacity:g}" shape-rendering="crispEdges">'
    )
    for row, column in shown:
        red, green, blue = cells.colours[row, column, :3].tolist()
        x, y = cells.left + column * width, cells.top + row * height
        yield (
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
            f'fill="#{red:02x}{green:02x}{blue:02x}"/>'
        )
    yield "</g>"


def _lines(lines: Lines) -> str:
    ends = lines.segments.astype(np.float64) * lines.cell
    ends += np.array([lines.left, lines.top, lines.left, lines.top])
    path = "".join(f"M{x0:g} {y0:g}L{x1:g} {y1:g}" for x0, y0, x1, y1 in ends.tolist())
    whole = lines.dash is None
    dashes = (
        "" if lines.dash is None else f' stroke-dasharray="{lines.dash[0]:g} {lines.dash[1]:g}"'
    )
    return (
        f'<path class="{lines.name}" d="{path}" fill="none" stroke="{lines.colour}" '
        f'stroke-width="{lines.width:g}" stroke-linecap="{"square" if whole else "butt"}"{dashes}/>'
    )


def _strokes(strokes: Strokes) -> str:
    ends = strokes.ends.tolist()
    path = "".join(f"M{x0:.5g} {y0:.5g}L{x1:.5g} {y1:.5g}" for x0, y0, x1, y1 in ends)
    dots = all((x0, y0) == (x1, y1) for x0, y0, x1, y1 in ends)
    return (
        f'<path class="{strokes.name}" d="{path}" fill="none" stroke="{strokes.colour}" '
        f'stroke-width="{strokes.width:g}" stroke-linecap="{"round" if dots else "butt"}"/>'
    )


def _image(name: str, left: float, top: float, pixels: NDArray[np.uint8]) -> str:
    height, width = pixels.shape[:2]
    content = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels), "RGBA").save(content, "PNG")
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return (
        f'<image class="{name}" x="{left:g}" y="{top:g}" width="{width}" height="{height}" '
        f'xlink:href="data:image/png;base64,{data}"/>'
    )
