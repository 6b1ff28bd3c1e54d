"""From a number to its patches: pages, keys, the place in the tissue, labels, blind readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.evaluation.selection import Chosen
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.gallery_desk import GALLERY, GalleryDesk
from bcviewer.gui.gallery_pages import Pages
from bcviewer.gui.gallery_words import BLIND, NOTHING_CHOSEN, OTHER_MODEL
from bcviewer.gui.label_marks import Mark
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.gallery_model import MARK_ROLE
from bcviewer.gui.models.queue_table import ENTRY_ROLE, PICTURE_ROLE, QueueEntry
from bcviewer.gui.widgets.gallery_frame import truth_words
from bcviewer.gui.widgets.gallery_grid import GalleryGrid
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS

Key = Qt.Key
EVERY = np.random.default_rng(3).permutation(120).astype(np.int64)


@pytest.fixture
def showing(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with labels open, every patch predicted, and the evaluation in view."""
    session = opened.session
    qtbot.waitUntil(lambda: session.labels is not None, timeout=WAIT_MS)
    session.predictions = np.linspace(0, 1, len(session.predictions), dtype=np.float32)
    session.predictions_changed.emit(None)
    dock = next(dock for dock in opened.docks if dock.windowTitle() == "Evaluation")
    dock.show()
    dock.raise_()
    opened.gallery.show_chosen(Chosen("All", EVERY))
    qtbot.waitUntil(lambda: opened.gallery.panel.grid.capacity > 3, timeout=WAIT_MS)
    yield opened
    book = opened.annotation.keeper.book
    assert book is None or book.flush(WAIT_MS / 1000)


def grid(window: MainWindow) -> GalleryGrid:
    return window.gallery.panel.grid


