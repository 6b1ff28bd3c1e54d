"""Models in the window: load, predict, see the heatmap; errors in words; nothing is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.workers import model_workers
from bcviewer.gui.workers.model_workers import ModelWorker, Recalled
from bcviewer.model.folder import CARD, GRAPH_WEIGHTS, NETWORK
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.way import Way
from tests.cards import unsealed
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


def error(window: MainWindow) -> str:
    shown = window.model_panel._error
    return "" if shown.isHidden() else shown.text()


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


def test_a_model_that_is_being_opened_is_left_at_a_cancel(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    used, panel = predicted.session.model, predicted.model_panel
    predicted.predictions.load("simple_cnn")
    (worker,) = [each for each in predicted.crew._working if isinstance(each, ModelWorker)]
    panel._cancel.click()
    assert not panel._cancel.isVisible()
    qtbot.waitUntil(lambda: worker not in predicted.crew._working, timeout=WAIT_MS)
    assert predicted.session.model is used


def visit(window: MainWindow, qtbot: QtBot, patient: str) -> None:
    """Choose a patient, and wait until its slide is checked and predicted."""
    session = window.session
    session.choose_patient(patient)
    qtbot.waitUntil(
        lambda: session.slide_is_shown and window.browsing.loader._worker is None, timeout=WAIT_MS
    )
    if session.preferences.predict_on_open:
        qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)


def change_first_picture(window: MainWindow, patient: str, *, by: int = 19) -> None:
    """Put another picture of the patient in the place of its first."""
    dataset = window.session.dataset
    assert dataset is not None
    start = dataset.rows(patient).start
    dataset.path(start).write_bytes(dataset.path(start + by).read_bytes())


def test_pictures_that_change_meanwhile_void_what_any_model_said_of_them_and_nothing_else(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session = predicted.session
    assert session.dataset is not None
    visit(predicted, qtbot, "p01")
    predicted.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: session.earlier is not None, timeout=WAIT_MS)
    session.views.show(context=True)
    visit(predicted, qtbot, "p00")
    visit(predicted, qtbot, "p01")
    averaged = Way(averaged=True)
    session.other_ways.add(averaged, slice(None), np.full(120, 0.5, np.float32), of=120)
    changed, other = session.dataset.rows("p00"), session.dataset.rows("p01")
    before, shown = session.predictions.copy(), session.shown_predictions().copy()
    assert session.earlier is not None
    earlier = session.earlier.predictions.copy()
    assert np.isfinite(earlier[changed]).all()

    change_first_picture(predicted, "p00")
    visit(predicted, qtbot, "p00")

    after = session.predictions
    assert "changed" in session.report.counts()
    assert after[changed][0] == pytest.approx(after[changed][-1], abs=1e-6)
    assert after[changed][0] != pytest.approx(before[changed][0], abs=1e-5)
    np.testing.assert_array_equal(after[other], before[other])
    qtbot.waitUntil(lambda: bool(np.isfinite(session.shown_predictions()[changed]).all()))
    assert session.shown_predictions()[changed][0] != pytest.approx(shown[changed][0], abs=1e-5)
    np.testing.assert_array_equal(session.shown_predictions()[other], shown[other])
    assert session.earlier is not None
    assert np.isnan(session.earlier.predictions[changed]).all()
    np.testing.assert_array_equal(session.earlier.predictions[other], earlier[other])
    in_other_way = session.other_ways.swap(before, leave=session.way, take=averaged)
    assert np.isnan(in_other_way[changed]).all()
    assert (in_other_way[other] == 0.5).all()


def test_a_changed_patient_is_not_predicted_until_it_is_asked_for_and_then_of_its_new_pictures(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session, panel = predicted.session, predicted.model_panel
    panel._on_open.setChecked(False)
    visit(predicted, qtbot, "p01")
    change_first_picture(predicted, "p00")
    visit(predicted, qtbot, "p00")
    assert "p00" in session.unpredicted_patients()
    assert predicted.slide_pane.view.corners.legend.look is None

    # While it is on screen, too: whoever reads them brings the slide that they are of.
    old = session.slide
    assert old is not None
    change_first_picture(predicted, "p00", by=5)
    panel._predict.click()
    qtbot.waitUntil(lambda: session.slide is not old, timeout=WAIT_MS)
    shown = session.slide_predictions()
    assert shown is not None
    values = shown.copy()
    assert values[0] == pytest.approx(values[5], abs=1e-6)

    # What comes late of the old ones is passed over.
    session.take_prediction(PatientPrediction("p00", np.zeros(20, np.float32), 0, old.signature))
    session.recall_predictions(Recalled(np.zeros(120, np.float32), {"p00": old.signature}))
    np.testing.assert_array_equal(session.slide_predictions(), values)
    assert "p03" in session.unpredicted_patients()


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


def test_a_kept_prediction_that_was_damaged_is_made_anew_and_that_is_said(
    predicted: MainWindow, qtbot: QtBot, qapp: QApplication, tiny_training: TinyTraining
) -> None:
    data = predicted.session.data
    before = predicted.session.slide_predictions()
    assert data is not None
    assert before is not None
    before = before.copy()
    predicted.close()
    (kept,) = data.workspace.predictions_folder.rglob("p00.npz")
    content = bytearray(kept.read_bytes())
    content[len(content) // 4] ^= 1
    kept.write_bytes(bytes(content))
    again = make_window(qapp, None)
    again.predictions.load(str(tiny_training.run.path))
    again.opener.open(data.dataset.root)
    qtbot.waitUntil(lambda: again.session.slide_predictions() is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(again.session.report.findings), timeout=WAIT_MS)
    (finding,) = again.session.report.findings
    assert (finding.path, finding.kind) == ("p00", "cache")
    assert "prediction was damaged" in finding.text
    assert "1 in the report" in again.status.about_data.text()
    after = again.session.slide_predictions()
    assert after is not None
    np.testing.assert_allclose(after, before, atol=1e-6)
    dispose(again)


def _lacks_network(folder: Path) -> None:
    (folder / NETWORK).unlink()


def _cut_graph(folder: Path) -> None:
    graph = folder / GRAPH_WEIGHTS
    graph.write_bytes(graph.read_bytes()[:-10])


def _other_version(folder: Path) -> None:
    card = unsealed(folder / CARD)
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
    qtbot.waitUntil(lambda: words in error(predicted), timeout=WAIT_MS)
    assert predicted.model_panel._error.property("role") == "danger"
    assert not predicted.model_panel._cancel.isVisible()
    assert predicted.session.model is used


def test_predictions_that_cannot_be_kept_are_shown_all_the_same(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining
) -> None:
    assert opened.session.data is not None
    opened.session.data.workspace.predictions_folder.write_text("a file in the way")
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: "could not be kept" in error(opened), timeout=WAIT_MS)
    assert opened.session.slide_predictions() is not None


def test_an_unexpected_error_in_a_worker_is_told_and_ends_nothing(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("who would have thought")

    monkeypatch.setattr(model_workers, "predict_patients", broken)
    predicted.model_panel._predict.click()
    qtbot.waitUntil(lambda: "who would have thought" in error(predicted), timeout=WAIT_MS)
    assert predicted.isVisible()
