"""Importing at the command line: a model that every command takes, and says what is not known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bcviewer.model import imported_reading
from bcviewer.model.folder import ModelFolder
from bcviewer.model.import_process import STOPPED, ImportProcess
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.library import imported_folder, imported_models
from tests.cli.test_data_commands import run
from tests.factories import small_dataset
from tests.keras_files import write_seed_file
from tests.model.test_imported_reading import ENDLESS, write_endless_file

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_an_imported_model_is_found_and_used_and_says_what_is_not_known(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = small_dataset(tmp_path / "data", patients=2)
    source = write_seed_file(tmp_path / "old net.h5")
    assert run("import-model", source, "--threshold", "0.4", "--idc-output", "0") == 0
    said = capfd.readouterr().out
    assert "values: 0 to 255 (assumed)" in said
    assert "outputs: the first of two is IDC (chosen)" in said
    assert "not known which patients" in said
    assert list(imported_models()) == ["old-net"]
    assert run("models", "--json") == 0
    (about,) = [
        one for one in json.loads(capfd.readouterr().out)["models"] if one["kind"] == "imported"
    ]
    assert about["patients_trained"] is None
    assert about["threshold"] == 0.4
    assert about["network_input_size"] == 32
    points = about["imported"]["points"]
    assert points[0] == {"name": "input", "words": "32x32 pixels", "how": "read from the file"}
    assert points[3] == {
        "name": "outputs",
        "words": "the first of two is IDC",
        "how": "chosen",
    }
    assert run("models") == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "not known" in said
    for how in ("read from the file", "assumed", "chosen"):
        assert how in said
    assert run("evaluate", data, "--model", "old-net", "--json") == 0
    report = json.loads(capfd.readouterr().out)
    assert report["optimistic"]
    assert report["roles_unknown"]
    assert report["patients"] == 2
    assert run("evaluate", data, "--model", "old-net") == 0
    assert "May be optimistic" in capfd.readouterr().out
    out = tmp_path / "out"
    assert run("predict", data, "--model", "old-net", "--out", out, "--pictures") == 0
    (told,) = out.glob("run_metadata_*.json")
    content = json.loads(told.read_text())
    assert set(content["patients"].values()) == {"UNKNOWN"}
    assert "may have been trained on" in content["note"]
    capfd.readouterr()
    assert run("retrain-head", data, "--model", "old-net") == 1
    assert "nobody knows which patients" in capfd.readouterr().err


def test_looking_tells_what_is_read_and_what_is_assumed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_seed_file(tmp_path / "seed.h5")
    assert run("import-model", path, "--look", "--scaling", "0..1") == 0
    said = capfd.readouterr().out
    assert "input: 32x32 pixels (read from the file)" in said
    assert "values: 0 to 1 (chosen)" in said
    assert "outputs: the second of two is IDC (assumed)" in said


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (("--input-size", "96"), "takes 32x32 pixels, not 96x96"),
        (("--idc-output", "single"), "gives 2 numbers"),
        (("--scaling", "0..2"), "cannot be '0..2'"),
        (("--resizing", "cubic"), "cannot be 'cubic'"),
    ],
)
def test_wishes_that_contradict_the_file_are_refused_before_anything_is_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], wish: tuple[str, str], words: str
) -> None:
    assert run("import-model", write_seed_file(tmp_path / "seed.h5"), *wish) == 1
    assert words in capfd.readouterr().err
    assert not imported_folder().exists()


@ENDLESS
@pytest.mark.parametrize("options", [("--look",), (), ("--json",)])
def test_a_file_that_never_ends_does_not_hang_the_command(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    monkeypatch.setattr(imported_reading, "READING_SECONDS", 2.0)
    assert run("import-model", write_endless_file(tmp_path / "endless.h5"), *options) == 1
    said = capfd.readouterr()
    assert "took longer than 2 s, so it is damaged" in said.out + said.err
    assert not imported_folder().exists()


def test_a_folder_that_is_there_already_stays_as_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "model"
    kept.mkdir()
    assert run("import-model", write_seed_file(tmp_path / "seed.h5"), "--to", kept) == 1
    assert "exists already" in capfd.readouterr().err
    assert list(kept.iterdir()) == []


def test_the_child_process_tells_steps_and_one_ending(tmp_path: Path) -> None:
    task = ImportTask(write_seed_file(tmp_path / "--name.h5"), tmp_path / "made", name="-x y")
    *steps, last = ImportProcess(task).lines()
    assert {line.event for line in steps} == {"progress"}
    assert last.event == "imported"
    assert ModelFolder.open(Path(last.content["model"])).card.name == "-x y"
    (looked,) = ImportProcess(task, look=True).lines()
    assert looked.event == "looked"
    assert np.shape(looked.content["points"]) == (4, 3)


def test_a_child_that_crashes_or_is_stopped_is_told_in_words(tmp_path: Path) -> None:
    task = ImportTask(tmp_path / "missing.h5")
    (missing,) = ImportProcess(task).lines()
    assert (missing.event, "cannot be read" in missing.text) == ("failed", True)
    (crashed,) = ImportProcess(task, command=["sh", "-c", "kill -SEGV $$"]).lines()
    assert "made it crash" in crashed.text
    (silent,) = ImportProcess(task, command=["sh", "-c", "echo oh no >&2; exit 3"]).lines()
    assert "oh no" in silent.text
    stopped = ImportProcess(task)
    stopped.kill()
    assert [line.event for line in stopped.lines()] == [STOPPED]
