"""A sheet as a PNG."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw
from PIL.PngImagePlugin import PngInfo

from bcviewer.slide.picture_words import font
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

HATCH: Final = ("#f3f3f5", "#d2d2d8")
"""Ground and lines of the hatch."""

_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def png_of(sheet: Sheet) -> bytes:
    """Draw a sheet; its title and how it was made also stand in the file's own text."""
    drawn = drawn_sheet(sheet)
    told = PngInfo()
    told.add_itxt("Title", sheet.title)
    told.add_itxt("Description", sheet.description)
    content = io.BytesIO()
    drawn.save(content, "PNG", pnginfo=told)
    return content.getvalue()


def drawn_sheet(sheet: Sheet) -> Image.Image:
    """Draw a sheet as an RGB picture of its size."""
    canvas = Image.new("RGB", (sheet.width, sheet.height), "#ffffff")
    draw = ImageDraw.Draw(canvas)
    for mark in sheet.marks:
        _draw(mark, canvas, draw)
    return canvas


def _draw(mark: Mark, canvas: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    match mark:
        case Text():
            place, anchor = (mark.x, mark.y), _ANCHORS[mark.anchor]
            draw.text(place, mark.words, mark.colour, font=font(mark.size), anchor=anchor)
        case Box():
            right, bottom = mark.left + mark.width, mark.top + mark.height
            _fill(draw, (mark.left, mark.top, right, bottom), mark.fill)
        case Triangle():
            draw.polygon(list(mark.corners), fill=mark.fill)
        case Hatch():
            canvas.paste(_hatched(mark), (round(mark.left), round(mark.top)))
        case Tissue():
            tissue = Image.fromarray(np.ascontiguousarray(mark.pixels), "RGBA")
            canvas.paste(tissue, (mark.left, mark.top), tissue)
        case Cells():
            cells = Image.fromarray(enlarged_cells(mark), "RGBA")
            canvas.paste(cells, (round(mark.left), round(mark.top)), cells)
        case Lines():
            _draw_lines(mark, draw)
        case Strokes():
            _draw_strokes(mark, draw)


def enlarged_cells(cells: Cells) -> NDArray[np.uint8]:
    """uint8[height, width, 4], RGBA: the cells at their size, at their opacity."""
    rows, columns = cells.colours.shape[:2]
    width, height = (
        round(each * side) for each, side in zip((columns, rows), cells.cell, strict=True)
    )
    row = ((np.arange(height) + 0.5) * rows / height).astype(np.intp)
    column = ((np.arange(width) + 0.5) * columns / width).astype(np.intp)
    large: NDArray[np.uint8] = cells.colours[row[:, np.newaxis], column]
    large[..., 3] = np.where(large[..., 3] > 0, round(255 * cells.opacity), 0)
    return large


def _hatched(hatch: Hatch) -> Image.Image:
    width, height = round(hatch.width), round(hatch.height)
    step = max(3, round(hatch.step))
    diagonal = (np.arange(height)[:, np.newaxis] + np.arange(width)) % step
    ground, line = (np.array(ImageColor.getrgb(each), np.uint8) for each in HATCH)
    thick = max(1, step // 6)
    return Image.fromarray(np.where((diagonal < thick)[..., np.newaxis], line, ground))


def _draw_lines(lines: Lines, draw: ImageDraw.ImageDraw) -> None:
    half = lines.width / 2
    ends = lines.segments.astype(np.float64) * lines.cell
    for x0, y0, x1, y1 in ends.tolist():
        for start, end in _dashes(abs(x1 - x0) + abs(y1 - y0), lines.dash):
            along_x, along_y = float(x1 != x0), float(y1 != y0)
            left = lines.left + min(x0, x1) + along_x * start
            top = lines.top + min(y0, y1) + along_y * start
            right = left + along_x * (end - start)
            bottom = top + along_y * (end - start)
            # Whole lines have square ends, which close the corners.
            more = half if lines.dash is None else 0.0
            grow_x = more if along_x else half
            grow_y = more if along_y else half
            box = (left - grow_x, top - grow_y, right + grow_x, bottom + grow_y)
            _fill(draw, box, lines.colour)


def _draw_strokes(strokes: Strokes, draw: ImageDraw.ImageDraw) -> None:
    half, width = strokes.width / 2, max(1, round(strokes.width))
    for x0, y0, x1, y1 in strokes.ends.tolist():
        if (x0, y0) == (x1, y1):
            draw.ellipse((x0 - half, y0 - half, x0 + half, y0 + half), fill=strokes.colour)
        else:
            draw.line((x0, y0, x1, y1), fill=strokes.colour, width=width)


def _dashes(length: float, dash: tuple[float, float] | None) -> list[tuple[float, float]]:
    if dash is None:
        return [(0, length)]
    starts = np.arange(0, length, sum(dash)).tolist()
    return [(start, min(start + dash[0], length)) for start in starts]


def _fill(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], colour: str) -> None:
    left, top, right, bottom = (round(edge) for edge in box)
    # Pillow's far edges are within.
    if right > left and bottom > top:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)
