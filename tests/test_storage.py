"""A save never harms the last good file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from bcviewer.errors import StorageError
from bcviewer.storage import (
    atomic_file,
    parse_json,
    read_bounded,
    read_json,
    write_json,
    write_text,
)


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


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not flushed there")
def test_a_save_is_on_the_disk_before_its_rename_and_the_rename_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that loses its power in between has the old file or the new one."""
    path, flushed, fsync = tmp_path / "file.txt", [], os.fsync
    write_text(path, "good")

    def noting(handle: int) -> None:
        flushed.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.read_text()))
        fsync(handle)

    monkeypatch.setattr("bcviewer.storage.os.fsync", noting)
    write_text(path, "better")
    assert flushed == [(False, "good"), (True, "better")]


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


def test_names_that_are_no_text_come_back_from_json(tmp_path: Path) -> None:
    path, about = tmp_path / "file.json", {"kind": "a", "version": 1, "patient": "p\udcff é"}
    write_json(path, about)
    assert read_json(path, kind="a", version=1) == about
    write_json(path, {**about, "patient": "é"})
    assert "é" in path.read_text(encoding="utf-8"), "people can read it where that is possible"


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no plain file"):
        read_bounded(tmp_path, most=10)
    with pytest.raises(StorageError, match="null byte"):
        read_bounded(tmp_path / "a\0b", most=10)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(StorageError, match="no plain file"):
            read_bounded(tmp_path / "pipe", most=10)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1_000_000)
    assert len(read_bounded(path, most=1_000_000)) == 1_000_000
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(StorageError, match="larger than 1 MB"):
        read_bounded(path, most=1_000_000)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a file that tells no size")
def test_a_file_that_tells_no_size_is_read_and_bounded() -> None:
    assert b"VmSize" in read_bounded(Path("/proc/self/status"), most=100_000)
    with pytest.raises(StorageError, match="larger"):
        read_bounded(Path("/proc/self/status"), most=10)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b"[" + b"[]," * 4_000_000 + b"[]]", "more than 4,000,000 values"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"9" * 5000, "4300"),
        (b"", "Expecting value"),
    ],
)
def test_json_that_cannot_be_held_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_json(content)


def test_long_versions_are_cut(tmp_path: Path) -> None:
    write_json(tmp_path / "file.json", {"kind": "a", "version": "x" * 100_000})
    with pytest.raises(StorageError) as refused:
        read_json(tmp_path / "file.json", kind="a", version=1)
    assert len(str(refused.value)) < 400
