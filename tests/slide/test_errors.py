"""Right and wrong predictions: each patch is one of four, or not judged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from bcviewer.slide.errors import (
    FALLING,
    HUES,
    RISING,
    Outcome,
    count_outcomes,
    outcome_grid,
    outcomes,
    runs_of,
)
from bcviewer.slide.grid import grid_of
from bcviewer.slide.positive import positive_area

PATCHES = st.lists(
    st.tuples(
        st.sampled_from([-1, 0, 1]),
        st.one_of(st.floats(0, 1, width=32), st.just(float("nan"))),
    )
)


def split_up(patches: list[tuple[int, float]]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    labels = np.array([label for label, _ in patches], np.int8)
    return labels, np.array([value for _, value in patches], np.float32)


@given(PATCHES, st.floats(0, 1))
def test_each_patch_is_what_its_label_and_its_prediction_make_of_it(
    patches: list[tuple[int, float]], threshold: float
) -> None:
    labels, values = split_up(patches)
    found = outcomes(labels, values, threshold)
    for outcome, label, value in zip(found.tolist(), labels, values, strict=True):
        if label < 0 or np.isnan(value):
            assert outcome == Outcome.NONE
            continue
        positive = bool(value >= threshold)
        by_hand = {
            (1, True): Outcome.TRUE_POSITIVE,
            (0, True): Outcome.FALSE_POSITIVE,
            (1, False): Outcome.FALSE_NEGATIVE,
            (0, False): Outcome.TRUE_NEGATIVE,
        }
        assert outcome == by_hand[int(label), positive]


@given(PATCHES, st.floats(0, 1))
def test_the_counts_are_those_of_the_positive_area(
    patches: list[tuple[int, float]], threshold: float
) -> None:
    labels, values = split_up(patches)
    labelled = labels >= 0
    counts = count_outcomes(outcomes(labels, values, threshold))
    area = positive_area(values[labelled], threshold)
    assert counts.true_positives + counts.false_positives == area.above
    assert counts.judged == area.known
    assert sum(counts.of(each) for each in Outcome) == counts.judged


def test_a_patch_at_the_threshold_is_predicted_idc() -> None:
    found = outcomes(np.array([1, 0]), np.array([0.5, 0.5], np.float32), 0.5)
    assert found.tolist() == [Outcome.TRUE_POSITIVE, Outcome.FALSE_POSITIVE]


def test_labels_and_probabilities_belong_to_the_same_patches() -> None:
    with pytest.raises(ValueError, match="expected"):
        outcomes(np.zeros(3, np.int8), np.zeros(4, np.float32), 0.5)


def test_the_sum_is_told_in_words() -> None:
    wrong = np.repeat(
        np.array([Outcome.TRUE_POSITIVE, Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE], np.int8),
        [1991, 52, 169],
    )
    assert count_outcomes(wrong).words == "221 of 2,212 patches are wrong (10 %)"
    assert count_outcomes(np.zeros(5, np.int8)).words == "no patch can be judged"
    assert Outcome.FALSE_POSITIVE.title == "False positive"


def test_the_wrong_ones_are_hatched_in_ways_that_differ() -> None:
    ways = {each: (each in FALLING, each in RISING) for each in HUES}
    assert {each for each in Outcome if each.wrong} == set(ways)
    assert len(set(ways.values())) == len(ways)
    no_data = (False, True)
    assert no_data not in ways.values()


@given(arrays.arrays(np.bool_, arrays.array_shapes(min_dims=2, max_dims=2, max_side=9)))
def test_runs_cover_a_mask_once_and_are_as_long_as_can_be(mask: NDArray[np.bool_]) -> None:
    covered = np.zeros(mask.shape, int)
    runs = runs_of(mask).tolist()
    for row, first, after in runs:
        covered[row, first:after] += 1
        assert first == 0 or not mask[row, first - 1]
        assert after == mask.shape[1] or not mask[row, after]
    assert np.array_equal(covered, mask.astype(int))


def test_outcomes_lie_in_their_cells() -> None:
    x, y = np.array([101, 201, 101]), np.array([51, 51, 151])
    laid = outcome_grid(grid_of(x, y), np.array([1, 2, 3], np.int8))
    assert laid.tolist() == [[1, 0, 2], [0, 0, 0], [3, 0, 0]]
