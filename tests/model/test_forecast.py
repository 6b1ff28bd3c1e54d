"""Before a training starts: steps, weights and warnings from the data, times from a probe."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import split_from_lists
from bcviewer.model.forecast import (
    class_weights_of,
    epoch_seconds,
    forecast,
    same_pace,
    training_seconds,
)
from bcviewer.model.forecast_words import about_words, memory_warning, memory_words, size_words
from bcviewer.model.training_split import PartCount
from tests.factories import PatchSpec, small_dataset, write_dataset
from tests.model.conftest import tiny_job
from tests.model.probes import probed


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Six patients of twenty patches, six of which are IDC."""
    return scan(small_dataset(tmp_path_factory.mktemp("data")))


LISTS = {"train": ["p00", "p01"], "validation": ["p02"], "test": ["p03"]}


def test_the_whole_set_is_counted_in_steps(dataset: Dataset, tmp_path: Path) -> None:
    split = split_from_lists(dataset, **LISTS)
    ahead = forecast(tiny_job(tmp_path, steps_per_epoch=None, batch_size=16), split)
    assert ahead.steps_per_epoch == 3
    assert forecast(tiny_job(tmp_path, steps_per_epoch=8), split).steps_per_epoch == 8
    assert ahead.problem == ""


def test_class_weights_are_told_unless_they_are_off(dataset: Dataset, tmp_path: Path) -> None:
    split = split_from_lists(dataset, **LISTS)
    not_idc, idc = forecast(tiny_job(tmp_path), split).class_weights
    assert (not_idc, idc) == pytest.approx((40 / 56, 40 / 24))
    assert forecast(tiny_job(tmp_path, class_weights=False), split).class_weights == (1, 1)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_both_classes_have_the_same_say(not_idc: int, idc: int) -> None:
    weights = class_weights_of(PartCount("train", 1, not_idc + idc, idc))
    assert weights[0] * not_idc == pytest.approx(weights[1] * idc)
    assert weights[0] * not_idc + weights[1] * idc == pytest.approx(not_idc + idc)


def test_one_class_only_is_a_problem_in_words(dataset: Dataset, tmp_path: Path) -> None:
    ahead = forecast(
        tiny_job(tmp_path),
        split_from_lists(dataset, **LISTS),
        labels=np.zeros(len(dataset), np.int8),
    )
    assert "one class (not IDC)" in ahead.problem
    assert ahead.parts[0].patches == 40


def test_rare_idc_without_class_weights_is_warned_of(tmp_path: Path) -> None:
    specs = [PatchSpec(1 + 50 * n, 1, int(n == 0)) for n in range(20)]
    dataset = scan(write_dataset(tmp_path / "data", {"a": specs, "b": specs}))
    split = split_from_lists(dataset, train=["a"], validation=["b"], test=[])
    warned = forecast(tiny_job(tmp_path, class_weights=False), split).warnings
    assert any("5.0 % of the training patches are IDC" in text for text in warned)
    assert not any("5.0 %" in text for text in forecast(tiny_job(tmp_path), split).warnings)


def test_times_follow_from_steps_epochs_and_validation(dataset: Dataset, tmp_path: Path) -> None:
    found = probed(step_seconds=0.5, judging_seconds=0.01, first_step_seconds=4.0)
    job = tiny_job(tmp_path, steps_per_epoch=8, epochs=2)
    ahead = forecast(job, split_from_lists(dataset, **LISTS))
    assert epoch_seconds(found, ahead) == pytest.approx(8 * 0.5 + 20 * 0.01)
    assert training_seconds(found, ahead) == pytest.approx(4 + 2 * 4.2)


@pytest.mark.parametrize(
    ("settings", "same"),
    [
        ({"epochs": 9, "learning_rate": 0.1, "patience": 2, "seed": 5}, True),
        ({"steps_per_epoch": 3, "class_weights": False, "schedule": "constant"}, True),
        ({"batch_size": 17}, False),
        ({"augmentation": False}, False),
        ({"model": "mobilenetv2"}, False),
    ],
)
def test_a_probe_holds_until_a_setting_changes_that_it_depends_on(
    tmp_path: Path, settings: dict[str, object], same: bool
) -> None:
    assert same_pace(tiny_job(tmp_path), tiny_job(tmp_path, **settings)) is same


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.31, "0.3 s"),
        (7.4, "7 s"),
        (61, "61 s"),
        (720, "12 min"),
        (7500, "2 h 5 min"),
        (7200, "2 h"),
        (86_400 * 3 + 4 * 3600, "3 days 4 h"),
        (float("nan"), "–"),
        (float("inf"), "–"),
        (-1, "–"),
    ],
)
def test_times_are_told_as_exactly_as_they_are_known(seconds: float, words: str) -> None:
    assert about_words(seconds) == words


def test_memory_is_told_with_what_the_machine_has() -> None:
    assert size_words(850e6) == "850 MB"
    assert memory_words(probed(memory=1_400_000_000, memory_total=16_000_000_000)) == (
        "1.4 GB of 16 GB"
    )
    assert memory_words(probed(memory=0)) == "unknown"
    assert memory_words(probed(memory=10**9, device_memory=5 * 10**9)) == "1.0 GB · GPU 5.0 GB"
    assert memory_warning(probed(memory=10**9, memory_total=0)) == ""
    assert memory_warning(probed(memory=10**9, memory_total=10**10)) == ""
    assert "smaller batch size" in memory_warning(probed(memory=9 * 10**9, memory_total=10**10))


GROW = """
import numpy as np
from bcviewer.model.memory import peak_memory, total_memory
before = peak_memory()
block = np.ones(200_000_000, np.uint8)
del block
print(before, peak_memory(), total_memory())
"""


def test_the_peak_stays_when_the_memory_is_given_back() -> None:
    """In a process of its own, which has peaked nowhere before."""
    said = subprocess.check_output([sys.executable, "-c", GROW], text=True)
    before, peak, total = map(int, said.split())
    assert 5e6 < before < before + 150e6 < peak < total
