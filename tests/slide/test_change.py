"""How two predictions differ: on the palette about its middle, and counted."""

from __future__ import annotations

import numpy as np

from bcviewer.slide.change import CLEAR_BELOW, FULL_CHANGE, change_values, count_changes


def test_changes_lie_on_the_palette_about_its_middle() -> None:
    change = np.array([-1, -FULL_CHANGE / 2, 0, CLEAR_BELOW / 2, FULL_CHANGE, np.nan], np.float32)
    shown = change_values(change)
    assert shown[[0, 1, 4]].tolist() == [0, 0.25, 1]
    assert np.isnan(shown[[2, 3, 5]]).all()


def test_patches_are_counted_by_where_their_colour_shows_a_change() -> None:
    change = np.array([-1, -CLEAR_BELOW, 0, CLEAR_BELOW / 2, FULL_CHANGE, np.nan], np.float32)
    counts = count_changes(change)
    assert (counts.up, counts.down, counts.known) == (1, 2, 5)
    shown = int((~np.isnan(change_values(change))).sum())
    assert counts.up + counts.down == shown
    assert counts.words(counts.down) == "2 of 5 patches (40 %)"
    nothing = count_changes(np.full(3, np.nan, np.float32))
    assert nothing.words(nothing.up) == "no patch is predicted by both"
