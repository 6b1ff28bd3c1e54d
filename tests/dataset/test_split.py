"""A split by patient keeps every patient whole; the other kind says that it is optimistic."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import OFFICIAL_TEST_PATIENTS
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import (
    FRACTIONS,
    PARTS,
    Split,
    split_by_patch,
    split_by_patient,
    split_from_lists,
)
from bcviewer.dataset.split_file import load_split, save_split, split_from_files
from bcviewer.errors import SplitError


def made_up(sizes: list[int], shares: list[float], names: list[str] | None = None) -> Dataset:
    """A data set of so many patches a patient, of which so much is IDC; there are no files."""
    starts = np.concatenate([[0], np.cumsum(sizes)])
    labels = [np.arange(size) < share * size for size, share in zip(sizes, shares, strict=True)]
    patients = names or [f"p{number:03}" for number in range(len(sizes))]
    places = np.concatenate([np.arange(size) for size in sizes])
    return Dataset(
        root=Path("none"),
        patients=tuple(patients),
        folders=tuple(Path("none") for _ in sizes),
        starts=starts.astype(np.int64),
        x=(50 * places + 1).astype(np.int32),
        y=np.ones(int(starts[-1]), np.int32),
        labels=np.concatenate(labels).astype(np.int8),
        names=np.array([b"x"] * int(starts[-1])),
    )


datasets = st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=3, max_size=40).map(
    lambda pairs: made_up([size for size, _ in pairs], [share for _, share in pairs])
)


@given(datasets, st.integers(0, 2**31))
def test_a_patient_is_in_one_part_only(dataset: Dataset, seed: int) -> None:
    split = split_by_patient(dataset, seed=seed)
    parts = [set(split.patients(part)) for part in PARTS]
    assert sum(len(part) for part in parts) == len(dataset.patients)
    assert set().union(*parts) == set(dataset.patients)
    assert all(parts)
    assert not split.optimistic


@given(datasets, st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_split(dataset: Dataset, seed: int) -> None:
    for make in (split_by_patient, split_by_patch):
        first, second = make(dataset, seed=seed), make(dataset, seed=seed)
        np.testing.assert_array_equal(first.part_of, second.part_of)
        assert first.fingerprint == second.fingerprint


def test_parts_are_alike_in_size_and_share_of_idc() -> None:
    generator = np.random.default_rng(1)
    sizes = generator.integers(100, 2400, 200).tolist()
    dataset = made_up(sizes, generator.beta(1, 2, 200).tolist())
    split = split_by_patient(dataset)
    overall = dataset.labels.mean()
    for part, wanted in zip(PARTS, (0.7, 0.1, 0.2), strict=True):
        assert len(split.rows(part)) / len(dataset) == pytest.approx(wanted, abs=0.02)
        assert split.idc_share(part) == pytest.approx(overall, abs=0.02)
    assert len({split_by_patient(dataset, seed=seed).fingerprint for seed in range(5)}) == 5


def test_official_test_cases_are_never_trained_or_tuned_on() -> None:
    official = sorted(OFFICIAL_TEST_PATIENTS)[:8]
    names = sorted([*official, *(f"z{number:02}" for number in range(30))])
    dataset = made_up([20] * 38, [0.3] * 38, names)
    for seed in range(10):
        split = split_by_patient(dataset, seed=seed)
        assert set(official) <= set(split.patients("test"))
        assert len(split.patients("test")) == 8


@given(datasets)
def test_a_split_by_patch_says_that_it_is_optimistic(dataset: Dataset) -> None:
    split = split_by_patch(dataset)
    assert split.title == "patch-wise (optimistic)"
    counts = [len(split.rows(part)) for part in PARTS]
    assert sum(counts) == len(dataset)
    if len(dataset) >= 10:
        assert counts[0] / len(dataset) == pytest.approx(0.7, abs=1 / 10)


def test_a_patch_wise_split_mixes_patients(data_folder: Path) -> None:
    split = split_by_patch(scan(data_folder))
    assert split.optimistic
    assert "mixed" in {split.part_of_patient(patient) for patient in split.dataset.patients}


@pytest.mark.parametrize(
    "fractions", [(0.7, 0.2), (0.7, 0.1, 0.1), (-0.1, 0.6, 0.5), (0, 0.5, 0.5), (1, 1, 1)]
)
def test_fractions_that_are_no_shares_are_refused(fractions: tuple[float, ...]) -> None:
    with pytest.raises(SplitError, match=r"\.7 \.1 \.2"):
        split_by_patient(made_up([5, 5, 5, 5], [0.5] * 4), fractions=fractions)


def test_one_patient_is_too_few() -> None:
    with pytest.raises(SplitError, match="too few"):
        split_by_patient(made_up([50], [0.5]))


@pytest.mark.parametrize("make", [split_by_patient, split_by_patch])
def test_a_split_file_gives_the_split_back(
    data_folder: Path, tmp_path: Path, make: type[Split]
) -> None:
    dataset = scan(data_folder)
    split = make(dataset, seed=3)  # type: ignore[call-arg]
    save_split(split, tmp_path / "split.json")
    loaded = load_split(tmp_path / "split.json", dataset)
    np.testing.assert_array_equal(loaded.part_of, split.part_of)
    assert (loaded.by, loaded.seed, loaded.title) == (split.by, split.seed, split.title)


def test_lists_of_patients(data_folder: Path, tmp_path: Path) -> None:
    dataset = scan(data_folder)
    for name, ids in (("train", "p00\np01\n\nunknown\n"), ("val", "p02"), ("test", "p03\r\np04")):
        (tmp_path / name).write_text(ids)
    split = split_from_files(
        dataset,
        train=tmp_path / "train",
        validation=tmp_path / "val",
        test=tmp_path / "test",
    )
    assert split.patients("train") == ("p00", "p01")
    assert split.patients("test") == ("p03", "p04")
    assert split.part_of_patient("p05") == ""
    save_split(split, tmp_path / "split.json")
    np.testing.assert_array_equal(
        load_split(tmp_path / "split.json", dataset).part_of, split.part_of
    )


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (1, 2)])
def test_a_patient_in_any_two_parts_makes_a_split_optimistic(first: int, second: int) -> None:
    dataset = made_up([4, 4, 4], [0.5] * 3)
    part_of = np.repeat(np.arange(3, dtype=np.int8), 4)
    assert not Split(dataset, "patches", 0, FRACTIONS, part_of).optimistic
    part_of[4 * first] = second
    assert Split(dataset, "patches", 0, FRACTIONS, part_of).optimistic


def test_a_patient_in_two_lists_is_refused(data_folder: Path) -> None:
    for two in itertools.combinations(PARTS, 2):
        lists = {part: [part, *(["p01"] if part in two else [])] for part in PARTS}
        with pytest.raises(SplitError, match="more than one list: p01"):
            split_from_lists(scan(data_folder), **lists)
    with pytest.raises(SplitError, match="None of the listed"):
        split_from_lists(scan(data_folder), train=["x"], validation=["y"], test=["z"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"kind": "bcviewer-split", "version": 99}',
        '{"kind": "bcviewer-split", "version": 1}',
        '{"kind": "bcviewer-split", "version": 1, "by": "patient", "seed": 0, '
        '"fractions": [1, 0, 0], "patients": 5}',
        '{"kind": "bcviewer-split", "version": 1, "by": "magic", "seed": 0, '
        '"fractions": [1, 0, 0], "patients": {"train": ["p00"], "validation": [], "test": []}}',
        '{"kind": "bcviewer-split", "version": 1, "by": "patch", "seed": 0, '
        '"fractions": [1, 0, 0], "patches": {"train": {"p00": [[1]]}, "validation": {}, '
        '"test": {}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_split_file_is_refused_with_words(
    data_folder: Path, tmp_path: Path, content: str
) -> None:
    (tmp_path / "split.json").write_text(content)
    with pytest.raises(SplitError) as caught:
        load_split(tmp_path / "split.json", scan(data_folder))
    assert caught.value.hint
