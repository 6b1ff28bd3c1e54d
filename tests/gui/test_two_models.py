"""The model in use and the one before it on one slide: each is asked, and each is told apart."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui.earlier_model import EarlierModel
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.session import Session
from tests.gui.conftest import WAIT_MS


@pytest.fixture
def two_models(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with one model and then another, which both predicted the first patient."""
    session = opened.session
    for name in ("mobilenetv2", "simple_cnn"):
        with qtbot.waitSignal(session.model_changed, timeout=WAIT_MS):
            opened.predictions.load(name)
        qtbot.waitUntil(lambda: known_now(session, "p00"), timeout=WAIT_MS)
    return opened


def earlier(session: Session) -> EarlierModel:
    assert session.earlier is not None
    return session.earlier


def known_now(session: Session, patient: str) -> bool:
    """Whether the model in use has predicted a patient."""
    assert session.dataset is not None
    return bool(np.isfinite(session.predictions[session.dataset.rows(patient)]).all())


def known_before(session: Session, patient: str) -> bool:
    """Whether the earlier model has predicted a patient."""
    assert session.dataset is not None
    rows = session.dataset.rows(patient)
    return bool(np.isfinite(earlier(session).predictions[rows]).all())


def go_to(window: MainWindow, qtbot: QtBot, patient: str) -> None:
    """Choose a patient, and wait for its slide."""
    window.session.choose_patient(patient)
    qtbot.waitUntil(
        lambda: window.session.slide_is_shown and window.browsing.loader._worker is None,
        timeout=WAIT_MS,
    )


def test_the_model_in_use_predicts_a_patient_that_is_opened_while_the_earlier_one_is_shown(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session = two_models.session
    earlier(session).predictions[:] = 0.25  # it knows all patients
    two_models.slide_pane.strip._before.click()
    go_to(two_models, qtbot, "p01")
    assert session.slide_predictions() is not None
    qtbot.waitUntil(lambda: known_now(session, "p01"), timeout=WAIT_MS)
    assert session.layers.before, "the earlier one stays on screen"


def test_predicting_a_patient_shows_the_model_that_predicts_it(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session, panel = two_models.session, two_models.model_panel
    panel._on_open.setChecked(False)
    earlier(session).predictions[:] = 0.25
    two_models.slide_pane.strip._before.click()
    go_to(two_models, qtbot, "p01")
    panel._predict.click()
    qtbot.waitUntil(lambda: known_now(session, "p01"), timeout=WAIT_MS)
    look = two_models.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.model == "simple_cnn"
    assert not two_models.slide_pane.strip._before.isChecked()


def test_the_change_comes_on_a_patient_that_only_the_new_model_predicted(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session, strip = two_models.session, two_models.slide_pane.strip
    go_to(two_models, qtbot, "p01")
    qtbot.waitUntil(lambda: known_now(session, "p01"), timeout=WAIT_MS)
    assert not known_before(session, "p01")
    strip._change.click()
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    look = two_models.slide_pane.view.corners.legend.look
    assert look is not None
    assert (look.title, look.model) == ("Change of probability", "mobilenetv2 → simple_cnn")

    # It stays on while other patients are opened, and they are predicted with both.
    go_to(two_models, qtbot, "p02")
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    assert session.slide is not None
    assert session.slide.patient == "p02"


def test_the_heatmap_of_the_earlier_model_comes_on_a_patient_that_it_did_not_predict(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session, strip = two_models.session, two_models.slide_pane.strip
    two_models.model_panel._on_open.setChecked(False)
    go_to(two_models, qtbot, "p01")
    strip._before.click()
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    look = two_models.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.model == "mobilenetv2"
    assert known_before(session, "p01")


def test_the_earlier_model_is_asked_in_another_way_too_while_the_change_is_shown(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session, strip = two_models.session, two_models.slide_pane.strip
    strip._change.click()
    plain = session.slide_change()
    assert plain is not None
    strip.show_more(True)
    strip.views.averaged.click()
    assert session.slide_change() is None
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    averaged = session.slide_change()
    assert averaged is not None
    assert not np.array_equal(averaged, plain)
    qtbot.waitUntil(lambda: not two_models.model_panel._bar.isVisible(), timeout=WAIT_MS)


def test_without_a_prediction_by_the_earlier_model_the_slide_says_why_there_is_no_change(
    two_models: MainWindow, qtbot: QtBot
) -> None:
    session, panel = two_models.session, two_models.model_panel
    two_models.slide_pane.strip._change.click()
    session.predictions[:] = 0.25
    panel._on_open.setChecked(False)
    go_to(two_models, qtbot, "p01")
    look = two_models.slide_pane.view.corners.legend.look
    assert look is not None
    assert (look.title, look.model) == ("Probability of IDC", "simple_cnn")
    assert "No change: mobilenetv2 has not predicted this patient" in look.notes
    panel._predict.click()
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
