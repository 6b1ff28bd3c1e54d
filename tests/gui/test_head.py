"""Retraining the head in the window: seconds, progress, cancel, and a new heatmap."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.progress_words import progress_words
from bcviewer.gui.workers import head_worker
from bcviewer.model.card import read_card, write_card
from bcviewer.model.context import View
from bcviewer.model.context_view import threshold_in
from bcviewer.model.features import FeatureExtractor
from bcviewer.model.folder import CARD
from bcviewer.model.head_training import retrain_head
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.runs import list_runs
from tests.factories import grid_specs, small_dataset, write_dataset
from tests.gui.conftest import WAIT_MS
from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["tiny_training"]


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining) -> MainWindow:
    """The window with a model in use and the first patient predicted."""
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    return opened


def said(window: MainWindow) -> str:
    return window.model_panel.head_box._message.text()


def fitted(window: MainWindow) -> str:
    return window.model_panel.context_box._message.text()


def retrain(window: MainWindow, qtbot: QtBot) -> None:
    window.model_panel.head_box._start.click()
    qtbot.waitUntil(lambda: not window.model_desk.head.running, timeout=WAIT_MS)


def test_a_click_gives_a_new_model_and_another_heatmap(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    assert session.model is not None
    old, before = session.model.folder, session.slide_predictions()
    assert before is not None
    retrain(predicted, qtbot)
    new, after = session.model.folder, session.slide_predictions()
    assert after is not None
    assert new.card.head_of == old.card.name
    assert np.abs(after - before).max() > 1e-3
    assert session.layers.threshold == pytest.approx(new.card.threshold)
    assert "Fitted to 80 patches of 4 patients" in said(predicted)
    assert "only the head is new" in predicted.model_panel._rows["Kind"].text()
    assert session.data is not None
    (record,) = list_runs(session.data.workspace.runs_folder)
    assert (record.state, record.model_path) == ("finished", new.path)


def test_context_stays_on_and_the_heads_are_seen_alike(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining, tmp_path: Path
) -> None:
    path = Path(shutil.copytree(tiny_training.run.model_path, tmp_path / "base"))
    parts = {"patients_trained": ("p00", "p01"), "patients_validated": ("p02", "p03", "p04")}
    write_card(path / CARD, read_card(path / CARD).model_copy(update=parts))
    session = opened.session
    opened.predictions.load(str(path))
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    opened.model_panel.context_box._start.click()
    qtbot.waitUntil(lambda: "Context is fitted" in fitted(opened), timeout=WAIT_MS)
    session.views.show(context=True, calibrated=True)
    assert session.model is not None
    old = session.model.folder
    retrain(opened, qtbot)
    new = session.model.folder
    assert session.earlier is not None
    assert new.context is not None
    assert session.views.of(old) == session.views.of(new) == View(True, True)
    assert session.views.of(session.earlier.model.folder) == session.views.now
    assert session.shown_thresholds == pytest.approx(
        (threshold_in(old, session.views.now), threshold_in(new, session.views.now))
    )
    assert not opened.model_panel.context_box.isVisibleTo(opened.model_panel)


def test_before_and_after_are_both_kept_to_be_compared(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    assert session.model is not None
    assert session.data is not None
    old, place = session.model.folder, session.data.workspace.predictions_folder
    retrain(predicted, qtbot)
    used = {*old.card.patients_trained, *old.card.patients_validated}
    assert used <= set(PredictionStore(place, old.fingerprint).patients())
    assert used <= set(PredictionStore(place, session.model.folder.fingerprint).patients())
    assert not used & set(session.unpredicted_patients())


def test_the_second_time_nothing_is_looked_at_again(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    retrain(predicted, qtbot)
    monkeypatch.setattr(FeatureExtractor, "run", None)
    session = predicted.session
    assert session.model is not None
    first = session.model.folder.path
    predicted.actions_.retrain_head.trigger()
    qtbot.waitUntil(lambda: not predicted.model_desk.head.running, timeout=WAIT_MS)
    assert session.model.folder.path != first


def test_it_can_be_cancelled_and_goes_on_later(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, session = predicted.model_panel.head_box, predicted.session
    real = FeatureExtractor.run

    def slowly(self: FeatureExtractor, pixels: np.ndarray) -> object:
        time.sleep(0.3)
        return real(self, pixels)

    monkeypatch.setattr(FeatureExtractor, "run", slowly)
    used = session.model
    box._start.click()
    assert box._cancel.isVisible()
    assert not box._start.isVisible()
    qtbot.waitUntil(lambda: box._bar.maximum() == 100, timeout=WAIT_MS)
    box._cancel.click()
    qtbot.waitUntil(lambda: not predicted.model_desk.head.running, timeout=WAIT_MS)
    assert "Stopped" in said(predicted)
    assert session.model is used
    monkeypatch.setattr(FeatureExtractor, "run", real)
    retrain(predicted, qtbot)
    assert session.model is not used


def test_a_model_of_other_patients_is_refused_in_words(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, tiny_training: TinyTraining
) -> None:
    other = write_dataset(tmp_path / "other", {f"q{n}": grid_specs(5, 4) for n in range(6)})
    window.opener.open(other)
    window.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(
        lambda: window.session.slide is not None and window.session.model is not None,
        timeout=WAIT_MS,
    )
    retrain(window, qtbot)
    box = window.model_panel.head_box
    assert "No patient that" in said(window)
    assert box._message.property("role") == "danger"
    assert box._start.isVisible()


def test_without_a_model_there_is_nothing_to_retrain(opened: MainWindow) -> None:
    assert not opened.model_panel.head_box.isVisible()
    assert not opened.actions_.retrain_head.isEnabled()
    opened.model_desk.head.start()
    assert not opened.model_desk.head.running
    assert "No model is loaded" in said(opened)


def test_a_model_chosen_meanwhile_stays_in_use(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = predicted.session
    real = retrain_head
    go_on: list[bool] = []

    def late(*given: object, **named: object) -> object:
        result = real(*given, **named)  # type: ignore[arg-type]
        while not go_on:
            time.sleep(0.01)
        return result

    monkeypatch.setattr(head_worker, "retrain_head", late)
    predicted.model_panel.head_box._start.click()
    predicted.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: session.model is not None and session.model.bundled, timeout=WAIT_MS)
    go_on.append(True)
    qtbot.waitUntil(lambda: not predicted.model_desk.head.running, timeout=WAIT_MS)
    assert session.model is not None
    assert session.model.bundled
    assert "list of runs" in said(predicted)


def test_other_data_stop_it(predicted: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    other = small_dataset(tmp_path / "other", patients=3)
    open_dataset(other)
    predicted.model_panel.head_box._start.click()
    predicted.opener.open(other)
    qtbot.waitUntil(lambda: not predicted.model_desk.head.running, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(predicted.session.predictions) == 60, timeout=WAIT_MS)


def test_progress_is_told_once_there_is_a_speed() -> None:
    assert progress_words(0, 1000, 3.0) == ""
    assert progress_words(100, 1000, 0.1) == ""
    text = progress_words(1000, 121_000, 1.0)
    assert text == "1,000 of 121,000 patches · 1,000 patches/s · 2:00 left"
