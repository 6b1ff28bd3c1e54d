"""The program listens on no port: no window, no training, no import."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bcviewer.diagnosis.running import ABOUT
from bcviewer.model.job import make_job, write_job
from tests.factories import small_dataset
from tests.keras_files import write_seed_file

WAIT_SECONDS = 240


@contextmanager
def program(*arguments: str, home: Path) -> Iterator[psutil.Process]:
    """The program, in a process of its own."""
    child = subprocess.Popen(
        [sys.executable, "-m", "bcviewer", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BCVIEWER_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield psutil.Process(child.pid)
    finally:
        child.kill()
        child.wait()


def ports(process: psutil.Process) -> list[str]:
    """All that a process and its children have open to other machines, or listen on."""
    found = []
    for each in [process, *process.children(recursive=True)]:
        try:
            found += [str(each_) for each_ in each.net_connections(kind="inet")]
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:
            pytest.skip("the connections of a process may not be looked at here")
    return found


def test_a_window_opens_no_port(tmp_path: Path, data_folder: Path) -> None:
    home = tmp_path / "home"
    with program("gui", str(data_folder), home=home) as window:
        seen: list[str] = []
        ends = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < ends and not opened(home):
            seen += ports(window)
            time.sleep(0.1)
        assert opened(home), "the window did not open its data"
        for _ in range(10):  # predictions run now
            seen += ports(window)
            time.sleep(0.1)
        assert window.is_running()
    assert seen == []


def opened(home: Path) -> bool:
    marks = (home / "logs" / "running").glob(f"*/{ABOUT}")
    return any('"labels": "' in mark.read_text() for mark in marks)


@pytest.mark.slow
def test_a_training_opens_no_port(tmp_path: Path) -> None:
    run = tmp_path / "run"
    job = make_job(
        {
            "folder": str(small_dataset(tmp_path / "data", patients=4)),
            "run": str(run),
            "model": "simple_cnn",
            "epochs": 1000,
            "batch_size": 8,
        }
    )
    write_job(tmp_path / "job.json", job)
    with program("train", "--job", str(tmp_path / "job.json"), home=tmp_path / "home") as training:
        seen: list[str] = []
        ends = time.monotonic() + WAIT_SECONDS
        history = run / "history.jsonl"
        while time.monotonic() < ends and not history.exists():
            seen += ports(training)
            time.sleep(0.1)
        assert history.exists(), "no epoch was done"
    assert seen == []


def test_an_import_opens_no_port(tmp_path: Path) -> None:
    old = write_seed_file(tmp_path / "old.h5")
    home = tmp_path / "home"
    with program("import-model", str(old), home=home) as importing:
        seen: list[str] = []
        ends = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < ends and importing.status() != psutil.STATUS_ZOMBIE:
            seen += ports(importing)
            time.sleep(0.1)
    assert list((home / "models").iterdir()), "nothing was imported"
    assert seen == []


def test_no_code_of_ours_makes_a_server() -> None:
    """Nobody imports what listens; what fetches is named, and asked for before."""
    package = Path(__file__).parent.parent.parent / "bcviewer"
    listening = (
        "socketserver",
        "http.server",
        "xmlrpc",
        "QtNetwork",
        "asyncio",
        "flask",
        "aiohttp",
    )
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in listening:
            assert f"import {word}" not in text, f"{path} imports {word}"
            assert f"from {word}" not in text, f"{path} imports {word}"
        assert ".listen(" not in text
