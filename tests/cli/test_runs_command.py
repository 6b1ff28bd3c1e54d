"""The command that lists trainings, as a table and as JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from bcviewer.cli import main, runs_command
from bcviewer.dataset.opening import open_dataset
from bcviewer.errors import StorageError
from bcviewer.model.events import Failed
from bcviewer.model.run_lock import held
from bcviewer.model.runs import read_run
from bcviewer.model.runs_changes import delete_run, rename_run
from tests.run_folders import prepared, write_run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a finished, a failed and an unreadable run."""
    runs = tmp_path / "workspace" / "runs"
    first = write_run(runs / "2026-01-01-100000-simple_cnn", (0.7, 0.8), card=True)
    rename_run(read_run(first), "baseline")
    failed = (prepared(), Failed("The disk is full."))
    write_run(runs / "2026-01-02-100000-simple_cnn", (0.6,), events=failed)
    (write_run(runs / "2026-01-03-100000-simple_cnn") / "job.json").write_text("{")
    return tmp_path / "workspace"


def shown(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_table_tells_scores_patients_and_state(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs_command.runs(workspace=workspace)
    lines = shown(capsys)
    assert lines[1].split()[:3] == ["Run", "Started", "Model"]
    assert "unreadable" in lines[2]
    assert lines[3].split()[-1] == "failed"
    finished = "2026-01-01 10:00 simple_cnn by patient 2/10 0.800 0.850 21 finished baseline"
    assert " ".join(lines[4].split()) == f"2026-01-01-100000-simple_cnn {finished}"
    assert lines[-1] == "2026-01-02-100000-simple_cnn: The disk is full."


def test_as_json_every_run_is_told_whole(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs_command.runs(workspace=workspace, as_json=True)
    told = json.loads(capsys.readouterr().out)["runs"]
    assert [run["state"] for run in told] == ["interrupted", "failed", "finished"]
    assert told[0]["problem"]
    assert told[1]["resumable"]
    assert told[2]["name"] == "baseline"
    assert told[2]["validation"]["balanced_accuracy"] == 0.8
    assert told[2]["patients"]["validation"] == 21


def test_a_data_folder_finds_its_own_workspace(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, place = open_dataset(data_folder)
    runs_command.runs(data_folder)
    assert shown(capsys)[0].startswith("There are no runs in ")
    write_run(place.runs_folder / "one", (0.7,))
    runs_command.runs(data_folder)
    assert shown(capsys)[-1].startswith("one ")


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (runs_command.runs, typer.BadParameter, "give a data folder"),
        (
            lambda: runs_command.runs(workspace=Path("nowhere")),
            StorageError,
            "no workspace nowhere",
        ),
    ],
)
def test_without_a_place_the_command_says_what_it_needs(
    call: Callable[[], None], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        call()


def started(*words: object) -> int:
    """Run the program with these arguments; returns its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(end.value.code or 0)


def test_the_trash_is_told_and_emptied_only_when_told_so(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trashed = delete_run(read_run(workspace / "runs" / "2026-01-01-100000-simple_cnn"))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))  # no terminal
    place = ("--workspace", workspace)
    assert started("runs", *place) == 0
    assert re.search(r"Trash: 1 deleted run, [\d.]+ MB\.", capsys.readouterr().out)
    assert started("runs", "empty-trash", *place) == 1
    assert "say --yes" in capsys.readouterr().err
    assert trashed.path.is_dir()
    assert started("runs", "empty-trash", *place, "--yes") == 0
    assert "baseline" in capsys.readouterr().out
    assert not trashed.path.exists()
    assert started("runs", "empty-trash", *place) == 0
    assert "is empty" in capsys.readouterr().out


def test_the_command_lists_without_being_told_to(
    workspace: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("list",), ()):
        assert started("runs", *words, "--workspace", workspace, "--json") == 0
        assert len(json.loads(capsys.readouterr().out)["runs"]) == 3
    assert started("runs", data_folder) == 0
    assert "There are no runs" in capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def test_a_run_is_renamed_deleted_and_brought_back(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = workspace / "runs"
    one, other = runs / "2026-01-01-100000-simple_cnn", runs / "2026-01-02-100000-simple_cnn"
    assert started("runs", "rename", one, "lower rate") == 0
    assert "is called lower rate now" in capsys.readouterr().out
    assert started("runs", "rename", other, "quick", "--json") == 0
    assert told(capsys)["name"] == "quick"
    assert started("runs", "delete", one, other) == 0
    assert "lower rate is in the trash" in capsys.readouterr().out
    assert not one.exists()
    assert started("runs", "undo", "--workspace", workspace, "--run", "lower rate") == 0
    assert "lower rate is back" in capsys.readouterr().out
    assert started("runs", "undo", "--workspace", workspace, "--json") == 0
    assert told(capsys)["path"] == str(other)
    assert started("runs", "delete", one, "--json") == 0
    assert told(capsys)["deleted"][0]["path"] == str(one)
    assert started("runs", "undo", "--workspace", workspace, "--run", "nobody") == 1
    assert one.name in capsys.readouterr().err


def test_what_is_no_run_or_still_runs_is_left_alone(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    for words in (("rename", tmp_path / "mine", "x"), ("delete", tmp_path / "mine")):
        assert started("runs", *words) == 1
        assert "is not the folder of a run" in capsys.readouterr().err
    assert list((tmp_path / "mine").iterdir()) == []
    one, other = sorted((workspace / "runs").iterdir())[:2]
    with held(other):
        assert started("runs", "delete", one, other) == 1
    assert "still running" in capsys.readouterr().err
    assert one.is_dir(), "all or none"


def test_runs_are_compared_by_scores_and_by_the_settings_that_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write_run(tmp_path / "one", (0.7, 0.8), card=True, learning_rate=0.01)
    other = write_run(tmp_path / "other", (0.7, 0.9), batch_size=32, learning_rate=0.01)
    assert started("runs", "compare", one) == 2
    capsys.readouterr()
    assert started("runs", "compare", one, other) == 0
    out = capsys.readouterr().out
    lines = [line.split() for line in out.splitlines()]
    assert ["Bal.", "acc.", "0.800", "0.900"] in lines
    assert ["batch_size", "64", "32"] in lines
    assert "learning_rate" not in out
    for run, patients in ((one, ["a", "b"]), (other, ["a", "c"])):
        split = {"data": "1", "patients": {"validation": patients}, "patches": None}
        (run / "split.json").write_text(json.dumps(split))
    assert started("runs", "compare", one, other, "--json") == 0
    found = told(capsys)
    assert (found["differ"], found["same_validation"]) == (["batch_size"], False)
    assert [len(run["curve"]) for run in found["runs"]] == [2, 2]
    assert found["runs"][1]["settings"]["batch_size"] == 32
    started("runs", "compare", one, other)
    assert "their scores do not compare" not in out
    assert "scores do not compare" in capsys.readouterr().out
