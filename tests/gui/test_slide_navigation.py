"""Moving about on a slide with real events: wheel, drag, double click, keys."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.widgets.slide_canvas import MAX_ZOOM
from bcviewer.gui.widgets.slide_navigation import SlideNavigation
from tests.gui.slides import turn_wheel

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CONTENT = QRectF(150, 100, 3600, 2700)
ONE_PIXEL = 1.01


def opened(size: tuple[int, int] = (800, 600)) -> SlideNavigation:
    view = SlideNavigation()
    view.resize(*size)
    view.show()
    view.set_content(CONTENT)
    return view


@pytest.fixture
def view(qtbot: QtBot) -> SlideNavigation:
    made = opened()
    qtbot.addWidget(made)
    return made


def off_by(view: SlideNavigation, point: QPointF, position: QPointF) -> float:
    """How many screen pixels a scene point is away from a point of the viewport."""
    way = (view.scene_at(position) - point) * view.zoom
    return max(abs(way.x()), abs(way.y()))


def test_what_is_opened_is_fitted_and_centred(view: SlideNavigation) -> None:
    assert view.seen.contains(CONTENT)
    assert view.zoom == pytest.approx((600 - 32) / 2700)
    assert off_by(view, CONTENT.center(), QPointF(400, 300)) <= ONE_PIXEL


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.integers(100, 700), st.integers(100, 500)),
    st.lists(st.sampled_from([120, -120, 30, -15, 240]), min_size=1, max_size=40),
)
def test_the_wheel_keeps_what_is_under_the_pointer_there(
    qapp: QApplication, at: tuple[int, int], turns: list[int]
) -> None:
    view = opened()
    view.zoom_by(4)
    pointer = QPointF(*at)
    under = view.scene_at(pointer)
    for angle in turns:
        turn_wheel(view.viewport(), pointer, angle=angle)
        # At the slide's edge the view gives way: it never leaves the slide.
        if not CONTENT.contains(view.scene_at(view.middle())):
            return
        if CONTENT.adjusted(400, 400, -400, -400).contains(view.scene_at(view.middle())):
            assert off_by(view, under, pointer) <= ONE_PIXEL
    view.close()


def test_turning_to_and_fro_fifty_times_does_not_drift(view: SlideNavigation) -> None:
    view.zoom_by(5)
    pointer = QPointF(371, 222)
    under = view.scene_at(pointer)
    for _ in range(50):
        turn_wheel(view.viewport(), pointer, angle=120)
        turn_wheel(view.viewport(), pointer, angle=-120)
    assert off_by(view, under, pointer) <= ONE_PIXEL


def test_the_zoom_stops_at_half_the_fit_and_at_sixteen(view: SlideNavigation) -> None:
    fit = view.zoom
    for _ in range(80):
        turn_wheel(view.viewport(), QPointF(300, 300), angle=-120)
    assert view.zoom == pytest.approx(fit / 2)
    for _ in range(80):
        turn_wheel(view.viewport(), QPointF(300, 300), angle=120)
    assert view.zoom == MAX_ZOOM


def test_two_fingers_on_a_trackpad_zoom_by_how_far_they_went(view: SlideNavigation) -> None:
    fit = view.zoom
    for _ in range(10):
        turn_wheel(view.viewport(), QPointF(300, 300), pixels=3, angle=120)
    small = view.zoom
    assert fit * 1.05 < small < fit * 1.3
    turn_wheel(view.viewport(), QPointF(300, 300), pixels=-30, angle=-1200)
    assert view.zoom == pytest.approx(fit)


def drag(view: SlideNavigation, start: QPoint, way: QPoint, button: Qt.MouseButton) -> None:
    QTest.mousePress(view.viewport(), button, pos=start)
    for part in (0.25, 0.5, 0.75, 1):
        QTest.mouseMove(view.viewport(), start + way * part)
    QTest.mouseRelease(view.viewport(), button, pos=start + way)


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_dragging_takes_the_slide_along(
    view: SlideNavigation, qtbot: QtBot, button: Qt.MouseButton
) -> None:
    view.zoom_by(4)
    grabbed = view.scene_at(QPointF(300, 200))
    with qtbot.assertNotEmitted(view.point_clicked):
        drag(view, QPoint(300, 200), QPoint(80, -60), button)
    assert off_by(view, grabbed, QPointF(380, 140)) <= ONE_PIXEL


def test_with_space_held_a_drag_of_any_length_pans_and_the_hand_shows(
    view: SlideNavigation, qtbot: QtBot
) -> None:
    view.zoom_by(4)
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    grabbed = view.scene_at(QPointF(300, 200))
    with qtbot.assertNotEmitted(view.point_clicked):
        drag(view, QPoint(300, 200), QPoint(1, 2), LEFT)
    assert off_by(view, grabbed, QPointF(301, 202)) <= ONE_PIXEL
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_while_dragging_the_hand_is_closed(view: SlideNavigation) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=QPoint(300, 200))
    QTest.mouseMove(view.viewport(), QPoint(320, 200))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(320, 200))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_press_that_moves_three_pixels_is_a_click_and_moves_nothing(
    view: SlideNavigation, qtbot: QtBot
) -> None:
    before = view.seen
    with qtbot.waitSignal(view.point_clicked) as clicked:
        drag(view, QPoint(300, 200), QPoint(2, 1), LEFT)
    assert view.seen == before
    assert clicked.args is not None
    assert off_by(view, clicked.args[0], QPointF(300, 200)) <= ONE_PIXEL


def test_a_double_click_fits_and_clicks_once(view: SlideNavigation) -> None:
    view.zoom_by(6)
    clicks: list[QPointF] = []
    view.point_clicked.connect(clicks.append)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(300, 200))
    QTest.mouseDClick(view.viewport(), LEFT, pos=QPoint(300, 200))
    assert view.seen.contains(CONTENT)
    # The second press belongs to the double click.
    assert len(clicks) <= 2
    before = len(clicks)
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(300, 200))
    assert len(clicks) == before


def test_plus_and_minus_zoom_about_the_middle_and_0_fits(view: SlideNavigation) -> None:
    fit = view.zoom
    middle = view.scene_at(view.middle())
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Equal)
    assert view.zoom == pytest.approx(fit * 1.25**2)
    assert off_by(view, middle, view.middle()) <= ONE_PIXEL
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(fit * 1.25)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == pytest.approx(fit)


def test_the_slide_cannot_be_lost(view: SlideNavigation) -> None:
    view.zoom_by(3)
    for way in (QPoint(5000, 0), QPoint(0, 5000), QPoint(-9000, -9000)):
        view.pan_by(way.x(), way.y())
        middle = view.scene_at(view.middle())
        assert CONTENT.adjusted(-1, -1, 1, 1).contains(middle)


def test_a_fitted_slide_stays_fitted_when_the_window_grows(view: SlideNavigation) -> None:
    view.resize(1000, 900)
    assert view.zoom == pytest.approx((1000 - 32) / 3600)


def test_a_chosen_place_stays_in_the_middle_when_the_window_grows(
    view: SlideNavigation,
) -> None:
    view.zoom_by(8)
    view.centre_at(QPointF(1234, 777))
    zoom = view.zoom
    view.resize(1000, 900)
    assert view.zoom == zoom
    assert off_by(view, QPointF(1234, 777), QPointF(500, 450)) <= ONE_PIXEL


def test_without_a_slide_nothing_moves_and_nothing_fails(qtbot: QtBot) -> None:
    view = SlideNavigation()
    qtbot.addWidget(view)
    view.show()
    turn_wheel(view.viewport(), QPointF(30, 30), angle=120)
    drag(view, QPoint(30, 30), QPoint(40, 40), LEFT)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1


def test_zooming_leaks_no_references(view: SlideNavigation) -> None:
    # PySide6 6.12.0 loses one reference to True with each inverted transform and ends in a crash.
    before = sys.getrefcount(True)
    for _ in range(500):
        view.zoom_by(1.01)
        view.seen  # noqa: B018
        view.fit()
    assert abs(sys.getrefcount(True) - before) < 100
