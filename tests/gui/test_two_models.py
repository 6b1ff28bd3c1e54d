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
