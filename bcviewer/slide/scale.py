"""Round lengths for scale bars, in slide pixels or micrometres."""

from __future__ import annotations

import math


def round_below(length: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, ... (and .5, .2, .1, ...) up to `length`."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(step * power for step in (1, 2, 5) if step * power <= length * (1 + 1e-9))


def length_words(span: float, *, known: bool, estimated: bool = False) -> str:
    """Return a length in words, such as "500 px" or "about 2 mm".

    Args:
        span: In micrometres when the scale is known, else in slide pixels.
        known: Whether the scale is known.
        estimated: Whether it is only an estimate.
    """
    if not known:
        return f"{span:,g} px"
    shown = f"{span / 1000:g} mm" if span >= 1000 else f"{span:g} µm"
    return f"about {shown}" if estimated else shown
