"""What to look at next: queues in the window, by key, by slide, blind, and with many patches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.queue_table import PAGE, PICTURE_ROLE
from bcviewer.gui.queue_desk import QueueDesk
from bcviewer.gui.widgets.queue_panel import QueuePanel
from tests.gui.conftest import WAIT_MS

Key = Qt.Key


@pytest.fixture
def reviewing(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with labels open, every patch predicted, and the queues in view."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    predict(opened)
    dock = next(dock for dock in opened.docks if dock.windowTitle() == "Review")
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: panel(opened).isVisible())
    yield opened
    book = opened.annotation.keeper.book
    assert book is None or book.flush(WAIT_MS / 1000)


def predict(window: MainWindow) -> None:
    """Give every patch a probability: patch 7 of the data set is nearest to the threshold."""
    session = window.session
    count = len(session.predictions)
    away = np.abs(np.arange(count) - 7) / count
    session.predictions = (0.5 + away).astype(np.float32)
    session.predictions_changed.emit(None)


def desk(window: MainWindow) -> QueueDesk:
    return window.review.queues


def panel(window: MainWindow) -> QueuePanel:
    return desk(window).panel


def choose(window: MainWindow, queue: Queue, qtbot: QtBot) -> list[int]:
    """Choose a queue; returns its rows."""
    with qtbot.waitSignal(desk(window).runner.arranged, timeout=WAIT_MS):
        panel(window).choose(queue)
    # New predictions sort a queue again that nobody is in the midst of, after a moment.
    busy = desk(window)
    qtbot.waitUntil(lambda: not (busy._settled.isActive() or busy.runner.sorting), timeout=WAIT_MS)
    rows: list[int] = desk(window).table.rows.tolist()
    return rows


def press(window: MainWindow, key: Qt.Key) -> None:
    panel(window).strip.setFocus()
    QTest.keyClick(panel(window).strip, key)


def said(window: MainWindow, row: int) -> int:
    assert window.session.labels is not None
    return int(window.session.labels.labels[row])


def use_some_model(window: MainWindow, qtbot: QtBot) -> None:
    """Load the model that comes with the program, and predict anew."""
    with qtbot.waitSignal(window.session.model_changed, timeout=WAIT_MS):
        window.predictions.load("simple_cnn")
    # It predicts the slide by itself: later, that would take the place of what is made up here.
    qtbot.waitUntil(lambda: window.session.slide_predictions() is not None, timeout=WAIT_MS)
    predict(window)


def test_the_least_certain_patch_comes_first(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    assert rows[0] == 7
    assert len(rows) == 120
    assert panel(reviewing).count.text() == "120 patches"
    assert panel(reviewing).stack.currentWidget() is panel(reviewing).strip


def test_a_queue_without_predictions_says_what_to_do(reviewing: MainWindow, qtbot: QtBot) -> None:
    reviewing.session.predictions[:] = np.nan
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    assert rows == []
    assert "load one first" in panel(reviewing).hint.text()
    assert panel(reviewing).hint.isVisible()
    assert not panel(reviewing).predict_all.isVisible(), "there is no model to predict with"


def test_a_queue_without_predictions_offers_to_make_them(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    use_some_model(reviewing, qtbot)
    reviewing.session.predictions[:] = np.nan
    assert choose(reviewing, Queue.LEAST_CERTAIN, qtbot) == []
    assert "Predict all patients first" in panel(reviewing).hint.text()
    panel(reviewing).predict_all.click()
    rows = desk(reviewing).table
    qtbot.waitUntil(lambda: len(rows.rows) == 120, timeout=WAIT_MS)
    assert panel(reviewing).strip.isVisible()


def test_a_patch_of_the_queue_is_shown_in_its_tissue(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    far = next(place for place, row in enumerate(rows) if row == 47)
    panel(reviewing).go_to(far)
    session = reviewing.session
    qtbot.waitUntil(lambda: session.slide_is_shown and session.patch >= 0, timeout=WAIT_MS)
    assert session.patient == "p02"
    assert session.patch == 7
    assert reviewing.annotation.led_by_queue


def test_one_key_labels_the_patch_and_goes_on(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    press(reviewing, Key.Key_1)
    press(reviewing, Key.Key_3)
    press(reviewing, Key.Key_Return)
    assert [said(reviewing, row) for row in rows[:3]] == [
        Label.IDC,
        Label.UNSURE,
        int(reviewing.session.dataset.labels[rows[2]]),  # type: ignore[union-attr]
    ]
    assert desk(reviewing).current == rows[3]
    assert said(reviewing, rows[3]) == Label.CLEARED


def test_what_is_said_of_an_offered_patch_counts_for_its_queue(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    rows = choose(reviewing, Queue.RANDOM_CONTROL, qtbot)
    panel(reviewing).go_to(0)
    truth = int(reviewing.session.dataset.labels[rows[0]])  # type: ignore[union-attr]
    press(reviewing, Key.Key_2 if truth else Key.Key_1)
    press(reviewing, Key.Key_Return)
    words = "1 correction of 2 looked at: 50 per 100"
    qtbot.waitUntil(lambda: panel(reviewing).yielded.text() == words, timeout=WAIT_MS)
    choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    press(reviewing, Key.Key_Return)
    words = "By chance: 50 per 100 (1 of 2)"
    qtbot.waitUntil(lambda: panel(reviewing).by_chance.text() == words, timeout=WAIT_MS)


def test_a_label_given_on_the_slide_counts_and_goes_on_too(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    reviewing.patch_panel.label_chosen.emit(int(Label.IDC))
    assert said(reviewing, rows[0]) == Label.IDC
    assert desk(reviewing).current == rows[1]
    session = reviewing.session
    qtbot.waitUntil(lambda: session.slide_is_shown and session.patch >= 0, timeout=WAIT_MS)
    reviewing.annotation.actions.annotate.trigger()
    reviewing.annotation.actions.confirm.trigger()
    assert said(reviewing, rows[1]) in (Label.IDC, Label.NOT_IDC)
    assert desk(reviewing).current == rows[2], "one step for one answer"
    assert session.labels is not None
    assert set(session.labels.queues) == {"", str(Queue.LEAST_CERTAIN)}


def test_another_patch_labelled_on_the_slide_is_none_of_the_queues(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    reviewing.session.inspect(15)
    assert not reviewing.annotation.led_by_queue
    reviewing.patch_panel.label_chosen.emit(int(Label.IDC))
    assert said(reviewing, 15) == Label.IDC
    assert desk(reviewing).current == rows[0]
    assert reviewing.session.labels is not None
    assert reviewing.session.labels.queues == ("",)


def test_undo_goes_back_to_the_patch(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    press(reviewing, Key.Key_1)
    press(reviewing, Key.Key_1)
    reviewing.annotation.keeper.undo()
    assert desk(reviewing).current == rows[1]
    assert said(reviewing, rows[1]) == Label.CLEARED


def test_a_refreshed_queue_leaves_out_what_is_answered(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    press(reviewing, Key.Key_1)
    assert desk(reviewing).table.rows.tolist() == rows, "the queue stands still in use"
    with qtbot.waitSignal(desk(reviewing).runner.arranged, timeout=WAIT_MS):
        panel(reviewing).refresh.click()
    assert desk(reviewing).table.rows.tolist() == rows[1:]


def test_the_last_patch_is_the_end(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(len(rows) - 1)
    with qtbot.waitSignal(desk(reviewing).said) as told:
        press(reviewing, Key.Key_1)
    assert "last patch" in told.args[0]
    assert desk(reviewing).current == rows[-1]


def test_a_key_without_a_patch_says_what_to_do(reviewing: MainWindow, qtbot: QtBot) -> None:
    choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    with qtbot.waitSignal(desk(reviewing).said) as told:
        panel(reviewing).label_chosen.emit(int(Label.IDC))
    assert "arrow keys" in told.args[0]
    assert reviewing.session.labels is not None
    assert not (reviewing.session.labels.labels >= 0).any()


def test_the_queue_of_this_patient_follows_the_patient(reviewing: MainWindow, qtbot: QtBot) -> None:
    choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    with qtbot.waitSignal(desk(reviewing).runner.arranged, timeout=WAIT_MS):
        panel(reviewing).one_patient.click()
    assert sorted(desk(reviewing).table.rows.tolist()) == list(range(20))
    with qtbot.waitSignal(desk(reviewing).runner.arranged, timeout=WAIT_MS):
        reviewing.session.choose_patient("p03")
    assert sorted(desk(reviewing).table.rows.tolist()) == list(range(60, 80))


def test_doubtful_labels_are_of_patients_the_model_did_not_train_on(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    use_some_model(reviewing, qtbot)
    session = reviewing.session
    assert session.dataset is not None
    assert session.model is not None
    session.predictions[:] = np.where(session.dataset.labels == 1, 0.9, 0.1)
    session.predictions[[33, 44]] = [1, 0.99]
    session.predictions_changed.emit(None)
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == [33, 44]
    card = session.model.folder.card.model_copy(update={"patients_trained": ("p01",)})
    session.model = replace(session.model, folder=replace(session.model.folder, card=card))
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == [44]


def test_blind_readers_see_no_queue_of_the_model(reviewing: MainWindow, qtbot: QtBot) -> None:
    use_some_model(reviewing, qtbot)
    reviewing.annotation.panel.blind.click()
    assert choose(reviewing, Queue.LEAST_CERTAIN, qtbot) == []
    assert "You read blind" in panel(reviewing).hint.text()
    rows = choose(reviewing, Queue.RANDOM_CONTROL, qtbot)
    table = desk(reviewing).table
    assert len(rows) == 120
    assert table.entry(0).probability is None
    panel(reviewing).go_to(0)
    press(reviewing, Key.Key_1)
    assert table.entry(0).probability is not None, "committed: now it may be seen"


def test_new_predictions_do_not_take_the_queue_from_under_the_hands(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(2)
    reviewing.session.predictions = reviewing.session.predictions[::-1].copy()
    reviewing.session.predictions_changed.emit(None)
    qtbot.waitUntil(lambda: "refresh" in panel(reviewing).count.text(), timeout=WAIT_MS)
    assert desk(reviewing).table.rows.tolist() == rows


def test_pictures_come_for_what_is_in_view_only(reviewing: MainWindow, qtbot: QtBot) -> None:
    choose(reviewing, Queue.RANDOM_CONTROL, qtbot)
    pictures = desk(reviewing).pictures
    qtbot.waitUntil(lambda: pictures.count > 0, timeout=WAIT_MS)
    strip = panel(reviewing).strip
    first = strip.model().index(0, 0)
    qtbot.waitUntil(lambda: first.data(PICTURE_ROLE) is not None, timeout=WAIT_MS)
    assert pictures.count < 120


def test_a_picture_that_cannot_be_read_is_grey_and_stops_nothing(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    dataset = reviewing.session.dataset
    assert dataset is not None
    dataset.path(7).write_bytes(b"no picture")
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    pictures = desk(reviewing).pictures
    qtbot.waitUntil(lambda: pictures.picture(rows[1]) is not None, timeout=WAIT_MS)
    assert rows[0] == 7
    assert pictures.picture(7) is None


def test_a_long_queue_is_fetched_in_pages(reviewing: MainWindow) -> None:
    table = desk(reviewing).table
    rows = np.tile(np.arange(120, dtype=np.int64), 10)
    table.show_rows(rows)
    assert table.rowCount() == PAGE
    assert table.place(PAGE).row() == PAGE
    assert table.rowCount() == 2 * PAGE
    while table.canFetchMore(QModelIndex()):
        table.fetchMore(QModelIndex())
    assert table.rowCount() == len(rows)


def test_list_and_strip_show_the_same_patch(reviewing: MainWindow, qtbot: QtBot) -> None:
    rows = choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(1)
    panel(reviewing).as_list.click()
    listed = panel(reviewing).list
    assert listed.isVisible()
    assert listed.currentIndex().row() == 1
    listed.setFocus()
    QTest.keyClick(listed, Key.Key_4)
    assert said(reviewing, rows[1]) == Label.EXCLUDED
    assert listed.currentIndex().row() == 2


def test_other_data_empty_the_queue(reviewing: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from tests.factories import small_dataset

    choose(reviewing, Queue.LEAST_CERTAIN, qtbot)
    panel(reviewing).go_to(0)
    other = small_dataset(tmp_path / "other", patients=2, seed=5)
    with qtbot.waitSignal(reviewing.session.data_changed, timeout=WAIT_MS):
        reviewing.opener.open(other)
    assert len(desk(reviewing).table.rows) == 0
    qtbot.waitUntil(lambda: reviewing.session.labels is not None, timeout=WAIT_MS)
    rows = choose(reviewing, Queue.RANDOM_CONTROL, qtbot)
    assert sorted(rows) == list(range(40))
