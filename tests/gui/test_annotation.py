"""Labelling in the window: gestures, keys, undo, history, readers, other windows, full disks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import PatchLine, StrokeLine
from bcviewer.annotation.reading import read_ledger
from bcviewer.errors import StorageError
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.label_marks import CHANGED, Mark
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_tools import Tool
from tests.annotation.data import copy_of
from tests.factories import picture_bytes
from tests.gui.conftest import WAIT_MS
from tests.gui.slides import picture

LEFT = Qt.MouseButton.LeftButton
FIRST, SECOND = "p00", "p01"


@pytest.fixture
def annotating(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a patient of 5 by 4 patches open and the tools out."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    opened.annotation.actions.annotate.trigger()
    yield opened
    book = opened.annotation.keeper.book
    assert book is None or book.flush(WAIT_MS / 1000)


def desk_of(window: MainWindow) -> AnnotationDesk:
    return window.annotation


def take(window: MainWindow, tool: Tool, label: Label = Label.IDC) -> None:
    desk_of(window).actions.tools[tool].trigger()
    if tool is not Tool.SELECT:
        desk_of(window).actions.labels[label].trigger()


def place(window: MainWindow, patch: int) -> QPoint:
    """The middle of a patch, on the screen."""
    view, grid = window.slide_pane.view, window.session.slide
    assert grid is not None
    x, y = grid.grid.corner(patch)
    return view.mapFromScene(QPointF(x + 25, y + 25))


def drag(window: MainWindow, *patches: int, release: bool = True) -> None:
    viewport = window.slide_pane.view.viewport()
    QTest.mousePress(viewport, LEFT, pos=place(window, patches[0]))
    for patch in patches[1:]:
        QTest.mouseMove(viewport, place(window, patch))
    if release:
        QTest.mouseRelease(viewport, LEFT, pos=place(window, patches[-1]))


def said(window: MainWindow, patient: str = FIRST) -> list[int]:
    """What readers say of a patient's patches."""
    assert window.session.dataset is not None
    assert window.session.labels is not None
    labels: list[int] = window.session.labels.labels[window.session.dataset.rows(patient)].tolist()
    return labels


def labelled(window: MainWindow, label: Label = Label.IDC) -> list[int]:
    return [patch for patch, each in enumerate(said(window)) if each == label]


def marks(window: MainWindow) -> list[int]:
    found = window.session.slide_marks()
    assert found is not None
    shown: list[int] = found.tolist()
    return shown


# --- gestures --------------------------------------------------------------------------------


def test_the_tools_come_out_with_annotating_and_go_away_again(annotating: MainWindow) -> None:
    desk = desk_of(annotating)
    assert desk.toolbar.isVisible()
    take(annotating, Tool.BRUSH)
    desk.actions.annotate.trigger()
    assert not desk.toolbar.isVisible()
    drag(annotating, 0, 4)
    assert labelled(annotating) == [], "without tools the left button moves the slide again"
    desk.actions.annotate.trigger()
    assert desk.tools.tool is Tool.BRUSH, "the tool is still the one that was in hand"


def test_a_click_labels_one_patch_and_a_gap_none(annotating: MainWindow) -> None:
    take(annotating, Tool.CLICK)
    QTest.mouseClick(annotating.slide_pane.view.viewport(), LEFT, pos=place(annotating, 7))
    assert labelled(annotating) == [7]
    QTest.mouseClick(annotating.slide_pane.view.viewport(), LEFT, pos=QPoint(2, 2))
    assert labelled(annotating) == [7]


def test_two_quick_clicks_label_two_patches_and_do_not_fit_the_slide(
    annotating: MainWindow,
) -> None:
    take(annotating, Tool.CLICK)
    view = annotating.slide_pane.view
    view.zoom_by(1.5)
    before = view.seen
    QTest.mouseClick(view.viewport(), LEFT, pos=place(annotating, 7))
    QTest.mouseDClick(view.viewport(), LEFT, pos=place(annotating, 8))
    QTest.mouseRelease(view.viewport(), LEFT, pos=place(annotating, 8))
    assert labelled(annotating) == [7, 8]
    assert view.seen == before


