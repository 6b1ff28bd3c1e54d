"""The ends of each palette stay apart to every eye, and in print."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.slide.palette import PALETTES, Palette, colours
from bcviewer.slide.palette_vision import EYES, Eye, apart, ciede2000, seen_by

ALL = pytest.mark.parametrize("ramp", PALETTES, ids=lambda each: each.name)
EVERY_EYE = pytest.mark.parametrize("eye", EYES)
CHANNEL = st.integers(0, 255)


def colour(*channels: int) -> NDArray[np.uint8]:
    return np.array(channels, np.uint8)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_agrees_with_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@ALL
@EVERY_EYE
def test_the_two_ends_of_each_palette_stay_apart(ramp: Palette, eye: Eye) -> None:
    low, high = colours(np.array([0.0, 1.0]), palette=ramp, threshold=0.5)
    assert apart(low, high, eye) > 20


def test_the_palette_that_nobody_should_use_is_found_out() -> None:
    assert apart(colour(0, 160, 0), colour(208, 0, 0), "deuteranopia") < 30


@given(CHANNEL, CHANNEL, CHANNEL)
def test_full_colour_vision_sees_what_is_there(red: int, green: int, blue: int) -> None:
    rgb = colour(red, green, blue)
    assert np.array_equal(seen_by(rgb, "normal"), rgb)
    assert apart(rgb, rgb) == 0


@EVERY_EYE
@given(CHANNEL)
def test_greys_stay_grey_to_every_eye(eye: Eye, level: int) -> None:
    seen = seen_by(colour(level, level, level), eye).astype(int)
    assert np.abs(seen - level).max() <= 1


@given(CHANNEL, CHANNEL, CHANNEL)
def test_greyscale_has_no_colour(red: int, green: int, blue: int) -> None:
    assert np.ptp(seen_by(colour(red, green, blue), "greyscale")) == 0


def test_any_number_of_colours_at_once() -> None:
    picture = np.zeros((4, 5, 3), np.uint8)
    assert seen_by(picture, "protanopia").shape == (4, 5, 3)
