"""The curves tell what the training told: every point, live, at any length, and nothing more."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.widgets.curve_legend import ENTRIES
from bcviewer.gui.widgets.curve_options import STRENGTHS, smoothed
from bcviewer.gui.widgets.curve_plot import CurvePlot
from bcviewer.gui.widgets.curve_points import (
    LIMIT,
    EpochPoints,
    StepPoints,
    epoch_ticks,
    log_ticks,
    value_ticks,
)
from bcviewer.gui.widgets.curves import EMPTY, TrainingCurves
from bcviewer.model.events import EpochSteps
from tests.gui.training_events import epoch_done, step


@pytest.fixture
def curves(qtbot: QtBot) -> TrainingCurves:
    """Curves on screen, without a point."""
    shown = TrainingCurves(style.light())
    qtbot.addWidget(shown)
    shown.resize(900, 240)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def drawn(plot: CurvePlot, title: str) -> list[tuple[float, float]]:
    """The points of a curve as pyqtgraph has them."""
    x, y = getattr(plot, f"_{title}").getData()
    return [] if x is None else [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def settle(qtbot: QtBot, curves: TrainingCurves) -> None:
    qtbot.waitUntil(lambda: not curves._timer.isActive())


def test_without_a_training_a_sentence_says_what_will_be_here(curves: TrainingCurves) -> None:
    assert curves._empty.isVisible()
    assert curves._empty.text() == EMPTY
    assert not curves.loss_plot.widget.isVisible()


def test_every_epoch_is_drawn_as_it_was_told(curves: TrainingCurves, qtbot: QtBot) -> None:
    for number, loss in enumerate((0.7, 0.5, 0.6), start=1):
        curves.epoch_done(epoch_done(number, loss=loss, best=min(number, 2)))
    settle(qtbot, curves)
    assert curves.loss_plot.widget.isVisible()
    assert not curves._empty.isVisible()
    assert drawn(curves.loss_plot, "train") == [(1, 0.7), (2, 0.5), (3, 0.6)]
    validation = np.array(drawn(curves.loss_plot, "validation"))
    assert np.allclose(validation, [(1, 0.8), (2, 0.6), (3, 0.7)])
    assert drawn(curves.metric_plot, "train") == [(1, 0.9), (2, 0.9), (3, 0.9)]


def test_the_best_epoch_is_marked_on_its_validation_point(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    for number, best in ((1, 1), (2, 2), (3, 2)):
        curves.epoch_done(epoch_done(number, best=best, loss=number / 10))
    settle(qtbot, curves)
    plot = curves.loss_plot
    assert np.allclose(drawn(plot, "best_mark"), [(2, 0.3)])
    assert plot._best_line.isVisible()
    assert plot._best_line.value() == 2


def test_steps_stand_at_fractions_of_their_epoch(curves: TrainingCurves, qtbot: QtBot) -> None:
    curves.step_done(step(1, 150, loss=0.9))
    curves.step_done(step(1, 300, loss=0.8))
    curves.step_done(step(2, 75, loss=0.7))
    settle(qtbot, curves)
    assert drawn(curves.loss_plot, "steps") == [(0.5, 0.9), (1.0, 0.8), (1.25, 0.7)]


def test_the_loss_of_each_step_is_a_dot_however_often_it_is_told(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.step_done(step(1, 2, steps=4, losses=(0.9, 0.7)))
    curves.step_done(step(1, 3, steps=4, losses=(0.9, 0.7, 0.2)))
    curves.step_done(step(2, 1, steps=4, losses=(0.3, math.nan)))
    settle(qtbot, curves)
    assert drawn(curves.loss_plot, "dots") == [(0.25, 0.9), (0.5, 0.7), (0.75, 0.2), (1.0, 0.3)]
    assert drawn(curves.metric_plot, "dots") == []
    table = list(csv.DictReader(curves.steps_table().splitlines()))
    told = [(row["epoch"], row["step"], row["train_loss"]) for row in table]
    assert told[2:] == [("1", "3", "0.2"), ("1", "4", "0.3"), ("2", "1", "nan")]
    assert curves.menu.steps_action.isVisible()
    curves.clear()
    settle(qtbot, curves)
    assert not curves.menu.steps_action.isVisible()


def test_kept_steps_come_before_those_of_now_and_give_way_where_the_training_went_back(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.steps_kept(EpochSteps(1, 4, (1, 3), (0.9, 0.7)))
    curves.steps_kept(EpochSteps(2, 4, (2, 4), (0.6, 0.5)))
    curves.step_done(step(3, 1, steps=4, losses=(0.55, 0.4)))
    table = list(csv.DictReader(curves.steps_table().splitlines()))
    told = [(row["epoch"], row["step"], row["train_loss"]) for row in table]
    assert told[:2] == [("1", "1", "0.9"), ("1", "3", "0.7")]
    assert told[2:] == [("2", "2", "0.6"), ("2", "4", "0.5"), ("3", "1", "0.4")]
    curves.step_done(step(2, 1, steps=4, losses=(0.8,)))
    settle(qtbot, curves)
    assert drawn(curves.loss_plot, "dots") == [(0.25, 0.9), (0.75, 0.7), (1.25, 0.8)]


def test_the_user_chooses_the_metric(curves: TrainingCurves, qtbot: QtBot) -> None:
    curves.step_done(step(1, 10))
    curves.epoch_done(epoch_done(1, balanced=0.77))
    settle(qtbot, curves)
    for number, expected in ((1, 0.77), (2, 0.93), (0, 0.85)):
        QTest.mouseClick(curves._choice.button(number), Qt.MouseButton.LeftButton)
        assert drawn(curves.metric_plot, "validation") == [(1, expected)]
    for number, expected in ((1, 0.87), (2, 0.95)):
        QTest.mouseClick(curves._choice.button(number), Qt.MouseButton.LeftButton)
        assert drawn(curves.metric_plot, "train") == [(1, expected)]
        assert drawn(curves.metric_plot, "steps") == [], "these are not told within an epoch"


def test_a_run_of_an_older_version_has_no_auc_of_training(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.epoch_done(replace(epoch_done(1), train={"loss": 0.4, "accuracy": 0.9}))
    settle(qtbot, curves)
    QTest.mouseClick(curves._choice.button(2), Qt.MouseButton.LeftButton)
    assert drawn(curves.metric_plot, "train") == []
    assert curves.read_out(1).count("–") == 2


def test_a_log_axis_is_for_the_loss_alone(curves: TrainingCurves, qtbot: QtBot) -> None:
    curves.step_done(step(1, 300, loss=0.001))
    for number, loss in enumerate((1.0, 0.1, 0.0), start=1):
        curves.epoch_done(epoch_done(number, loss=loss, best=2))
    settle(qtbot, curves)
    curves.menu.log_action.trigger()
    plot = curves.loss_plot
    assert drawn(plot, "steps") == [(1, -3)]
    assert drawn(plot, "train")[:2] == [(1, 0), (2, -1)]
    assert math.isnan(drawn(plot, "train")[2][1]), "0 has no place on a logarithmic axis"
    assert np.allclose(drawn(plot, "best_mark"), [(2, math.log10(0.2))])
    labels = plot._item.getAxis("left")._tickLevels[0]
    assert {"0.001", "0.01", "0.1", "1"} <= {text for _, text in labels}
    assert all(place == pytest.approx(math.log10(float(text))) for place, text in labels)
    assert drawn(curves.metric_plot, "train")[0] == (1, 0.9)
    curves.menu.log_action.trigger()
    assert drawn(plot, "train") == [(1, 1.0), (2, 0.1), (3, 0.0)]


def test_smoothing_moves_the_line_and_leaves_every_point(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.set_title("validation: 41 patients, split by patient")
    losses = (0.9, 0.1, 0.9, 0.1)
    for number, loss in enumerate(losses, start=1):
        curves.epoch_done(epoch_done(number, loss=loss))
    settle(qtbot, curves)
    points = list(enumerate(losses, start=1))
    assert drawn(curves.loss_plot, "train_line") == points
    curves.menu.strength_actions[2].trigger()
    assert drawn(curves.loss_plot, "train") == points
    line = drawn(curves.loss_plot, "train_line")
    assert [value for _, value in line] == pytest.approx(smoothed(np.array(losses), 0.6).tolist())
    assert line != points
    assert curves._title.text().startswith("smoothed 0.6 · validation: 41 patients")
    curves.menu.strength_actions[0].trigger()
    assert drawn(curves.loss_plot, "train_line") == points
    assert "smoothed" not in curves._title.text()


@given(st.lists(st.floats(0.001, 10) | st.just(math.nan), max_size=40), st.sampled_from(STRENGTHS))
def test_a_smoothed_line_stays_between_its_points(values: list[float], strength: float) -> None:
    given_ = np.array(values, np.float64)
    found = smoothed(given_, strength)
    known = np.isfinite(given_)
    assert (np.isfinite(found) == known).all()
    for place in np.flatnonzero(known):
        past = given_[: place + 1][known[: place + 1]]
        assert past.min() - 1e-9 <= found[place] <= past.max() + 1e-9
    if not strength:
        assert np.allclose(found[known], given_[known])


def test_a_loss_that_is_no_number_leaves_a_gap_and_the_rest(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    for number, loss in enumerate((0.5, math.nan, math.inf, 0.4), start=1):
        curves.epoch_done(epoch_done(number, loss=loss, best=1))
    curves.step_done(step(5, 1, loss=math.nan))
    settle(qtbot, curves)
    points = drawn(curves.loss_plot, "train")
    assert [x for x, y in points if math.isfinite(y)] == [1, 4]
    low, high = curves.loss_plot._item.viewRange()[1]
    assert low < 0.4
    assert 0.6 < high < 1
    assert "not a number" in curves.read_out(2)


def hover(plot: CurvePlot, place: QPointF) -> None:
    """Move the pointer to a place of a plot's axes, from elsewhere."""
    there = plot.widget.mapFromScene(plot._item.getViewBox().mapViewToScene(place))
    QTest.mouseMove(plot.widget.viewport(), QPoint(3, 3))
    QTest.mouseMove(plot.widget.viewport(), there)