def press(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    grid(window).setFocus()
    QTest.keyClick(grid(window), key, held)


def click(
    window: MainWindow, place: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    shown = grid(window)
    at = shown.visualRect(shown.model().index(place, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, held, at)


def said(window: MainWindow, row: int) -> int:
    assert window.session.labels is not None
    return int(window.session.labels.labels[row])


def row_in_tissue(window: MainWindow) -> int:
    session = window.session
    if not session.slide_is_shown or session.patch < 0:
        return -1
    assert session.dataset is not None
    assert session.slide is not None
    return int(session.dataset.rows(session.slide.patient).start) + session.patch


def wait_for_tissue(window: MainWindow, row: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: row_in_tissue(window) == row, timeout=WAIT_MS)


@given(st.integers(0, 300), st.integers(1, 40))
def test_every_place_is_on_one_page(places: int, size: int) -> None:
    pages = Pages(places, size)
    spans = [pages.span(page) for page in range(pages.count)]
    together = [place for span in spans for place in range(span.start, span.stop)]
    assert together == list(range(places))
    assert all(span.stop - span.start == size for span in spans[:-1])
    for place in together:
        assert place in range(spans[pages.page_of(place)].start, spans[pages.page_of(place)].stop)
    assert pages.within(-3) == 0
    assert pages.within(10**6) == pages.count - 1


@given(st.integers(1, 300), st.integers(1, 40), st.integers(-50, 50), st.data())
def test_a_step_never_leaves_the_places(
    places: int, size: int, steps: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, places - 1))
    pages = Pages(places, size)
    found = pages.step(place, steps)
    assert 0 <= found < places
    if 0 <= place + steps < places:
        assert found == place + steps
    elif found != place:
        assert pages.page_of(found) != pages.page_of(place)


def test_nothing_is_there_before_something_is_chosen(opened: MainWindow) -> None:
    panel = opened.gallery.panel
    assert panel.hint.text() == NOTHING_CHOSEN
    assert panel.stack.currentWidget() is panel.hint
    tabs = opened.evaluation.tabs
    assert "Gallery" in [tabs.tabText(tab) for tab in range(tabs.count())]


def test_what_was_chosen_comes_to_the_front_and_is_told(showing: MainWindow) -> None:
    desk = showing.gallery
    assert showing.evaluation.tabs.currentWidget() is desk.panel
    assert desk.panel.title.text() == "All · 120 patches, most confident first"
    desk.show_chosen(Chosen("One", EVERY[:1]))
    assert desk.panel.title.text() == "One · 1 patch"
    desk.show_chosen(Chosen("None", EVERY[:0]))
    assert desk.panel.hint.text() == "None: there is no such patch."


def test_a_click_in_the_evaluation_opens_the_gallery_and_says_of_whom(showing: MainWindow) -> None:
    showing.evaluation.patches_requested.emit(Chosen("False positives", EVERY[:5]))
    assert showing.gallery.rows.tolist() == EVERY[:5].tolist()
    assert showing.gallery.panel.title.text().startswith("False positives")


def test_a_page_holds_what_there_is_room_for_whole(showing: MainWindow) -> None:
    desk, shown = showing.gallery, grid(showing)
    assert len(desk.model.rows) == shown.capacity < 120
    area = shown.viewport().rect()
    cells = [shown.visualRect(shown.model().index(at, 0)) for at in range(shown.capacity)]
    assert all(area.contains(cell) for cell in cells)
    assert not any(a.intersects(b) for a in cells for b in cells if a is not b)
    more = QRect(cells[-1]).translated(cells[-1].width(), 0)
    assert not area.contains(more)
    before = shown.capacity
    desk.panel.scales[1].click()
    assert shown.capacity < before
    assert len(desk.model.rows) == shown.capacity


def test_each_patch_has_patient_probability_and_truth(showing: MainWindow) -> None:
    session, model = showing.session, showing.gallery.model
    assert session.dataset is not None
    for place in (0, len(model.rows) - 1):
        entry = model.index(place).data(ENTRY_ROLE)
        assert isinstance(entry, QueueEntry)
        row = int(model.rows[place])
        assert entry.patient == session.dataset.patients[row // 20]
        assert entry.probability == pytest.approx(float(session.predictions[row]))
        assert truth_words(entry) == ("not IDC", "IDC")[int(session.dataset.labels[row])]
        assert entry.patient in model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)


def test_pictures_are_read_for_the_page_only(showing: MainWindow, qtbot: QtBot) -> None:
    model, pictures = showing.gallery.model, showing.review.queues.pictures
    qtbot.waitUntil(lambda: model.index(0).data(PICTURE_ROLE) is not None, timeout=WAIT_MS)
    assert pictures.count <= grid(showing).capacity


def test_a_click_shows_the_patch_in_its_tissue(showing: MainWindow, qtbot: QtBot) -> None:
    place = next(at for at, row in enumerate(EVERY) if row >= 20)
    click(showing, place)
    wait_for_tissue(showing, int(EVERY[place]), qtbot)
    assert showing.slide_pane.view.selected == showing.session.patch


def test_the_first_arrow_key_chooses_the_first_patch_and_enter_opens_it(
    showing: MainWindow, qtbot: QtBot
) -> None:
    press(showing, Key.Key_Right)
    assert showing.gallery.current == EVERY[0]
    showing.gallery.show_chosen(Chosen("Others", EVERY[20:]))
    press(showing, Key.Key_Return)
    wait_for_tissue(showing, int(EVERY[20]), qtbot)


def test_arrow_keys_walk_and_the_tissue_follows_when_they_rest(
    showing: MainWindow, qtbot: QtBot
) -> None:
    grid(showing).go_to(0)
    press(showing, Key.Key_Right)
    press(showing, Key.Key_Right)
    assert showing.gallery.current == EVERY[2]
    wait_for_tissue(showing, int(EVERY[2]), qtbot)
    press(showing, Key.Key_Left)
    press(showing, Key.Key_Return)
    wait_for_tissue(showing, int(EVERY[1]), qtbot)


def test_a_step_over_the_edge_turns_the_page(showing: MainWindow) -> None:
    desk, size = showing.gallery, grid(showing).capacity
    grid(showing).go_to(size - 1)
    press(showing, Key.Key_Right)
    assert desk.page == 1
    assert desk.current == EVERY[size]
    press(showing, Key.Key_Left)
    assert desk.page == 0
    assert desk.current == EVERY[size - 1]
    press(showing, Key.Key_Home)
    assert desk.current == EVERY[0]
    press(showing, Key.Key_Left)
    assert desk.current == EVERY[0], "there is none before the first"
    press(showing, Key.Key_End)
    assert desk.current == EVERY[-1]
    assert desk.page == desk.pages.count - 1


def test_page_keys_turn_pages_and_leave_the_patient_alone(showing: MainWindow) -> None:
    desk, patient = showing.gallery, showing.session.patient
    press(showing, Key.Key_PageDown)
    assert desk.page == 1
    assert desk.current == -1, "nothing was current, so nothing is"
    press(showing, Key.Key_PageUp)
    press(showing, Key.Key_PageUp)
    assert desk.page == 0
    assert showing.session.patient == patient
    grid(showing).go_to(1)
    press(showing, Key.Key_PageDown)
    assert desk.current == EVERY[desk.pages.size + 1]


def test_the_pager_turns_pages_and_knows_its_ends(showing: MainWindow) -> None:
    desk, pager = showing.gallery, showing.gallery.panel.pager
    assert not pager.back.isEnabled()
    pager.on.click()
    assert (desk.page, pager.number.value()) == (1, 2)
    pager.number.setValue(desk.pages.count)
    assert desk.page == desk.pages.count - 1
    assert not pager.on.isEnabled()
    assert desk.model.rows.tolist() == EVERY[desk.pages.span(desk.page)].tolist()
    pager.back.click()
    assert desk.page == desk.pages.count - 2


def test_other_room_keeps_the_current_patch_in_view(showing: MainWindow) -> None:
    desk = showing.gallery
    desk.go_to(40)
    desk.panel.scales[1].click()
    assert desk.current == EVERY[40]
    assert desk.pages.page_of(40) == desk.page
    desk.panel.scales[0].click()
    assert desk.current == EVERY[40]


def test_one_key_labels_the_patch_marks_it_and_goes_on(showing: MainWindow, qtbot: QtBot) -> None:
    desk, session = showing.gallery, showing.session
    assert session.dataset is not None
    grid(showing).go_to(0)
    first = int(EVERY[0])
    wrong = Label.NOT_IDC if session.dataset.labels[first] else Label.IDC
    press(showing, Key.Key_1 if wrong is Label.IDC else Key.Key_2)
    press(showing, Key.Key_3)
    assert said(showing, first) == wrong
    assert said(showing, int(EVERY[1])) == Label.UNSURE
    assert desk.current == EVERY[2]
    mark = Mark(desk.model.index(0).data(MARK_ROLE))
    assert mark.corrected
    assert truth_words(desk.model.entry(0)).endswith(f"→ {wrong.title}")
    assert session.labels is not None
    assert GALLERY in session.labels.queues
    showing.annotation.keeper.undo()
    assert desk.current == EVERY[1], "an undo goes back to its patch"
    assert said(showing, int(EVERY[1])) == Label.CLEARED


def test_several_patches_are_labelled_as_one_stroke(showing: MainWindow) -> None:
    desk, size = showing.gallery, grid(showing).capacity
    click(showing, 0)
    click(showing, 2, Qt.KeyboardModifier.ControlModifier)
    press(showing, Key.Key_4)
    assert [said(showing, int(row)) for row in EVERY[:3]] == [
        Label.EXCLUDED,
        Label.CLEARED,
        Label.EXCLUDED,
    ]
    assert desk.page == 0
    showing.annotation.keeper.undo()
    assert all(said(showing, int(row)) == Label.CLEARED for row in EVERY[:3])
    press(showing, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid(showing).selected.tolist() == list(range(size))


def test_keys_without_a_patch_say_what_to_do(showing: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(showing.gallery.said) as told:
        press(showing, Key.Key_1)
    assert "arrow keys" in told.args[0]
    showing.gallery.go_to(119)
    with qtbot.waitSignal(showing.gallery.said) as told:
        press(showing, Key.Key_1)
    assert "last patch" in told.args[0]


def test_a_label_given_in_the_tissue_is_marked_and_enter_there_goes_on(
    showing: MainWindow, qtbot: QtBot
) -> None:
    desk = showing.gallery
    click(showing, 0)
    wait_for_tissue(showing, int(EVERY[0]), qtbot)
    showing.patch_panel.label_chosen.emit(int(Label.UNSURE))
    assert desk.model.index(0).data(MARK_ROLE) == Mark.UNSURE
    assert desk.current == EVERY[0]
    assert showing.annotation.led_by_gallery
    showing.annotation.actions.annotate.trigger()
    showing.annotation.actions.confirm.trigger()
    assert desk.current == EVERY[1]
    wait_for_tissue(showing, int(EVERY[1]), qtbot)


def test_a_blind_reader_is_not_told_what_the_model_finds(showing: MainWindow) -> None:
    session, desk = showing.session, showing.gallery
    reader = showing.annotation.keeper.reader
    session.blindness = Blindness(on=True, reader=reader)
    session.blindness_changed.emit()
    assert len(desk.rows) == 0
    assert desk.panel.hint.text() == BLIND
    session.blindness = session.blindness.showing("p01")
    session.blindness_changed.emit()
    assert sorted(desk.rows.tolist()) == list(range(20, 40))
    assert "100 more are hidden" in desk.panel.title.text()
    session.blindness = Blindness()
    session.blindness_changed.emit()
    assert len(desk.rows) == 120


def test_another_model_takes_its_patches_away(showing: MainWindow) -> None:
    showing.session.model_changed.emit()
    assert showing.gallery.panel.hint.text() == OTHER_MODEL
    assert len(showing.gallery.rows) == 0


def test_other_data_take_the_patches_away(
    showing: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    showing.gallery.go_to(110)
    other = small_dataset(tmp_path / "other", patients=2, seed=5)
    with qtbot.waitSignal(showing.session.data_changed, timeout=WAIT_MS):
        showing.opener.open(other)
    assert showing.gallery.panel.hint.text() == NOTHING_CHOSEN
    assert showing.gallery.current == -1


def test_many_patches_are_never_all_made(showing: MainWindow) -> None:
    desk: GalleryDesk = showing.gallery
    many = np.tile(EVERY, 1000)
    desk.show_chosen(Chosen("Many", many))
    assert desk.model.rowCount() == grid(showing).capacity
    desk.go_to(len(many) - 1)
    assert desk.page == desk.pages.count - 1
    assert desk.model.rowCount() <= grid(showing).capacity


def test_a_picture_that_cannot_be_read_is_grey_and_stops_nothing(
    showing: MainWindow, qtbot: QtBot
) -> None:
    dataset, pictures = showing.session.dataset, showing.review.queues.pictures
    assert dataset is not None
    pictures.set_dataset(dataset)
    dataset.path(int(EVERY[0])).write_bytes(b"no picture")
    model = showing.gallery.model
    qtbot.waitUntil(lambda: model.index(1).data(PICTURE_ROLE) is not None, timeout=WAIT_MS)
    assert model.index(0).data(PICTURE_ROLE) is None
    click(showing, 0)
    assert showing.gallery.current == EVERY[0]
