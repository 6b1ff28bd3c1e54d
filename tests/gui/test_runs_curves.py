"""The curves of several runs share the options and the export of those of one training."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.widgets.curve_options import smoothed
from bcviewer.gui.widgets.runs_curves import CHOICES, RunsCurves
from bcviewer.gui.widgets.runs_lines import run_line
from bcviewer.gui.widgets.runs_plot import drawn_run
from bcviewer.gui.workers.runs_worker import RunCurve, RunsWorker
from bcviewer.model.event_log import append_event
from bcviewer.model.events import EpochSteps
from bcviewer.model.runs import read_history, read_run
from tests.gui.conftest import WAIT_MS
from tests.run_folders import prepared, write_run

SCORES = ((0.6, 0.9, 0.5, 0.8), (0.7, 0.75))


@pytest.fixture
def curves(qtbot: QtBot, tmp_path: Path) -> Iterator[RunsCurves]:
    """The curves of two runs on screen, of which the second was split patch-wise."""
    shown = RunsCurves(style.light())
    qtbot.addWidget(shown)
    shown.resize(500, 240)
    with qtbot.waitExposed(shown):
        shown.show()
    titles = ("by patient", "patch-wise (optimistic)")
    drawn = []
    for slot, (scores, title) in enumerate(zip(SCORES, titles, strict=True)):
        path = write_run(tmp_path / f"run{slot}", scores, events=(prepared(split_title=title),))
        run = RunCurve(read_run(path), read_history(path))
        drawn.append(drawn_run(run, run_line(slot, style.light())))
    shown.show_runs(drawn)
    yield shown
    shown.saver.stop()


def test_smoothing_leaves_the_points_of_each_run(curves: RunsCurves) -> None:
    points = curves.plot.drawn_points()
    curves.menu.strength_actions[3].trigger()
    assert curves.plot.drawn_points() == points
    lines = [curve.getData()[1] for curve in curves.plot._curves[::3]]
    for line, scores in zip(lines, SCORES, strict=True):
        assert line.tolist() == pytest.approx(smoothed(np.array(scores), 0.9).tolist())
    assert curves._title.text() == "Validation · smoothed 0.9"


def test_the_log_axis_is_for_the_loss_alone(curves: RunsCurves) -> None:
    points = curves.plot.drawn_points()
    curves.menu.log_action.trigger()
    assert curves.plot.drawn_points() == points
    curves.choice.button(CHOICES.index("loss")).click()
    losses = np.array([value for _, value in curves.plot.drawn_points()[0]])
    assert losses.tolist() == pytest.approx(np.log10(1.1 - np.array(SCORES[0])).tolist())


def test_the_table_has_all_runs_each_with_its_split(curves: RunsCurves) -> None:
    rows = list(csv.DictReader(curves.table().splitlines()))
    assert [row["run"] for row in rows] == ["run0"] * 4 + ["run1"] * 2
    assert {row["split"] for row in rows[4:]} == {"patch-wise (optimistic)"}
    assert {row["validation_patients"] for row in rows} == {"21"}
    assert [float(row["validation_balanced_accuracy"]) for row in rows[:4]] == list(SCORES[0])
    assert [row["best_epoch"] for row in rows] == ["0", "1", "0", "0", "0", "1"]


def test_the_steps_that_runs_have_kept_are_saved_and_of_old_runs_there_are_none(
    curves: RunsCurves, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not curves.menu.steps_action.isVisible(), "both runs are of an older version"
    append_event(tmp_path / "run0" / "steps.jsonl", EpochSteps(2, 300, (7, 9), (0.6, 3.5)))
    runs = RunsWorker(tmp_path).work().runs
    curves.show_runs([drawn_run(run, run_line(0, style.light())) for run in runs])
    assert curves.menu.steps_action.isVisible()
    path = tmp_path / "steps.csv"
    monkeypatch.setattr(curves.saver, "ask", lambda *_: path)
    curves.menu.steps_action.trigger()
    qtbot.waitUntil(path.exists, timeout=WAIT_MS)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    told = [(row["run"], row["epoch"], row["step"], row["train_loss"]) for row in rows]
    assert told == [("run0", "2", "7", "0.6"), ("run0", "2", "9", "3.5")]


def test_the_picture_is_painted_in_steps(curves: RunsCurves) -> None:
    steps = list(curves.picture())
    assert len(steps) == 5, "the head, and four metrics"
    assert not steps[-1].isNull()


def test_without_runs_there_is_nothing_to_save(curves: RunsCurves) -> None:
    assert curves.menu.png_action.isEnabled()
    curves.show_runs([])
    assert not curves.menu.png_action.isEnabled()
    assert not curves.menu.csv_action.isEnabled()