def wait_for_words(qtbot: QtBot, curves: TrainingCurves, words: str) -> None:
    qtbot.waitUntil(lambda: words in curves._read_out.text(), timeout=20_000)


def test_hovering_reads_the_nearest_epoch(curves: TrainingCurves, qtbot: QtBot) -> None:
    for number in range(1, 6):
        curves.epoch_done(epoch_done(number, best=3, loss=number / 10))
    settle(qtbot, curves)
    plot = curves.loss_plot
    view = plot._item.getViewBox()
    place = plot.widget.mapFromScene(view.mapViewToScene(QPoint(3, 0).toPointF()))
    QTest.mouseMove(plot.widget.viewport(), place - QPoint(4, 20))
    qtbot.waitUntil(curves._read_out.isVisible)
    text = curves._read_out.text()
    assert "epoch 3 (best)" in text
    assert "0.300" in text
    assert "0.400" in text
    assert plot._cursor.isVisible()
    assert curves.metric_plot._cursor.isVisible()
    assert curves.rect().contains(curves._read_out.geometry())
    QTest.mouseMove(plot.widget.viewport(), QPoint(3, 3))
    qtbot.waitUntil(lambda: not curves._read_out.isVisible())
    assert not plot._cursor.isVisible()


def test_hovering_in_the_first_epoch_reads_the_nearest_step(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.step_done(step(1, 3, steps=4, losses=(0.9, 0.7, 0.000412)))
    settle(qtbot, curves)
    for plot in (curves.loss_plot, curves.metric_plot):
        hover(plot, QPointF(0.5, 0.9))
        wait_for_words(qtbot, curves, "epoch 1, step 2")
        assert "0.700" in curves._read_out.text()
        assert plot._cursor.value() == 0.5
        hover(plot, QPointF(0.9, 0.9))
        wait_for_words(qtbot, curves, "epoch 1, step 3")
        assert "0.000412" in curves._read_out.text(), "a small loss is not nothing"


def test_a_dot_is_read_out_as_its_step_and_what_lies_beside_it_as_the_epoch(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.step_done(step(1, 4, steps=4, losses=(0.9, 0.7, 0.6, 0.5)))
    curves.epoch_done(epoch_done(1, loss=0.55))
    curves.step_done(step(2, 3, steps=4, losses=(0.4, 0.3, 0.2)))
    settle(qtbot, curves)
    for place, words in (
        (QPointF(0.75, 0.6), "epoch 1, step 3"),
        (QPointF(0.75, 0.2), "epoch 1 (best)"),
        (QPointF(1.0, 0.5), "epoch 1 (best)"),
        (QPointF(1.25, 0.7), "epoch 1 (best)"),
        (QPointF(1.7, 0.7), "epoch 2, step 3"),
    ):
        hover(curves.loss_plot, place)
        wait_for_words(qtbot, curves, words)


def test_on_a_logarithmic_axis_too_a_dot_is_where_it_is_seen(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.menu.log_action.setChecked(True)
    curves.step_done(step(1, 4, steps=4, losses=(0.9, 0.0, 0.0004, 0.5)))
    curves.epoch_done(epoch_done(1, loss=0.0004))
    settle(qtbot, curves)
    hover(curves.loss_plot, QPointF(0.75, math.log10(0.0004)))
    wait_for_words(qtbot, curves, "epoch 1, step 3")
    assert "0.000400" in curves._read_out.text()
    assert "0.000400" in curves.read_out(1)


def test_the_read_out_has_all_figures_and_a_dash_for_none(curves: TrainingCurves) -> None:
    assert curves.read_out(1) == ""
    curves.epoch_done(epoch_done(1))
    text = curves.read_out(17.0)
    for word in ("epoch 1", "loss", "balanced accuracy", "AUC", "0.860", "0.930"):
        assert word in text
    assert text.count("–") == 0


def test_clear_forgets_the_last_training(curves: TrainingCurves, qtbot: QtBot) -> None:
    curves.epoch_done(epoch_done(4))
    settle(qtbot, curves)
    curves.clear()
    assert curves._empty.isVisible()
    curves.epoch_done(epoch_done(1))
    settle(qtbot, curves)
    assert [x for x, _ in drawn(curves.loss_plot, "train")] == [1]


def test_points_that_come_while_hidden_are_there_when_shown(
    curves: TrainingCurves, qtbot: QtBot
) -> None:
    curves.hide()
    curves.epoch_done(epoch_done(1))
    curves.show()
    assert [x for x, _ in drawn(curves.loss_plot, "train")] == [1]


def test_a_long_training_stays_quick_and_small(curves: TrainingCurves, qtbot: QtBot) -> None:
    """100,000 steps of 500 epochs: few points are drawn of them (in 32 ms), one leap is there."""
    for epoch in range(1, 501):
        for number in range(1, 201):
            own = 9.0 if (epoch, number) == (77, 77) else 1 / epoch
            told = step(epoch, number, steps=200, loss=1 / epoch, losses=(own,))
            curves.step_done(told)
        curves.epoch_done(epoch_done(epoch, best=400))
    settle(qtbot, curves)
    assert len(curves._steps) <= LIMIT
    dots = drawn(curves.loss_plot, "dots")
    assert (76 + 77 / 200, 9.0) in dots
    assert len(dots) <= LIMIT
    assert curves.loss_plot._item.viewRange()[1][1] > 9


def test_new_colours_reach_the_plots(curves: TrainingCurves) -> None:
    curves.set_tokens(style.dark())
    background = curves.loss_plot.widget.backgroundBrush().color().name()
    assert background == style.dark().panel
    pen = curves.loss_plot._validation_line.opts["pen"]
    assert pen.color().name() == style.dark().curve_validation


def test_training_and_validation_differ_without_colour(curves: TrainingCurves) -> None:
    plot = curves.loss_plot
    assert plot._train.opts["symbol"] != plot._validation.opts["symbol"]
    lines = (plot._train_line, plot._validation_line)
    styles = {line.opts["pen"].style() for line in lines}
    assert styles == {Qt.PenStyle.SolidLine, Qt.PenStyle.CustomDashLine}


@pytest.mark.parametrize(("width", "entries"), [(1200, 4), (420, 2)])
def test_the_head_keeps_to_the_room_there_is(
    curves: TrainingCurves, qtbot: QtBot, width: int, entries: int
) -> None:
    title = "validation: 41 patients, split by patient"
    curves.set_title(title)
    curves.epoch_done(epoch_done(1))
    settle(qtbot, curves)
    curves.resize(width, 240)
    shown = [word.isVisible() for word in curves._legend._words]
    assert shown == [True] * entries + [False] * (len(ENTRIES) - entries)
    last = curves._choice.buttons()[-1]
    assert last.mapTo(curves, last.rect().bottomRight()).x() < width
    assert curves._title.text() == title
    assert (curves._title.toolTip() == "") == (curves._title.shown_text() == title)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=4))
def test_thinned_steps_stay_even_and_true(counts: list[int]) -> None:
    points = StepPoints()
    for epoch, steps in enumerate(counts, start=1):
        for number in range(1, steps + 1):
            points.add(step(epoch, number, steps=steps, loss=epoch + number / steps))
    x, y, joined = points.series("loss")
    assert len(x) <= LIMIT
    assert len(x) >= min(sum(counts), LIMIT // 4)
    assert (np.diff(x) > 0).all()
    # What is drawn was told: the loss was made of the place.
    assert np.allclose(y, x + 1)
    # Lines stay within an epoch.
    ends = np.ceil(x - 1e-9)
    assert (joined[:-1] == (ends[1:] == ends[:-1])).all()
    assert not joined[-1]


def test_an_epoch_told_again_replaces_itself() -> None:
    points = EpochPoints()
    for told in (epoch_done(1, loss=0.9), epoch_done(2), epoch_done(1, loss=0.3)):
        points.add(told)
    x, y = points.series("train", "loss")
    assert x.tolist() == [1, 2]
    assert y.tolist() == [0.3, 0.4]


def test_a_figure_that_an_epoch_lacks_is_passed_over() -> None:
    points = EpochPoints()
    points.add(epoch_done(1))
    points.add(replace(epoch_done(2), validation={"loss": 0.2}))
    assert points.series("validation", "auc")[0].tolist() == [1]
    assert points.series("train", "auc")[0].tolist() == [1, 2]
    assert points.series("train", "f1")[0].tolist() == []


@given(st.floats(1, 6000), st.integers(2, 12))
def test_epochs_on_the_axis_are_whole_and_few(last: float, most: int) -> None:
    ticks = epoch_ticks(last, most=most)
    assert ticks[0] == 0
    assert ticks[-1] <= last
    assert len(ticks) <= most + 1
    assert len(set(np.diff(ticks))) <= 1


@given(st.floats(0, 5), st.floats(0.01, 20), st.integers(2, 12))
def test_values_on_the_axis_are_round_and_few(low: float, span: float, most: int) -> None:
    ticks = value_ticks(low, low + span, most=most)
    assert len(ticks) <= most + 1
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) for tick in ticks)
    assert all(math.copysign(1, tick) == 1 for tick in ticks)


def test_an_axis_without_a_span_has_one_value() -> None:
    assert value_ticks(0.5, 0.5, most=4) == [0.5]


@given(st.floats(1e-6, 5), st.floats(1.3, 1e6), st.integers(2, 12))
def test_values_on_a_log_axis_are_few_and_within(low: float, factor: float, most: int) -> None:
    high = low * factor
    ticks = log_ticks(low, high, most=most)
    assert 1 <= len(ticks) <= most + 1
    assert all(low * (1 - 1e-6) <= tick <= high * (1 + 1e-6) for tick in ticks)
    assert (np.diff(ticks) > 0).all()
