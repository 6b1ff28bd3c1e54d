"""The legend under a picture: ramp with its threshold, keys of the lines, scale."""

from __future__ import annotations

from typing import Final

import numpy as np

from bcviewer.slide.change import CHANGE_PALETTE, count_changes
from bcviewer.slide.errors import Outcome, count_outcomes
from bcviewer.slide.heatmap import paint
from bcviewer.slide.outline import Segments
from bcviewer.slide.palette import NUCLEI, STROMA, palette
from bcviewer.slide.picture import HeatmapStyle, Layer, Picture, contour_marks, truth_marks
from bcviewer.slide.picture_errors import error_marks
from bcviewer.slide.picture_layers import Painted, painted
from bcviewer.slide.picture_words import INK, MUTED, Measures, words_width, wrapped
from bcviewer.slide.positive import positive_area
from bcviewer.slide.scale import length_words, round_below
from bcviewer.slide.sheet import Box, Cells, Hatch, Mark, Text, Triangle

_STEPS: Final = 128
_RAMP: Final = 16
_GAP: Final = 2
_SWATCH: Final = 2
_HIGHER: Final = "higher"
_LOWER: Final = "lower"


def legend_marks(
    picture: Picture, measures: Measures, *, shrink: int, top: float
) -> tuple[list[Mark], int]:
    """The legend, and where it ends.

    Args:
        picture: What is shown.
        measures: Of the sheet.
        shrink: Slide pixels a pixel of the sheet.
        top: Where it begins.
    """
    left, room, unit = float(measures.margin), float(measures.inner), measures.unit
    marks: list[Mark] = []
    ramp_end = top
    layer = painted(picture)
    if layer is not None:
        marks, ramp_end = _ramp_marks(layer, unit, left=left, top=top)
        left += (_RAMP + _GAP) * unit
        room -= (_RAMP + _GAP) * unit
    keys, keys_end = _key_marks(picture, measures, shrink=shrink, place=(left, top), room=room)
    return [*marks, *keys], round(max(ramp_end, keys_end))


def _ramp_marks(layer: Painted, unit: int, *, left: float, top: float) -> tuple[list[Mark], float]:
    """The ramp with its title, threshold and ends, and where it ends."""
    width = _RAMP * unit
    ramp = top + (3.2 if layer.tick else 1.6) * unit
    over = f"at {100 * layer.style.opacity:.0f} % over tissue"
    low = ramp + 2.6 * unit
    first, last = layer.ends
    marks: list[Mark] = [
        Text(left, top + unit, layer.title, unit, INK),
        *(_tick_marks(layer, unit, left=left, ramp=ramp) if layer.tick else ()),
        *_ramp_cells(layer.style, unit, left=left, top=ramp),
        Text(left, low, first, unit, MUTED),
        Text(left + width / 2, low, over, unit, MUTED, "middle"),
        Text(left + width, low, last, unit, MUTED, "end"),
    ]
    for line in layer.lines:
        for part in wrapped(line, unit, width):
            low += 1.3 * unit
            marks.append(Text(left, low, part, unit, MUTED))
    return marks, low + 0.4 * unit


def _tick_marks(layer: Painted, unit: int, *, left: float, ramp: float) -> list[Mark]:
    """The threshold over the ramp, its words kept within."""
    width, half = _RAMP * unit, words_width(layer.tick, unit) / 2
    at = left + layer.style.threshold * width
    middle = min(max(at, left + half), left + width - half)
    return [
        Text(middle, ramp - unit, layer.tick, unit, INK, "middle"),
        Triangle(
            ((at - unit / 3, ramp - 0.6 * unit), (at + unit / 3, ramp - 0.6 * unit), (at, ramp)),
            INK,
        ),
    ]


def _ramp_cells(style: HeatmapStyle, unit: int, *, left: float, top: float) -> list[Mark]:
    """The ramp as it looks on tissue, over stroma and over nuclei."""
    width, height = _RAMP * unit, 1.4 * unit
    values = np.linspace(0, 1, _STEPS, dtype=np.float32)[np.newaxis]
    colours = paint(
        values,
        palette=style.palette,
        threshold=style.threshold,
        opacity=1,
        hide_below=style.hide_below,
        order="rgba",
    )
    return [
        Box(left, top, width, height / 2, STROMA),
        Box(left, top + height / 2, width, height / 2, NUCLEI),
        Cells("ramp", left, top, (width / _STEPS, height), colours, style.opacity),
    ]


