"""The leak check finds what the parts of a split share, and says so in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import OFFICIAL_TEST_PATIENTS
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import Split, split_by_patch, split_by_patient, split_from_lists
from bcviewer.errors import Cancelled
from bcviewer.evaluation.leak_words import leak_sentences, leaks_as_json, short_words
from bcviewer.evaluation.leaks import check_leaks, touching_parts
from bcviewer.evaluation.pixel_digests import digest_pixels
from tests.factories import PatchSpec, grid_specs, write_dataset


def with_parts(dataset: Dataset, part_of: list[int]) -> Split:
    return Split(dataset, "patch", 0, (0.7, 0.1, 0.2), np.array(part_of, np.int8))


def row_of_patches(patients: dict[str, list[tuple[int, int]]]) -> Dataset:
    """Patches at columns and lines of the grid; there are no files."""
    places = [place for each in patients.values() for place in sorted(each, key=lambda p: p[::-1])]
    starts = np.cumsum([0, *(len(each) for each in patients.values())])
    return Dataset(
        root=Path("none"),
        patients=tuple(patients),
        folders=tuple(Path("none") for _ in patients),
        starts=starts.astype(np.int64),
        x=np.array([50 * column + 1 for column, _ in places], np.int32),
        y=np.array([50 * line + 1 for _, line in places], np.int32),
        labels=np.zeros(len(places), np.int8),
        names=np.array([b"x"] * len(places)),
    )


def test_a_split_by_patient_has_no_leak(data_folder: Path, tmp_path: Path) -> None:
    dataset = scan(data_folder)
    pixels = digest_pixels(PixelStore(tmp_path / "pixels", dataset), decode=True)
    report = check_leaks(split_by_patient(dataset), pixels)
    assert report.clean
    assert (report.compared, report.patches) == (120, 120)
    assert leak_sentences(report)[0] == "No leak was found in the split by patient."
    assert short_words(report) == (
        "No leak: no shared patients, no touching patches, no equal pictures"
    )


def test_a_patch_wise_split_leaks_and_is_stamped(data_folder: Path) -> None:
    report = check_leaks(split_by_patch(scan(data_folder)))
    assert not report.clean
    assert report.pair("train", "test").patients == tuple(f"p{n:02}" for n in range(6))
    words = leak_sentences(report)
    assert "patch-wise (optimistic)" in words[0]
    assert any("6 patients are in train and test: p00, p01" in word for word in words)
    assert words[-1] == "Pictures were not compared."
    assert short_words(report).startswith("Leak from train to ")
    told = leaks_as_json(report)
    assert told["clean"] is False
    assert told["pairs"][1]["patients"] == ["p00", "p01", "p02", "p03", "p04", "p05"]


def test_patches_touch_by_edge_and_corner_and_only_within_a_patient() -> None:
    dataset = row_of_patches({"a": [(0, 0), (1, 1), (3, 1)], "b": [(1, 0), (9, 9)]})
    split = with_parts(dataset, [0, 2, 2, 2, 0])
    report = check_leaks(split)
    pair = report.pair("train", "test")
    assert (pair.first_touching, pair.second_touching, pair.second_patches) == (1, 1, 3)
    assert pair.touching_share == pytest.approx(1 / 3)
    assert "; 1 patch of train touches one of " in " ".join(leak_sentences(report))


def test_the_edges_of_the_grid_do_not_touch_each_other() -> None:
    ends = row_of_patches({"a": [(0, 0), (9, 0), (0, 1)], "b": [(9, 1)]})
    split = with_parts(ends, [2, 0, 2, 1])
    assert not check_leaks(split).pair("train", "test").second_touching


places = st.tuples(st.integers(0, 6), st.integers(0, 6))
datasets = st.lists(st.sets(places, min_size=1, max_size=20), min_size=1, max_size=3).map(
    lambda sets: row_of_patches({f"p{n}": sorted(each) for n, each in enumerate(sets)})
)


@given(datasets, st.randoms(use_true_random=False))
def test_touching_is_what_eight_neighbours_say(dataset: Dataset, random: object) -> None:
    parts = [random.randint(-1, 2) for _ in range(len(dataset))]  # type: ignore[attr-defined]
    found = touching_parts(with_parts(dataset, parts))
    for row in range(len(dataset)):
        near = [
            other
            for other in range(len(dataset))
            if other != row
            and dataset.patient_index[other] == dataset.patient_index[row]
            and max(
                abs(int(dataset.x[other]) - int(dataset.x[row])),
                abs(int(dataset.y[other]) - int(dataset.y[row])),
            )
            == 50
        ]
        for part in range(3):
            assert found[part, row] == any(parts[other] == part for other in near)


def copy_of_patient(folder: Path, patient: str, name: str) -> None:
    """The same tissue under another id."""
    shutil.copytree(folder / patient, folder / name)
    for path in (folder / name).rglob("*.png"):
        path.rename(path.with_name(path.name.replace(patient, name)))


def test_a_patient_under_two_ids_is_found_by_the_pixels(data_folder: Path, tmp_path: Path) -> None:
    copy_of_patient(data_folder, "p00", "q00")
    dataset = scan(data_folder)
    store = PixelStore(tmp_path / "pixels", dataset)
    rest = [f"p{n:02}" for n in range(1, 6)]
    split = split_from_lists(dataset, train=["p00", *rest[2:]], validation=rest[:2], test=["q00"])
    assert check_leaks(split).clean
    report = check_leaks(split, digest_pixels(store, decode=True))
    pair = report.pair("train", "test")
    assert pair.identical == tuple(range(dataset.rows("q00").start, dataset.rows("q00").stop))
    assert not report.pair("train", "validation").identical
    assert "20 pictures of test are also in train, pixel by pixel." in leak_sentences(report)
    assert "20 pictures are in both" in short_words(report)


def test_equal_blank_patches_are_no_leak(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data", {n: grid_specs(2, 2) for n in ("a", "b", "c")})
    for patient in ("a", "b"):
        path = next((folder / patient / "0").iterdir())
        Image.new("RGB", (50, 50), (244, 243, 245)).save(path)
    dataset = scan(folder)
    split = split_from_lists(dataset, train=["a"], validation=["c"], test=["b"])
    pixels = digest_pixels(PixelStore(tmp_path / "pixels", dataset), decode=True)
    report = check_leaks(split, pixels)
    assert report.clean
    assert report.pair("train", "test").blank == 1
    assert "1 blank, near-white picture is in several parts; that is no leak." in leak_sentences(
        report
    )


def test_pictures_that_cannot_be_read_are_not_equal(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data", {n: [PatchSpec(1, 1, 0)] for n in ("a", "b", "c")})
    for patient in ("a", "b"):
        next((folder / patient / "0").iterdir()).write_bytes(b"no picture")
    dataset = scan(folder)
    pixels = digest_pixels(PixelStore(tmp_path / "pixels", dataset), decode=True)
    split = split_from_lists(dataset, train=["a"], validation=["c"], test=["b"])
    report = check_leaks(split, pixels)
    assert (report.clean, report.compared) == (True, 1)
    assert not report.pair("train", "test").blank


def test_only_what_is_decoded_is_compared_and_that_is_said(
    data_folder: Path, tmp_path: Path
) -> None:
    dataset = scan(data_folder)
    store = PixelStore(tmp_path / "pixels", dataset)
    nothing = digest_pixels(store)
    assert nothing.undecoded == 6
    assert not nothing.known.any()
    assert not (tmp_path / "pixels").exists()
    store.patient("p02")
    some = digest_pixels(PixelStore(tmp_path / "pixels", dataset), earlier=nothing)
    assert some.undecoded == 5
    report = check_leaks(split_by_patient(dataset), some)
    assert report.compared == 20
    assert leak_sentences(report)[-1] == "Pictures were compared pixel by pixel: 20 of 120."
    assert short_words(report).endswith("no equal pictures in 20 of 120")


def test_earlier_digests_hold_until_a_picture_changes(data_folder: Path, tmp_path: Path) -> None:
    dataset = scan(data_folder)
    store = PixelStore(tmp_path / "pixels", dataset)
    first = digest_pixels(store, decode=True)
    path = dataset.path(0)
    Image.new("RGB", (50, 50), (10, 20, 30)).save(path)
    again = digest_pixels(store, decode=True, earlier=first)
    assert again.digests[0] != first.digests[0]
    np.testing.assert_array_equal(again.digests[1:], first.digests[1:])


def test_it_can_be_stopped(data_folder: Path, tmp_path: Path) -> None:
    store = PixelStore(tmp_path / "pixels", scan(data_folder))
    with pytest.raises(Cancelled):
        digest_pixels(store, decode=True, cancelled=lambda: True)


def test_official_test_cases_in_training_are_named(tmp_path: Path) -> None:
    official = sorted(OFFICIAL_TEST_PATIENTS)[:2]
    specs = {name: grid_specs(2, 2) for name in (*official, "99990", "99991")}
    dataset = scan(write_dataset(tmp_path / "data", specs))
    split = split_from_lists(
        dataset, train=[official[0], "99990"], validation=[official[1]], test=["99991"]
    )
    report = check_leaks(split)
    assert report.official_train == (official[0],)
    words = " ".join(leak_sentences(report))
    assert f"1 official test case is in the train part ({official[0]})" in words
    assert f"1 official test case is in the validation part ({official[1]})" in words
