"""The prediction of all patients: it is told, stopped, asked for again, and left be by errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets import model_panel
from bcviewer.model import prediction
from tests.gui.conftest import WAIT_MS
from tests.gui.test_prediction import error, predicted, said
from tests.model.conftest import tiny_training

__all__ = ["predicted", "tiny_training"]


class Gate:
    """Stands before a predictor: a batch waits until it is let through."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        assert window.session.model is not None
        predictor = window.session.model.predictor
        self._real = predictor.probabilities
        self._open = threading.Semaphore(0)
        self.begun = 0
        monkeypatch.setattr(predictor, "probabilities", self)

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        self.begun += 1
        assert self._open.acquire(timeout=WAIT_MS / 1000)
        return self._real(pixels)

    def let_through(self, batches: int) -> None:
        self._open.release(batches)


@pytest.fixture
def gate(predicted: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Batches of the window's model wait from now on."""
    made = Gate(predicted, monkeypatch)
    yield made
    made.let_through(1000)


def test_a_cancel_is_heard_at_once_and_no_batch_begins_after_it(
    predicted: MainWindow, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, panel = predicted.session, predicted.model_panel
    monkeypatch.setattr(prediction, "BATCH_SIZE", 16)
    before = session.unpredicted_patients()
    panel._predict_all.click()
    gate.let_through(2)
    qtbot.waitUntil(lambda: len(session.unpredicted_patients()) < len(before), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: gate.begun == 3, timeout=WAIT_MS)
    panel._cancel.click()
    assert said(predicted) == "Stopping…", "whatever is under way, be it a graph being compiled"
    assert not panel._cancel.isEnabled()
    panel.show_progress(32, 100)
    assert panel._bar.maximum() == 0, "how far it was is of no interest any more"
    gate.let_through(100)
    qtbot.waitUntil(lambda: "Stopped" in said(predicted), timeout=WAIT_MS)
    assert gate.begun == 3, "the batch under way was the last"
    assert 0 < len(session.unpredicted_patients()) < len(before), "what is done is kept"
    assert session.slide_predictions() is not None
    panel._predict_all.click()
    assert panel._cancel.isEnabled()
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=WAIT_MS)


def test_the_panel_tells_patches_speed_and_time_left(
    predicted: MainWindow, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(model_panel, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    predicted.model_panel._predict_all.click()
    clock[0] += 2
    gate.let_through(1)  # 64 of the five patients that are left
    told = "64 of 100 patches · 32 patches/s · 0:01 left"
    qtbot.waitUntil(lambda: said(predicted) == told, timeout=WAIT_MS)
    assert predicted.model_panel._bar.value() == 64
    gate.let_through(100)
    qtbot.waitUntil(lambda: said(predicted) == "5 patients are predicted.", timeout=WAIT_MS)


def test_a_folder_that_is_no_model_ends_nothing_while_all_are_predicted(
    predicted: MainWindow,
    gate: Gate,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    clock, panel = [100.0], predicted.model_panel
    monkeypatch.setattr(model_panel, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    panel._predict_all.click()
    clock[0] += 8
    predicted.predictions.load(str(tmp_path / "no model"))
    qtbot.waitUntil(lambda: "no model" in error(predicted), timeout=WAIT_MS)
    assert panel._cancel.isVisible(), "there still is something to cancel"
    assert panel._bar.isVisible()
    assert not panel._predict_all.isEnabled()

    clock[0] += 2
    gate.let_through(1)
    told = "64 of 100 patches · 6 patches/s · 0:05 left"
    qtbot.waitUntil(lambda: said(predicted) == told, timeout=WAIT_MS)
    assert "no model" in error(predicted), "it stays to be read"
    gate.let_through(100)
    qtbot.waitUntil(lambda: said(predicted) == "5 patients are predicted.", timeout=WAIT_MS)
    assert panel._message.property("role") == "caption"
    assert panel._predict_all.isEnabled()
    predicted.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: predicted.session.earlier is not None, timeout=WAIT_MS)
    assert not error(predicted), "another model is in use: that is over"


def test_when_all_are_predicted_that_is_said_and_only_the_button_does_it_again(
    predicted: MainWindow, gate: Gate, qtbot: QtBot
) -> None:
    panel, all_of_them = predicted.model_panel, predicted.actions_.predict_all
    assert panel._predict_all.text() == "Predict all"
    gate.let_through(100)
    panel._predict_all.click()
    qtbot.waitUntil(lambda: said(predicted) == "5 patients are predicted.", timeout=WAIT_MS)
    assert panel._predict_all.text() == "Predict all again"
    assert "anew" in panel._predict_all.toolTip()

    begun = gate.begun
    all_of_them.trigger()
    assert said(predicted) == "All patients are predicted already."
    assert not panel._cancel.isVisible()
    panel._predict_all.click()
    assert said(predicted) == "Predicting all patients…"
    qtbot.waitUntil(lambda: said(predicted) == "6 patients are predicted.", timeout=WAIT_MS)
    assert gate.begun > begun


def test_patches_that_cannot_be_read_leave_nothing_to_predict(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session, panel = predicted.session, predicted.model_panel
    assert session.dataset is not None
    one, whole = session.dataset.rows("p03"), session.dataset.rows("p04")
    for row in (one.start, *range(whole.start, whole.stop)):
        session.dataset.path(row).write_bytes(b"no picture")
    panel._predict_all.click()
    qtbot.waitUntil(lambda: "are predicted" in said(predicted), timeout=WAIT_MS)
    assert np.isnan(session.predictions[one]).tolist() == [True, *[False] * 19]
    assert np.isnan(session.predictions[whole]).all()
    assert panel._predict_all.text() == "Predict all again"
    predicted.actions_.predict_all.trigger()
    assert said(predicted) == "All patients are predicted already."

    # Opened again, it is known without another press that there is nothing more to predict.
    with qtbot.waitSignal(session.data_changed, timeout=WAIT_MS):
        predicted.opener.open(session.dataset.root)
    qtbot.waitUntil(lambda: panel._predict_all.text() == "Predict all again", timeout=WAIT_MS)


def test_a_single_patient_that_is_left_is_told_as_one(
    predicted: MainWindow, gate: Gate, qtbot: QtBot
) -> None:
    patients = ("p01", "p02", "p03", "p04")
    gate.let_through(100)
    predicted.predictions.predict_patients(patients)
    qtbot.waitUntil(lambda: said(predicted) == "4 patients are predicted.", timeout=WAIT_MS)
    predicted.model_panel._predict_all.click()
    assert said(predicted) == "Predicting 1 patient…"
    qtbot.waitUntil(lambda: said(predicted) == "1 patient is predicted.", timeout=WAIT_MS)