def test_a_brush_labels_all_on_its_way_however_fast(annotating: MainWindow) -> None:
    desk = desk_of(annotating)
    take(annotating, Tool.BRUSH)
    desk.tools.set_brush_size(1)
    drag(annotating, 5, 9)
    assert labelled(annotating) == [5, 6, 7, 8, 9]
    assert len(desk.keeper.book.history) == 1, "a stroke is one act"  # type: ignore[union-attr]


def test_brackets_change_the_brush_within_its_sizes(annotating: MainWindow) -> None:
    desk, view = desk_of(annotating), annotating.slide_pane.view
    take(annotating, Tool.BRUSH)
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_BracketRight)
    assert desk.tools.brush_size == 17
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_BracketLeft)
    assert desk.tools.brush_size == 1


def test_a_rectangle_labels_what_it_touches(annotating: MainWindow) -> None:
    take(annotating, Tool.RECTANGLE, Label.UNSURE)
    drag(annotating, 13, 6)  # from the lower right to the upper left
    assert labelled(annotating, Label.UNSURE) == [6, 7, 8, 11, 12, 13]


def test_a_lasso_labels_what_it_goes_round(annotating: MainWindow) -> None:
    take(annotating, Tool.LASSO, Label.EXCLUDED)
    view = annotating.slide_pane.view
    around = [place(annotating, corner) for corner in (6, 8, 13, 11)]
    out = round(25 * view.zoom)
    steps = (QPoint(-out, -out), QPoint(out, -out), QPoint(out, out), QPoint(-out, out))
    way = [point + step for point, step in zip(around, steps, strict=True)]
    QTest.mousePress(view.viewport(), LEFT, pos=way[0])
    for point in way[1:]:
        QTest.mouseMove(view.viewport(), point)
    QTest.mouseRelease(view.viewport(), LEFT, pos=way[-1])
    assert labelled(annotating, Label.EXCLUDED) == [6, 7, 8, 11, 12, 13]


def test_what_the_pointer_would_change_is_shown_before_it_does(annotating: MainWindow) -> None:
    take(annotating, Tool.BRUSH)
    desk_of(annotating).tools.set_brush_size(3)
    view = annotating.slide_pane.view
    QTest.mouseMove(view.viewport(), place(annotating, 7))
    preview = view._layers.preview.preview  # type: ignore[union-attr]
    assert preview is not None
    assert preview.label is Label.IDC
    expected = [1, 2, 3, 6, 7, 8, 11, 12, 13]
    assert np.flatnonzero(preview.changes).tolist() == expected
    drag(annotating, 7)
    assert labelled(annotating) == expected, "the click changes what was shown"
    QTest.mouseMove(view.viewport(), place(annotating, 8))
    preview = view._layers.preview.preview  # type: ignore[union-attr]
    assert preview is not None
    assert np.flatnonzero(preview.changes).tolist() == [4, 9, 14], "the others have it already"


def test_escape_abandons_a_gesture_and_the_release_does_nothing(annotating: MainWindow) -> None:
    take(annotating, Tool.BRUSH)
    view = annotating.slide_pane.view
    drag(annotating, 5, 9, release=False)
    assert "to change" in view.corners.readout.text
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseMove(view.viewport(), place(annotating, 12))
    QTest.mouseRelease(view.viewport(), LEFT, pos=place(annotating, 12))
    assert labelled(annotating) == []
    assert desk_of(annotating).keeper.book.pending == 0  # type: ignore[union-attr]


def test_another_slide_abandons_a_gesture(annotating: MainWindow, qtbot: QtBot) -> None:
    take(annotating, Tool.BRUSH)
    drag(annotating, 5, 9, release=False)
    show(annotating, SECOND, qtbot)
    QTest.mouseRelease(annotating.slide_pane.view.viewport(), LEFT, pos=place(annotating, 9))
    assert set(said(annotating)) == set(said(annotating, SECOND)) == {-1}


