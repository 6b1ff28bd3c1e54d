"""Models in the window: load, predict, see the heatmap; errors in words; nothing is lost."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.workers import model_workers
from bcviewer.model.folder import CARD, GRAPH_WEIGHTS, NETWORK
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose
from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["tiny_training"]


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining) -> MainWindow:
    """The window with a model in use and the first patient predicted."""
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    return opened


def said(window: MainWindow) -> str:
    return window.model_panel._message.text()


def test_a_loaded_model_shows_its_card_and_predicts_the_patient(predicted: MainWindow) -> None:
    panel, session = predicted.model_panel, predicted.session
    assert session.model is not None
    card = session.model.folder.card
    assert panel._name.text() == card.name
    assert f"{card.validation.patients} patient" in panel._rows["Validation"].text()
    assert "split by patient" in panel._rows["Validation"].text()
    assert "of 20 patches" in panel._rows["Here"].text()
    assert session.layers.threshold == pytest.approx(card.threshold)
    view = predicted.slide_pane.view
    assert view.corners.role.text in {"TRAIN", "VALIDATION", "HELD OUT"}
    look = view.corners.legend.look
    assert look is not None
    assert look.model == card.name


def test_a_patient_is_predicted_when_it_is_opened_unless_the_user_wants_otherwise(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session = predicted.session
    session.choose_patient("p01")
    qtbot.waitUntil(lambda: "p01" not in session.unpredicted_patients(), timeout=WAIT_MS)
    predicted.model_panel._on_open.setChecked(False)
    session.choose_patient("p02")
    qtbot.waitUntil(
        lambda: session.slide is not None and session.slide.patient == "p02", timeout=WAIT_MS
    )
    qtbot.wait(300)
    assert "p02" in session.unpredicted_patients()
    predicted.model_panel._predict.click()
    qtbot.waitUntil(lambda: "p02" not in session.unpredicted_patients(), timeout=WAIT_MS)


def test_all_are_predicted_and_the_next_window_has_them_at_once(
    predicted: MainWindow, qtbot: QtBot, qapp: QApplication, tiny_training: TinyTraining
) -> None:
    predicted.actions_.predict_all.trigger()
    qtbot.waitUntil(lambda: not predicted.session.unpredicted_patients(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "predicted" in said(predicted), timeout=WAIT_MS)
    known = predicted.session.predictions.copy()
    data = predicted.session.data
    assert data is not None
    predicted.close()
    again = make_window(qapp, None)
    again.session.remember(again.session.preferences.model_copy(update={"predict_on_open": False}))
    again.predictions.load(str(tiny_training.run.path))
    again.opener.open(data.dataset.root)
    qtbot.waitUntil(
        lambda: again.session.model is not None and not again.session.unpredicted_patients(),
        timeout=WAIT_MS,
    )
    np.testing.assert_array_equal(again.session.predictions, known)
    dispose(again)


def test_predicting_all_can_be_cancelled_and_keeps_what_is_done(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = predicted.session
    assert session.model is not None
    slow = session.model.predictor
    real = slow.probabilities

    def slowly(pixels: np.ndarray) -> np.ndarray:
        time.sleep(0.15)
        return real(pixels)

    monkeypatch.setattr(slow, "probabilities", slowly)
    done = len(session.unpredicted_patients())
    predicted.model_panel._predict_all.click()
    qtbot.waitUntil(lambda: len(session.unpredicted_patients()) < done, timeout=WAIT_MS)
    predicted.model_panel._cancel.click()
    qtbot.waitUntil(lambda: "Stopped" in said(predicted), timeout=WAIT_MS)
    assert session.unpredicted_patients()
    assert session.slide_predictions() is not None


def test_changed_pictures_are_predicted_again(
    predicted: MainWindow, qtbot: QtBot, qapp: QApplication, tiny_training: TinyTraining
) -> None:
    data = predicted.session.data
    assert data is not None
    before = predicted.session.slide_predictions()
    assert before is not None
    before = before.copy()
    predicted.close()
    rows = data.dataset.rows("p00")
    first, last = data.dataset.path(rows.start), data.dataset.path(rows.stop - 1)
    first.write_bytes(last.read_bytes())
    again = make_window(qapp, None)
    again.predictions.load(str(tiny_training.run.path))
    again.opener.open(data.dataset.root)
    qtbot.waitUntil(lambda: again.session.slide_predictions() is not None, timeout=WAIT_MS)
    after = again.session.slide_predictions()
    assert after is not None
    assert after[0] == pytest.approx(after[-1], abs=1e-6)
    assert after[0] != pytest.approx(before[0], abs=1e-5)
    assert "changed" in again.session.report.counts()
    dispose(again)


def _lacks_network(folder: Path) -> None:
    (folder / NETWORK).unlink()


def _cut_graph(folder: Path) -> None:
    graph = folder / GRAPH_WEIGHTS
    graph.write_bytes(graph.read_bytes()[:-10])


def _other_version(folder: Path) -> None:
    card = json.loads((folder / CARD).read_text())
    (folder / CARD).write_text(json.dumps({**card, "version": 99}))


def _no_card(folder: Path) -> None:
    (folder / CARD).unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_lacks_network, "lacks model.keras"),
        (_cut_graph, "damaged or changed"),
        (_other_version, "version 99"),
        (_no_card, "lacks card.json"),
    ],
)
def test_a_spoilt_model_is_refused_in_the_panel_and_the_old_one_stays(
    predicted: MainWindow,
    qtbot: QtBot,
    tiny_training: TinyTraining,
    tmp_path: Path,
    spoil: object,
    words: str,
) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(tiny_training.run.model_path, folder)
    assert callable(spoil)
    spoil(folder)
    used = predicted.session.model
    predicted.predictions.load(str(folder))
    qtbot.waitUntil(lambda: words in said(predicted), timeout=WAIT_MS)
    assert predicted.model_panel._message.property("role") == "danger"
    assert predicted.session.model is used


def test_predictions_that_cannot_be_kept_are_shown_all_the_same(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining
) -> None:
    assert opened.session.data is not None
    opened.session.data.workspace.predictions_folder.write_text("a file in the way")
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: "could not be kept" in said(opened), timeout=WAIT_MS)
    assert opened.session.slide_predictions() is not None


def test_an_unexpected_error_in_a_worker_is_told_and_ends_nothing(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("who would have thought")

    monkeypatch.setattr(model_workers, "predict_patients", broken)
    predicted.model_panel._predict.click()
    qtbot.waitUntil(lambda: "who would have thought" in said(predicted), timeout=WAIT_MS)
    assert predicted.isVisible()
