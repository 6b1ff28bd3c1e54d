"""The layer of the errors: what is drawn where, at every zoom, and what it follows."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui import style
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_errors import dot_size, period_of
from bcviewer.gui.widgets.slide_view import SlideView
from bcviewer.slide.errors import Outcome, count_outcomes, outcomes
from tests.gui.conftest import WAIT_MS
from tests.gui.slides import PlainSlide, full_slide, picture

MIDDLE = 40
DRAWN = [Outcome.TRUE_POSITIVE, Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE]


def shown(slide: PlainSlide, qtbot: QtBot, *, zoom: float) -> SlideView:
    view = SlideView(style.light())
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_mosaic(slide.mosaic, slide.grid)
    view.zoom_by(zoom / view.zoom)
    view.centre_at(slide.centre(MIDDLE))
    return view


def only(outcome: Outcome) -> NDArray[np.int8]:
    """The outcome on one patch of 96."""
    found = np.zeros(96, np.int8)
    found[MIDDLE] = outcome
    return found


def cell_on_screen(view: SlideView, slide: PlainSlide) -> QRect:
    corner = QPointF(*slide.grid.corner(MIDDLE))
    return view.viewportTransform().mapRect(QRectF(corner, corner + QPointF(50, 50))).toRect()


def what_changes(view: SlideView, outcome: Outcome) -> NDArray[np.bool_]:
    """bool[height, width]: what is drawn for an outcome, without the legend."""
    view.set_errors(None, 0.5)
    view.corners.legend.hide()
    plain = picture(view.viewport())
    view.set_errors(only(outcome), 0.5)
    view.corners.legend.hide()
    changed: NDArray[np.bool_] = (picture(view.viewport()) != plain).any(axis=2)
    return changed


@pytest.mark.parametrize("zoom", [0.12, 0.3, 0.9, 2, 6])
@pytest.mark.parametrize("outcome", DRAWN)
def test_an_outcome_is_seen_at_every_zoom_and_stays_within_its_patch(
    qtbot: QtBot, outcome: Outcome, zoom: float
) -> None:
    slide = full_slide()
    view = shown(slide, qtbot, zoom=zoom)
    drawn = np.argwhere(what_changes(view, outcome))
    cell = cell_on_screen(view, slide)
    assert len(drawn)
    assert all(cell.contains(QPoint(int(x), int(y))) for y, x in drawn)
    share = len(drawn) / (cell.width() * cell.height())
    assert zoom < 0.9 or share < 0.65, "the tissue must be seen through it"


@pytest.mark.parametrize("outcome", [Outcome.TRUE_NEGATIVE, Outcome.NONE])
def test_what_is_rightly_left_alone_is_not_marked(qtbot: QtBot, outcome: Outcome) -> None:
    view = shown(full_slide(), qtbot, zoom=1)
    assert not what_changes(view, outcome).any()


def test_hatches_differ_without_their_colours(qtbot: QtBot) -> None:
    slide = full_slide()
    view = shown(slide, qtbot, zoom=2)
    cell = cell_on_screen(view, slide).adjusted(4, 4, -4, -4)
    part = np.s_[cell.top() : cell.bottom(), cell.left() : cell.right()]
    positive = what_changes(view, Outcome.FALSE_POSITIVE)[part]
    negative = what_changes(view, Outcome.FALSE_NEGATIVE)[part]

    def along(drawn: NDArray[np.bool_], way: int) -> float:
        """How far the pattern is the same a few steps along a diagonal."""
        moved = np.roll(drawn, (5, 5 * way), axis=(0, 1))[6:-6, 6:-6]
        return float((moved == drawn[6:-6, 6:-6]).mean())

    assert along(positive, 1) > along(positive, -1) + 0.2, "its lines fall to the right only"
    assert abs(along(negative, 1) - along(negative, -1)) < 0.05, "its lines cross"
    assert 0 < what_changes(view, Outcome.TRUE_POSITIVE)[part].mean() < 0.05, "it is a dot"


@pytest.mark.parametrize("outcome", DRAWN)
def test_the_pattern_moves_with_the_slide(qtbot: QtBot, outcome: Outcome) -> None:
    slide = full_slide()
    view = shown(slide, qtbot, zoom=2)
    before = what_changes(view, outcome)
    corner = cell_on_screen(view, slide).topLeft()
    view.pan_by(13, -7)
    after = what_changes(view, outcome)
    moved = cell_on_screen(view, slide).topLeft() - corner
    assert moved != QPoint(0, 0)
    assert np.array_equal(np.roll(before, (moved.y(), moved.x()), axis=(0, 1)), after)


def test_patterns_are_wider_where_cells_are_large_and_never_too_fine() -> None:
    for outcome in (Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE):
        periods = [period_of(outcome, cell) for cell in (2, 8, 50, 200, 1000)]
        assert periods == sorted(periods)
        assert periods[0] >= 8
        assert periods[-1] <= 40
    assert dot_size(4) < 1 < dot_size(10) < dot_size(100) <= 4


def test_outcomes_of_another_slide_are_refused(qtbot: QtBot) -> None:
    view = shown(full_slide(), qtbot, zoom=1)
    with pytest.raises(ValueError, match="96 outcomes"):
        view.set_errors(np.zeros(3, np.int8), 0.5)


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with labels open, every patch predicted, and the errors shown."""
    session = opened.session
    qtbot.waitUntil(lambda: session.labels is not None, timeout=WAIT_MS)
    session.predictions = np.linspace(0, 1, len(session.predictions), dtype=np.float32)
    session.predictions_changed.emit(None)
    opened.slide_pane.strip._errors.click()
    return opened


