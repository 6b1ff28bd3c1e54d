"""The palettes: told apart by every eye, and in greyscale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.slide.palette import PALETTES, Palette, colours, palette
from tests.slide.vision import EYES, ciede2000, lab, lightness

ALL = pytest.mark.parametrize("ramp", PALETTES, ids=lambda each: each.name)
STROMA = np.array([216, 169, 194])


def ramp_of(ramp: Palette, threshold: float = 0.5, steps: int = 201) -> np.ndarray:
    return colours(np.linspace(0, 1, steps), palette=ramp, threshold=threshold)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ],
)
def test_the_measure_itself_agrees_with_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=1e-4)


@ALL
@pytest.mark.parametrize("eye", EYES)
def test_the_two_ends_are_far_apart_to_every_eye(ramp: Palette, eye: str) -> None:
    ends = ramp_of(ramp)[[0, -1]]
    assert ciede2000(lab(ends[0], EYES[eye]), lab(ends[1], EYES[eye])) > 35


@ALL
@pytest.mark.parametrize("eye", EYES)
def test_the_two_ends_stay_apart_at_45_percent_over_stroma(ramp: Palette, eye: str) -> None:
    ends = 0.45 * ramp_of(ramp)[[0, -1]] + 0.55 * STROMA
    assert ciede2000(lab(ends[0], EYES[eye]), lab(ends[1], EYES[eye])) > 15


@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.83])
def test_red_green_only_ever_gets_darker(threshold: float) -> None:
    light = [lightness(colour) for colour in ramp_of(palette("red_green"), threshold)]
    assert np.all(np.diff(light) < 0.2)
    assert light[0] - light[-1] > 45


@given(st.floats(0.02, 0.98))
def test_red_green_steps_down_in_lightness_at_any_threshold(threshold: float) -> None:
    around = colours(
        np.array([threshold - 1e-6, threshold]), palette=palette("red_green"), threshold=threshold
    )
    assert lightness(around[0]) - lightness(around[1]) > 10


@given(st.floats(0.02, 0.98))
def test_blue_orange_is_neutral_at_the_threshold_and_turns_there(threshold: float) -> None:
    values = np.array([0, threshold, 1])
    low, middle, high = colours(values, palette=palette("blue_orange"), threshold=threshold)
    assert np.ptp(middle) == 0
    assert low[2] > low[0]
    assert high[0] > high[2]


def test_cividis_does_not_depend_on_the_threshold() -> None:
    assert np.array_equal(
        ramp_of(palette("cividis"), threshold=0.1), ramp_of(palette("cividis"), threshold=0.9)
    )


@ALL
@pytest.mark.parametrize("threshold", [0.0, 0.3, 1.0])
def test_the_ends_of_the_ramp_are_its_first_and_last_stops(ramp: Palette, threshold: float) -> None:
    ends = ramp_of(ramp, threshold)[[0, -1]]
    stops = [tuple(bytes.fromhex(stop[1:])) for stop in (ramp.stops[0], ramp.stops[-1])]
    if threshold > 0:
        assert tuple(ends[0]) == stops[0]
    if threshold < 1:
        assert tuple(ends[1]) == stops[1]


def test_an_unknown_palette_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="red_green"):
        palette("jet")