def _key_marks(
    picture: Picture,
    measures: Measures,
    *,
    shrink: int,
    place: tuple[float, float],
    room: float,
) -> tuple[list[Mark], float]:
    left, top = place
    unit = measures.unit
    marks: list[Mark] = []
    for words, kind in _keys(picture):
        place = (left, top + 0.1 * unit)
        marks += _swatch(kind, measures, place=place, opacity=picture.style.opacity)
        beside = left + (_SWATCH + 0.6) * unit
        for part in wrapped(words, unit, room - (_SWATCH + 0.6) * unit):
            marks.append(Text(beside, top + unit, part, unit, INK))
            top += 1.4 * unit
        top += 0.3 * unit
    bar, end = _scale_marks(picture.um_per_px, unit, shrink=shrink, left=left, top=top)
    return [*marks, *bar], end


def _keys(picture: Picture) -> list[tuple[str, str]]:
    """Words and kind of each key."""
    keys = []
    if picture.truth is not None:
        keys.append(("IDC, ground truth", "truth"))
    if picture.layer is Layer.CHANGE:
        keys += _change_keys(picture)
    elif picture.values is not None:
        area = positive_area(picture.values, picture.style.threshold).words
        words = f"IDC predicted, from {picture.style.threshold:.2f} on: {area}"
        keys.append((words, "contour" if picture.has_contour else ""))
    keys += _outcome_keys(picture)
    keys.append(("No data: no patch was cut here", "gap"))
    return keys


def _change_keys(picture: Picture) -> list[tuple[str, str]]:
    """Words and kind of the keys of a change: how many patches went up, and how many down."""
    if picture.change is None:
        return []
    counts = count_changes(picture.change)
    return [
        (f"Higher: {counts.words(counts.up)}", _HIGHER),
        (f"Lower: {counts.words(counts.down)}", _LOWER),
    ]


def _outcome_keys(picture: Picture) -> list[tuple[str, str]]:
    """Words and kind of the keys of right and wrong predictions, with their counts."""
    if picture.outcomes is None:
        return []
    counts = count_outcomes(picture.outcomes)
    shown = [each for each in Outcome if each is not Outcome.NONE]
    return [(f"{each.title}: {counts.of(each):,}", each.name) for each in shown]


def _swatch(
    kind: str, measures: Measures, *, place: tuple[float, float], opacity: float
) -> list[Mark]:
    """A sample of what is on the tissue."""
    unit, line = measures.unit, measures.line
    left, top = place
    width, height = _SWATCH * unit, unit
    if kind == "gap":
        return [Hatch(left, top, width, height, measures.hatch)]
    # A cell of two squares, which is as long as it is wide twice.
    ring: Segments = np.array([[0, 0, 2, 0], [2, 0, 2, 1], [2, 1, 0, 1], [0, 1, 0, 0]], np.int32)
    ground = Box(left, top, width, height, STROMA)
    if kind == "truth":
        return [ground, *truth_marks(ring, left=left, top=top, cell=unit, width=line)]
    if kind == "contour":
        return [ground, *contour_marks(ring, left=left, top=top, cell=unit, width=line)]
    if kind in (_HIGHER, _LOWER):
        end = np.array([[kind == _HIGHER]], np.float32)
        colours = paint(
            end, palette=palette(CHANGE_PALETTE), threshold=0.5, opacity=1, order="rgba"
        )
        return [ground, Cells(kind, left, top, (width, height), colours, opacity)]
    if kind in Outcome.__members__:
        cells = np.full((1, _SWATCH), Outcome[kind], np.int8)
        return [ground, *error_marks(cells, left=left, top=top, cell=unit, width=line)]
    return []


def _scale_marks(
    um_per_px: float | None, unit: int, *, shrink: int, left: float, top: float
) -> tuple[list[Mark], float]:
    """A bar of a round length, and the length."""
    scale = shrink * (um_per_px or 1)
    span = round_below(10 * unit * scale)
    length = span / scale
    thick, middle = max(2.0, unit / 8), top + 0.6 * unit
    marks: list[Mark] = [Box(left, middle - thick / 2, length, thick, INK)]
    for end in (left, left + length - thick):
        marks.append(Box(end, middle - 0.35 * unit, thick, 0.7 * unit, INK))
    words = length_words(span, known=um_per_px is not None)
    marks.append(Text(left + length + 0.6 * unit, top + unit, words, unit, INK))
    return marks, top + 1.4 * unit
