"""Curves leave the window raw and whole, with their split and patients: as table and picture."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.widgets.curve_export import SCALE, CurveSource, curves_csv
from bcviewer.gui.widgets.curve_menu import CurveMenu
from bcviewer.gui.widgets.curve_options import CurveOptions
from bcviewer.gui.widgets.curves import TrainingCurves
from tests.gui.training_events import epoch_done

SOURCE = CurveSource("first, run", "by patient", {"train": 145, "validation": 41})


@pytest.fixture
def curves(qtbot: QtBot, tmp_path: Path) -> Iterator[TrainingCurves]:
    """Curves of two epochs on screen; the data lie in a folder beside."""
    shown = TrainingCurves(style.light())
    qtbot.addWidget(shown)
    shown.resize(900, 240)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.set_source(replace(SOURCE, data_folder=tmp_path / "data"))
    shown.epoch_done(epoch_done(1, loss=0.7))
    shown.epoch_done(epoch_done(2, loss=0.123456789012))
    qtbot.waitUntil(lambda: not shown._timer.isActive())
    yield shown
    shown.saver.stop()


def choose(monkeypatch: pytest.MonkeyPatch, path: str) -> list[str]:
    """Answer the dialog for a file; returns what it was asked with."""
    asked = []

    def answer(parent: object, title: str, start: str, kind: str) -> tuple[str, str]:
        asked.append(start)
        return path, kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_the_table_has_each_part_and_metric_with_split_and_patients() -> None:
    (row,) = rows(curves_csv([(SOURCE, [epoch_done(1, loss=0.123456789012)])]))
    assert row["run"] == "first, run"
    assert (row["split"], row["train_patients"], row["validation_patients"]) == (
        "by patient",
        "145",
        "41",
    )
    assert (row["epoch"], row["best_epoch"]) == ("1", "1")
    assert float(row["train_loss"]) == 0.123456789012
    assert float(row["validation_balanced_accuracy"]) == 0.86
    metrics = ("loss", "accuracy", "balanced_accuracy", "auc")
    assert list(row)[-8:] == [f"{part}_{m}" for part in ("train", "validation") for m in metrics]


def test_what_is_missing_or_no_number_is_told_apart() -> None:
    odd = replace(epoch_done(1), train={"loss": math.inf}, validation={"loss": math.nan})
    (row,) = rows(curves_csv([(CurveSource("old"), [odd])]))
    assert (row["train_loss"], row["validation_loss"], row["train_auc"]) == ("inf", "nan", "")
    assert (row["split"], row["validation_patients"]) == ("", "")


def test_several_runs_share_a_table() -> None:
    other = CurveSource("second", "patch-wise (optimistic)", {"validation": 1})
    table = rows(curves_csv([(SOURCE, [epoch_done(1), epoch_done(2)]), (other, [epoch_done(1)])]))
    assert [(row["run"], row["epoch"], row["best_epoch"]) for row in table] == [
        ("first, run", "1", "0"),
        ("first, run", "2", "1"),
        ("second", "1", "1"),
    ]
    assert table[2]["split"] == "patch-wise (optimistic)"
    assert rows(curves_csv([])) == []


def test_the_words_of_a_picture_name_patients_and_split() -> None:
    assert SOURCE.words == (
        "first, run · training: 145 patients · validation: 41 patients · split by patient"
    )
    assert CurveSource("a", patients={"validation": 1}).words == (
        "a · validation: 1 patient · split unknown"
    )


@pytest.mark.parametrize(("name", "file"), [("a/b: c", "a-b-c"), ("..", "curves"), ("x", "x")])
def test_a_name_becomes_a_file_name(name: str, file: str) -> None:
    assert CurveSource(name).file_name == file


def test_the_table_is_saved_raw_whatever_the_line(
    curves: TrainingCurves, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curves.menu.strength_actions[3].trigger()
    curves.menu.log_action.trigger()
    asked = choose(monkeypatch, str(tmp_path / "kept"))
    curves.menu.csv_action.trigger()
    path = tmp_path / "kept.csv"
    qtbot.waitUntil(curves.saver.note.isVisible)
    assert asked[0].endswith("first-run-curves.csv")
    assert curves.saver.note.text() == f"Saved as {path}"
    table = rows(path.read_text(encoding="utf-8-sig"))
    assert [float(row["train_loss"]) for row in table] == [0.7, 0.123456789012]


def test_the_picture_is_large_and_not_empty(
    curves: TrainingCurves, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, str(tmp_path / "kept.png"))
    curves.menu.png_action.trigger()
    qtbot.waitUntil(curves.saver.note.isVisible)
    picture = QImage(str(tmp_path / "kept.png"))
    assert picture.width() > 1000 * SCALE
    assert picture.height() > 600 * SCALE
    line = style.light().curve_training
    found = [
        [
            picture.pixelColor(x, y).name() == line
            for y in range(top, top + picture.height() // 3, 2)
            for x in range(left, left + picture.width() // 2, 2)
        ]
        for left in (0, picture.width() // 2)
        for top in (picture.height() // 4, picture.height() * 2 // 3 - 8)
    ]
    assert all(any(quarter) for quarter in found), "each metric has a curve of training"


def test_the_data_folder_is_never_written_to(
    curves: TrainingCurves, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    choose(monkeypatch, str(tmp_path / "data" / "kept.csv"))
    curves.menu.csv_action.trigger()
    qtbot.waitUntil(curves.saver.note.isVisible)
    assert "lies in the data folder" in curves.saver.note.text()
    assert curves.saver.note.property("role") == "danger"
    assert list((tmp_path / "data").iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(
    curves: TrainingCurves, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    choose(monkeypatch, str(tmp_path / "file" / "kept.csv"))
    curves.menu.csv_action.trigger()
    qtbot.waitUntil(curves.saver.note.isVisible)
    assert curves.saver.note.text().startswith("Cannot write")


def test_a_dialog_that_is_closed_saves_nothing(
    curves: TrainingCurves, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "")
    curves.menu.csv_action.trigger()
    curves.menu.png_action.trigger()
    assert not curves.saver.note.isVisible()


def test_without_an_epoch_there_is_nothing_to_save(curves: TrainingCurves, qtbot: QtBot) -> None:
    assert curves.menu.csv_action.isEnabled()
    curves.clear()
    qtbot.waitUntil(lambda: not curves._timer.isActive())
    assert not curves.menu.csv_action.isEnabled()
    assert not curves.menu.png_action.isEnabled()


def test_the_menu_tells_what_is_chosen(qtbot: QtBot) -> None:
    menu = CurveMenu()
    qtbot.addWidget(menu)
    with qtbot.waitSignal(menu.options_changed) as told:
        menu.log_action.trigger()
    assert told.args == [CurveOptions(log_loss=True)]
    with qtbot.waitSignal(menu.options_changed) as told:
        menu.strength_actions[1].trigger()
    assert told.args == [CurveOptions(log_loss=True, smoothing=0.3)]
    assert menu.strength_actions[1].text() == "Line: smoothed 0.3"
    assert told.args[0].line_words == "smoothed 0.3"
