"""Opening again is quick and notices what changed; a workspace follows data that moves."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset import scan as scan_module
from bcviewer.dataset.index import load_index, save_index
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.workspace import Workspace, nameless_workspaces, workspace_by_path
from bcviewer.errors import StorageError
from tests.factories import picture_bytes, small_dataset


def settle(folder: Path) -> None:
    """Make all folders look as if nothing had changed in them for a minute."""
    then = time.time() - 60
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            os.utime(path, (then, then))


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patients whose folders are listed, which an index saves."""
    seen: list[str] = []
    real = scan_module._scan_patient

    def watched(patient: str, folder: Path, root: Path) -> scan_module.PatientScan:
        seen.append(patient)
        return real(patient, folder, root)

    monkeypatch.setattr(scan_module, "_scan_patient", watched)
    return seen


def test_the_second_opening_lists_nothing(data_folder: Path, listed: list[str]) -> None:
    settle(data_folder)
    first, _ = open_dataset(data_folder)
    listed.clear()
    second, _ = open_dataset(data_folder)
    assert listed == []
    assert second.fingerprint == first.fingerprint
    assert [second.path(row) for row in range(120)] == [first.path(row) for row in range(120)]


def test_the_half_of_an_index_that_a_kill_left_is_swept(data_folder: Path) -> None:
    _, place = open_dataset(data_folder)
    half = place.index_path.with_name(".index.npz.12345678.part")
    half.touch()
    os.utime(half, (1000, 1000))
    open_dataset(data_folder)
    assert not half.exists()


def test_added_and_removed_files_are_noticed(data_folder: Path, listed: list[str]) -> None:
    settle(data_folder)
    open_dataset(data_folder)
    listed.clear()
    new = data_folder / "p02" / "1" / "p02_idx5_x1_y1_class1.png"
    new.write_bytes(picture_bytes(1))
    next((data_folder / "p04" / "0").iterdir()).unlink()
    shutil.rmtree(data_folder / "p05")
    dataset, _ = open_dataset(data_folder)
    assert sorted(listed) == ["p02", "p04"]
    assert dataset.patients == ("p00", "p01", "p02", "p03", "p04")
    assert len(dataset) == 60 + 21 + 19


def test_a_folder_that_has_just_changed_is_not_trusted(
    data_folder: Path, listed: list[str]
) -> None:
    """Within a tick of the clock a second change leaves no trace in the folder's time."""
    open_dataset(data_folder)
    listed.clear()
    open_dataset(data_folder)
    assert len(listed) == 6


