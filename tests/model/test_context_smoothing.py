"""What must hold of every map that flows through tissue, whatever its parameters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.errors import DataError
from bcviewer.model import context_smoothing
from bcviewer.model.context_smoothing import WINDOW, Cells, Smoothing, smooth

Map = tuple[NDArray[np.float64], Cells]

SMOOTHINGS = st.builds(
    Smoothing,
    reach=st.floats(0.4, 2.5),
    pull=st.floats(0.0, 20.0),
    sweeps=st.integers(0, 12),
)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Logits of patches in some cells of a small rectangle."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    chosen = draw(
        st.lists(st.integers(0, rows * columns - 1), min_size=1, max_size=40, unique=True)
    )
    logits = draw(
        st.lists(st.floats(-8, 8), min_size=len(chosen), max_size=len(chosen)).map(np.array)
    )
    return logits, cells_at(np.array(chosen) // columns, np.array(chosen) % columns)


def cells_at(rows: NDArray[np.integer], columns: NDArray[np.integer]) -> Cells:
    return Cells.of(50 * columns + 1, 50 * rows + 1)


@given(maps(), SMOOTHINGS, st.floats(-8, 8))
def test_a_flat_map_stays_flat(drawn: Map, how: Smoothing, level: float) -> None:
    _, cells = drawn
    flat = np.full(len(cells), level)
    np.testing.assert_allclose(smooth(flat, cells, how), flat, atol=1e-9)


@given(maps())
def test_neighbours_are_the_patches_in_the_eight_cells_around(drawn: Map) -> None:
    _, cells = drawn
    apart = np.maximum(
        np.abs(np.subtract.outer(cells.row, cells.row)),
        np.abs(np.subtract.outer(cells.column, cells.column)),
    )
    np.testing.assert_array_equal(cells.neighbours(), (apart == 1).sum(axis=1))


@given(maps(), SMOOTHINGS)
def test_nothing_leaves_the_range_of_the_map(drawn: Map, how: Smoothing) -> None:
    logits, cells = drawn
    flowed = smooth(logits, cells, how)
    assert flowed.min() >= logits.min() - 1e-9
    assert flowed.max() <= logits.max() + 1e-9


@given(maps(), SMOOTHINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_patches_plays_no_part(drawn: Map, how: Smoothing, chance: object) -> None:
    logits, cells = drawn
    order = np.arange(len(logits))
    chance.shuffle(order)  # type: ignore[attr-defined]
    moved = cells_at(cells.row[order], cells.column[order])
    expected = smooth(logits, cells, how)[order]
    np.testing.assert_allclose(smooth(logits[order], moved, how), expected, atol=1e-9)


@given(maps(), SMOOTHINGS, st.sampled_from(["left-right", "up-down", "diagonal"]))
def test_a_mirrored_slide_gives_the_mirrored_map(drawn: Map, how: Smoothing, mirror: str) -> None:
    logits, cells = drawn
    rows, columns = cells.row, cells.column
    if mirror == "left-right":
        columns = columns.max() - columns
    elif mirror == "up-down":
        rows = rows.max() - rows
    else:
        rows, columns = columns, rows
    expected = smooth(logits, cells, how)
    np.testing.assert_allclose(smooth(logits, cells_at(rows, columns), how), expected, atol=1e-9)


@given(maps(), SMOOTHINGS, st.data(), st.floats(0.1, 5))
def test_a_higher_logit_lowers_no_patch_and_raises_its_own(
    drawn: Map, how: Smoothing, data: st.DataObject, more: float
) -> None:
    logits, cells = drawn
    which = data.draw(st.integers(0, len(logits) - 1))
    raised = logits.copy()
    raised[which] += more
    before, after = smooth(logits, cells, how), smooth(raised, cells, how)
    assert (after >= before - 1e-9).all()
    assert after[which] > before[which]


@given(maps(), SMOOTHINGS, st.data())
def test_a_patch_without_a_prediction_is_a_gap(
    drawn: Map, how: Smoothing, data: st.DataObject
) -> None:
    logits, cells = drawn
    known = np.array(data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))))
    flowed = smooth(np.where(known, logits, np.nan), cells, how)
    assert np.isnan(flowed[~known]).all()
    if known.any():
        # As if the patch were not there at all.
        alone = smooth(logits[known], cells_at(cells.row[known], cells.column[known]), how)
        np.testing.assert_allclose(flowed[known], alone, atol=1e-9)


def test_a_patch_without_neighbours_stays_as_it_is() -> None:
    how = Smoothing(reach=2.5, pull=20, sweeps=8)
    far = cells_at(np.array([0, 0, 0]), np.array([0, 1, 2 + WINDOW]))
    flowed = smooth(np.array([3.0, -3.0, 5.0]), far, how)
    assert flowed[2] == 5.0
    assert flowed[0] < 3.0
    assert smooth(np.array([2.5]), cells_at(np.array([7]), np.array([4])), how) == [2.5]


def test_knowledge_flows_along_tissue_further_than_the_window() -> None:
    rows, columns = np.zeros(2 * WINDOW + 1, np.int64), np.arange(2 * WINDOW + 1)
    logits = np.zeros(len(rows))
    logits[0] = 4
    near, far = (
        smooth(logits, cells_at(rows, columns), Smoothing(2.0, 5.0, sweeps))[-1]
        for sweeps in (1, 6)
    )
    assert near == 0
    assert far > 0


def test_a_lonely_false_alarm_fades_and_a_hole_in_a_tumour_fills() -> None:
    rows, columns = np.divmod(np.arange(100), 10)
    logits = np.where(columns < 5, 2.0, -2.0)
    alarm, hole = 5 * 10 + 8, 5 * 10 + 1
    logits[alarm], logits[hole] = 1.5, -1.5
    flowed = smooth(logits, cells_at(rows, columns), Smoothing(1.6, 0.8, 8))
    assert flowed[alarm] < 0 < flowed[hole]
    others = np.delete(np.arange(100), [alarm, hole])
    assert ((flowed[others] > 0) == (logits[others] > 0)).all()


def test_a_very_long_slide_is_summed_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(0)
    rows, columns = np.divmod(generator.choice(400, 120, replace=False), 20)
    logits, how = generator.normal(size=120), Smoothing(1.7, 0.9, 5)
    expected = smooth(logits, cells_at(rows, columns), how)
    monkeypatch.setattr(context_smoothing, "LARGEST_MATRIX", 1)
    np.testing.assert_allclose(smooth(logits, cells_at(rows, columns), how), expected)


def test_two_patches_in_one_cell_are_refused() -> None:
    with pytest.raises(DataError, match="one cell"):
        Cells.of(np.array([1, 1]), np.array([51, 51]))


def test_no_patches_and_no_predictions() -> None:
    none = np.empty(0, np.int64)
    assert len(smooth(np.empty(0), Cells.of(none, none), Smoothing(1, 1, 1))) == 0
    two = cells_at(np.array([0, 0]), np.array([0, 1]))
    assert np.isnan(smooth(np.full(2, np.nan), two, Smoothing(1, 1, 1))).all()
