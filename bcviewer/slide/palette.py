"""The colours of a probability: ramps that survive greyscale and colour blindness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Scale = Literal["stepped", "diverging", "even"]

_LOW_END: Final = 0.35
_HIGH_START: Final = 0.65
_SHORTEST: Final = 1e-9


@dataclass(frozen=True)
class Palette:
    """A ramp of colours from probability 0 to 1.

    Attributes:
        name: What settings and job files call it.
        title: What the window calls it.
        stops: "#rrggbb", at equal distances along the ramp.
        scale: How probabilities lie on the ramp. "stepped": those below the threshold fill the
            first 35 %, those above the last 35 %, so that lightness jumps at the threshold.
            "diverging": the middle of the ramp is the threshold. "even": the threshold plays
            no part.
    """

    name: str
    title: str
    stops: tuple[str, ...]
    scale: Scale

    @property
    def stepped(self) -> bool:
        """Whether lightness jumps at the threshold."""
        return self.scale == "stepped"


PALETTES: Final = (
    Palette("red_green", "Red/green", ("#b9e3a0", "#f0b24b", "#a3142c"), "stepped"),
    Palette("blue_orange", "Blue/orange", ("#17528f", "#f7f7f7", "#e66101"), "diverging"),
    Palette("cividis", "Cividis", ("#00204d", "#7c7b78", "#ffea46"), "even"),
)
"""All palettes; the first is the default."""

STROMA: Final = "#d8a9c2"
"""Mean colour of stroma in H&E at low magnification: a legend shows its ramp over it."""
NUCLEI: Final = "#7d4f82"
"""Mean colour of dense nuclei."""

UNCERTAINTY: Final = Palette(
    "uncertainty", "Uncertainty", ("#f4f4f4", "#9a9a9a", "#141414"), "even"
)
"""Greys, for how unsure a probability is: colours stay with what is predicted."""


def palette(name: str) -> Palette:
    """Return a palette by its name.

    Raises:
        KeyError: No palette has this name.
    """
    for each in PALETTES:
        if each.name == name:
            return each
    raise KeyError(f"no palette {name!r}; there are {', '.join(p.name for p in PALETTES)}")


def colours(
    values: NDArray[np.floating[Any]], *, palette: Palette, threshold: float
) -> NDArray[np.uint8]:
    """Return the colour of each probability.

    Args:
        values: Floats[...], 0 to 1; others are clipped, NaN has no colour (black).
        palette: The ramp.
        threshold: 0 to 1; a value at the threshold counts as above.

    Returns:
        uint8[..., 3], RGB.
    """
    places = _places(np.clip(np.asarray(values, np.float64), 0, 1), palette.scale, threshold)
    stops = np.array([_channels(stop) for stop in palette.stops], np.float64)
    at = np.linspace(0, 1, len(stops))
    known = np.nan_to_num(places)
    ramp = np.stack([np.interp(known, at, stops[:, channel]) for channel in range(3)], axis=-1)
    ramp[np.isnan(places)] = 0
    return np.rint(ramp).astype(np.uint8)


def _places(values: NDArray[np.float64], scale: Scale, threshold: float) -> NDArray[np.float64]:
    """Return where on the ramp, 0 to 1, each value lies."""
    if scale == "even":
        return values
    low_end, high_start = (0.5, 0.5) if scale == "diverging" else (_LOW_END, _HIGH_START)
    # With the threshold at an end there is no span on one side of it, but no value either.
    below = low_end * values / max(threshold, _SHORTEST)
    above = high_start + (1 - high_start) * (values - threshold) / max(1 - threshold, _SHORTEST)
    return np.where(values < threshold, below, above)


def _channels(stop: str) -> tuple[int, int, int]:
    return int(stop[1:3], 16), int(stop[3:5], 16), int(stop[5:7], 16)
