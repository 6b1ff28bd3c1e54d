"""Averaging over flips and rotations: one switch, and no prediction of one way in the other."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.kept_ways import KeptWays
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.workers.model_workers import Recalled, SharedPredictor
from bcviewer.model.engine import AveragedPredictor, precisions
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.way import PLAIN_WAY, Precision, Way
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose

AVERAGED = Way(averaged=True)
NOTE = "Averaged over flips and rotations"


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the bundled model, and the first patient predicted."""
    opened.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    return opened


def switch(window: MainWindow, qtbot: QtBot) -> None:
    """Click the switch, and wait until the slide has its values."""
    window.slide_pane.strip.show_more(True)
    window.slide_pane.strip.views.averaged.click()
    qtbot.waitUntil(lambda: window.session.slide_predictions() is not None, timeout=WAIT_MS)


def values(window: MainWindow) -> np.ndarray:
    found = window.session.slide_predictions()
    assert found is not None
    return found.copy()


def folders(window: MainWindow) -> list[str]:
    assert window.session.data is not None
    return sorted(path.name for path in window.session.data.workspace.predictions_folder.iterdir())


def test_the_switch_gives_averages_and_back_again_at_once(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = predicted.session
    assert session.slide is not None
    assert session.model is not None
    plain = values(predicted)
    switch(predicted, qtbot)
    averaged = values(predicted)
    assert session.way == AVERAGED
    assert 0 < np.abs(averaged - plain).max() < 0.5
    single = session.model.single
    by_hand = AveragedPredictor(single).probabilities(
        session.data.store.patient(session.slide.patient).pixels  # type: ignore[union-attr]
    )
    np.testing.assert_allclose(averaged, by_hand, atol=1e-5)
    look = predicted.slide_pane.view.corners.legend.look
    assert look is not None
    assert NOTE in look.notes
    qtbot.waitUntil(lambda: predicted.model_panel._message.text() == "", timeout=WAIT_MS)

    def asked_again(*_: object) -> None:
        raise AssertionError("nothing is to be predicted")

    monkeypatch.setattr(SharedPredictor, "probabilities", asked_again)
    for wanted in (plain, averaged, plain):
        predicted.slide_pane.strip.views.averaged.click()
        np.testing.assert_array_equal(values(predicted), wanted)
    qtbot.wait(50)


def test_averaging_that_is_switched_off_before_its_end_leaves_the_panel_free(
    predicted: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, averaged = predicted.model_panel, predicted.slide_pane.strip.views.averaged
    at_last, ask = threading.Event(), SharedPredictor.probabilities

    def ask_late(predictor: SharedPredictor, pixels: np.ndarray) -> np.ndarray:
        assert at_last.wait(WAIT_MS / 1000)
        return ask(predictor, pixels)

    monkeypatch.setattr(SharedPredictor, "probabilities", ask_late)
    averaged.click()
    assert "averaged" in panel._message.text()
    averaged.click()
    at_last.set()
    assert panel._message.text() == ""
    assert panel._bar.isHidden()
    assert panel._predict.isEnabled()


def test_each_way_is_kept_in_a_folder_of_its_own(
    predicted: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    (name,) = folders(predicted)
    switch(predicted, qtbot)
    averaged = values(predicted)
    qtbot.waitUntil(lambda: len(folders(predicted)) == 2, timeout=WAIT_MS)
    assert folders(predicted) == [name, f"{name}-averaged"]
    assert predicted.session.data is not None
    root = predicted.session.data.dataset.root
    predicted.close()
    again = make_window(qapp, None)  # the next start asks in the way that was left on
    again.predictions.load("simple_cnn")
    again.opener.open(root)
    qtbot.waitUntil(lambda: again.session.slide_predictions() is not None, timeout=WAIT_MS)
    assert again.session.way == AVERAGED
    assert again.slide_pane.strip.views.averaged.isChecked()
    np.testing.assert_array_equal(values(again), averaged)
    dispose(again)


def test_what_comes_late_of_another_way_does_not_show(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    assert session.slide is not None
    patient, plain = session.slide.patient, values(predicted)
    switch(predicted, qtbot)
    averaged = values(predicted)
    pictures = session.slide.signature
    late = PatientPrediction(patient, np.full_like(plain, 0.25), 0.0, pictures, PLAIN_WAY)
    session.take_prediction(late)
    every = np.full_like(session.predictions, 0.75)
    session.recall_predictions(Recalled(every, {patient: pictures}))
    np.testing.assert_array_equal(values(predicted), averaged)
    predicted.slide_pane.strip.views.averaged.click()
    assert set(values(predicted)) == {np.float32(0.75)}


def test_files_and_comparison_know_the_way(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    assert session.model is not None
    folder = session.views.folder
    assert folder is not None
    assert "averaged" not in folder.card.name
    other = session.model.folder
    changed = type(session.model).of(
        type(other)(other.path, other.card, "b" * 64, other.context), bundled=False
    )
    session.use_model(changed)
    assert session.earlier is not None
    before = session.earlier.predictions.copy()
    assert np.isfinite(before).any()
    switch(predicted, qtbot)
    assert session.earlier.model.way == AVERAGED
    assert np.isnan(session.earlier.predictions).all()
    folder = session.views.folder
    assert folder is not None
    assert "averaged over flips and rotations" in folder.card.name
    predicted.slide_pane.strip.views.averaged.click()
    np.testing.assert_array_equal(session.earlier.predictions, before)


def test_both_models_are_asked_plainly_again_though_the_one_in_use_knows_no_other_numbers(
    predicted: MainWindow,
) -> None:
    session, lower = predicted.session, Way(precision=Precision.BFLOAT16)
    assert session.model is not None
    able = replace(session.model, lower={Precision.BFLOAT16: session.model.single})
    session.model = able
    session.views.ask(lower)
    folder = replace(able.folder, fingerprint="b" * 64)
    session.use_model(replace(able, folder=folder, lower={}))
    assert session.earlier is not None
    assert (session.earlier.model.way, session.way) == (lower, PLAIN_WAY)
    session.views.ask(PLAIN_WAY)
    assert session.earlier.model.way == PLAIN_WAY
    assert np.isfinite(session.earlier.predictions).any(), "what it said plainly is there again"


def choose(window: MainWindow, precision: Precision) -> None:
    """Choose a precision in the panel."""
    choice = window.model_desk.panel.precision_box.findChild(Choice)
    assert choice is not None
    choice.choose(precision)
    choice.chosen.emit()


@pytest.mark.skipif(Precision.BFLOAT16 not in precisions(), reason="the processor has no bfloat16")
def test_a_lower_precision_has_predictions_of_its_own(predicted: MainWindow, qtbot: QtBot) -> None:
    session, plain = predicted.session, values(predicted)
    choose(predicted, Precision.BFLOAT16)
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    assert session.way == Way(precision=Precision.BFLOAT16)
    assert 0 < np.abs(values(predicted) - plain).max() < 0.2
    qtbot.waitUntil(lambda: any("bfloat16" in name for name in folders(predicted)), timeout=WAIT_MS)
    choose(predicted, Precision.FLOAT32)
    np.testing.assert_array_equal(values(predicted), plain)


@pytest.mark.skipif(Precision.INT8 not in precisions(), reason="the processor has no int8")
def test_a_graph_in_8_bits_is_made_by_a_click_and_asked_from_then_on(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session, plain, panel = predicted.session, values(predicted), predicted.model_desk.panel
    button = panel.int8_box.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(predicted.model_desk.int8.ended, timeout=3 * WAIT_MS):
        button.click()
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    assert session.way == Way(precision=Precision.INT8)
    assert 0 < np.abs(values(predicted) - plain).max() < 0.2
    assert panel.int8_box.isHidden()
    told = [label.text() for label in panel.precision_box.findChildren(QLabel)]
    assert any("not measured" in words for words in told)  # none of its patients is here
    lower = values(predicted)
    choose(predicted, Precision.FLOAT32)
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    np.testing.assert_array_equal(values(predicted), plain)
    choose(predicted, Precision.INT8)
    np.testing.assert_array_equal(values(predicted), lower)  # kept


@pytest.mark.skipif(Precision.INT8 not in precisions(), reason="the processor has no int8")
def test_making_it_can_be_cancelled_and_then_nothing_is_there(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    runner, box = predicted.model_desk.int8, predicted.model_desk.panel.int8_box
    runner.start()
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS) as ended:
        box.cancel_requested.emit()
    assert "Stopped" in ended.args[0]
    assert predicted.session.way == PLAIN_WAY
    assert not box.isHidden()


def test_ways_are_kept_apart() -> None:
    ways, now = KeptWays(), np.array([0.1, np.nan], np.float32)
    first = ways.swap(now, leave=PLAIN_WAY, take=AVERAGED)
    assert np.isnan(first).all()
    ways.add(PLAIN_WAY, slice(0, 2), np.array([np.nan, 0.7], np.float32), of=2)
    back = ways.swap(first, leave=AVERAGED, take=PLAIN_WAY)
    np.testing.assert_array_equal(back, np.array([0.1, 0.7], np.float32))
    ways.clear()
    assert np.isnan(ways.swap(back, leave=PLAIN_WAY, take=AVERAGED)).all()
