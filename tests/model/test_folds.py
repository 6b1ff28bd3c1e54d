"""Folds of patients: each judged once, official test cases never, by seed, and alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcviewer.dataset.official import OFFICIAL_TEST_PATIENTS
from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import load_split, save_split
from bcviewer.errors import SplitError
from bcviewer.model.folds import NO_FOLD, deal_folds
from tests.model.made_data import made_dataset

OFFICIAL = sorted(OFFICIAL_TEST_PATIENTS)[:4]


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 60), min_size=6, max_size=40),
    st.integers(2, 5),
    st.integers(0, 2**32 - 1),
    st.integers(0, 4),
)
def test_each_patient_is_in_one_fold_and_trains_or_validates_in_all_others(
    sizes: list[int], count: int, seed: int, official: int
) -> None:
    names = [f"p{number:03}" for number in range(len(sizes))] + OFFICIAL[:official]
    dataset = made_dataset([*sizes, *[9] * official], names=names)
    folds = deal_folds(dataset, count=count, seed=seed)
    free = set(names) - OFFICIAL_TEST_PATIENTS
    dealt = [set(folds.patients(fold)) for fold in range(1, count + 1)]
    assert set().union(*dealt) == free
    assert sum(map(len, dealt)) == len(free)
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1
    for fold, patients in enumerate(dealt, start=1):
        split = folds.split(fold)
        assert not split.optimistic
        parts = {part: set(split.patients(part)) for part in PARTS}
        assert parts["test"] == patients | set(OFFICIAL[:official])
        assert parts["train"]
        assert parts["validation"]
        assert parts["train"] | parts["validation"] == free - patients


def test_official_test_cases_are_in_no_fold() -> None:
    dataset = made_dataset([20] * 12, names=[*OFFICIAL, *(f"p{n}" for n in range(8))])
    fold_of = deal_folds(dataset, count=3).fold_of
    for patient, fold in zip(dataset.patients, fold_of.tolist(), strict=True):
        assert (fold == NO_FOLD) == (patient in OFFICIAL)


def test_the_deal_is_that_of_its_seed() -> None:
    dataset = made_dataset(list(range(5, 45)))
    one, again, other = (deal_folds(dataset, count=5, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.fold_of, again.fold_of)
    assert not np.array_equal(one.fold_of, other.fold_of)
    for fold in range(1, 6):
        assert one.split(fold).fingerprint == again.split(fold).fingerprint


def test_folds_are_alike_in_patches_and_in_share_of_idc() -> None:
    sizes = [2000, 1100, 900, 850, 800, 700, *[80] * 60]
    dataset = made_dataset(sizes)
    folds = deal_folds(dataset, count=5)
    held = [len(dataset.rows_of(folds.patients(fold))) for fold in range(1, 6)]
    assert max(held) < 1.9 * min(held)  # the largest patient alone is a fifth of all
    shares = [folds.split(fold).idc_share("test") for fold in range(1, 6)]
    assert max(shares) - min(shares) < 0.03


def test_the_split_of_a_fold_survives_its_file(tmp_path: Path) -> None:
    dataset = made_dataset([10] * 12, names=[*OFFICIAL, *(f"p{n}" for n in range(8))])
    split = deal_folds(dataset, count=4, seed=7).split(2)
    save_split(split, tmp_path / "split.json")
    assert load_split(tmp_path / "split.json", dataset).fingerprint == split.fingerprint


@pytest.mark.parametrize("count", [-1, 0, 1])
def test_one_fold_is_none(count: int) -> None:
    with pytest.raises(SplitError, match="2 folds at least"):
        deal_folds(made_dataset([10] * 6), count=count)


@pytest.mark.parametrize(("patients", "count"), [(1, 2), (3, 2), (4, 5), (2, 2)])
def test_too_few_patients_are_told(patients: int, count: int) -> None:
    with pytest.raises(SplitError, match="too few"):
        deal_folds(made_dataset([10] * patients), count=count)
    with pytest.raises(SplitError, match="0 patient"):
        deal_folds(made_dataset([10] * 4, names=OFFICIAL), count=2)


def test_there_is_no_fold_beyond_the_last() -> None:
    folds = deal_folds(made_dataset([10] * 6), count=3)
    for fold in (0, 4):
        with pytest.raises(ValueError, match="no fold"):
            folds.split(fold)