def test_space_and_the_middle_button_move_the_slide_with_any_tool(annotating: MainWindow) -> None:
    take(annotating, Tool.BRUSH)
    view = annotating.slide_pane.view
    view.zoom_by(2)
    for button, space in ((Qt.MouseButton.MiddleButton, False), (LEFT, True)):
        before = view.seen
        if space:
            QTest.keyPress(view, Qt.Key.Key_Space)
        QTest.mousePress(view.viewport(), button, pos=QPoint(200, 200))
        QTest.mouseMove(view.viewport(), QPoint(230, 190))
        QTest.mouseRelease(view.viewport(), button, pos=QPoint(230, 190))
        if space:
            QTest.keyRelease(view, Qt.Key.Key_Space)
        assert view.seen.topLeft() != before.topLeft()
    assert labelled(annotating) == []


# --- keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (Qt.Key.Key_1, Label.IDC),
        (Qt.Key.Key_2, Label.NOT_IDC),
        (Qt.Key.Key_3, Label.UNSURE),
        (Qt.Key.Key_4, Label.EXCLUDED),
    ],
)
def test_a_figure_labels_the_selected_patch_and_zero_goes_back(
    annotating: MainWindow, key: Qt.Key, label: Label
) -> None:
    take(annotating, Tool.SELECT)
    view = annotating.slide_pane.view
    annotating.session.inspect(3)
    QTest.keyClick(view, key)
    assert said(annotating)[3] == label
    QTest.keyClick(view, Qt.Key.Key_0)
    assert said(annotating)[3] == Label.CLEARED
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, key)
    assert said(annotating)[4] == label


def test_with_a_tool_a_figure_chooses_what_it_gives_and_labels_nothing(
    annotating: MainWindow,
) -> None:
    take(annotating, Tool.BRUSH)
    annotating.session.inspect(3)
    QTest.keyClick(annotating.slide_pane.view, Qt.Key.Key_3)
    assert set(said(annotating)) == {-1}
    assert desk_of(annotating).tools.label is Label.UNSURE


def test_figures_typed_elsewhere_label_nothing(annotating: MainWindow) -> None:
    take(annotating, Tool.SELECT)
    annotating.session.inspect(3)
    search = annotating.patient_panel._search
    search.setFocus()
    QTest.keyClicks(search, "1024")
    assert search.text() == "1024"
    table = annotating.patient_panel._view
    table.setFocus()
    QTest.keyClicks(table, "1024")
    assert set(said(annotating)) == {-1}


def test_enter_confirms_the_original_and_goes_on(annotating: MainWindow) -> None:
    annotating.session.inspect(0)
    view = annotating.slide_pane.view
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert annotating.session.patch == 3
    assert annotating.session.dataset is not None
    truth = annotating.session.dataset.labels[:3].tolist()
    assert said(annotating)[:4] == [*truth, -1]
    assert marks(annotating)[:3] == [Mark.NOT_IDC_CONFIRMED + label for label in truth]


def test_enter_at_the_last_patch_says_so(annotating: MainWindow, qtbot: QtBot) -> None:
    annotating.session.inspect(19)
    with qtbot.waitSignal(desk_of(annotating).said) as told:
        QTest.keyClick(annotating.slide_pane.view, Qt.Key.Key_Return)
    assert "last patch" in str(told.args)
    assert said(annotating)[19] >= 0


def test_the_buttons_of_the_patch_label_it_with_any_tool(annotating: MainWindow) -> None:
    take(annotating, Tool.BRUSH)
    annotating.session.inspect(6)
    buttons = annotating.patch_panel._buttons
    QTest.mouseClick(buttons.button(Label.UNSURE), LEFT)
    assert said(annotating)[6] == Label.UNSURE
    assert buttons.button(Label.UNSURE).isChecked()
    words = annotating.patch_panel._rows["Label"].text()
    reader = desk_of(annotating).keeper.reader
    assert words.startswith("Unsure")
    assert reader in words
    assert words.count("·") == 2, "what, who and when"


