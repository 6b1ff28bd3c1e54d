"""A data folder is read whole, however it was unpacked, and nothing strange stops the rest."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset.folders import MAX_DEPTH
from bcviewer.dataset.scan import MAX_LISTED, scan
from bcviewer.errors import Cancelled, DataError
from tests.factories import PatchSpec, picture_bytes, small_dataset, write_dataset


def put(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_small_set_becomes_arrays(data_folder: Path) -> None:
    dataset = scan(data_folder)
    assert dataset.patients == ("p00", "p01", "p02", "p03", "p04", "p05")
    assert len(dataset) == 6 * 20
    assert dataset.report.findings == ()
    rows = dataset.rows("p03")
    places = list(zip(dataset.y[rows], dataset.x[rows], strict=True))
    assert places == sorted(places)
    for row in (rows.start, rows.stop - 1):
        assert dataset.path(row).is_file()
        assert f"_x{dataset.x[row]}_y{dataset.y[row]}_class{dataset.labels[row]}" in str(
            dataset.path(row)
        )
    assert dataset.idc_share("p00") == pytest.approx(6 / 20)


def test_the_kaggle_archive_gives_each_patch_once_wherever_it_is_opened(tmp_path: Path) -> None:
    """The archive holds the set twice: at its top, and in IDC_regular_ps50_idx5."""
    top = tmp_path / "archive"
    small_dataset(top, patients=4)
    shutil.copytree(top, tmp_path / "copy")
    shutil.move(tmp_path / "copy", top / "IDC_regular_ps50_idx5")
    above = tmp_path
    opened = [scan(folder) for folder in (top, top / "IDC_regular_ps50_idx5", above)]
    for dataset in opened:
        assert len(dataset.patients) == 4
        assert len(dataset) == 80
        assert dataset.fingerprint == opened[0].fingerprint
    assert opened[0].report.counts() == {"second_copy": 1}
    assert opened[1].report.counts() == {}


def test_a_patient_that_only_the_second_copy_has_is_taken_from_there(tmp_path: Path) -> None:
    small_dataset(tmp_path, patients=2)
    small_dataset(tmp_path / "IDC_regular_ps50_idx5", patients=3)
    assert scan(tmp_path).patients == ("p00", "p01", "p02")


def test_one_patients_folder_may_be_opened(data_folder: Path) -> None:
    dataset = scan(data_folder / "p01")
    assert dataset.patients == ("p01",)
    assert dataset.path(0).is_file()


def test_strange_things_are_listed_and_the_rest_is_used(data_folder: Path) -> None:
    folder = data_folder / "p00"
    put(folder / "0" / "Thumbs.db")
    put(folder / "0" / "p00_idx5_x2_y1_class0.png")
    put(folder / "0" / "p00_idx5_x1_y1_class1.png")
    put(folder / "1" / "other_idx5_x1_y1_class1.png")
    (folder / "0" / "p00_idx5_x1_y51_class0.png").mkdir()
    (data_folder / "empty").mkdir()
    (data_folder / "hollow" / "0").mkdir(parents=True)
    put(data_folder / "readme.txt")
    dataset = scan(data_folder)
    assert len(dataset) == 120
    assert dataset.report.counts() == {
        "strange_file": 2,
        "off_grid": 1,
        "wrong_folder": 2,
        "no_patches": 2,
    }
    listed = {finding.path for finding in dataset.report.findings}
    assert {"p00/0/Thumbs.db", "p00/0/p00_idx5_x2_y1_class0.png", "empty", "hollow"} <= listed
    assert all(finding.text for finding in dataset.report.findings)


def test_of_two_files_for_one_place_one_is_kept_if_they_agree(data_folder: Path) -> None:
    put(data_folder / "p00" / "1" / "p00_idx6_x151_y101_class1.png", picture_bytes(1))
    dataset = scan(data_folder)
    assert len(dataset) == 120
    assert [finding.kind for finding in dataset.report.findings] == ["same_place"]
    assert b"_idx5_" in bytes(dataset.names[dataset.rows("p00")][0])


def test_a_place_with_both_labels_is_left_out_whole(data_folder: Path) -> None:
    """To keep either would be to choose the label for the user."""
    put(data_folder / "p00" / "0" / "p00_idx5_x151_y101_class0.png", picture_bytes(0))
    dataset = scan(data_folder)
    assert len(dataset) == 119
    findings = dataset.report.findings
    assert [finding.kind for finding in findings] == ["same_place", "same_place"]
    assert "Remove one" in findings[0].text


def test_a_flood_of_strange_files_is_summed_up(data_folder: Path) -> None:
    for number in range(MAX_LISTED + 7):
        put(data_folder / "p00" / "0" / f"{number}.tmp")
    findings = scan(data_folder).report.findings
    assert len(findings) == MAX_LISTED + 1
    assert "7 more" in findings[-1].text


def test_a_folder_without_patches_says_what_was_expected(tmp_path: Path) -> None:
    put(tmp_path / "sub" / "file.txt")
    with pytest.raises(DataError, match=r"No patches.*PATIENT/0/PATIENT_idx5"):
        scan(tmp_path)


def test_a_file_or_nothing_in_place_of_a_folder(tmp_path: Path) -> None:
    put(tmp_path / "archive.zip")
    with pytest.raises(DataError, match=r"is a file.*unpack"):
        scan(tmp_path / "archive.zip")
    with pytest.raises(DataError, match="There is no folder"):
        scan(tmp_path / "nowhere")


def test_a_loop_of_links_ends(data_folder: Path) -> None:
    (data_folder / "loop").symlink_to(data_folder, target_is_directory=True)
    dataset = scan(data_folder)
    assert len(dataset) == 120
    (data_folder / "self").symlink_to(data_folder / "self")
    assert len(scan(data_folder)) == 120


def test_patients_deep_in_other_folders_are_found(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (MAX_DEPTH - 1))
    small_dataset(deep, patients=1)
    assert len(scan(tmp_path)) == 20


def test_a_whole_disk_is_refused_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (tmp_path / f"folder{number}").mkdir()
    monkeypatch.setattr("bcviewer.dataset.folders.MAX_FOLDERS", 20)
    with pytest.raises(DataError, match="looks like no data set"):
        scan(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_no_permission_is_said(data_folder: Path) -> None:
    (data_folder / "p00" / "0").chmod(0)
    try:
        assert scan(data_folder).report.counts() == {"unreadable": 1}
    finally:
        (data_folder / "p00" / "0").chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="names of raw bytes are Linux's")
def test_names_that_are_no_text_do_not_stop_it(data_folder: Path) -> None:
    folder = os.fsencode(data_folder / "p00" / "0")
    with open(folder + b"/\xff\xfe.png", "wb") as file:
        file.write(b"x")
    assert scan(data_folder).report.counts() == {"strange_file": 1}


def test_an_undersized_patch_has_its_place(tmp_path: Path) -> None:
    write_dataset(tmp_path, {"edge": [PatchSpec(1, 1, 0), PatchSpec(51, 1, 1, size=(1, 30))]})
    dataset = scan(tmp_path)
    np.testing.assert_array_equal(dataset.x, [1, 51])


def test_a_scan_can_be_stopped(data_folder: Path) -> None:
    with pytest.raises(Cancelled):
        scan(data_folder, cancelled=lambda: True)


def test_progress_is_told(data_folder: Path) -> None:
    told: list[tuple[int, int]] = []
    scan(data_folder, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
