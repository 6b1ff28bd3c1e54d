"""Dragging things onto the window: what would be done is said, done on a drop, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.dropped import Kind, look_at
from bcviewer.gui.main_window import MainWindow
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS
from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["tiny_training"]

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def held(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(window: MainWindow, data: QMimeData) -> bool:
    """Hold something over the slide; returns whether the window takes it."""
    event = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(window.slide_pane.view.viewport(), event)
    return event.isAccepted()


def drop(window: MainWindow, data: QMimeData) -> None:
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))


def test_a_folder_is_opened_and_what_will_be_done_is_said_before(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = small_dataset(tmp_path / "other folder", patients=2)
    veil = opened.dropping.veil
    assert enter(opened, held(other))
    assert veil.isVisible()
    assert veil.text == "Open the folder other folder"
    assert veil.size() == opened.size()
    drop(opened, held(other))
    assert not veil.isVisible()
    qtbot.waitUntil(
        lambda: opened.session.dataset is not None and opened.session.dataset.root == other,
        timeout=WAIT_MS,
    )


def test_what_is_carried_away_again_changes_nothing(opened: MainWindow, tmp_path: Path) -> None:
    before = opened.session.data
    enter(opened, held(tmp_path))
    QApplication.sendEvent(opened, QDragLeaveEvent())
    assert not opened.dropping.veil.isVisible()
    assert opened.session.data is before


@pytest.mark.parametrize("part", ["", "model", "model/model.keras", "model/card.json"])
def test_a_run_a_model_and_a_file_of_it_are_used(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining, part: str
) -> None:
    path = tiny_training.run.path / part
    enter(opened, held(path))
    assert opened.dropping.veil.text.startswith("Use the model")
    drop(opened, held(path))
    qtbot.waitUntil(lambda: opened.session.model is not None, timeout=WAIT_MS)
    assert opened.session.model is not None
    assert opened.session.model.folder.path == tiny_training.run.model_path


@pytest.mark.parametrize("name", ["net.h5", "net.keras", "NET.HDF5"])
def test_a_model_of_keras_is_shown_before_it_is_imported(
    window: MainWindow, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"no model")
    enter(window, held(path))
    assert window.dropping.veil.text == f"Import the Keras model {name}"
    drop(window, held(path))
    assert window.model_desk.importer.dialog.isVisible()
    window.model_desk.importer.dialog.close()


def test_other_things_are_refused_in_a_sentence(opened: MainWindow, tmp_path: Path) -> None:
    before = opened.session.data
    notes = tmp_path / "notes.txt"
    notes.write_text("x")
    enter(opened, held(notes))
    assert "“notes.txt” cannot be opened" in opened.dropping.veil.text
    drop(opened, held(notes))
    assert "“notes.txt” cannot be opened" in opened.statusBar().currentMessage()
    assert opened.session.data is before


def test_one_thing_at_a_time(opened: MainWindow, tmp_path: Path) -> None:
    enter(opened, held(tmp_path, tmp_path))
    drop(opened, held(tmp_path, tmp_path))
    assert "one thing at a time" in opened.statusBar().currentMessage()


def test_words_from_elsewhere_are_not_for_the_window(opened: MainWindow) -> None:
    words = QMimeData()
    words.setText("hello")
    assert not enter(opened, words)
    assert not opened.dropping.veil.isVisible()
    drop(opened, words)


def test_an_address_of_another_computer_is_refused(opened: MainWindow) -> None:
    far = QMimeData()
    far.setUrls([QUrl("https://example.org/model.h5")])
    enter(opened, far)
    assert "files and folders of this computer" in opened.dropping.veil.text


def test_strange_names_are_shown_as_they_may_be(tmp_path: Path) -> None:
    for name in ("<b>bold", "a\nb", "x" * 200, "ünï {brace}"):
        (tmp_path / name).mkdir()
        found = look_at([tmp_path / name])
        assert found.kind is Kind.DATA
        assert found.words.isprintable()
        assert "<b>" not in found.words
        assert len(found.words) < 80
    assert look_at([tmp_path / "gone"]).kind is Kind.REFUSED
    assert look_at([Path("/")]).words == "Open the folder /"