def test_the_keys_work_while_the_slide_stands_alone(annotating: MainWindow) -> None:
    view, desk = annotating.slide_pane.view, desk_of(annotating)
    annotating.session.inspect(3)
    QTest.keyClick(view, Qt.Key.Key_F11)
    assert not desk.toolbar.isVisible()
    QTest.keyClick(view, Qt.Key.Key_3)
    assert said(annotating)[3] == Label.UNSURE
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said(annotating)[3] == Label.CLEARED
    QTest.keyClick(view, Qt.Key.Key_F11)
    assert desk.toolbar.isVisible()
    assert not desk.tabs.visibleRegion().isEmpty(), "the labels stand before the model again"


# --- the original, undo, history -------------------------------------------------------------


def test_original_corrected_confirmed_unsure_and_excluded_are_told_apart(
    annotating: MainWindow,
) -> None:
    """Without colour as well: no two marks have the same lightness everywhere."""
    view = annotating.slide_pane.view
    grey = []
    session = annotating.session
    assert session.dataset is not None
    cell = int(50 * view.zoom)
    for label in (Label.CLEARED, Label.IDC, Label.NOT_IDC, Label.UNSURE, Label.EXCLUDED):
        desk_of(annotating).keeper.label(np.array([12], np.int64), label)
        corner = place(annotating, 12) - QPoint(cell // 2, cell // 2)
        seen = picture(view.viewport())[corner.y() : corner.y() + cell]
        grey.append(seen[:, corner.x() : corner.x() + cell].mean(axis=2))
    for first, one in enumerate(grey):
        for other in grey[first + 1 :]:
            assert (np.abs(one - other) > 40).mean() > 0.02
    truth = session.slide_labels()
    assert truth is not None
    assert truth[12] == 0, "the original is what it was"


def test_undo_and_redo_go_through_every_stroke_and_the_history_tells_them(
    annotating: MainWindow,
) -> None:
    desk, view = desk_of(annotating), annotating.slide_pane.view
    take(annotating, Tool.RECTANGLE)
    for label, (start, end) in zip(
        (Label.IDC, Label.UNSURE, Label.EXCLUDED), ((0, 6), (3, 9), (10, 19)), strict=True
    ):
        desk.actions.labels[label].trigger()
        drag(annotating, start, end)
    after = said(annotating)
    history = desk.panel.history.model
    assert history.rowCount() == 3
    assert history.index(0).data() == "excluded: 10 patches of p00"
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert set(said(annotating)) == {-1}
    assert not desk.actions.undo.isEnabled()
    assert all(history.line(row).undone for row in range(3))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Z, both)
    assert said(annotating) == after
    assert not desk.actions.redo.isEnabled()


def test_a_line_of_the_history_leads_to_its_patches(annotating: MainWindow, qtbot: QtBot) -> None:
    desk, session = desk_of(annotating), annotating.session
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    show(annotating, SECOND, qtbot)
    desk.panel.history.line_chosen.emit(desk.panel.history.model.line(0))
    qtbot.waitUntil(lambda: session.patch == 13, timeout=WAIT_MS)
    assert session.slide is not None
    assert session.slide.patient == FIRST


def test_an_undo_elsewhere_shows_the_patient_that_it_changes(
    annotating: MainWindow, qtbot: QtBot
) -> None:
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    show(annotating, SECOND, qtbot)
    desk_of(annotating).actions.undo.trigger()
    session = annotating.session
    qtbot.waitUntil(
        lambda: session.slide is not None and session.slide.patient == FIRST, timeout=WAIT_MS
    )
    assert set(said(annotating)) == {-1}


