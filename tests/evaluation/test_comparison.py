"""Two models on the same patches: differences, their intervals, and where they disagree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.errors import Cancelled, DataError
from bcviewer.evaluation.comparison import Difference, compare, same_patches
from bcviewer.evaluation.cost import speeds
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.evaluation.judged import Judged
from tests.dataset.test_split import made_up

PATIENTS, PATCHES = 12, 40
RESAMPLES = 300


def judged(probabilities: NDArray[np.float64], labels: NDArray[np.int8]) -> Judged:
    count = len(labels)
    return Judged(
        rows=np.arange(count, dtype=np.int64),
        labels=labels,
        probabilities=probabilities.astype(np.float32),
        patients=(np.arange(count) * PATIENTS // count).astype(np.int32),
        names=tuple(f"p{n}" for n in range(PATIENTS)),
    )


def tissue(seed: int = 0) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Labels, and what a fair model says: patients differ in how hard they are."""
    generator = np.random.default_rng(seed)
    labels = (generator.random(PATIENTS * PATCHES) < 0.4).astype(np.int8)
    hardness = np.repeat(generator.uniform(0.2, 2.5, PATIENTS), PATCHES)
    logits = 3 * (labels - 0.5) + hardness * generator.normal(size=len(labels))
    return labels, logits


def chance(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-logits))


def two(shift: float = 0.5, seed: int = 0) -> tuple[Judged, Judged]:
    """A model, and one that is a little better on every patch."""
    labels, logits = tissue(seed)
    better = logits + shift * (2 * labels - 1)
    return judged(chance(logits), labels), judged(chance(better), labels)


def test_a_model_against_itself_differs_in_nothing() -> None:
    first, _ = two()
    found = compare(first, first, thresholds=(0.5, 0.5), resamples=RESAMPLES)
    for difference in found.differences.values():
        assert (difference.value, difference.low, difference.high) == (0, 0, 0)
        assert not difference.clear
    assert not len(found.disagreement)


def test_scores_are_those_of_evaluate_to_the_last_digit() -> None:
    first, second = two()
    found = compare(first, second, thresholds=(0.5, 0.4))
    for each, threshold, told in zip((first, second), (0.5, 0.4), found.evaluations, strict=True):
        alone = evaluate(each.labels, each.probabilities, each.patients, threshold=threshold)
        assert told == alone


def test_a_small_gain_on_each_patient_is_clear_where_both_intervals_overlap() -> None:
    first, second = two()
    found = compare(first, second, thresholds=(0.5, 0.5))
    gain = found.differences["balanced_accuracy"]
    one, other = (each.intervals["balanced_accuracy"] for each in found.evaluations)
    assert one[1] > other[0]
    assert gain.clear
    assert gain.favours("balanced_accuracy") == 2
    assert gain.high - gain.low < (one[1] - one[0]) / 2
    assert found.differences["brier"].value < 0
    assert found.differences["brier"].favours("brier") == 2
    assert found.differences["brier"].low <= found.differences["brier"].value


def test_the_other_way_round_the_signs_turn() -> None:
    first, second = two()
    there = compare(first, second, thresholds=(0.5, 0.4), resamples=RESAMPLES)
    back = compare(second, first, thresholds=(0.4, 0.5), resamples=RESAMPLES)
    for name, found in there.differences.items():
        other = back.differences[name]
        assert other.value == -found.value
        assert (other.low, other.high) == pytest.approx((-found.high, -found.low))
        assert (found.favours(name), other.favours(name)) in ((0, 0), (1, 2), (2, 1))


@given(st.integers(0, 1000), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_they_disagree_where_one_is_above_its_threshold_and_the_other_not(
    seed: int, low: float, high: float
) -> None:
    first, second = two(seed=seed)
    thresholds = (low, high)
    differ = compare(first, second, thresholds=thresholds, resamples=2).disagreement
    one, other = first.probabilities >= low, second.probabilities >= high
    assert set(differ.rows.tolist()) == set(np.flatnonzero(one != other).tolist())
    assert sum(differ.right) == len(differ)
    right = int(np.count_nonzero((one != other) & (other == (first.labels == 1))))
    assert differ.right[1] == right
    margins = [differ.probabilities[place] - thresholds[place] for place in (0, 1)]
    assert (np.diff(np.abs(margins[1] - margins[0])) <= 1e-6).all()


def test_one_patient_gives_differences_without_intervals() -> None:
    labels, logits = tissue()
    alone = judged(chance(logits), labels).only(np.arange(len(labels)) < PATCHES)
    found = compare(alone, alone, thresholds=(0.5, 0.4), resamples=RESAMPLES)
    assert found.differences["f1"].value != 0
    assert math.isnan(found.differences["f1"].low)
    assert found.differences["f1"].favours("f1") == 0
    assert found.as_json()["differences"]["f1"]["interval"] == [None, None]


def test_other_patches_are_refused_and_it_can_be_stopped() -> None:
    first, second = two()
    some = second.only(np.arange(len(second)) % 2 == 0)
    with pytest.raises(DataError, match="not judged on the same patches"):
        compare(first, some, thresholds=(0.5, 0.5))
    with pytest.raises(Cancelled):
        compare(first, second, thresholds=(0.5, 0.5), cancelled=lambda: True)


def test_only_patches_that_both_predict_are_judged() -> None:
    dataset = made_up([3, 3], [0.5, 0.5])
    labels = np.array([1, 1, 0, 1, -1, 0], np.int8)
    first = np.array([0.1, np.nan, 0.3, 0.4, 0.5, 0.6], np.float32)
    second = np.array([0.1, 0.2, np.nan, 0.4, 0.5, 0.6], np.float32)
    rows = np.arange(5, dtype=np.int64)
    one, other = same_patches(dataset, rows, labels, probabilities=(first, second))
    assert one.rows.tolist() == other.rows.tolist() == [0, 3]
    with pytest.raises(DataError, match="both a label and a prediction"):
        same_patches(dataset, rows[1:3], labels, probabilities=(first, second))


def test_an_interval_that_holds_zero_tells_of_no_difference() -> None:
    assert not Difference(0.1, -0.01, 0.2).clear
    assert Difference(-0.1, -0.2, -0.01).favours("auc") == 1
    assert Difference(-0.1, -0.2, -0.01).favours("loss") == 2
    assert Difference(math.nan, math.nan, math.nan).favours("auc") == 0


class Slow:
    """Predicts at a known pace."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        import time

        time.sleep(self.seconds)
        return np.zeros(len(pixels), np.float32)


def test_speeds_are_patches_a_second_of_each() -> None:
    pixels = np.zeros((64, 50, 50, 3), np.uint8)
    slow, quick = speeds([Slow(0.2), Slow(0.01)], pixels)
    assert 100 < slow < 64 / 0.2 + 1
    assert quick > slow
    assert math.isnan(speeds([Slow(0)], pixels[:0])[0])
    with pytest.raises(Cancelled):
        speeds([Slow(0)], pixels, cancelled=lambda: True)
