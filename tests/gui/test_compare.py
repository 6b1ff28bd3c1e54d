"""Two models side by side in the window: scores, differences, and the way to the patches."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.errors import Cancelled
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.evaluation.judging import Whom
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.compare_desk import TWO_VIEWS, CompareDesk
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.compare_tables import BETTER, DIFFERENCE, FIRST, INTERVAL, NAME, SECOND
from bcviewer.gui.widgets.compare_head import WHOM, WITH_CONTEXT
from bcviewer.gui.widgets.compare_view import BLIND, EMPTY, NO_DATA
from bcviewer.gui.workers import compare_worker
from bcviewer.gui.workers.compare_worker import ModelChoice
from bcviewer.model.context import View
from bcviewer.model.context_view import probabilities_in
from bcviewer.model.library import bundled_models, imported_folder
from bcviewer.model.prediction_store import PredictionStore
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS


def show(window: MainWindow, qtbot: QtBot) -> CompareDesk:
    dock = next(dock for dock in window.docks if dock.windowTitle() == "Evaluation")
    dock.show()
    dock.raise_()
    desk = window.comparing
    window.evaluation.tabs.setCurrentWidget(desk.view)
    qtbot.waitUntil(lambda: desk.view.isVisible(), timeout=WAIT_MS)
    return desk


@pytest.fixture
def desk(opened: MainWindow, qtbot: QtBot) -> CompareDesk:
    """The tab on screen, with six patients and the bundled model to choose."""
    found = show(opened, qtbot)
    qtbot.waitUntil(lambda: found.view.head.chosen is not None, timeout=WAIT_MS)
    return found


def compare(desk: CompareDesk, qtbot: QtBot) -> None:
    QTest.mouseClick(desk.view.head.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.view.head.button.isVisible(), timeout=WAIT_MS)


def texts(desk: CompareDesk) -> dict[str, list[str]]:
    table = desk.view.scores
    rows = [
        [str(table.index(row, column).data()) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return {row[NAME]: row for row in rows}


def disagreement(desk: CompareDesk) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    assert desk.comparison is not None
    return desk.comparison.compared.disagreement.rows


def test_without_data_it_says_what_will_be_there(window: MainWindow, qtbot: QtBot) -> None:
    desk = show(window, qtbot)
    assert desk.view.hint.text() == NO_DATA
    assert not desk.view.head.button.isEnabled()


def test_a_model_is_offered_with_and_without_context(desk: CompareDesk) -> None:
    head = desk.view.head
    assert head.first.currentText() == "mobilenetv2"
    assert head.second.currentText() == f"mobilenetv2{WITH_CONTEXT}"
    assert desk.view.hint.text() == EMPTY
    head.second.setCurrentIndex(0)
    assert not head.button.isEnabled()
    assert "different" in head.button.toolTip()


def test_the_table_shows_scores_and_differences(desk: CompareDesk, qtbot: QtBot) -> None:
    compare(desk, qtbot)
    found = desk.comparison
    assert found is not None
    assert found.names[1] == "mobilenetv2, with context, calibrated"
    shown = texts(desk)["Balanced accuracy"]
    one, other = (each.scores["balanced_accuracy"] for each in found.compared.evaluations)
    gain = found.compared.differences["balanced_accuracy"]
    assert (shown[FIRST], shown[SECOND]) == (f"{one:.3f}", f"{other:.3f}")
    assert shown[DIFFERENCE].replace("−", "-") == f"{gain.value:+.3f}"
    assert shown[INTERVAL].replace("−", "-") == f"{gain.low:+.3f} to {gain.high:+.3f}"
    better = ("", "model 1", "model 2")[gain.favours("balanced_accuracy")]
    assert shown[BETTER] == better
    assert texts(desk)["Parameters"][FIRST] == "2,259,265"
    assert "6 patients, 120 patches, 30% IDC; held out; split by patient" in desk.view.words.text()


def test_it_shows_what_evaluate_gives(desk: CompareDesk, qtbot: QtBot) -> None:
    compare(desk, qtbot)
    found = desk.comparison
    assert found is not None
    dataset = found.dataset
    told = found.compared.evaluations[0]
    store = desk._session.data
    assert store is not None
    model = found.contenders[0].model
    kept = PredictionStore(store.workspace.predictions_folder, model.fingerprint)
    values = []
    for patient in dataset.patients:
        plain = kept.load(patient, 20)
        assert plain is not None
        view = View(calibrated=True)
        values.append(probabilities_in(model, dataset, patient, probabilities=plain, view=view))
    alone = evaluate(
        dataset.labels,
        np.concatenate(values),
        dataset.patient_index,
        threshold=found.contenders[0].threshold,
    )
    assert told == alone


def test_a_click_shows_a_disagreement_in_its_tissue(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    compare(desk, qtbot)
    rows = disagreement(desk)
    if not len(rows):
        pytest.skip("both agree on this tissue")
    view = desk.view.patch_view
    place = view.visualRect(desk.view.patches.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    session, dataset = opened.session, opened.session.dataset
    assert dataset is not None
    patient = dataset.patients[int(dataset.patient_index[rows[0]])]
    wanted = int(rows[0]) - dataset.rows(patient).start
    qtbot.waitUntil(
        lambda: session.slide_is_shown and session.patient == patient and session.patch == wanted,
        timeout=WAIT_MS,
    )


def test_disagreements_are_looked_through_as_a_queue(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    compare(desk, qtbot)
    rows = disagreement(desk)
    assert len(rows)
    QTest.mouseClick(desk.view.queue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.review.queues.panel.isVisible(), timeout=WAIT_MS)
    np.testing.assert_array_equal(opened.review.queues.table.rows, rows)


def second_model(name: str) -> Path:
    """The bundled model once more, imported; its context was taken off."""
    folder = imported_folder() / name
    shutil.copytree(bundled_models()["simple_cnn"], folder)
    (folder / "context.json").unlink()
    return folder


def test_models_that_the_user_imported_are_offered(opened: MainWindow, qtbot: QtBot) -> None:
    second_model("other")
    desk = show(opened, qtbot)
    qtbot.waitUntil(lambda: desk.view.head.first.count() == 5, timeout=WAIT_MS)
    known = [desk.view.head.first.itemData(place) for place in range(5)]
    assert ModelChoice(imported_folder() / "other") in known
    assert ModelChoice(imported_folder() / "other", context=True) not in known


def test_the_change_is_shown_on_the_slide_once_both_were_in_use(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    """The window uses one model after the other, as when a head is retrained."""
    compare(desk, qtbot)
    assert not desk.view.map.isEnabled()  # one model, with and without context
    asked: list[str] = []
    desk.load_requested.connect(asked.append)
    first, second = bundled_models()["simple_cnn"], second_model("other")
    desk._to_load = [first, second]
    desk._load_first()
    qtbot.waitUntil(lambda: opened.session.layers.change, timeout=WAIT_MS)
    assert asked == [str(first), str(second)]
    model = opened.session.model
    assert model is not None
    assert model.folder.path == second


def test_the_change_on_the_slide_is_in_the_view_that_was_compared(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    session, head = opened.session, desk.view.head
    head.whom.setCurrentIndex(head.whom.count() - 1)
    head.first.setCurrentText("mobilenetv2")
    head.second.setCurrentText(f"simple_cnn{WITH_CONTEXT}")
    compare(desk, qtbot)
    assert not desk.view.map.isEnabled()
    assert desk.view.map.toolTip() == TWO_VIEWS
    head.first.setCurrentText(f"mobilenetv2{WITH_CONTEXT}")
    compare(desk, qtbot)
    QTest.mouseClick(desk.view.map, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.layers.change, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    assert session.views.shared == View(context=True, calibrated=True)
    look = opened.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.notes == ("With context, calibrated",)


def test_the_change_on_the_slide_is_of_what_was_compared_though_the_window_asks_otherwise(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    session, head, strip = opened.session, desk.view.head, opened.slide_pane.strip
    with qtbot.waitSignal(session.model_changed, timeout=WAIT_MS):
        opened.predictions.load("mobilenetv2")
    opened.model_panel._on_open.setChecked(False)
    strip.show_more(True)
    strip.views.averaged.click()
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    head.whom.setCurrentIndex(list(WHOM).index(Whom.ALL.name))
    head.first.setCurrentText("mobilenetv2")
    head.second.setCurrentText("simple_cnn")
    compare(desk, qtbot)
    assert "without averaging" in desk.view.map.toolTip()
    QTest.mouseClick(desk.view.map, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.layers.change, timeout=WAIT_MS)
    assert not strip.views.averaged.isChecked()
    for patient in ("p00", "p04"):  # predicted by the comparison, and not anew
        session.choose_patient(patient)
        qtbot.waitUntil(lambda: session.slide_is_shown, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
        look = opened.slide_pane.view.corners.legend.look
        assert look is not None
        assert look.notes == ("Single patch, raw",)


def test_other_choices_make_what_is_shown_step_back(desk: CompareDesk, qtbot: QtBot) -> None:
    compare(desk, qtbot)
    head = desk.view.head
    assert desk.view.found.isEnabled()
    head.whom.setCurrentIndex(list(WHOM).index(Whom.ALL.name))
    assert not desk.view.found.isEnabled()
    compare(desk, qtbot)
    assert desk.view.found.isEnabled()
    assert desk.comparison is not None
    assert desk.comparison.chosen[0].part == "all patients"


def test_one_patient_gives_no_interval(desk: CompareDesk, qtbot: QtBot) -> None:
    head = desk.view.head
    head.whom.setCurrentIndex(head.whom.count() - 1)
    compare(desk, qtbot)
    assert texts(desk)["Accuracy"][INTERVAL] == ""
    assert "one patient gives no interval" in desk.view.words.text()


def test_patients_that_there_are_not_are_told(desk: CompareDesk, qtbot: QtBot) -> None:
    desk.view.head.whom.setCurrentIndex(list(WHOM).index(Whom.VALIDATION.name))
    compare(desk, qtbot)
    assert desk.comparison is None
    assert "no patient that is validation" in desk.view.hint.text()


def test_nothing_is_told_to_a_blind_reader(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot
) -> None:
    compare(desk, qtbot)
    opened.session.set_blindness(Blindness(on=True, reader="ann"))
    assert desk.view.hint.isVisible()
    assert desk.view.hint.text() == BLIND
    compare(desk, qtbot)
    assert desk.comparison is None
    assert desk.view.hint.text() == BLIND


def test_a_comparison_can_be_stopped(
    desk: CompareDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, cancelled: object, **__: object) -> None:
        while not cancelled():  # type: ignore[operator]
            QTest.qSleep(5)
        raise Cancelled

    monkeypatch.setattr(compare_worker, "compare_models", endless)
    QTest.mouseClick(desk.view.head.button, Qt.MouseButton.LeftButton)
    assert desk.view.head.stop.isVisible()
    assert not desk.view.head.first.isEnabled()
    QTest.mouseClick(desk.view.head.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.view.head.button.isVisible(), timeout=WAIT_MS)
    assert "Stopped" in desk.view.hint.text()


def test_other_data_take_the_comparison_away(
    opened: MainWindow, desk: CompareDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    compare(desk, qtbot)
    opened.opener.open(small_dataset(tmp_path / "other", patients=2))
    qtbot.waitUntil(lambda: desk.comparison is None, timeout=WAIT_MS)
    assert desk.view.hint.text() == EMPTY