@pytest.mark.parametrize("damage", ["flip", "cut", "other", "empty"])
def test_a_damaged_index_is_made_anew(data_folder: Path, damage: str) -> None:
    settle(data_folder)
    first, workspace = open_dataset(data_folder)
    index = workspace.index_path
    content = bytearray(index.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 255
    elif damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "other":
        content = bytearray(b"something else")
    else:
        content = bytearray()
    index.write_bytes(bytes(content))
    again, _ = open_dataset(data_folder)
    assert again.fingerprint == first.fingerprint
    assert index.read_bytes() != bytes(content)


def test_a_large_index_that_is_read_short_of_a_checksum_is_damaged(tmp_path: Path) -> None:
    """Names of a byte less leave so many bytes unread that Python asks for no checksum."""
    count = 6000
    ones, names = np.ones(count, np.int32), np.full(count, b"p_idx5_x1_y1_class0.png")
    labels = np.zeros(count, np.int8)
    patient = scan_module.PatientScan(tmp_path / "p", (1, 2, 3), ones, ones, labels, names, ())
    path = tmp_path / "index.npz"
    save_index(scan_module.FolderScan(tmp_path, {"p": patient}, ()), path)
    assert load_index(path, tmp_path).patients.keys() == {"p"}
    content = path.read_bytes()
    assert b"|S23" in content
    path.write_bytes(content.replace(b"|S23", b"|S22"))
    assert load_index(path, tmp_path).trouble == "it is damaged"


def test_data_that_moved_finds_its_workspace(data_folder: Path, tmp_path: Path) -> None:
    _, workspace = open_dataset(data_folder)
    moved = tmp_path / "elsewhere" / "renamed"
    moved.parent.mkdir()
    shutil.move(data_folder, moved)
    dataset, again = open_dataset(moved)
    assert again.folder == workspace.folder
    assert dataset.path(0).is_file()


def test_data_that_grew_keeps_its_workspace(data_folder: Path) -> None:
    _, workspace = open_dataset(data_folder)
    small_dataset(data_folder, patients=7)
    dataset, again = open_dataset(data_folder)
    assert len(dataset.patients) == 7
    assert again.folder == workspace.folder


def harmed(workspace: Workspace, content: str | None) -> Workspace:
    """A workspace with labels whose ``workspace.json`` is another one, or lost."""
    workspace.labels_path.touch()
    workspace.about_path.unlink()
    if content is not None:
        workspace.about_path.write_text(content)
    return workspace


WITHOUT_ROOT = '{"kind": "bcviewer-workspace", "version": 1, "fingerprint": "f"}'


@pytest.mark.parametrize("content", [None, "{", WITHOUT_ROOT])
def test_a_workspace_that_does_not_name_its_data_any_more_is_known_by_its_index(
    data_folder: Path, content: str | None
) -> None:
    workspace = harmed(open_dataset(data_folder)[1], content)
    small_dataset(data_folder, patients=7)  # not by its fingerprint either
    dataset, again = open_dataset(data_folder)
    assert again.folder == workspace.folder
    assert [finding.path for finding in dataset.report.findings] == ["workspace.json"]
    healed, again = open_dataset(data_folder)
    assert (again.folder, healed.report.findings) == (workspace.folder, ())


def test_labels_of_nobody_knows_which_data_are_told_until_they_are_claimed(
    data_folder: Path,
) -> None:
    workspace = harmed(open_dataset(data_folder)[1], "{")
    workspace.index_path.write_bytes(b"damaged as well")
    small_dataset(data_folder, patients=7)
    for _ in range(2):
        dataset, other = open_dataset(data_folder)
        assert other.folder != workspace.folder
        (finding,) = dataset.report.findings
        assert f"--workspace {workspace.folder}" in finding.text
    claimed, _ = open_dataset(data_folder, workspace=workspace.folder)
    assert "made anew" in claimed.report.findings[0].text
    assert nameless_workspaces() == []
    assert open_dataset(data_folder)[1].folder == workspace.folder, "and is found from now on"


def test_a_nameless_workspace_of_other_data_is_not_taken_by_its_index(
    data_folder: Path, tmp_path: Path
) -> None:
    """Its labels would become those of patients who have the same names."""
    lost = harmed(open_dataset(small_dataset(tmp_path / "other", patients=2))[1], "{")
    assert open_dataset(data_folder)[1].folder != lost.folder


def test_labels_of_data_that_moved_and_lost_a_patch_are_told(
    data_folder: Path, tmp_path: Path
) -> None:
    """Neither path nor fingerprint leads to them: without a word they would seem to be lost."""
    _, place = open_dataset(data_folder)
    place.labels_path.touch()
    _, unused = open_dataset(small_dataset(tmp_path / "others" / "data", patients=2))
    unused.labels_path.touch()
    back = tmp_path / "back" / "data"
    shutil.move(data_folder, back)
    next(back.rglob("*.png")).unlink()
    dataset, new = open_dataset(back)
    assert new.folder != place.folder
    (finding,) = dataset.report.findings
    assert (finding.path, finding.kind) == (place.folder.name, "moved")
    assert f"--workspace {place.folder}" in finding.text
    assert f"{len(dataset):,} of these patches" in finding.text
    assert open_dataset(back, workspace=place.folder)[0].report.findings == ()
    again, found = open_dataset(back)
    assert (found.folder, again.report.findings) == (place.folder, ())


def test_of_two_workspaces_for_the_same_data_the_one_used_last_is_found(data_folder: Path) -> None:
    _, first = open_dataset(data_folder)
    second = Workspace(first.folder.with_name("a second"))
    shutil.copytree(first.folder, second.folder)
    for last, times in ((first, (2e9, 1e9)), (second, (1e9, 2e9))):
        for workspace, time_of in zip((first, second), times, strict=True):
            os.utime(workspace.about_path, (time_of, time_of))
        assert workspace_by_path(data_folder.resolve()) == last


@pytest.mark.parametrize("content", ["{", WITHOUT_ROOT])
def test_a_chosen_workspace_that_does_not_name_its_data_opens(
    data_folder: Path, tmp_path: Path, content: str
) -> None:
    _, workspace = open_dataset(data_folder, workspace=tmp_path / "mine")
    workspace.about_path.write_text(content)
    open_dataset(data_folder, workspace=tmp_path / "mine")
    assert json.loads(workspace.about_path.read_text())["root"] == str(data_folder)


def test_a_workspace_of_the_version_before_is_found_and_sealed(data_folder: Path) -> None:
    _, workspace = open_dataset(data_folder)
    about = json.loads(workspace.about_path.read_text())
    del about["sha256"]
    workspace.about_path.write_text(json.dumps(about))
    assert open_dataset(data_folder)[1].folder == workspace.folder
    assert "sha256" in json.loads(workspace.about_path.read_text())


def test_other_data_has_a_workspace_of_its_own(data_folder: Path, tmp_path: Path) -> None:
    _, workspace = open_dataset(data_folder)
    _, other = open_dataset(small_dataset(tmp_path / "other", patients=2))
    assert other.folder != workspace.folder


def test_a_workspace_may_be_chosen_but_not_in_the_data(data_folder: Path, tmp_path: Path) -> None:
    _, workspace = open_dataset(data_folder, workspace=tmp_path / "mine")
    assert workspace.folder == tmp_path / "mine"
    assert (tmp_path / "mine" / "index.npz").is_file()
    for inside in (data_folder, data_folder / "p00" / "mine"):
        with pytest.raises(StorageError, match="never written to"):
            open_dataset(data_folder, workspace=inside)


def test_opening_writes_nothing_into_the_data_folder(data_folder: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in data_folder.rglob("*"))
    open_dataset(data_folder)
    assert sorted((path, path.stat().st_mtime_ns) for path in data_folder.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("whole", [True, False])
def test_a_workspace_is_not_put_where_links_of_the_data_lead(tmp_path: Path, whole: bool) -> None:
    real, root = small_dataset(tmp_path / "real", patients=2), tmp_path / "data"
    root.mkdir()
    if whole:
        (root / "study").symlink_to(real)
    else:
        (root / "p00").symlink_to(real / "p00")
    with pytest.raises(StorageError, match="never written to"):
        open_dataset(root, workspace=real / "p00" / "work")
    assert not (real / "p00" / "work").exists()
