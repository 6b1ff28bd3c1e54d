"""Context, calibration and uncertainty in the window: one switch each, and it says which is on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.view_desk import NO_CONTEXT, NO_MODEL
from bcviewer.gui.widgets.slide_pane import ENTROPY
from bcviewer.model.context import PLAIN, View
from tests.gui.conftest import WAIT_MS
from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["tiny_training"]


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the bundled model, which has a context, and the first patient predicted."""
    opened.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    return opened


def button(window: MainWindow, text: str) -> QToolButton:
    found = window.slide_pane.strip.views.findChildren(QToolButton)
    return next(each for each in found if each.text() == text)


def values(window: MainWindow) -> np.ndarray:
    found = window.session.slide_predictions()
    assert found is not None
    return found


def notes(window: MainWindow) -> tuple[str, ...]:
    look = window.slide_pane.view.corners.legend.look
    assert look is not None
    return look.notes


def test_one_switch_shows_the_map_with_context_and_gives_the_plain_one_back(
    predicted: MainWindow,
) -> None:
    session = predicted.session
    assert session.model is not None
    context = session.model.folder.context
    assert context is not None
    plain, threshold = values(predicted).copy(), session.layers.threshold
    assert notes(predicted) == ("Single patch, raw",)
    button(predicted, "Context").click()
    assert not np.allclose(values(predicted), plain)
    assert session.layers.threshold == pytest.approx(context.threshold)
    assert notes(predicted) == ("With context, raw",)
    button(predicted, "Context").click()
    np.testing.assert_array_equal(values(predicted), plain)
    assert session.layers.threshold == pytest.approx(threshold)


def test_calibration_moves_the_threshold_with_the_probabilities(predicted: MainWindow) -> None:
    session = predicted.session
    session.change_layers(threshold=0.3)  # the user's own
    above = values(predicted) >= 0.3
    button(predicted, "Calibrated").click()
    assert session.layers.threshold != 0.3
    assert (values(predicted) >= session.layers.threshold).tolist() == above.tolist()
    assert notes(predicted) == ("Single patch, calibrated",)
    button(predicted, "Calibrated").click()
    assert session.layers.threshold == pytest.approx(0.3, abs=1e-4)


def test_the_patch_panel_and_the_readout_tell_both_values(predicted: MainWindow) -> None:
    session = predicted.session
    single = values(predicted)[3]
    session.inspect(3)
    words = predicted.patch_panel._rows["Predicted"]
    assert "single patch" not in words.text()
    session.views.show(context=True, calibrated=True)
    assert f"{values(predicted)[3]:.2f}" in words.text()
    assert f"single patch, raw: {single:.2f}" in words.text()
    predicted.slide_pane.view.patch_hovered.emit(3)
    assert f"single patch, raw {single:.2f}" in predicted.slide_pane.view.corners.readout.text


def test_the_table_of_patients_shows_the_view_too(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    predicted.actions_.predict_all.trigger()
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=WAIT_MS)
    session.views.show(context=True)
    qtbot.waitUntil(lambda: bool(np.isfinite(session.shown_predictions()).all()), timeout=WAIT_MS)
    assert session.dataset is not None
    assert session.slide is not None
    rows = session.dataset.rows(session.slide.patient)
    np.testing.assert_array_equal(session.shown_predictions()[rows], values(predicted))
    assert not np.allclose(session.shown_predictions(), session.visible_predictions())
    # What compares models and fills queues stays with what the networks say.
    assert session.model is not None
    assert session.thresholds[1] == session.model.folder.card.threshold
    assert session.shown_thresholds[1] == session.layers.threshold


def test_uncertainty_takes_the_place_of_the_heatmap(predicted: MainWindow) -> None:
    session, strip = predicted.session, predicted.slide_pane.strip
    button(predicted, "Uncertainty").click()
    look = predicted.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.title == "Uncertainty"
    assert look.palette.name == "uncertainty"
    assert look.notes == (ENTROPY, "Single patch, calibrated")
    assert not strip._prediction.isChecked()
    unsure = session.views.slide_uncertainty()
    calibrated = session.views.slide_values(View(calibrated=True))
    assert unsure is not None
    assert calibrated is not None
    assert np.argmax(unsure) == np.argmin(np.abs(calibrated - 0.5))
    strip._prediction.click()
    assert not session.layers.uncertainty
    assert session.layers.prediction
    look = predicted.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.title == "Probability of IDC"


def test_a_model_without_context_says_so(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining
) -> None:
    assert not button(opened, "Context").isEnabled()
    opened.session.views.show(context=True)
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    assert opened.session.views.now == PLAIN
    assert notes(opened) == ("Single patch, raw",)
    for text in ("Context", "Calibrated"):
        assert not button(opened, text).isEnabled()
        assert not button(opened, text).isChecked()
        assert button(opened, text).toolTip() == NO_CONTEXT
    assert button(opened, "Uncertainty").isEnabled()
    assert opened.session.model is not None
    assert opened.session.layers.threshold == opened.session.model.folder.card.threshold
    assert opened.session.slide_predictions() is not None
    assert NO_MODEL != NO_CONTEXT


def test_blind_reading_hides_context_and_uncertainty(predicted: MainWindow) -> None:
    session = predicted.session
    session.views.show(context=True)
    session.set_blindness(Blindness(on=True, reader="A"))
    assert session.slide_predictions() is None
    assert session.views.slide_uncertainty() is None
    assert session.views.slide_single() is None
    assert not np.isfinite(session.shown_predictions()).any()


def test_an_exported_slide_names_its_view(predicted: MainWindow) -> None:
    session = predicted.session
    assert session.views.folder is not None
    assert session.views.folder.card.name == "simple_cnn (single patch, raw)"
    session.views.show(context=True, calibrated=True)
    folder = session.views.folder
    assert folder is not None
    assert folder.card.name == "simple_cnn (with context, calibrated)"
    assert folder.card.threshold == pytest.approx(session.layers.threshold)


def test_the_choice_is_kept_for_the_next_window(
    predicted: MainWindow, qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> None:
    predicted.session.views.show(context=True, calibrated=True)
    shown = values(predicted).copy()
    predicted.close()
    again = make_window(qapp, None)
    again.opener.open(data_folder)
    qtbot.waitUntil(lambda: again.session.slide is not None, timeout=WAIT_MS)
    again.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: again.session.slide_predictions() is not None, timeout=WAIT_MS)
    np.testing.assert_allclose(values(again), shown, atol=1e-5)
    again.close()
    again.deleteLater()
