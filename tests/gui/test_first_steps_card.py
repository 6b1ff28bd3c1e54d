"""The first steps in the window: by the card's buttons, by keys alone, and by other ways."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.dataset.names import parse_patch_name
from bcviewer.gui.app import make_window
from bcviewer.gui.commands import commands
from bcviewer.gui.first_steps import Step
from bcviewer.gui.first_steps_scene import most_wrong, row_on_screen
from bcviewer.gui.first_steps_words import Offer
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import FirstSteps, load_preferences, preferences_path
from bcviewer.gui.widgets.training_controls import Phase
from bcviewer.gui.workers import training_worker
from bcviewer.model.training_process import TrainingProcess
from bcviewer.storage import read_json, write_json
from tests import background_run
from tests.factories import grid_specs, small_dataset, write_dataset
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose
from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["tiny_training"]

REPOSITORY = Path(__file__).parents[2]
ENTER, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape


def mislabel(folder: Path, patient: str, count: int) -> None:
    """Say of the first patches with IDC that they have none."""
    for path in sorted((folder / patient / "1").iterdir())[:count]:
        assert parse_patch_name(path.name)
        path.rename(folder / patient / "0" / path.name.replace("class1", "class0"))


@pytest.fixture
def trained_patient(tiny_training: TinyTraining) -> str:
    """One that the tiny model has learned from."""
    from bcviewer.model.folder import ModelFolder

    return ModelFolder.open(tiny_training.run.model_path).card.patients_trained[0]


@pytest.fixture
def wrong_data(tmp_path: Path, trained_patient: str) -> Path:
    folder = small_dataset(tmp_path / "data")
    mislabel(folder, trained_patient, 3)
    return folder


@pytest.fixture
def there(
    window: MainWindow,
    qtbot: QtBot,
    wrong_data: Path,
    trained_patient: str,
    tiny_training: TinyTraining,
) -> MainWindow:
    """Data and a model are open, nothing is predicted, and the patient has wrong labels."""
    session = window.session
    session.remember(session.preferences.model_copy(update={"predict_on_open": False}))
    window.predictions.load(str(tiny_training.run.path))
    window.opener.open(wrong_data)
    qtbot.waitUntil(lambda: session.slide is not None, timeout=WAIT_MS)
    session.choose_patient(trained_patient)
    qtbot.waitUntil(
        lambda: session.slide_is_shown and session.model is not None and session.labels is not None,
        timeout=WAIT_MS,
    )
    reach(window, qtbot, Step.PREDICT)
    return window


def reach(window: MainWindow, qtbot: QtBot, step: Step | None) -> None:
    qtbot.waitUntil(lambda: window.first_steps.step is step, timeout=WAIT_MS)


def with_keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def shows_slide(window: MainWindow) -> bool:
    return window.session.slide is not None


def button(window: MainWindow, offer: Offer) -> QPushButton:
    found = window.first_steps.card.button(offer)
    assert found is not None, window.first_steps.card.text
    assert found.isVisible()
    return found


def press(window: MainWindow, qtbot: QtBot, offer: Offer) -> None:
    qtbot.waitUntil(lambda: window.first_steps.card.button(offer) is not None, timeout=WAIT_MS)
    button(window, offer).click()


def said(window: MainWindow) -> str:
    return window.first_steps.card.text


def other_label(window: MainWindow) -> Label:
    """The label that the patch on screen has not."""
    assert window.session.labels is not None
    now = int(window.session.labels.effective()[row_on_screen(window.session)])
    return Label.NOT_IDC if now else Label.IDC


def test_the_whole_loop_by_the_buttons_of_the_card(there: MainWindow, qtbot: QtBot) -> None:
    session = there.session
    press(there, qtbot, Offer.PREDICT)
    reach(there, qtbot, Step.FIND)
    assert "differ on" in said(there)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    row = row_on_screen(session)
    assert row == most_wrong(session, there.annotation.keeper.reader)[0]
    assert "What do you see?" in said(there)
    wanted = other_label(there)
    press(there, qtbot, Offer.SAY_IDC if wanted is Label.IDC else Offer.SAY_NOT_IDC)
    reach(there, qtbot, Step.RETRAIN)
    assert session.labels is not None
    assert session.labels.labels[row] == wanted
    assert "One label is corrected" in said(there)
    press(there, qtbot, Offer.FIT_HEAD)
    reach(there, qtbot, Step.COMPARE)
    assert session.model is not None
    assert session.model.folder.card.head_of
    press(there, qtbot, Offer.SHOW_CHANGE)
    reach(there, qtbot, None)
    assert session.layers.change
    assert session.earlier is not None
    before, after = session.earlier.predictions[row], session.predictions[row]
    same = f"{before:.2f}" == f"{after:.2f}"
    words = f"stays {after:.2f}" if same else f"went from {before:.2f} to {after:.2f}"
    assert words in said(there)
    assert "of the slide's 20 patches" in said(there)
    assert session.preferences.first_steps is FirstSteps.DONE


def test_the_end_leads_on_to_the_counts_and_to_more_doubtful_labels(
    there: MainWindow, qtbot: QtBot
) -> None:
    test_the_whole_loop_by_the_buttons_of_the_card(there, qtbot)
    press(there, qtbot, Offer.SHOW_COUNTS)
    assert there.review.changes.view.isVisible()
    press(there, qtbot, Offer.SHOW_QUEUE)
    assert there.review.queues.panel.isVisible()
    assert there.review.queues.panel.kind.currentText() == "Label doubtful"


def test_the_whole_loop_by_keys_alone(there: MainWindow, qtbot: QtBot) -> None:
    there.activateWindow()
    view = there.slide_pane.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    card = there.first_steps.card
    assert QApplication.focusWidget() is button(there, Offer.PREDICT)
    QTest.keyClick(with_keyboard(), ENTER)
    reach(there, qtbot, Step.FIND)
    QTest.keyClick(with_keyboard(), SPACE)
    reach(there, qtbot, Step.CORRECT)
    # The same key again must not answer the question.
    assert QApplication.focusWidget() is card
    QTest.keyClick(card, SPACE)
    QTest.keyClick(card, ENTER)
    qtbot.wait(100)
    assert there.first_steps.step is Step.CORRECT
    key = Qt.Key.Key_1 if other_label(there) is Label.IDC else Qt.Key.Key_2
    QTest.keyClick(card, key)
    reach(there, qtbot, Step.RETRAIN)
    QTest.keyClick(with_keyboard(), ENTER)
    reach(there, qtbot, Step.COMPARE)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button(there, Offer.SHOW_CHANGE))
    QTest.keyClick(with_keyboard(), ENTER)
    reach(there, qtbot, None)
    QTest.keyClick(with_keyboard(), ESCAPE)
    assert not card.isVisible()
    assert QApplication.focusWidget() is view


def test_what_is_done_by_menus_tools_and_layers_is_seen(there: MainWindow, qtbot: QtBot) -> None:
    session = there.session
    there.actions_.predict.trigger()
    reach(there, qtbot, Step.FIND)
    row = int(most_wrong(session, there.annotation.keeper.reader)[0])
    assert session.dataset is not None
    assert session.patient is not None
    session.inspect(row - session.dataset.rows(session.patient).start)
    reach(there, qtbot, Step.CORRECT)
    wanted = other_label(there)
    there.annotation.actions.annotate.trigger()
    there.annotation.actions.labels[wanted].trigger()
    reach(there, qtbot, Step.RETRAIN)
    there.actions_.retrain_head.trigger()
    reach(there, qtbot, Step.COMPARE)
    session.show_before(True)
    reach(there, qtbot, None)


def test_an_undone_correction_leads_back(there: MainWindow, qtbot: QtBot) -> None:
    press(there, qtbot, Offer.PREDICT)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    wanted = other_label(there)
    press(there, qtbot, Offer.SAY_IDC if wanted is Label.IDC else Offer.SAY_NOT_IDC)
    reach(there, qtbot, Step.RETRAIN)
    there.annotation.actions.undo.trigger()
    reach(there, qtbot, Step.CORRECT)


def test_a_label_that_is_right_is_confirmed_and_the_next_patch_is_offered(
    there: MainWindow, qtbot: QtBot
) -> None:
    press(there, qtbot, Offer.PREDICT)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    row = row_on_screen(there.session)
    right = Offer.SAY_NOT_IDC if other_label(there) is Label.IDC else Offer.SAY_IDC
    press(there, qtbot, right)
    reach(there, qtbot, Step.FIND)
    assert "The label stays" in said(there)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    assert row_on_screen(there.session) != row


def test_another_patch_can_be_had_and_the_one_left_is_found_again(
    there: MainWindow, qtbot: QtBot
) -> None:
    press(there, qtbot, Offer.PREDICT)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    first = row_on_screen(there.session)
    press(there, qtbot, Offer.ANOTHER)
    qtbot.waitUntil(lambda: row_on_screen(there.session) not in (-1, first))
    second = row_on_screen(there.session)
    there.session.inspect(-1)
    press(there, qtbot, Offer.BACK)
    qtbot.waitUntil(lambda: row_on_screen(there.session) == second)


def test_it_can_be_left_at_any_moment_and_taken_up_where_it_was(
    there: MainWindow, qtbot: QtBot
) -> None:
    card, session = there.first_steps.card, there.session
    press(there, qtbot, Offer.PREDICT)
    press(there, qtbot, Offer.SHOW_WRONG)
    reach(there, qtbot, Step.CORRECT)
    there.slide_pane.view.setFocus()
    QTest.keyClick(there.slide_pane.view, ESCAPE)
    assert not card.isVisible()
    assert session.preferences.first_steps is FirstSteps.LEFT
    there.annotation.keeper.label(np.array([row_on_screen(session)]), other_label(there))
    there.first_steps.action.trigger()
    assert card.isVisible()
    assert there.first_steps.step is Step.RETRAIN
    assert card.has_keyboard
    card._close.click()
    assert not card.isVisible()


def test_once_done_it_begins_anew_from_the_menu(there: MainWindow, qtbot: QtBot) -> None:
    test_the_whole_loop_by_the_buttons_of_the_card(there, qtbot)
    there.first_steps.leave()
    there.first_steps.action.trigger()
    assert there.first_steps.step is Step.FIND
    assert there.first_steps.card.isVisible()


def test_escape_that_ends_a_gesture_leaves_the_card(there: MainWindow) -> None:
    view = there.slide_pane.view
    there.annotation.actions.annotate.trigger()
    there.annotation.actions.tools[list(there.annotation.actions.tools)[3]].trigger()
    view.setFocus()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect().center())
    QTest.keyClick(view, ESCAPE)
    assert there.first_steps.card.isVisible()


def test_it_is_shown_with_the_first_data_and_not_again(
    qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> None:
    for expected in (True, False):
        window = make_window(qapp, None)
        window.show()
        qtbot.waitExposed(window)
        assert not window.first_steps.card.isVisible()
        window.opener.open(data_folder)
        qtbot.waitUntil(partial(shows_slide, window), timeout=WAIT_MS)
        assert window.first_steps.card.isVisible() is expected
        assert not window.first_steps.card.has_keyboard
        window.first_steps.leave()
        dispose(window)


@pytest.mark.parametrize("kept", ["nonsense", 7, None, ["done"], {"a": 1}])
def test_a_damaged_word_of_the_preferences_is_as_new_and_spares_the_others(kept: object) -> None:
    session_file = preferences_path()
    content = {"kind": "bcviewer-preferences", "version": 1, "reader": "R", "first_steps": kept}
    write_json(session_file, content)
    loaded = load_preferences()
    assert loaded.first_steps is FirstSteps.NEW
    assert loaded.reader == "R"


def test_that_it_was_left_is_kept_in_the_file(opened: MainWindow) -> None:
    opened.first_steps.leave()
    opened.session.choices.save()
    content = read_json(preferences_path(), kind="bcviewer-preferences", version=1)
    assert content["first_steps"] == "left"


def test_without_data_it_says_what_to_open(window: MainWindow) -> None:
    window.first_steps.action.trigger()
    assert "Open a folder" in said(window)
    assert button(window, Offer.OPEN_DEMO)
    assert button(window, Offer.OPEN_FOLDER)


def test_without_a_model_it_offers_the_one_in_the_box(opened: MainWindow, qtbot: QtBot) -> None:
    assert "A model is needed" in said(opened)
    press(opened, qtbot, Offer.LOAD_MODEL)
    reach(opened, qtbot, Step.FIND)
    assert opened.session.model is not None
    assert opened.session.model.bundled


def test_a_blind_reader_is_told_why_there_is_nothing_to_see(
    there: MainWindow, qtbot: QtBot
) -> None:
    there.annotation.panel.blind_toggled.emit(True)
    qtbot.waitUntil(lambda: "You read blind" in said(there), timeout=WAIT_MS)
    press(there, qtbot, Offer.SHOW_LABELS)
    assert there.annotation.panel.isVisible()


def test_where_model_and_label_agree_it_leads_to_another_patient(
    there: MainWindow, qtbot: QtBot
) -> None:
    press(there, qtbot, Offer.PREDICT)
    reach(there, qtbot, Step.FIND)
    session = there.session
    assert session.labels is not None
    session.predictions[:] = session.labels.effective()
    session.predictions_changed.emit(None)
    qtbot.waitUntil(lambda: "agree wherever" in said(there), timeout=WAIT_MS)
    before = session.patient
    press(there, qtbot, Offer.NEXT_PATIENT)
    assert session.patient != before


def test_one_patient_alone_is_too_few_to_train_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, tiny_training: TinyTraining
) -> None:
    folder = write_dataset(tmp_path / "one", {"q0": grid_specs(4, 3)})
    window.predictions.load(str(tiny_training.run.path))
    window.opener.open(folder)
    session = window.session
    qtbot.waitUntil(
        lambda: session.slide_predictions() is not None and session.labels is not None,
        timeout=WAIT_MS,
    )
    assert session.labels is not None
    wanted = Label.NOT_IDC if session.labels.effective()[0] else Label.IDC
    window.annotation.keeper.label(np.array([0]), wanted)
    reach(window, qtbot, Step.RETRAIN)
    assert "two patients or more" in said(window)
    assert button(window, Offer.OPEN_FOLDER)


@pytest.fixture
def strangers(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, tiny_training: TinyTraining
) -> Iterator[MainWindow]:
    """A label is corrected on data whose patients the model does not know."""
    folder = write_dataset(tmp_path / "other", {f"q{n}": grid_specs(4, 3) for n in range(4)})
    window.predictions.load(str(tiny_training.run.path))
    window.opener.open(folder)
    session = window.session
    qtbot.waitUntil(
        lambda: session.slide_predictions() is not None and session.labels is not None,
        timeout=WAIT_MS,
    )
    window.annotation.keeper.label(np.array([0]), Label.NOT_IDC)
    reach(window, qtbot, Step.RETRAIN)
    yield window
    window.trainings.cancel()
    qtbot.waitUntil(lambda: not window.trainings.running, timeout=WAIT_MS)


def test_on_other_patients_it_trains_instead_and_can_be_stopped(
    strangers: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))

    class Cheap(TrainingProcess):
        def __init__(self, job_path: Path, **settings: object) -> None:
            command = [sys.executable, str(background_run.__file__), str(job_path.parent)]
            super().__init__(job_path, resume=bool(settings["resume"]), command=command)

    monkeypatch.setattr(training_worker, "TrainingProcess", Cheap)
    assert "a whole network trains" in said(strangers)
    press(strangers, qtbot, Offer.TRAIN)
    qtbot.waitUntil(lambda: "Training, epoch 4 of 20" in said(strangers), timeout=WAIT_MS)
    assert strangers.first_steps.card._bar.isVisible()
    form = strangers.training_panel.form
    assert strangers.session.model is not None
    assert form.weights.folder == strangers.session.model.folder.path
    press(strangers, qtbot, Offer.STOP)
    qtbot.waitUntil(lambda: strangers.first_steps.card.button(Offer.TRAIN) is not None)
    assert strangers.training_panel.controls.phase is Phase.IDLE


def test_a_refusal_is_said_on_the_card_until_the_next_try(there: MainWindow, qtbot: QtBot) -> None:
    there.predictions.load("/nowhere/at/all")
    qtbot.waitUntil(lambda: "nowhere" in said(there), timeout=WAIT_MS)
    press(there, qtbot, Offer.PREDICT)
    reach(there, qtbot, Step.FIND)
    assert "nowhere" not in said(there)


def test_the_slide_alone_is_alone_and_the_card_comes_back(opened: MainWindow) -> None:
    card = opened.first_steps.card
    assert card.isVisible()
    opened.actions_.slide_only.setChecked(True)
    assert not card.isVisible()
    opened.actions_.slide_only.setChecked(False)
    assert card.isVisible()
    opened.first_steps.leave()
    opened.actions_.slide_only.setChecked(True)
    opened.actions_.slide_only.setChecked(False)
    assert not card.isVisible()


def test_other_data_begin_at_the_first_step(
    there: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(there, qtbot, Offer.PREDICT)
    reach(there, qtbot, Step.FIND)
    there.opener.open(small_dataset(tmp_path / "next", patients=3))
    reach(there, qtbot, Step.PREDICT)


def test_it_stands_in_the_menu_help_and_is_named_for_screen_readers(opened: MainWindow) -> None:
    action: QAction = opened.first_steps.action
    (found,) = [each for each in commands(opened.menuBar()) if each.action is action]
    assert (found.menu, found.name, found.keys) == ("Help", "First steps", ("Shift+F1",))
    card = opened.first_steps.card
    assert card.accessibleName() == "First steps. Step 1 of 5: Predict."
    assert card.accessibleDescription() == said(opened)


def test_the_card_leaves_the_slide_most_of_a_small_window(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    qtbot.waitUntil(lambda: opened.width() == 1280)
    card = opened.first_steps.card
    assert card.height() <= 96
    assert opened.slide_pane.height() > 520
