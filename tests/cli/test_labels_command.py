"""Labels from the command line: out, in, the log, and how far readers agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.cli import main
from bcviewer.dataset.opening import open_dataset
from tests.annotation.data import change_behind_its_back


@pytest.fixture
def place(data_folder: Path, tmp_path: Path) -> Path:
    """A workspace where Ann and Bob have labelled."""
    dataset, workspace = open_dataset(data_folder, workspace=tmp_path / "work")
    for reader, labels in (("Ann", (Label.IDC, Label.NOT_IDC)), ("Bob", (Label.IDC, Label.IDC))):
        book = LabelBook(workspace.labels_path, dataset, reader=reader)
        book.label(np.arange(6), labels[0])
        book.label(np.arange(20, 24), labels[1])
        book.label(np.array([50]), Label.UNSURE)
        book.undo()
        book.close()
    return workspace.folder


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["labels", *map(str, arguments)])
    return int(ended.value.code or 0)


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert run(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_labels_go_out_and_into_another_workspace(
    place: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "labels.csv"
    about = told(capsys, "export", data_folder, "--workspace", place, "--to", table)
    assert about["labels"] == 10
    new = ("--workspace", tmp_path / "new")
    seen = told(capsys, "import", data_folder, table, "--dry-run", *new)
    assert (seen["changes"], seen["same"], seen["dry_run"]) == (10, 0, True)
    assert not (tmp_path / "new" / "labels.sqlite").exists()
    assert told(capsys, "import", data_folder, table, "--reader", "Eve", *new)["changes"] == 10
    assert told(capsys, "import", data_folder, table, *new)["changes"] == 0
    log = told(capsys, "log", data_folder, *new)
    assert {entry["reader"] for entry in log["entries"]} == {"Eve"}
    assert {entry["reason"] for entry in log["entries"]} == {"import labels.csv"}
    assert (
        log["fingerprint"] == told(capsys, "log", data_folder, "--workspace", place)["fingerprint"]
    )


def test_what_is_whole_of_a_damaged_log_goes_out(
    place: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "UPDATE changes SET new = 3 WHERE stroke = 1"
    change_behind_its_back(place / "labels.sqlite", "changes", first)
    where = ("export", data_folder, "--workspace", place, "--to")
    assert run(*where, tmp_path / "all.csv") != 0
    assert "--salvage" in capsys.readouterr().err
    about = told(capsys, *where, tmp_path / "whole.json", "--salvage")
    assert (about["spoilt_strokes"], about["labels"]) == ([1], 10), "Bob said the same"
    assert run(*where, tmp_path / "whole.csv", "--salvage") == 0
    assert "not as they were written: strokes 1." in capsys.readouterr().out


@pytest.mark.parametrize("form", ["geojson", "regions"])
def test_polygons_go_out_and_come_back(
    place: Path,
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    form: str,
) -> None:
    out = tmp_path / "polygons"
    told(capsys, "export", data_folder, "--workspace", place, "--to", out, "--format", form)
    assert sorted(path.name for path in out.iterdir()) == ["p00.geojson", "p01.geojson"]
    changes = [
        told(capsys, "import", data_folder, path, "--workspace", tmp_path / "new")["changes"]
        for path in sorted(out.iterdir())
    ]
    assert changes == [6, 4]


@pytest.mark.parametrize("form", ["csv", "log"])
def test_no_export_is_written_over_a_label_log(
    place: Path, data_folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    log = place / "labels.sqlite"
    before = told(capsys, "log", data_folder, "--workspace", place)
    where = ("export", data_folder, "--workspace", place, "--format", form, "--to")
    assert run(*where, log) == 1
    assert "Choose another name." in capsys.readouterr().err
    assert told(capsys, "log", data_folder, "--workspace", place) == before


@pytest.mark.parametrize("form", ["geojson", "regions"])
def test_what_was_changed_in_another_program_is_not_written_over(
    place: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    out = tmp_path / "polygons"
    where = ("export", data_folder, "--workspace", place, "--to", out, "--format", form)
    told(capsys, *where)
    told(capsys, *where)  # over its own files it is
    first, second = sorted(out.iterdir())
    drawn = json.loads(second.read_text())
    del drawn["bcviewer"]  # as QuPath writes it
    second.write_text(json.dumps(drawn))
    first.write_text(first.read_text() + " ")
    assert run(*where) == 1
    assert "p01.geojson" in capsys.readouterr().err
    assert json.loads(second.read_text()) == drawn
    assert first.read_text().endswith(" "), "nothing is written by halves"


def test_folders_and_the_log_go_out(
    place: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ("--workspace", place)
    out = tmp_path / "corrected"
    assert (
        told(capsys, "export", data_folder, *there, "--to", out, "--format", "folders")["patches"]
        == 120
    )
    assert run("export", data_folder, *there, "--to", out, "--format", "folders") == 1
    assert "there already" in capsys.readouterr().err
    told(capsys, "export", data_folder, *there, "--to", tmp_path / "log.csv", "--format", "log")
    assert len((tmp_path / "log.csv").read_text().splitlines()) == 1 + 2 * (6 + 4 + 1 + 1)
    assert run("export", data_folder, *there, "--to", data_folder / "x.csv") == 1
    assert "data folder" in capsys.readouterr().err


def test_the_log_reads_well(
    place: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("log", data_folder, "--workspace", place) == 0
    shown = capsys.readouterr().out
    assert "IDC: 6 patches of p00" in shown
    assert "Undo unsure" in shown
    assert "(undone)" in shown
    assert "confirmed" in shown


def test_readers_are_compared(
    place: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pair,) = told(capsys, "agreement", data_folder, "--workspace", place)["pairs"]
    assert pair["readers"] == ["Ann", "Bob"]
    assert (pair["patches"], pair["same"], pair["kappa"]) == (10, 6, 0)
    assert {place["patient"] for place in pair["disagreed"]} == {"p01"}
    assert run("agreement", data_folder, "--workspace", place) == 0
    assert "Ann / Bob" in capsys.readouterr().out
    assert run("agreement", data_folder, "--workspace", place, "--blind") == 0
    assert "No two readers" in capsys.readouterr().out


def test_a_workspace_without_labels_says_so(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("log", data_folder, "--workspace", tmp_path / "none") == 0
    assert "Nobody has labelled" in capsys.readouterr().out
    (tmp_path / "bad.csv").write_text("a,b\n")
    assert run("import", data_folder, tmp_path / "bad.csv", "--workspace", tmp_path / "none") == 1
    assert "no column" in capsys.readouterr().err
