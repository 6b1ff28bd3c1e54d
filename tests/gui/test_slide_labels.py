"""The layer of the labels: the right mark at the right place, at every zoom, after every change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui import style
from bcviewer.gui.label_marks import CHANGED, Mark, marks_of
from bcviewer.gui.widgets.slide_preview import Preview
from bcviewer.gui.widgets.slide_stamps import MarkKey, keys_of, stamp
from bcviewer.gui.widgets.slide_tools import cells_of
from bcviewer.gui.widgets.slide_view import SlideView
from tests.gui.slides import PlainSlide, full_slide, picture, rgb

KINDS = [mark for mark in Mark if mark is not Mark.NONE]
every_label = st.sampled_from([-1, 0, 1, 2, 3])


def opened(slide: PlainSlide) -> SlideView:
    view = SlideView(style.light())
    view.resize(800, 600)
    view.show()
    view.show_mosaic(slide.mosaic, slide.grid)
    return view


@given(st.lists(st.tuples(every_label, st.sampled_from([0, 1]), st.booleans()), min_size=1))
def test_each_label_has_its_mark(said: list[tuple[int, int, bool]]) -> None:
    labels, truth, changed = (np.array(column) for column in zip(*said, strict=True))
    marks = marks_of(labels.astype(np.int8), truth.astype(np.int8), changed=changed)
    for mark, label, original, other in zip(marks, labels, truth, changed, strict=True):
        kind = Mark(mark % CHANGED)
        assert kind.label == label
        assert kind.corrected == (label in (0, 1) and label != original)
        assert kind.confirmed == (label in (0, 1) and label == original)
        assert (mark >= CHANGED) == (other and label != Label.CLEARED)


@pytest.mark.parametrize("side", [5, 9, 15, 16, 30, 60, 200])
def test_no_two_marks_look_alike_even_in_grey(qapp: QApplication, side: int) -> None:
    pictures = [_on_tissue(stamp(mark, side, side)) for mark in KINDS]
    pictures.append(_on_tissue(stamp(Mark.NONE, side, side)))
    for number, one in enumerate(pictures):
        for other in pictures[number + 1 :]:
            assert (np.abs(one - other) > 12).sum() >= 2


def _on_tissue(mark: QImage) -> np.ndarray:
    ground = QImage(mark.size(), QImage.Format.Format_RGB32)
    ground.fill(0xC8A0B8)
    from PySide6.QtGui import QPainter

    with QPainter(ground) as painter:
        painter.drawImage(0, 0, mark)
    return np.asarray(rgb(ground).astype(float).mean(axis=2))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([0.15, 0.25, 0.4, 0.7, 1.3, 3.0]), st.data())
def test_changing_marks_looks_as_if_they_had_been_so_from_the_start(
    qapp: QApplication, zoom: float, data: st.DataObject
) -> None:
    slide = full_slide()
    kinds = st.lists(st.sampled_from(range(7)), min_size=96, max_size=96)
    first, second = (np.array(data.draw(kinds), np.int8) for _ in range(2))
    changed, fresh = opened(slide), opened(slide)
    for view in (changed, fresh):
        view.zoom_by(zoom / view.zoom)
    changed.set_marks(first)
    picture(changed.viewport())
    changed.set_marks(second)
    fresh.set_marks(second)
    assert np.array_equal(picture(changed.viewport()), picture(fresh.viewport()))
    changed.close()
    fresh.close()


@pytest.mark.parametrize("zoom", [0.1, 0.3, 0.9, 2, 6])
@pytest.mark.parametrize("pan", [(0, 0), (13, -7), (-31, 5)])
def test_a_mark_stays_within_its_patch(qtbot: QtBot, zoom: float, pan: tuple[int, int]) -> None:
    slide = full_slide()
    view = opened(slide)
    qtbot.addWidget(view)
    view.zoom_by(zoom / view.zoom)
    view.centre_at(slide.centre(40))
    view.pan_by(*pan)
    view.corners.legend.hide()
    plain = picture(view.viewport())
    marks = np.zeros(96, np.int8)
    marks[40] = Mark.IDC_CORRECTED
    view.set_marks(marks)
    view.corners.legend.hide()
    differs = np.argwhere((picture(view.viewport()) != plain).any(axis=2))
    cell = QRectF(
        QPointF(*slide.grid.corner(40)), QPointF(*slide.grid.corner(40)) + QPointF(50, 50)
    )
    seen = view.viewportTransform().mapRect(cell).toAlignedRect()
    assert len(differs)
    assert all(seen.contains(QPoint(int(x), int(y))) for y, x in differs)


def test_marks_of_another_slide_are_refused(qtbot: QtBot) -> None:
    view = opened(full_slide())
    qtbot.addWidget(view)
    with pytest.raises(ValueError, match="96 marks"):
        view.set_marks(np.zeros(3, np.int8))


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    assert keys_of([Mark.NONE]) == ()
    assert keys_of([Mark.IDC_CONFIRMED]) == (MarkKey.IDC, MarkKey.CONFIRMED)
    assert keys_of([Mark.NONE, Mark.UNSURE, Mark.EXCLUDED + CHANGED]) == (
        MarkKey.UNSURE,
        MarkKey.EXCLUDED,
        MarkKey.CHANGED,
    )


def test_a_preview_tints_what_changes_and_goes_without_a_trace(qtbot: QtBot) -> None:
    slide = full_slide()
    view = opened(slide)
    qtbot.addWidget(view)
    plain = picture(view.viewport())
    covered, changes = np.zeros((2, 96), np.bool_)
    covered[40:43] = True
    changes[41] = True
    cells = cells_of(slide.grid, covered)
    view.show_preview(Preview(cells, changes, Label.IDC, [(0.0, 0.0), (900.0, 700.0)]))
    shown = picture(view.viewport())
    at = [view.mapFromScene(slide.centre(patch) + QPointF(12, -9)) for patch in (40, 41)]
    assert np.array_equal(shown[at[0].y(), at[0].x()], plain[at[0].y(), at[0].x()])
    assert not np.array_equal(shown[at[1].y(), at[1].x()], plain[at[1].y(), at[1].x()])
    view.show_preview(None)
    assert np.array_equal(picture(view.viewport()), plain)