def test_labels_are_there_again_after_a_restart(
    annotating: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    with qtbot.waitSignal(desk_of(annotating).keeper.opened, timeout=WAIT_MS):
        annotating.opener.open(data_folder)
    assert labelled(annotating) == [13]
    qtbot.waitUntil(lambda: annotating.session.slide is not None, timeout=WAIT_MS)
    desk_of(annotating).actions.undo.trigger()
    assert labelled(annotating) == []


def test_the_layer_of_the_labels_shows_and_hides_them(annotating: MainWindow) -> None:
    take(annotating, Tool.CLICK)
    view = annotating.slide_pane.view
    drag(annotating, 12)
    shown = picture(view.viewport())
    legend = [key.value for key in view.corners.legend._marks]
    assert legend == ["IDC", "Corrected"]
    QTest.keyClick(view, Qt.Key.Key_L)
    assert not annotating.session.layers.labels
    assert not np.array_equal(picture(view.viewport()), shown)
    assert view.corners.legend._marks == ()


def test_the_counts_and_the_table_follow_each_stroke(annotating: MainWindow, qtbot: QtBot) -> None:
    take(annotating, Tool.RECTANGLE, Label.NOT_IDC)
    drag(annotating, 0, 4)  # three of IDC, two not
    counts = desk_of(annotating).panel.counts
    assert annotating.session.dataset is not None
    idc = int(annotating.session.dataset.labels[:5].sum())
    assert counts.number("Corrected") == str(idc)
    assert counts.number("Confirmed", of_all=True) == str(5 - idc)
    show(annotating, SECOND, qtbot)
    assert counts.number("Corrected") == "0"
    assert counts.number("Corrected", of_all=True) == str(idc)
    table = annotating.patient_panel._table
    assert table.index(0, table.columnCount() - 1).data() == str(idc)


# --- other windows, readers, trouble ---------------------------------------------------------


def test_what_another_window_labels_is_seen_here(annotating: MainWindow, qtbot: QtBot) -> None:
    data = annotating.session.data
    assert data is not None
    other = LabelBook(data.workspace.labels_path, data.dataset, reader="Bea")
    other.label(np.array([2, 3]), Label.UNSURE)
    assert other.flush(10)
    qtbot.waitUntil(lambda: labelled(annotating, Label.UNSURE) == [2, 3], timeout=WAIT_MS)
    desk = desk_of(annotating)
    assert desk.panel.shown.findData("Bea") > 0
    assert not desk.actions.undo.isEnabled(), "it is not mine to undo"
    other.close()


def test_readers_label_apart_and_each_can_be_shown_alone(
    annotating: MainWindow, qtbot: QtBot
) -> None:
    desk = desk_of(annotating)
    take(annotating, Tool.CLICK)
    drag(annotating, 1)
    first = desk.keeper.reader
    choose_reader(annotating, "  Anna   Berg ", qtbot)
    assert desk.keeper.reader == "Anna Berg"
    assert annotating.session.preferences.reader == "Anna Berg"
    desk.actions.labels[Label.UNSURE].trigger()
    drag(annotating, 1)
    drag(annotating, 2)
    assert annotating.session.labels is not None
    assert annotating.session.labels.of_reader(first)[1] == Label.IDC
    for reader, seen in ((first, [Label.IDC, -1]), ("Anna Berg", [2, 2]), ("", [2, 2])):
        desk.panel.shown.setCurrentIndex(desk.panel.shown.findData(reader))
        desk.panel.shown.activated.emit(desk.panel.shown.currentIndex())
        said_now = annotating.session.slide_said()
        assert said_now is not None
        assert said_now[1:3].tolist() == seen


def test_a_name_that_is_none_changes_nothing_and_says_why(
    annotating: MainWindow, qtbot: QtBot
) -> None:
    desk = desk_of(annotating)
    before = desk.keeper.reader
    desk.panel.reader_chosen.emit("a" * 500)
    assert desk.keeper.reader == before
    assert "name" in desk.panel.fault.text()
    desk.panel.reader.setCurrentText("   ")
    desk.panel.reader.activated.emit(0)
    assert desk.panel.reader.currentText() == before


def test_a_log_that_cannot_be_opened_is_told_where_labels_are(
    opened: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    data = opened.session.data
    assert data is not None
    desk_of(opened).keeper.close()
    for kept in data.workspace.folder.glob("labels.sqlite*"):
        kept.unlink()
    data.workspace.labels_path.write_bytes(b"no database " * 500)
    desk_of(opened).keeper.open()
    qtbot.waitUntil(lambda: not desk_of(opened).panel.fault.isHidden(), timeout=WAIT_MS)
    assert "damaged" in desk_of(opened).panel.fault.text()
    assert opened.session.labels is None
    opened.annotation.actions.annotate.trigger()
    take(opened, Tool.BRUSH)
    drag(opened, 0, 4)  # nothing to label with, and nothing breaks


def test_once_the_window_is_closed_a_copy_of_the_one_file_has_all_labels(
    annotating: MainWindow, tmp_path: Path
) -> None:
    data = annotating.session.data
    assert data is not None
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    annotating.close()
    kept = read_ledger(copy_of(data.workspace.labels_path, tmp_path), data.dataset)
    assert np.flatnonzero(kept.state.labels >= 0).tolist() == [13]


def test_a_stroke_that_cannot_be_written_is_taken_back_and_told(
    annotating: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(annotating)
    assert desk.keeper.book is not None

    def full(*_: object, **__: object) -> int:
        raise StorageError("The disk is full.", hint="Make room on the disk.")

    monkeypatch.setattr(LabelLog, "append", full)
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    assert labelled(annotating) == [13]
    qtbot.waitUntil(lambda: labelled(annotating) == [], timeout=WAIT_MS)
    assert "Make room" in desk.panel.fault.text()
    assert desk.panel.history.model.rowCount() == 0


def test_another_reader_sees_at_once_what_was_said_last_however_slow_the_disk(
    annotating: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = LabelLog.append

    def slow(log: LabelLog, line: StrokeLine, patches: Iterable[PatchLine]) -> int:
        time.sleep(0.3)
        return append(log, line, patches)

    monkeypatch.setattr(LabelLog, "append", slow)
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    with qtbot.waitSignal(desk_of(annotating).keeper.opened, timeout=WAIT_MS):
        desk_of(annotating).panel.reader_chosen.emit("Bea")
    assert labelled(annotating) == [13]


def test_what_cannot_be_written_is_told_though_another_reader_came_meanwhile(
    annotating: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        time.sleep(0.3)
        raise StorageError("The disk is full.", hint="Make room on the disk.")

    monkeypatch.setattr(LabelLog, "append", full)
    desk = desk_of(annotating)
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    desk.panel.reader_chosen.emit("Bea")
    qtbot.waitUntil(lambda: "Make room" in desk.panel.fault.text(), timeout=WAIT_MS)
    assert labelled(annotating) == []


def test_pixels_that_change_under_a_label_are_marked(
    annotating: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    take(annotating, Tool.CLICK)
    drag(annotating, 13)
    book, session = desk_of(annotating).keeper.book, annotating.session
    assert book is not None
    assert session.dataset is not None
    qtbot.waitUntil(lambda: bool(book._log.pixels(FIRST)), timeout=WAIT_MS)
    path = session.dataset.path(13)
    path.write_bytes(picture_bytes(1, seed=999))
    with qtbot.waitSignal(desk_of(annotating).keeper.opened, timeout=WAIT_MS):
        annotating.opener.open(data_folder)
    qtbot.waitUntil(
        lambda: session.slide is not None and len(session.changed_pixels) > 0, timeout=WAIT_MS
    )
    assert marks(annotating)[13] == Mark.IDC_CORRECTED + CHANGED
    drag(annotating, 13)
    desk_of(annotating).actions.labels[Label.UNSURE].trigger()
    drag(annotating, 13)
    assert marks(annotating)[13] == Mark.UNSURE, "said of the new pixels"


def show(window: MainWindow, patient: str, qtbot: QtBot) -> None:
    window.session.choose_patient(patient)
    qtbot.waitUntil(lambda: window.session.slide_is_shown, timeout=WAIT_MS)


def choose_reader(window: MainWindow, name: str, qtbot: QtBot) -> None:
    panel = desk_of(window).panel
    with qtbot.waitSignal(desk_of(window).keeper.opened, timeout=WAIT_MS):
        panel.reader.setCurrentText(name)
        line = panel.reader.lineEdit()
        assert line is not None
        line.editingFinished.emit()