def on_screen(window: MainWindow) -> NDArray[np.int8]:
    layers = window.slide_pane.view._layers
    assert layers is not None
    return layers.errors.outcomes


def test_the_layer_follows_the_threshold_and_the_legend_counts(predicted: MainWindow) -> None:
    session = predicted.session
    labels, values = session.slide_labels(), session.slide_predictions()
    assert labels is not None
    assert values is not None
    for threshold in (0.05, 0.1):
        session.change_layers(threshold=threshold)
        expected = outcomes(labels, values, threshold)
        assert np.array_equal(on_screen(predicted), expected)
        counts = count_outcomes(expected)
        words = predicted.slide_pane.view.corners.legend.accessibleDescription()
        assert f"At {threshold:.2f}: {counts.words}" in words
        assert f"false negative {counts.false_negatives:,}" in words
    session.change_layers(errors=False)
    assert not on_screen(predicted).any()
    assert "false negative" not in (
        predicted.slide_pane.view.corners.legend.accessibleDescription()
    )


def test_a_corrected_label_is_what_it_is_judged_by(predicted: MainWindow) -> None:
    session, keeper = predicted.session, predicted.annotation.keeper
    session.change_layers(threshold=0.05)
    wrong = int(np.flatnonzero(on_screen(predicted) == Outcome.FALSE_POSITIVE)[0])
    rows = np.array([wrong], np.int64)
    keeper.label(rows, Label.IDC)
    assert on_screen(predicted)[wrong] == Outcome.TRUE_POSITIVE
    keeper.label(rows, Label.UNSURE)
    assert on_screen(predicted)[wrong] == Outcome.NONE
    keeper.undo()
    keeper.undo()
    assert on_screen(predicted)[wrong] == Outcome.FALSE_POSITIVE
    assert keeper.book is not None
    assert keeper.book.flush(WAIT_MS / 1000)


def test_a_blind_reader_sees_no_error_before_the_label(predicted: MainWindow) -> None:
    session, keeper = predicted.session, predicted.annotation.keeper
    session.blindness = Blindness(on=True, reader=keeper.reader)
    session.predictions_changed.emit(None)
    assert not on_screen(predicted).any()
    assert not predicted.slide_pane.strip._errors.isEnabled()
    keeper.label(np.array([3], np.int64), Label.IDC)
    assert np.flatnonzero(on_screen(predicted)).tolist() == [3]
    assert keeper.book is not None
    assert keeper.book.flush(WAIT_MS / 1000)


def test_without_a_prediction_there_is_nothing_to_judge(predicted: MainWindow) -> None:
    session = predicted.session
    session.predictions[:] = np.nan
    session.predictions_changed.emit(None)
    assert not on_screen(predicted).any()
    assert not predicted.slide_pane.strip._errors.isEnabled()


def test_another_slide_has_its_own_errors(predicted: MainWindow, qtbot: QtBot) -> None:
    session = predicted.session
    session.choose_patient("p03")
    qtbot.waitUntil(lambda: session.slide_is_shown, timeout=WAIT_MS)
    labels, values = session.slide_labels(), session.slide_predictions()
    assert labels is not None
    assert values is not None
    assert np.array_equal(on_screen(predicted), outcomes(labels, values, session.layers.threshold))
