"""The dock that judges the model in use, as somebody works with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.evaluation.selection import Chosen
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.evaluation_desk import EvaluationDesk
from bcviewer.gui.evaluation_parts import Part, best_part, reasons_against
from bcviewer.gui.layouts import LAYOUTS
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.evaluation_table import BALANCED, ROLE
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.context import View
from tests.gui.conftest import WAIT_MS

TRAINED, VALIDATED = ("p00", "p01"), ("p02",)
OPTIMISTIC = "OPTIMISTIC: NOT NEW TO THE MODEL"


@pytest.fixture
def desk(opened: MainWindow, qtbot: QtBot) -> EvaluationDesk:
    """The dock on screen, with a model that has seen three of six patients."""
    preferences = opened.session.preferences.model_copy(update={"predict_on_open": False})
    opened.session.remember(preferences)
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    with qtbot.waitSignal(opened.session.model_changed, timeout=WAIT_MS):
        opened.predictions.load("simple_cnn")
    assert opened.session.model is not None
    opened.session.use_model(taught(opened.session.model))
    dock = dock_of(opened)
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: opened.evaluation.tabs.isVisible())
    return opened.evaluation


def dock_of(window: MainWindow) -> QDockWidget:
    return next(dock for dock in window.docks if dock.windowTitle() == "Evaluation")


def taught(model: OpenedModel) -> OpenedModel:
    """The same model, as if it had learned from patients of the data."""
    update = {"patients_trained": TRAINED, "patients_validated": VALIDATED, "thresholds": {}}
    card = model.folder.card.model_copy(update=update)
    return replace(model, folder=replace(model.folder, card=card, fingerprint="1" * 64))


def guesses(window: MainWindow) -> NDArray[np.float32]:
    """float32[120]: right more often than not, other for each patient."""
    dataset = window.session.dataset
    assert dataset is not None
    generator = np.random.default_rng(1)
    noise = generator.normal(0, 0.28, len(dataset))
    return np.clip(0.3 + 0.4 * dataset.labels + noise, 0.01, 0.99).astype(np.float32)


def predict(window: MainWindow, *, without: tuple[str, ...] = ()) -> None:
    """Have all patients predicted but some."""
    session = window.session
    assert session.dataset is not None
    session.predictions = guesses(window)
    for patient in without:
        session.predictions[session.dataset.rows(patient)] = np.nan
    session.views.begin()
    session.predictions_changed.emit(None)


def wait_for_figures(desk: EvaluationDesk, qtbot: QtBot) -> None:
    """Wait until all figures and their intervals hold."""
    qtbot.waitUntil(lambda: desk.settled and desk.scores.has_intervals, timeout=WAIT_MS)


def window_of(desk: EvaluationDesk) -> MainWindow:
    window = desk.parent()
    assert isinstance(window, MainWindow)
    return window


def test_without_predictions_it_offers_to_make_them(desk: EvaluationDesk, qtbot: QtBot) -> None:
    stack = desk.stacks[0]
    qtbot.waitUntil(lambda: "None of these 3 patients" in stack.hint_text, timeout=WAIT_MS)
    window = window_of(desk)
    with qtbot.waitSignal(window.predictions.ended, timeout=WAIT_MS):
        QTest.mouseClick(stack.predict, Qt.MouseButton.LeftButton)
    assert window.session.unpredicted_patients() == ("p00", "p01", "p02"), "only who is asked for"
    wait_for_figures(desk, qtbot)
    assert stack.hint_text == ""
    assert desk.head.stamp.text() == "NOT SEEN IN TRAINING"


def test_the_figures_are_those_of_evaluate(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    dataset = window.session.dataset
    assert dataset is not None
    rows = dataset.rows_of(["p03", "p04", "p05"])
    expected = evaluate(
        dataset.labels[rows],
        window.session.predictions[rows],
        dataset.patient_index[rows],
        threshold=window.session.layers.threshold,
    )
    table = desk.scores.table
    for name in ("balanced_accuracy", "f1", "auc", "average_precision", "brier"):
        low, high = expected.intervals[name]
        assert table.text(name) == (f"{expected.scores[name]:.3f}", f"{low:.3f}–{high:.3f}")
    assert desk.head.words.text() == "3 patients · 60 patches · 30.0 % IDC · original labels"


def test_one_threshold_moves_everything(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    before = desk.scores.table.text("sensitivity")
    window.slide_pane.strip._number.setValue(0.30)
    assert window.session.layers.threshold == 0.3
    cells = desk.scores.matrix.cells
    found, missed = cells[1, 1].count, cells[1, 0].count
    after = desk.scores.table.text("sensitivity")
    assert after == (f"{found / (found + missed):.3f}", "…"), "its interval is not known yet"
    assert after != before
    assert desk.scores.table.text("auc")[1] != "…", "what the threshold does not move holds"
    assert desk.scores.table.head() == "<b>━ Single patch ≥ 0.30</b>"
    wait_for_figures(desk, qtbot)
    assert desk.scores.table.text("sensitivity")[1] != "…"
    desk.scores.roc.threshold_dragged.emit(0.62)
    assert window.slide_pane.strip._number.value() == 0.62
    assert desk.head.threshold.text() == "Threshold 0.62"


def test_the_line_of_the_histogram_can_be_dragged(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    plot = desk.scores.histogram
    viewport = plot.widget.viewport()
    start = plot.pixels(window.session.layers.threshold, 0.02).toPoint()
    end = plot.pixels(0.25, 0.02).toPoint()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert window.session.layers.threshold == pytest.approx(0.25, abs=0.02)


def test_the_point_of_a_curve_can_be_dragged(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    plot = desk.scores.roc
    assert desk.measured is not None
    curve = desk.measured.shown.roc
    number = len(curve.x) // 2
    place = plot.pixels(float(curve.x[number]), float(curve.y[number])).toPoint()
    QTest.mousePress(plot.widget.viewport(), Qt.MouseButton.LeftButton, pos=place)
    point = desk.measured.shown.operating.point(window.session.layers.threshold)
    assert 1 - point.specificity == pytest.approx(float(curve.x[number]), abs=0.05)
    assert point.sensitivity == pytest.approx(float(curve.y[number]), abs=0.05)
    assert "sensitivity" in plot.words_at(QPointF(place))


def test_cells_and_bins_open_their_patches(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    opened: list[Chosen] = []
    desk.patches_requested.connect(opened.append)
    cell = desk.scores.matrix.cells[1, 0]
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert len(opened[0].rows) == cell.count > 0
    values, dataset = window.session.predictions, window.session.dataset
    assert dataset is not None
    assert (dataset.labels[opened[0].rows] == 1).all()
    assert (values[opened[0].rows] < window.session.layers.threshold).all()
    plot = desk.scores.histogram
    assert plot._counts is not None
    number = int(np.flatnonzero(plot._counts.other)[0])
    edges = plot._counts.edges
    middle = float(edges[number] + edges[number + 1]) / 2
    place = plot.pixels(middle, -0.01).toPoint()
    QTest.mouseClick(plot.widget.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(opened[1].rows) == plot._counts.other[number]
    assert (dataset.labels[opened[1].rows] == 0).all()


def test_a_choice_of_patients_says_what_it_is_worth(desk: EvaluationDesk, qtbot: QtBot) -> None:
    predict(window_of(desk))
    wait_for_figures(desk, qtbot)
    stamps = {}
    for part in (Part.VALIDATION, Part.ALL, Part.OPEN):
        desk.head.part.setCurrentIndex(list(Part).index(part))
        qtbot.waitUntil(lambda: desk.settled, timeout=WAIT_MS)
        stamps[part] = (desk.head.stamp.text(), desk.head.words.text().split(" · ")[0])
    assert stamps[Part.VALIDATION] == ("OPTIMISTIC: CHOSE THE THRESHOLD", "1 patient")
    assert stamps[Part.ALL] == ("OPTIMISTIC: 3 OF 6 SEEN", "6 patients")
    assert stamps[Part.OPEN] == (OPTIMISTIC, "1 patient")
    assert desk.scores.table.text("auc")[1] in ("…", ""), "one patient has no interval"


def test_a_choice_that_cannot_be_had_says_why(desk: EvaluationDesk) -> None:
    model = desk.head.part.model()
    test_part = model.index(list(Part).index(Part.TEST), 0)
    assert not model.flags(test_part) & Qt.ItemFlag.ItemIsEnabled
    assert "not known for these data" in str(test_part.data(Qt.ItemDataRole.ToolTipRole))


def test_a_split_that_kept_nobody_for_testing_is_no_choice(desk: EvaluationDesk) -> None:
    session = window_of(desk).session
    assert session.dataset is not None
    assert session.model is not None
    patients = session.dataset.patients
    update = {"patients_trained": patients[:4], "patients_validated": patients[4:]}
    folder = session.model.folder
    folder = replace(folder, card=folder.card.model_copy(update=update))
    against = reasons_against(session.dataset, folder, None, has_split=True)
    assert best_part(against) is Part.VALIDATION
    assert "no patient" in against[Part.TEST]


def test_the_dock_can_be_made_low_again(desk: EvaluationDesk) -> None:
    page, heights = desk.scores, []
    for tall in (False, True):
        page._arrange(tall=tall)
        layout = page.layout()
        assert layout is not None
        layout.invalidate()
        heights.append(page.minimumSizeHint().height())
    assert heights[0] == heights[1]


def test_figures_that_do_not_hold_any_more_are_dimmed(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    assert desk.scores.matrix.isEnabled()
    window.annotation.keeper.label(np.array([60, 61, 62]), Label.EXCLUDED)
    qtbot.waitUntil(lambda: not desk.scores.matrix.isEnabled(), timeout=WAIT_MS)
    assert desk.head.words.text() == "Counting…"
    wait_for_figures(desk, qtbot)
    assert desk.scores.matrix.isEnabled()
    assert "57 patches" in desk.head.words.text()
    assert "corrected by readers" in desk.head.words.text()
    book = window.annotation.keeper.book
    assert book is not None
    assert book.flush(WAIT_MS / 1000)


def test_predictions_of_other_patients_change_no_figure(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window, without=("p00", "p05"))
    wait_for_figures(desk, qtbot)
    assert desk.head.words.text().startswith("2 of 3 patients · 40 patches")
    assert desk.head.predict.text() == "Predict 1 more"
    dataset = window.session.dataset
    assert dataset is not None
    shown = desk.measured
    for patient in ("p00", "p05"):
        rows = dataset.rows(patient)
        window.session.predictions[rows] = guesses(window)[rows]
        window.session.predictions_changed.emit(patient)
        assert desk.scores.matrix.isEnabled(), "the figures hold for those that they tell of"
        assert desk.settled == (patient == "p00")
        assert desk.measured is shown
    wait_for_figures(desk, qtbot)
    assert desk.head.words.text().startswith("3 patients · 60 patches")


def test_context_stands_beside_single_patches(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    table = desk.scores.table
    assert table.head(0).startswith("<b>━ Single patch")
    assert table.head(1).startswith("┄ With context")
    window.session.views.show(context=True, calibrated=True)
    wait_for_figures(desk, qtbot)
    assert table.head(1).startswith("<b>━ With context")
    assert desk.measured is not None
    assert desk.measured.wish.shown == View(context=True, calibrated=True)
    assert desk.head.words.text().endswith("calibrated")


def test_proposals_come_from_validation_patients(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    actions = [action for action in desk.head.menu.actions() if not action.isSeparator()]
    assert [action.text().split("\t")[0] for action in actions] == [
        "The model's own",
        "Best balanced accuracy",
        "Best F1",
        "Sensitivity 95 %",
        "Chosen on 1 validation patient",
    ]
    actions[3].trigger()
    assert window.session.layers.threshold == actions[3].data()
    assert desk.scores.threshold == actions[3].data()


def test_patients_stand_worst_first_and_open_by_a_click(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    desk.tabs.setCurrentIndex(1)
    table = desk.patients.table
    assert table.rowCount() == 3
    figures = [float(table.index(row, BALANCED).data()) for row in range(3)]
    assert figures == sorted(figures)
    assert {table.index(row, ROLE).data() for row in range(3)} == {"HELD OUT"}
    worst = table.patient(0)
    place = desk.patients.view.visualRect(table.index(0, 0)).center()
    QTest.mouseClick(
        desk.patients.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y())
    )
    qtbot.waitUntil(lambda: window.session.slide_is_shown, timeout=WAIT_MS)
    assert window.session.patient == worst
    desk.patients.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [table.patient(row) for row in range(3)] == ["p05", "p04", "p03"]
    assert desk.patients.view.selectionModel().selectedRows()[0].row() == table.row_of(worst)
    rows = table.rowCount()
    window.session.change_layers(threshold=0.9)
    assert table.rowCount() == rows
    assert table.patient(0) == "p05", "it stays sorted as it is"


def test_blind_readers_see_no_score(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    window.session.set_blindness(Blindness(on=True, reader="ada"))
    qtbot.waitUntil(lambda: "You read blind" in desk.stacks[0].hint_text, timeout=WAIT_MS)
    window.session.set_blindness(Blindness())
    wait_for_figures(desk, qtbot)


def test_another_model_leaves_no_figure_of_the_last(desk: EvaluationDesk, qtbot: QtBot) -> None:
    window = window_of(desk)
    predict(window)
    wait_for_figures(desk, qtbot)
    assert window.session.model is not None
    other = replace(window.session.model.folder, fingerprint="2" * 64)
    window.session.use_model(replace(window.session.model, folder=other))
    assert desk.measured is None
    assert desk.stacks[0].hint_text
    qtbot.waitUntil(lambda: "predicted yet" in desk.stacks[0].hint_text, timeout=WAIT_MS)


def test_without_data_it_says_what_to_do(window: MainWindow) -> None:
    assert "Open a folder of patients" in window.evaluation.stacks[0].hint_text


def test_the_dock_comes_back_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.layouts.apply(LAYOUTS[3])
    dock = dock_of(window)
    dock.hide()
    state = window.saveState(4)
    dock.show()
    assert window.restoreState(state, 4)
    assert dock.isHidden()
    dock.toggleViewAction().trigger()
    assert not dock.isHidden()
    assert window.tabifiedDockWidgets(dock)
