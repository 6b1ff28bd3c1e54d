"""A save never harms the last good file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.errors import StorageError
from bcviewer.storage import atomic_file, read_json, write_json, write_text


def test_a_failed_save_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_text(path, "good")
    with pytest.raises(ZeroDivisionError), atomic_file(path) as beside:
        beside.write_text("half")
        1 / 0  # noqa: B018
    assert path.read_text() == "good"
    assert list(tmp_path.iterdir()) == [path]


def test_no_room_is_said_and_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    write_text(path, "good")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bcviewer.storage.os.fsync", full)
    with pytest.raises(StorageError, match="No space left on device.*disk has room"):
        write_text(path, "better")
    assert path.read_text() == "good"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    with pytest.raises(StorageError, match="Cannot write"):
        write_text(tmp_path / "in the way" / "file.txt", "text")


def test_json_of_another_kind_or_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_json(path, {"kind": "fruit", "version": 2, "name": "Quitte"})
    assert read_json(path, kind="fruit", version=2)["name"] == "Quitte"
    with pytest.raises(StorageError, match="not a vegetable file"):
        read_json(path, kind="vegetable", version=2)
    with pytest.raises(StorageError, match="version 2; this bcviewer reads 1"):
        read_json(path, kind="fruit", version=1)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(StorageError, match="not a JSON file"):
        read_json(path, kind="fruit", version=1)
