"""What a picture paints over its tissue, on which scale, and the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.change import CHANGE_PALETTE, CLEAR_BELOW, FULL_CHANGE, change_values
from bcviewer.slide.palette import UNCERTAINTY, palette
from bcviewer.slide.picture import HeatmapStyle, Layer, Picture
from bcviewer.slide.sheet import plain

SMOOTHED: Final = "smoothed view: the numbers are those of the patches"


@dataclass(frozen=True, eq=False)
class Painted:
    """A layer as it is painted.

    Attributes:
        values: float32[n], 0 to 1 on the palette; NaN is left clear.
        style: How, with the palette and the threshold of this layer.
        title: What the colours stand for.
        ends: Words at the two ends of the ramp.
        tick: Words at the threshold; "" for no threshold.
        lines: More to tell under the ramp.
    """

    values: NDArray[np.float32]
    style: HeatmapStyle
    title: str
    ends: tuple[str, str]
    tick: str
    lines: tuple[str, ...] = ()


def painted(picture: Picture) -> Painted | None:
    """What a picture paints; None for tissue and lines alone."""
    if not picture.style.shown:
        return None
    match picture.layer:
        case Layer.PREDICTION:
            return _prediction(picture)
        case Layer.UNCERTAINTY:
            return _uncertainty(picture)
        case Layer.CHANGE:
            return _change(picture)


def _prediction(picture: Picture) -> Painted | None:
    if picture.values is None:
        return None
    style = picture.style
    tick = f"{style.threshold:.2f}"
    lines = (SMOOTHED,) if style.smooth else ()
    return Painted(picture.values, style, "Probability of IDC", ("0", "1"), tick, lines)


def _uncertainty(picture: Picture) -> Painted | None:
    if picture.uncertainty is None:
        return None
    style = replace(picture.style, palette=UNCERTAINTY, threshold=0.5, hide_below=False)
    lines = (*_notes(picture), *((SMOOTHED,) if style.smooth else ()))
    return Painted(picture.uncertainty, style, "Uncertainty", ("sure", "unsure"), "", lines)


def _change(picture: Picture) -> Painted | None:
    if picture.change is None:
        return None
    # Never smoothed: a mean of changes up and down would look like none.
    style = replace(
        picture.style,
        palette=palette(CHANGE_PALETTE),
        threshold=0.5,
        hide_below=False,
        smooth=False,
    )
    full = f"{FULL_CHANGE:g}"
    clear = f"clear: changed by less than {CLEAR_BELOW:g}"
    return Painted(
        change_values(picture.change),
        style,
        "Change of probability",
        (f"-{full}", f"+{full}"),
        "no change",
        (*_notes(picture), clear),
    )


def _notes(picture: Picture) -> tuple[str, ...]:
    """They name models, as others please."""
    return tuple(plain(note) for note in picture.layer_notes)
