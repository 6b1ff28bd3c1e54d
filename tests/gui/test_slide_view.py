"""The slide with its patches and layers, driven and looked at as a user does."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.widgets.legend import HeatmapLook
from bcviewer.gui.widgets.slide_view import SlideView
from bcviewer.slide.heatmap import paint, value_grid
from bcviewer.slide.mosaic import MosaicPyramid
from bcviewer.slide.palette import palette
from tests.gui.slides import PlainSlide, full_slide, picture, plain_slide

LEFT = Qt.MouseButton.LeftButton
LOOK = HeatmapLook(palette("red_green"), 0.5, 1.0, model="simple CNN")
# A ring with a gap in its middle, another gap to the right, and one patch far away:
#   0 1 2 . 3
#   4 . 5 . .
#   6 7 8 . .
GAPPY = [(4, 4), (5, 4), (6, 4), (8, 4), (4, 5), (6, 5), (4, 6), (5, 6), (6, 6)]


def opened(slide: PlainSlide) -> SlideView:
    view = SlideView(style.light())
    view.resize(800, 600)
    view.show()
    view.show_mosaic(slide.mosaic, slide.grid)
    return view


@pytest.fixture
def slide() -> PlainSlide:
    return full_slide()


@pytest.fixture
def gappy() -> PlainSlide:
    return plain_slide(GAPPY)


@pytest.fixture
def view(qtbot: QtBot, slide: PlainSlide) -> SlideView:
    made = opened(slide)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def gappy_view(qtbot: QtBot, gappy: PlainSlide) -> SlideView:
    made = opened(gappy)
    qtbot.addWidget(made)
    return made


def on_screen(view: SlideView, point: QPointF) -> QPoint:
    return view.mapFromScene(point)


def heatmap_of(slide: PlainSlide, value: float) -> np.ndarray:
    values = np.full(len(slide.grid), value, np.float32)
    return paint(
        value_grid(slide.grid, values),
        palette=LOOK.palette,
        threshold=LOOK.threshold,
        opacity=LOOK.opacity,
    )


# --- patches ---------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 95), st.floats(0.4, 9), st.floats(-0.45, 0.45), st.floats(-0.45, 0.45))
def test_a_click_selects_the_patch_that_is_seen_there_at_any_zoom(
    qapp: QApplication, index: int, zoom: float, right: float, down: float
) -> None:
    slide = full_slide()
    view = opened(slide)
    inside = slide.centre(index) + QPointF(50 * right, 50 * down)
    view.zoom_by(zoom / view.zoom)
    view.centre_at(inside)
    clicked: list[int] = []
    view.patch_clicked.connect(clicked.append)
    QTest.mouseClick(view.viewport(), LEFT, pos=on_screen(view, inside))
    assert clicked == [index]
    assert view.selected == index
    view.close()


def test_a_click_into_a_gap_selects_nothing(gappy_view: SlideView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(gappy_view.patch_clicked):
        QTest.mouseClick(
            gappy_view.viewport(), LEFT, pos=on_screen(gappy_view, QPointF(5.5 * 50, 5.5 * 50))
        )
    assert gappy_view.selected == -1


def test_a_click_does_not_move_the_slide(view: SlideView) -> None:
    view.zoom_by(8)
    before = view.seen
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(2, 2))
    assert view.selected >= 0
    assert view.seen == before


def test_arrows_walk_over_gaps_to_the_next_patch(gappy_view: SlideView) -> None:
    walked: list[int] = []
    gappy_view.patch_clicked.connect(walked.append)
    gappy_view.select_patch(1)
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
    ):
        QTest.keyClick(gappy_view, key)
    # Below 1 is a gap, then 7; from 4 right over the gap to 5; from 2 over a gap to 3.
    assert walked == [7, 6, 4, 5, 2, 3]


def test_the_first_arrow_starts_at_the_patch_nearest_the_middle(view: SlideView) -> None:
    view.zoom_by(6)
    view.centre_at(QPointF(460, 310))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.selected == view._index_at(QPointF(460, 310))


def test_walking_out_of_the_view_brings_the_patch_into_it(
    view: SlideView, slide: PlainSlide
) -> None:
    view.select_patch(0)
    view.zoom_by(6 / view.zoom)
    view.centre_at(slide.centre(0))
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert view.seen.contains(slide.centre(view.selected))
    assert view.selected == 6


def test_selecting_a_patch_that_is_in_view_does_not_move_the_slide(view: SlideView) -> None:
    before = view.seen
    view.select_patch(40)
    assert view.seen == before


def test_hovering_tells_the_patch_once_and_leaving_tells_none(
    gappy_view: SlideView, gappy: PlainSlide
) -> None:
    told: list[int] = []
    gappy_view.patch_hovered.connect(told.append)
    for point in (
        gappy.centre(0),
        gappy.centre(0) + QPointF(9, 9),
        gappy.centre(1),
        QPointF(5.5 * 50, 5.5 * 50),
    ):
        QTest.mouseMove(gappy_view.viewport(), on_screen(gappy_view, point))
    assert told == [0, 1, -1]
    QTest.mouseMove(gappy_view.viewport(), on_screen(gappy_view, gappy.centre(8)))
    QApplication.sendEvent(gappy_view.viewport(), QEvent(QEvent.Type.Leave))
    assert told == [0, 1, -1, 8, -1]
    assert gappy_view.hovered == -1


def test_moving_the_slide_under_a_still_pointer_tells_the_patch_that_came_there(
    view: SlideView, slide: PlainSlide
) -> None:
    view.zoom_by(2 / view.zoom)
    view.centre_at(slide.centre(30))
    QTest.mouseMove(view.viewport(), on_screen(view, slide.centre(30)))
    view.pan_by(-100, 0)
    assert view.hovered == 31


# --- what is seen ----------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [0.2, 0.35, 0.5, 0.77, 1, 1.6, 5, 16])
def test_each_patch_is_seen_in_its_colour_at_its_place_at_every_zoom(
    qtbot: QtBot, zoom: float
) -> None:
    slide = full_slide(30, 20)
    view = opened(slide)
    qtbot.addWidget(view)
    for index in (0, 17, 311, len(slide.grid) - 1):
        view.fit()
        view.zoom_by(zoom / view.zoom)
        view.centre_at(slide.centre(index))
        seen = picture(view)
        at = on_screen(view, slide.centre(index))
        assert np.abs(seen[at.y(), at.x()].astype(int) - slide.colours[index]).max() <= 2


def test_at_full_size_the_pixels_are_the_patch_s_own(qtbot: QtBot) -> None:
    slide = full_slide(3, 3)
    noise = np.random.default_rng(2).integers(0, 256, (150, 150, 4), np.uint8)
    noise[..., 3] = 255
    view = SlideView(style.light())
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_mosaic(MosaicPyramid((noise,), slide.mosaic.origin, "bgra"), slide.grid)
    view.zoom_by(1 / view.zoom)
    at = on_screen(view, QPointF(*slide.mosaic.origin))
    seen = picture(view)[at.y() : at.y() + 150, at.x() : at.x() + 150]
    assert np.array_equal(seen, noise[..., 2::-1])


@pytest.mark.parametrize("tokens", [style.light(), style.dark()], ids=["light", "dark"])
def test_a_gap_is_hatched_and_never_black(qtbot: QtBot, tokens: style.Tokens) -> None:
    slide = plain_slide(GAPPY)
    view = SlideView(tokens)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_mosaic(slide.mosaic, slide.grid)
    view.zoom_by(2 / view.zoom)
    at = on_screen(view, QPointF(5 * 50, 5 * 50))
    gap = picture(view)[at.y() + 2 : at.y() + 98, at.x() + 2 : at.x() + 98].reshape(-1, 3)
    ground, hatch = QColor(tokens.slide_background), QColor(tokens.hatch)
    assert [ground.red(), ground.green(), ground.blue()] in gap.tolist()
    darker, lighter = sorted((ground.lightness(), hatch.lightness()))
    assert gap.min() >= darker - 4
    assert gap.max() <= lighter + 4
    assert np.ptp(gap) > (lighter - darker) / 2


def test_heatmap_truth_grid_and_selection_each_show_and_go_again(
    view: SlideView, slide: PlainSlide
) -> None:
    labels = np.zeros(len(slide.grid), np.int8)
    labels[40:44] = 1
    plain = picture(view)
    view.set_heatmap(heatmap_of(slide, 0.9), LOOK)
    heated = picture(view)
    at = on_screen(view, slide.centre(20))
    expected = paint(
        np.array([[0.9]], np.float32), palette=LOOK.palette, threshold=0.5, opacity=1, order="rgba"
    )
    assert np.array_equal(heated[at.y(), at.x()], expected[0, 0, :3])
    view.set_heatmap(None)
    view.set_truth(labels)
    outlined = picture(view)
    border = on_screen(view, QPointF(*slide.grid.corner(40))) + QPoint(0, 12)
    across = outlined[border.y(), border.x() - 2 : border.x() + 2].mean(axis=1)
    assert across[[0, 3]].min() == 255, "a casing on both sides of the border"
    assert across[[1, 2]].max() < 30, "and a core on it"
    view.set_truth(None)
    view.set_grid_visible(True)
    assert not np.array_equal(picture(view), plain)
    view.set_grid_visible(False)
    view.select_patch(7)
    assert not np.array_equal(picture(view), plain)
    view.select_patch(-1)
    # Only the legend has changed since: it has no outline to explain any more.
    legend = view.corners.legend.geometry()
    now = picture(view)
    now[legend.top() :, : legend.right() + 1] = plain[legend.top() :, : legend.right() + 1]
    assert np.array_equal(now, plain)


def test_the_selection_frame_is_seen_even_where_patches_are_tiny(qtbot: QtBot) -> None:
    slide = full_slide(150, 100)
    view = opened(slide)
    qtbot.addWidget(view)
    assert view.zoom * 50 < 6
    view.select_patch(7 * 150 + 75)
    at = on_screen(view, slide.centre(view.selected))
    around = picture(view)[at.y() - 10 : at.y() + 11, at.x() - 10 : at.x() + 11].reshape(-1, 3)
    accent = QColor(style.light().accent)
    blue = [accent.red(), accent.green(), accent.blue()]
    assert around.tolist().count(blue) > 50
    inside = picture(view)[at.y() - 3 : at.y() + 4, at.x() - 3 : at.x() + 4].reshape(-1, 3)
    assert inside.tolist().count(blue) == 0, "the patch itself stays free"


def test_a_heatmap_of_another_slide_is_refused(view: SlideView) -> None:
    with pytest.raises(ValueError, match="grid's size"):
        view.set_heatmap(np.zeros((3, 3, 4), np.uint8), LOOK)


def test_a_mosaic_in_another_order_is_refused(view: SlideView, slide: PlainSlide) -> None:
    wrong = MosaicPyramid(slide.mosaic.levels, slide.mosaic.origin, "rgba")
    with pytest.raises(ValueError, match="bgra"):
        view.show_mosaic(wrong, slide.grid)


def test_the_next_slide_shows_nothing_of_the_last_and_frees_its_memory(
    view: SlideView, gappy: PlainSlide
) -> None:
    last = full_slide(6, 6)
    view.show_mosaic(last.mosaic, last.grid)
    view.set_heatmap(heatmap_of(last, 0.9), LOOK)
    view.set_truth(np.ones(36, np.int8))
    view.select_patch(3)
    array = weakref.ref(last.mosaic.levels[0])
    del last
    view.show_mosaic(gappy.mosaic, gappy.grid)
    picture(view)
    gc.collect()
    assert array() is None
    assert view.selected == -1
    assert view.corners.legend.look is None


# --- words and corners -----------------------------------------------------------------------


def test_an_empty_view_says_what_will_be_there_and_offers_what_fills_it(
    view: SlideView, qtbot: QtBot
) -> None:
    action = QAction("Open a folder")
    view.clear("Open a folder of patients to see a slide here.", action)
    message = view.corners.message
    assert message.isVisible()
    assert message.text == "Open a folder of patients to see a slide here."
    assert not view.corners.legend.isVisible()
    assert not view.corners.scale_bar.isVisible()
    with qtbot.waitSignal(action.triggered):
        QTest.mouseClick(message.button, LEFT)
    view.show_mosaic(full_slide().mosaic, full_slide().grid)
    assert not message.isVisible()


def test_training_patients_are_warned_of_and_held_out_ones_are_not(view: SlideView) -> None:
    tokens = style.light()
    for text, colour in (("TRAIN", tokens.warn), ("HELD OUT", tokens.good)):
        view.set_role(text)
        parsed = QColor(colour)
        inks = picture(view.corners.role).reshape(-1, 3).tolist()
        assert [parsed.red(), parsed.green(), parsed.blue()] in inks


def test_badges_stand_side_by_side_at_the_top_left(view: SlideView) -> None:
    view.set_badge("SYNTHETIC TISSUE")
    view.set_role("HELD OUT")
    role, badge = view.corners.role.geometry(), view.corners.badge.geometry()
    assert role.topLeft() == QPoint(style.GRID, style.GRID)
    assert badge.left() == role.right() + 1 + style.GRID
    view.set_role("")
    assert not view.corners.role.isVisible()
    assert view.corners.badge.geometry().topLeft() == QPoint(style.GRID, style.GRID)


@pytest.mark.parametrize("size", [(1440, 900), (820, 500), (420, 400)])
def test_the_overlays_keep_to_their_corners_and_off_each_other(
    view: SlideView, slide: PlainSlide, size: tuple[int, int]
) -> None:
    view.set_heatmap(heatmap_of(slide, 0.7), LOOK)
    view.set_readout("x 1,001 · y 1,201 · truth IDC · predicted 0.87")
    view.resize(*size)
    view.zoom_by(3)
    corners = view.corners
    area = view.viewport().rect().adjusted(style.GRID, style.GRID, -style.GRID, -style.GRID)
    assert corners.legend.geometry().bottomLeft() == area.bottomLeft()
    assert corners.scale_bar.geometry().bottomRight() == area.bottomRight()
    assert corners.overview.geometry().topRight() == area.topRight()
    places = [each.geometry() for each in (corners.legend, corners.scale_bar, corners.readout)]
    for number, place in enumerate(places):
        assert area.contains(place)
        assert not any(place.intersects(other) for other in places[number + 1 :])


def test_on_a_low_slide_the_legend_keeps_its_title_and_the_badges_their_own_place(
    view: SlideView, slide: PlainSlide
) -> None:
    view.set_heatmap(heatmap_of(slide, 0.7), LOOK)
    view.set_role("HELD OUT")
    view.resize(820, 100)
    corners = view.corners
    assert corners.legend.y() == style.GRID
    assert not corners.role.geometry().intersects(corners.legend.geometry())


def test_the_overview_is_there_only_when_something_is_out_of_view(view: SlideView) -> None:
    assert not view.corners.overview.isVisible()
    view.zoom_by(3)
    assert view.corners.overview.isVisible()
    view.fit()
    assert not view.corners.overview.isVisible()


def test_dragging_in_the_overview_moves_the_view_there(view: SlideView) -> None:
    view.zoom_by(4)
    overview = view.corners.overview
    target = QPointF(*full_slide().grid.origin) + QPointF(450, 300)
    at = overview.map_from_scene(view.content).topLeft().toPoint()
    scale = overview.map_from_scene(view.content).width() / view.content.width()
    spot = at + QPoint(round(450 * scale), round(300 * scale))
    QTest.mousePress(overview, LEFT, pos=at)
    QTest.mouseMove(overview, spot)
    QTest.mouseRelease(overview, LEFT, pos=spot)
    middle = view.seen.center()
    assert abs(middle.x() - target.x()) < 2 / scale
    assert abs(middle.y() - target.y()) < 2 / scale


@pytest.mark.parametrize("name", ["legend", "overview", "scale_bar"])
def test_the_wheel_over_an_overlay_still_zooms(view: SlideView, name: str) -> None:
    view.zoom_by(2)
    before = view.zoom
    overlay = getattr(view.corners, name)
    assert overlay.isVisible()
    at = QPointF(overlay.mapTo(view, overlay.rect().center()))
    QTest.wheelEvent(view.windowHandle(), at, QPoint(0, 120))
    assert view.zoom > before


def test_other_colours_reach_the_ground_and_the_overlays(
    view: SlideView, gappy: PlainSlide
) -> None:
    before = picture(view)
    view.set_colours(style.dark())
    after = picture(view)
    corner = view.corners.legend.geometry().center()
    assert before[300, 4].mean() > 150 > 60 > after[300, 4].mean()
    assert before[corner.y(), 12].mean() > 150 > after[corner.y(), 12].mean()


def test_the_view_can_be_told_and_its_focus_seen(view: SlideView, qtbot: QtBot) -> None:
    assert view.accessibleName() == "Slide"
    plain = picture(view)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert np.array_equal(picture(view), plain)
    view.clearFocus()
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    accent = QColor(style.light().accent)
    assert picture(view)[300, 0].tolist() == [accent.red(), accent.green(), accent.blue()]
