"""A model without context gets one in its panel, on its validation patients only."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.context_box import OFFER
from bcviewer.model.card import read_card, write_card
from bcviewer.model.context import CONTEXT, View
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.library import bundled_models
from bcviewer.model.out_of_fold import out_of_fold_folder, save_out_of_fold
from tests.gui.conftest import WAIT_MS
from tests.model.test_out_of_fold import predicted


def without_context(folder: Path, *, validated: tuple[str, ...]) -> Path:
    """The bundled model as if it had been validated on these patients and had no context."""
    path = Path(shutil.copytree(bundled_models()["simple_cnn"], folder))
    (path / CONTEXT).unlink()
    card = read_card(path / CARD)
    trained = ("another patient",)
    update = {"patients_validated": validated, "patients_trained": trained}
    write_card(path / CARD, card.model_copy(update=update))
    return path


@pytest.fixture
def bare(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window with a model that has no context and four validation patients."""
    path = without_context(tmp_path / "bare", validated=("p00", "p02", "p03", "p04"))
    opened.predictions.load(str(path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    return opened


def said(window: MainWindow) -> str:
    return window.model_panel.context_box._message.text()


def context_button(window: MainWindow) -> QToolButton:
    found = window.slide_pane.strip.views.findChildren(QToolButton)
    return next(each for each in found if each.text() == "Context")


def test_a_context_is_fitted_written_and_shown(bare: MainWindow, qtbot: QtBot) -> None:
    box, session = bare.model_panel.context_box, bare.session
    assert session.model is not None
    assert box.isVisibleTo(bare.model_panel)
    assert box._note.text() == OFFER
    assert not context_button(bare).isEnabled()
    box._start.click()
    qtbot.waitUntil(lambda: said(bare).startswith("Context is fitted to 4"), timeout=WAIT_MS)
    assert ModelFolder.open(session.model.folder.path).context is not None
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    assert context_button(bare).isEnabled()
    assert context_button(bare).isChecked(), "who has just fitted it wants to see it"
    assert session.views.now == View(context=True, calibrated=True)
    context = session.model.folder.context
    assert context is not None
    assert session.layers.threshold == pytest.approx(
        context.threshold_of(session.views.now, single=session.model.folder.card.threshold)
    )
    assert "Context and Calibrated are switched on" in said(bare)
    context_button(bare).click()
    assert session.views.now == View(calibrated=True)
    assert not box._start.isVisibleTo(bare.model_panel)


def test_a_fit_can_be_cancelled_and_writes_nothing(bare: MainWindow, qtbot: QtBot) -> None:
    box, session = bare.model_panel.context_box, bare.session
    assert session.model is not None
    box._start.click()
    bare.model_desk.context.cancel()
    qtbot.waitUntil(lambda: bool(said(bare)) and box._start.isEnabled(), timeout=WAIT_MS)
    if said(bare).startswith("Stopped"):
        assert session.model.folder.context is None
        assert not (session.model.folder.path / CONTEXT).exists()


def keep(window: MainWindow, name: str, **card: object) -> None:
    """Keep out-of-fold predictions in the workspace, and load the model anew."""
    data, model = window.session.data, window.session.model
    assert data is not None
    assert model is not None
    found = predicted(data.dataset, name=name)
    found = replace(found, card=found.card.model_copy(update=card))
    save_out_of_fold(found, out_of_fold_folder(data.workspace))
    window.predictions.load(str(model.folder.path))


def choices(window: MainWindow) -> list[str]:
    source = window.model_panel.context_box._source
    return [str(source.itemData(index)) for index in range(source.count())]


def test_a_finished_cross_validation_is_offered_to_fit_to(bare: MainWindow, qtbot: QtBot) -> None:
    box, session = bare.model_panel.context_box, bare.session
    assert not box._source.isVisibleTo(box), "nothing to choose from"
    keep(bare, "narrow", alpha=0.35)
    keep(bare, "five", job={"epochs": 5})
    qtbot.waitUntil(lambda: choices(bare) == ["", "five"], timeout=WAIT_MS)
    assert box._source.isVisibleTo(box)
    box._source.choose("five")
    assert "did not train on it (3 folds)" in box._source.toolTip()
    assert "trained otherwise than this model: Epochs" in box._source.toolTip()
    box._start.click()
    qtbot.waitUntil(lambda: "out-of-fold predictions of" in said(bare), timeout=WAIT_MS)
    assert session.model is not None
    context = ModelFolder.open(session.model.folder.path).context
    assert context is not None
    assert context.fitted_on == "out-of-fold predictions five (3 folds by patient)"
    qtbot.waitUntil(lambda: choices(bare) == ["", "five"], timeout=WAIT_MS)
    assert box._source.choice == "", "the other way is at hand"
    box._start.click()
    qtbot.waitUntil(lambda: "fitted to 4 validation patients" in said(bare), timeout=WAIT_MS)
    # What can be fitted to is looked up anew for the model that has just been written.
    qtbot.waitUntil(lambda: box._source.choice == "five", timeout=WAIT_MS)


def test_where_none_can_be_fitted_it_says_why(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = without_context(tmp_path / "bare", validated=("someone else",))
    opened.predictions.load(str(path))
    qtbot.waitUntil(lambda: opened.session.model is not None, timeout=WAIT_MS)
    box = opened.model_panel.context_box
    assert not box._start.isEnabled()
    assert "None of the validation patients" in box._note.text()
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    assert "None of the validation patients" in context_button(opened).toolTip()
    assert "offers to fit" not in context_button(opened).toolTip()
    keep(opened, "five")
    qtbot.waitUntil(lambda: choices(opened) == ["five"], timeout=WAIT_MS)
    assert box._start.isEnabled(), "out of fold it can"


def test_too_few_patients_are_told_and_nothing_is_written(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = without_context(tmp_path / "bare", validated=("p00", "p02"))
    opened.predictions.load(str(path))
    qtbot.waitUntil(lambda: opened.session.model is not None, timeout=WAIT_MS)
    opened.model_panel.context_box._start.click()
    qtbot.waitUntil(lambda: "at least 3 patients" in said(opened), timeout=WAIT_MS)
    assert not (path / CONTEXT).exists()


def test_the_context_of_a_bundled_model_stays(bare: MainWindow, qtbot: QtBot) -> None:
    keep(bare, "five")
    bare.predictions.load("simple_cnn")
    session = bare.session
    qtbot.waitUntil(lambda: session.model is not None and session.model.bundled, timeout=WAIT_MS)
    assert not bare.model_panel.context_box.isVisibleTo(bare.model_panel)
