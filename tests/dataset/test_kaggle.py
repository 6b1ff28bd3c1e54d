"""The download of the data set of Kaggle: what it tells, and how it fails."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from bcviewer.dataset.kaggle import HANDLE, Arrived, download, kagglehub_installed
from bcviewer.dataset.kaggle_child import kind_of
from bcviewer.errors import Cancelled, DataError

PLACE = "place = os.path.join(os.environ['KAGGLEHUB_CACHE'], 'datasets', handle)"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a kagglehub of the test's own."""
    folder = tmp_path / "hub"
    (folder / "kagglehub").mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))
    return folder


def behave(hub: Path, *lines: str) -> None:
    body = "\n".join(f"    {line}" for line in lines)
    text = f"import os, time\n\ndef dataset_download(handle):\n{body}\n"
    (hub / "kagglehub" / "__init__.py").write_text(text)


def never() -> bool:
    return False


def ignore(arrived: Arrived) -> None:
    pass


def test_it_tells_the_stages_and_where_the_data_lie(hub: Path, tmp_path: Path) -> None:
    behave(
        hub,
        PLACE,
        "os.makedirs(place)",
        "open(os.path.join(place, '1.archive'), 'wb').write(bytes(5000))",
        "time.sleep(0.8)",
        "os.makedirs(os.path.join(place, 'versions', '1'))",
        "time.sleep(0.8)",
        "return os.path.join(place, 'versions', '1')",
    )
    told: list[Arrived] = []
    found = download(tmp_path / "to", progress=told.append, cancelled=never)
    assert found == tmp_path / "to" / "datasets" / HANDLE / "versions" / "1"
    stages = [arrived.stage for arrived in told]
    assert stages == sorted(stages, key=["connecting", "downloading", "unpacking"].index)
    assert {"downloading", "unpacking"} <= set(stages)
    assert 5000 in {arrived.done for arrived in told}


def test_a_stop_ends_the_child_at_once(hub: Path, tmp_path: Path) -> None:
    behave(hub, "time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(Cancelled):
        download(tmp_path / "to", progress=ignore, cancelled=lambda: True)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("line", "says", "hint"),
    [
        ("raise ConnectionError('x')", "cannot be reached", "Connect to the internet"),
        ("raise OSError(28, 'No space left on device')", "cannot be written", "Make room"),
        ("raise ValueError('odd\\nmore')", "has failed: odd.", "Try again later"),
        ("os._exit(3)", "ended without a word", "Try again later"),
        ("raise ModuleNotFoundError('no', name='kagglehub')", "not installed", "pip install"),
    ],
)
def test_a_failure_says_what_to_do(
    hub: Path, tmp_path: Path, line: str, says: str, hint: str
) -> None:
    behave(hub, line)
    with pytest.raises(DataError) as error:
        download(tmp_path / "to", progress=ignore, cancelled=never)
    assert says in error.value.message
    assert hint in error.value.hint


def test_a_folder_that_cannot_be_made_is_refused_before_the_download(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        download(tmp_path / "file" / "to", progress=ignore, cancelled=never)


def test_a_full_disk_is_refused_before_the_download(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behave(hub, "raise ValueError('it was asked')")
    monkeypatch.setattr("bcviewer.dataset.kaggle.room_needed", lambda: 10**18)
    with pytest.raises(DataError, match="are needed"):
        download(tmp_path / "to", progress=ignore, cancelled=never)


@pytest.mark.parametrize(("status", "kind"), [(403, "credentials"), (500, "other")])
def test_a_refusal_of_the_site_is_known_by_its_status(status: int, kind: str) -> None:
    class Answer:
        status_code = status

    class Refused(Exception):
        response = Answer()

    assert kind_of(Refused()) == kind


def test_looking_for_kagglehub_does_not_import_it() -> None:
    kagglehub_installed()
    assert "kagglehub" not in sys.modules
