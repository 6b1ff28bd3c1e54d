"""Agreement of readers and what a new model changed, as the window shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_pane import NOT_SHARED
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.prediction_store import PredictionStore
from tests.gui.conftest import WAIT_MS


@pytest.fixture
def reviewing(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with labels open and a model in use that predicts nothing by itself."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    preferences = opened.session.preferences.model_copy(update={"predict_on_open": False})
    opened.session.remember(preferences)
    with qtbot.waitSignal(opened.session.model_changed, timeout=WAIT_MS):
        opened.predictions.load("simple_cnn")
    dock = next(dock for dock in opened.docks if dock.windowTitle() == "Review")
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: opened.review.tabs.isVisible())
    yield opened
    book = opened.annotation.keeper.book
    assert book is None or book.flush(WAIT_MS / 1000)


def other_model(window: MainWindow, *, trained: tuple[str, ...] = ()) -> OpenedModel:
    """A model like the one in use, but another one."""
    model = window.session.model
    assert model is not None
    update = {"name": "retrained", "patients_trained": trained, "threshold": 0.4}
    card = model.folder.card.model_copy(update=update)
    folder = replace(model.folder, card=card, fingerprint="0" * 64)
    return replace(model, folder=folder)


def retrain(window: MainWindow, *, trained: tuple[str, ...] = ()) -> None:
    """Predict all patches rightly, then take a model that is wrong on 0 and 20 and sure of 1."""
    session = window.session
    assert session.dataset is not None
    truth = session.dataset.labels.astype(np.float32)
    session.predictions = 0.25 + 0.5 * truth
    session.predictions[2] = 1 - session.predictions[2]
    session.change_layers(threshold=0.6)
    session.use_model(other_model(window, trained=trained))
    session.predictions = 0.25 + 0.5 * truth
    for wrong in (0, 20):
        session.predictions[wrong] = 1 - session.predictions[wrong]
    session.predictions_changed.emit(None)


def texts(window: MainWindow) -> list[list[str]]:
    """The table of changes, as it is read."""
    table = window.review.changes.view.table
    columns = range(table.columnCount())
    return [
        [str(table.index(row, column).data()) for column in columns]
        for row in range(table.rowCount())
    ]


def test_without_two_readers_the_table_says_what_will_be_there(reviewing: MainWindow) -> None:
    reviewing.review.tabs.setCurrentWidget(reviewing.review.agreement)
    assert not reviewing.review.agreement.view.isVisible()
    assert reviewing.review.agreement.table.rowCount() == 0


def test_two_readers_are_compared_and_their_disagreements_open_as_a_queue(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    session, keeper = reviewing.session, reviewing.annotation.keeper
    assert session.data is not None
    keeper.label(np.arange(4), Label.IDC)
    assert keeper.book is not None
    assert keeper.book.flush(WAIT_MS / 1000)
    other = LabelBook(session.data.workspace.labels_path, session.data.dataset, reader="zoe")
    other.label(np.array([0, 1]), Label.IDC)
    other.label(np.array([2, 3]), Label.NOT_IDC)
    other.close()
    table = reviewing.review.agreement.table
    assert table.rowCount() == 0, "nothing is compared while nobody looks"
    reviewing.review.tabs.setCurrentWidget(reviewing.review.agreement)
    qtbot.waitUntil(lambda: table.rowCount() == 1 and table.pair(0).patches == 4, timeout=WAIT_MS)
    shown = [str(table.index(0, column).data()) for column in range(table.columnCount())]
    assert shown[0].endswith("and zoe")
    assert shown[1:] == ["0.00", "4", "50 %", "2", "0"]
    reviewing.review.agreement.view.clicked.emit(table.index(0, 4))
    queues = reviewing.review.queues
    assert reviewing.review.tabs.currentWidget() is queues.panel
    assert queues.table.rows.tolist() == [2, 3]
    assert "zoe" in queues.panel.kind.currentText()
    queues.panel.go_to(0)
    queues.panel.confirm_chosen.emit()
    assert session.labels is not None
    assert "disagreements" in session.labels.queues


def test_another_queue_takes_the_place_of_opened_patches(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    queues = reviewing.review.queues
    queues.open_rows(np.array([5, 6]), name="changes", title="Broken, HELD OUT patients")
    assert queues.panel.queue is None
    assert queues.panel.refresh.isHidden()
    queues.panel.kind.setCurrentIndex(3)
    with qtbot.waitSignal(queues.runner.arranged, timeout=WAIT_MS):
        queues.panel.wanted.emit()
    assert len(queues.table.rows) == 120
    assert queues.panel.kind.count() == 4


def test_a_new_model_is_counted_against_the_one_before(reviewing: MainWindow, qtbot: QtBot) -> None:
    reviewing.review.tabs.setCurrentWidget(reviewing.review.changes.view)
    assert "retrain the head" in reviewing.review.changes.view.hint.text()
    retrain(reviewing, trained=("p01",))
    qtbot.waitUntil(lambda: len(texts(reviewing)) == 2, timeout=WAIT_MS)
    assert texts(reviewing) == [
        ["HELD OUT", "5", "100", "1", "1", "98", "0"],
        ["TRAIN", "1", "20", "0", "1", "19", "0"],
    ]
    title = reviewing.review.changes.view.title.text()
    assert title == "simple_cnn (threshold 0.60) → retrained (threshold 0.40)"


def test_broken_patches_open_as_a_queue(reviewing: MainWindow, qtbot: QtBot) -> None:
    reviewing.review.tabs.setCurrentWidget(reviewing.review.changes.view)
    retrain(reviewing, trained=("p01",))
    view = reviewing.review.changes.view
    qtbot.waitUntil(lambda: len(texts(reviewing)) == 2, timeout=WAIT_MS)
    view.view.clicked.emit(view.table.index(0, 4))
    assert reviewing.review.queues.table.rows.tolist() == [0]
    view.view.clicked.emit(view.table.index(1, 3))
    assert reviewing.review.queues.table.rows.tolist() == [0], "there are none to open"


def test_the_same_model_again_changes_nothing(reviewing: MainWindow) -> None:
    session = reviewing.session
    assert session.model is not None
    session.use_model(session.model)
    assert session.earlier is None
    assert reviewing.slide_pane.strip._comparison.isHidden()


def test_one_key_switches_between_before_and_after(reviewing: MainWindow) -> None:
    retrain(reviewing)
    session, strip = reviewing.session, reviewing.slide_pane.strip
    after = session.slide_predictions()
    reviewing.slide_pane.setFocus()
    QTest.keyClick(reviewing.slide_pane, Qt.Key.Key_X)
    before = session.slide_predictions()
    assert before is not None
    assert after is not None
    assert np.flatnonzero(before != after).tolist() == [0, 2]
    assert session.layers.threshold == 0.6
    assert session.thresholds == (0.6, 0.4)
    legend = reviewing.slide_pane.view.corners.legend.look
    assert legend is not None
    assert legend.model == "simple_cnn"
    assert strip._before.isChecked()
    QTest.keyClick(reviewing.slide_pane, Qt.Key.Key_X)
    assert session.layers.threshold == 0.4
    assert not strip._before.isChecked()


def test_the_change_lies_over_the_tissue(reviewing: MainWindow) -> None:
    retrain(reviewing)
    view, strip = reviewing.slide_pane.view, reviewing.slide_pane.strip
    strip._change.click()
    assert view._layers is not None
    image = view._layers.heatmap.image
    shown = [
        (column, row)
        for row in range(image.height())
        for column in range(image.width())
        if image.pixelColor(column, row).alpha()
    ]
    assert shown == [(0, 0), (2, 0)], "only what changed has a colour"
    look = view.corners.legend.look
    assert look is not None
    assert look.title == "Change of probability"
    assert look.ends == ("−0.5", "+0.5")
    view.patch_hovered.emit(2)
    assert "change +0.50" in view.corners.readout.text
    strip._prediction.click()
    assert not reviewing.session.layers.change, "one of the two lies there"


def test_the_change_is_that_of_the_values_on_screen_and_says_which_they_are(
    reviewing: MainWindow,
) -> None:
    retrain(reviewing)
    session, strip = reviewing.session, reviewing.slide_pane.strip

    def notes() -> tuple[str, ...]:
        look = reviewing.slide_pane.view.corners.legend.look
        assert look is not None
        return look.notes

    session.views.show(context=True, calibrated=True)
    after = session.slide_predictions()
    session.show_before(True)
    before = session.slide_predictions()
    strip._change.click()
    assert before is not None
    assert after is not None
    np.testing.assert_array_equal(session.slide_change(), after - before)
    assert np.count_nonzero(after - before) > 2, "context carries it to patches around"
    assert notes() == ("With context, calibrated",)
    reviewing.slide_pane.view.patch_hovered.emit(1)
    assert f"change {after[1] - before[1]:+.2f}" in reviewing.slide_pane.view.corners.readout.text


def without_context(model: OpenedModel) -> OpenedModel:
    """The model as it would be had no context been fitted, as of a new head."""
    return replace(model, folder=replace(model.folder, context=None))


@pytest.mark.parametrize("lacking", ["the earlier one", "the one in use"])
def test_what_a_context_changes_does_not_pass_for_the_work_of_a_model(
    reviewing: MainWindow, lacking: str
) -> None:
    retrain(reviewing)
    session = reviewing.session
    assert session.model is not None
    assert session.earlier is not None
    if lacking == "the one in use":
        session.model = without_context(session.model)
    else:
        earlier = without_context(session.earlier.model)
        session.earlier = replace(session.earlier, model=earlier)
    session.views.show(context=True, calibrated=True)
    reviewing.slide_pane.strip._change.click()
    change = session.slide_change()
    assert change is not None
    assert np.flatnonzero(change).tolist() == [0, 2]
    look = reviewing.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.notes == ("Single patch, raw", NOT_SHARED)
    own = (session.earlier.model.folder, session.model.folder)
    plain = [each.card.threshold for each in own]
    for place, (threshold, folder) in enumerate(zip(session.thresholds, own, strict=True)):
        if folder.context is not None:
            assert threshold == plain[place], "counted by what belongs to single patches"


def test_blind_readers_see_no_change(reviewing: MainWindow, qtbot: QtBot) -> None:
    retrain(reviewing)
    reviewing.annotation.panel.blind.click()
    assert reviewing.session.slide_change() is None
    reviewing.review.tabs.setCurrentWidget(reviewing.review.changes.view)
    hint = reviewing.review.changes.view.hint
    qtbot.waitUntil(lambda: "You read blind" in hint.text(), timeout=WAIT_MS)


def test_what_the_earlier_model_predicted_in_other_sessions_is_recalled(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    session = reviewing.session
    assert session.data is not None
    assert session.model is not None
    data, first = session.data, session.model
    store = PredictionStore(data.workspace.predictions_folder, first.folder.fingerprint)
    kept = np.full(20, 0.125, np.float32)
    store.save("p04", kept, signature=data.store.signature("p04"))
    session.use_model(other_model(reviewing))
    rows = data.dataset.rows("p04")

    def recalled() -> bool:
        earlier = session.earlier
        return earlier is not None and bool((earlier.predictions[rows] == kept).all())

    qtbot.waitUntil(recalled, timeout=WAIT_MS)


def test_other_data_have_no_earlier_model(reviewing: MainWindow, qtbot: QtBot) -> None:
    retrain(reviewing)
    reviewing.session.show_before(True)
    assert reviewing.session.dataset is not None
    folder = reviewing.session.dataset.root
    with qtbot.waitSignal(reviewing.session.data_changed, timeout=WAIT_MS):
        reviewing.opener.open(folder)
    assert reviewing.session.earlier is None
    assert not reviewing.session.layers.before
    assert reviewing.session.layers.threshold == 0.4
