"""Pictures from arrays: without a copy, and from the right level."""

from __future__ import annotations

import numpy as np
import pytest

from bcviewer.gui.widgets.slide_items import MosaicItem, image_of
from tests.gui.slides import full_slide


def test_a_picture_shares_the_array_s_memory() -> None:
    pixels = np.zeros((40, 30, 4), np.uint8)
    image = image_of(pixels)
    pixels[7, 11] = (30, 20, 10, 255)
    colour = image.pixelColor(11, 7)
    assert (colour.red(), colour.green(), colour.blue()) == (10, 20, 30)


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((5, 5, 3), np.uint8),
        np.zeros((5, 5, 4), np.float32),
        np.zeros((5, 10, 4), np.uint8)[:, ::2],
    ],
    ids=["three channels", "floats", "not contiguous"],
)
def test_other_arrays_are_refused(pixels: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected"):
        image_of(pixels)


@pytest.mark.parametrize(
    ("zoom", "level"),
    [(16, 0), (1, 0), (0.99, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.12, 3), (0.01, 3)],
)
def test_the_level_drawn_is_the_smallest_that_is_not_made_larger(zoom: float, level: int) -> None:
    slide = full_slide(8, 8)
    item = MosaicItem(slide.mosaic.levels, slide.mosaic.origin)
    assert item.level_for(zoom) == level
