"""Labels out to files and in again, in the window: dialogs, preview, one stroke, bad files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui.exchange_desk import ExchangeDesk
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.import_preview import SHOWN
from bcviewer.gui.workers.exchange_worker import ExportWish, Form
from tests.gui.conftest import WAIT_MS

HEAD = "patient,x,y,label\n"


@pytest.fixture
def labelled(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with three labels in two patients."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    keeper = opened.annotation.keeper
    keeper.label(np.array([0, 1]), Label.NOT_IDC)
    keeper.label(np.array([20]), Label.UNSURE)
    assert keeper.book is not None
    assert keeper.book.flush(WAIT_MS / 1000)
    yield opened
    assert keeper.book is None or keeper.book.flush(WAIT_MS / 1000)


def desk(window: MainWindow) -> ExchangeDesk:
    return window.exchange


def export(
    window: MainWindow,
    qtbot: QtBot,
    target: Path,
    *,
    form: Form,
    patient: bool = False,
    original: bool = False,
) -> str:
    """Export as the dialog would; returns what it says then."""
    dialog = desk(window).export_dialog
    dialog.forms[form].click()
    dialog.this_patient.setChecked(patient)
    dialog.with_original.setChecked(original)
    dialog.export_requested.emit(dialog.wish(target))
    qtbot.waitUntil(dialog.export.isEnabled, timeout=WAIT_MS)
    return dialog.note


def offer(window: MainWindow, qtbot: QtBot, path: Path) -> str:
    """Have a file read; returns the preview in words."""
    dialog = desk(window).preview_dialog
    desk(window).read(path)
    qtbot.waitUntil(dialog.isVisible, timeout=WAIT_MS)
    return dialog.words


def listed(window: MainWindow) -> list[tuple[str, str]]:
    tree = desk(window).preview_dialog.tree
    found = [tree.topLevelItem(line) for line in range(tree.topLevelItemCount())]
    return [(line.text(0), line.text(1)) for line in found if line is not None]


def said(window: MainWindow) -> dict[int, int]:
    """What readers say, by row."""
    assert window.session.labels is not None
    labels = window.session.labels.labels
    return {int(row): int(labels[row]) for row in np.flatnonzero(labels >= 0)}


def test_the_actions_stand_in_the_file_menu_and_need_labels(
    window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    menus = window.menuBar().findChildren(QMenu)
    file = next(menu for menu in menus if menu.title() == "&File")
    names = [action.text() for action in file.actions()]
    assert "&Export labels…" in names
    assert "&Import labels…" in names
    assert not desk(window).export.isEnabled()
    window.opener.open(data_folder)
    qtbot.waitUntil(desk(window).export.isEnabled, timeout=WAIT_MS)
    desk(window).export.trigger()
    assert desk(window).export_dialog.isVisible()


def test_a_table_goes_out_and_comes_in_as_one_stroke(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "labels.csv"
    path.parent.mkdir()
    assert export(labelled, qtbot, path, form="csv") == "3 labels are written to labels.csv."
    before = said(labelled)
    keeper = labelled.annotation.keeper
    keeper.label(np.arange(40), Label.CLEARED)
    assert said(labelled) == {}
    words = offer(labelled, qtbot, path)
    assert "3 labels would change" in words
    assert listed(labelled) == [("original → not IDC", "2"), ("original → unsure", "1")]
    assert said(labelled) == {}, "nothing is taken before the user says so"
    desk(labelled).preview_dialog.take.click()
    qtbot.waitUntil(lambda: said(labelled) == before, timeout=WAIT_MS)
    keeper.undo()
    assert said(labelled) == {}


def test_the_preview_says_what_the_command_line_says(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dataset = labelled.session.dataset
    assert dataset is not None
    x, y = dataset.x[3:6].tolist(), dataset.y[3:6].tolist()
    lines = [
        "patient,x,y,label",
        *(f"p00,{x[0]},{y[0]},{label}" for label in ("idc", "unsure")),
        f"p00,{x[1]},{y[1]},excluded",
        f"p00,{x[2]},{y[2]},nonsense",
        "other,1,1,idc",
    ]
    path = tmp_path / "theirs.csv"
    path.write_text("\n".join(lines))
    words = offer(labelled, qtbot, path)
    seen = desk(labelled).preview_dialog._seen
    assert seen is not None
    assert words == seen.preview.words
    assert words.count("1 ") == 4
    desk(labelled).preview_dialog.cancel.click()


def test_polygons_come_back_exactly(labelled: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "geojson"
    folder.mkdir()
    for form in ("tiles", "regions"):
        words = export(labelled, qtbot, folder, form=form)
        assert words == "2 files are written to geojson."
        words = offer(labelled, qtbot, folder / "p00.geojson")
        assert "0 labels would change, 2 are so already" in words
        assert not desk(labelled).preview_dialog.take.isEnabled()
        desk(labelled).preview_dialog.cancel.click()


def test_this_patient_alone_and_with_its_original_labels(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    desk(labelled).export.trigger()
    export(labelled, qtbot, folder, form="tiles", patient=True, original=True)
    assert [path.name for path in folder.iterdir()] == ["p00.geojson"]
    content = json.loads((folder / "p00.geojson").read_text())
    assert len(content["features"]) == 20
    path = tmp_path / "one.csv"
    assert export(labelled, qtbot, path, form="csv", patient=True).startswith("2 labels")


def test_nothing_to_write_is_told(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    assert "nothing to write" in export(opened, qtbot, tmp_path, form="regions")


def test_pictures_go_to_a_new_folder_under_their_corrected_labels(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "corrected"
    words = export(labelled, qtbot, target, form="folders")
    assert words == "119 pictures are copied to corrected."
    dataset = labelled.session.dataset
    assert dataset is not None
    assert len(list((target / "p00" / "1").iterdir())) == int(dataset.labels[2:20].sum())
    assert "already" in export(labelled, qtbot, target, form="folders")


@pytest.mark.parametrize("form", ["csv", "tiles", "folders"])
def test_the_data_folder_is_never_written_to(
    labelled: MainWindow, qtbot: QtBot, data_folder: Path, form: Form
) -> None:
    before = sorted(data_folder.rglob("*"))
    target = data_folder / "export"
    if form == "tiles":
        target = data_folder
    words = export(labelled, qtbot, target, form=form)
    assert "never written to" in words
    assert sorted(data_folder.rglob("*")) == before


def test_what_cannot_be_used_is_listed_before_anything_is_taken(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dataset = labelled.session.dataset
    assert dataset is not None
    x, y = int(dataset.x[5]), int(dataset.y[5])
    path = tmp_path / "mixed.csv"
    lines = [f"p00,{x},{y},excluded", "p99,1,1,IDC", f"p00,{x},{y + 1},IDC", "p00,one,1,IDC"]
    path.write_text(HEAD + "\n".join(lines) + "\n")
    offer(labelled, qtbot, path)
    assert listed(labelled) == [
        ("original → excluded", "1"),
        ("Not in this data set", "2"),
        ("Lines that cannot be used", "1"),
    ]
    tree = desk(labelled).preview_dialog.tree
    last = tree.topLevelItem(2)
    assert last is not None
    assert last.child(0).text(0).startswith("Line 5:")


def test_thousands_of_bad_lines_do_not_fill_the_window(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + "p00,?,?,IDC\n" * 900)
    offer(labelled, qtbot, path)
    last = desk(labelled).preview_dialog.tree.topLevelItem(0)
    assert last is not None
    assert last.childCount() == SHOWN + 1
    assert last.child(SHOWN).text(0) == "and 700 more"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("labels.csv", b"no,table,of,labels\n1,2,3,4\n"),
        ("labels.csv", b"\0\1\2\3"),
        ("labels.geojson", b"{not json"),
        ("p77.geojson", b'{"type": "FeatureCollection", "features": []}'),
        ("labels.csv", None),
    ],
)
def test_a_file_that_is_none_is_told_and_changes_nothing(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = said(labelled)
    told: list[str] = []
    desk(labelled).said.connect(told.append)
    desk(labelled).read(path)
    qtbot.waitUntil(lambda: len(told) > 1, timeout=WAIT_MS)
    assert name in told[-1] or "patient" in told[-1]
    assert not desk(labelled).preview_dialog.isVisible()
    assert said(labelled) == before


def test_an_export_that_is_stopped_says_so(
    labelled: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = desk(labelled).export_dialog
    dialog.export_requested.emit(ExportWish("folders", tmp_path / "stopped"))
    dialog.cancel_requested.emit()
    qtbot.waitUntil(dialog.export.isEnabled, timeout=WAIT_MS)
    assert dialog.note.startswith(("Stopped.", "119 pictures"))
