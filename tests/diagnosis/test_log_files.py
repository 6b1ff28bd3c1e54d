"""The log: it rotates, it hears what nobody caught, and it never stops anything itself."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcviewer.diagnosis import log_files
from bcviewer.diagnosis.log_files import (
    KEPT,
    LOG,
    catch_uncaught,
    log_folder,
    log_tail,
    start_log,
    stop_log,
)

log = logging.getLogger("bcviewer.test")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with an open log in it."""
    handler = start_log(tmp_path / "logs")
    assert handler is not None
    yield tmp_path / "logs"
    stop_log(handler)


def test_the_log_lies_in_the_users_own_folder(
    user_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert log_folder() == user_home / "logs"
    monkeypatch.delenv("BCVIEWER_HOME")
    assert "bcviewer" in str(log_folder())


def test_the_log_begins_with_the_versions_and_ends_with_what_was_told_last(folder: Path) -> None:
    log.warning("a word")
    lines = log_tail(folder, lines=10)
    assert "Python 3." in lines[0]
    assert lines[-1].endswith("bcviewer.test: a word")


def test_the_log_does_not_grow_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for handler in logging.getLogger("bcviewer").handlers:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            monkeypatch.setattr(handler, "maxBytes", 2000)
    for number in range(400):
        log.warning("line %d", number)
    files = sorted(path.name for path in folder.iterdir())
    assert files == [LOG, *(f"{LOG}.{number}" for number in range(1, KEPT + 1))]
    assert all((folder / name).stat().st_size <= 2000 for name in files)
    assert [line[-8:] for line in log_tail(folder, lines=3)] == ["line 397", "line 398", "line 399"]


def test_what_nobody_catches_is_in_the_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    give_back = catch_uncaught()
    try:
        thread = threading.Thread(target=_fail, name="painter")
        thread.start()
        thread.join()
        try:
            _fail()
        except ZeroDivisionError as error:
            sys.excepthook(ZeroDivisionError, error, error.__traceback__)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        give_back()
    text = "\n".join(log_tail(folder, lines=100))
    assert "nobody caught this in painter" in text
    assert text.count("ZeroDivisionError: division by zero") == 2
    assert "in _fail" in text
    assert "KeyboardInterrupt" not in text
    assert "ZeroDivisionError" in capsys.readouterr().err, "the terminal hears of it too"
    assert sys.excepthook is sys.__excepthook__


def test_where_no_log_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the place of the folder")
    assert start_log(tmp_path / "logs") is None
    stop_log(None)
    assert log_tail(tmp_path / "logs", lines=5) == []


def test_a_disk_that_fails_does_not_disturb_those_who_log(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log_files._QuietFile, "format", fail)
    log.warning("a word")
    assert capsys.readouterr().err == ""


def _fail() -> None:
    _ = 1 / 0
