"""Names in files are words: none is drawn as markup, whose pictures Qt would fetch."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui.main_window import MainWindow
from bcviewer.model.folder import CARD
from bcviewer.model.library import bundled_models
from tests.cards import unsealed
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS

PICTURE = '<img src="file:///nowhere.png">'
ROWS = 50

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such names of files there")


def hostile_model(folder: Path) -> Path:
    """The bundled model under names that hold a picture."""
    place = Path(shutil.copytree(bundled_models()["simple_cnn"], folder / f"model{PICTURE[4:9]}"))
    card = unsealed(place / CARD)
    card["name"] = f"model {PICTURE}"
    card["split"]["title"] = f"split {PICTURE}"
    card["preprocessing"] += PICTURE
    (place / CARD).write_text(json.dumps(card))
    return place


def hostile_table(folder: Path) -> Path:
    """Labels whose every word holds a picture, in a file of such a name."""
    path = folder / f"{PICTURE.replace('/', '_')}.csv"
    lines = (
        "patient,x,y,label",
        f"{PICTURE},1,1,IDC".replace('"', ""),
        f"p00,{PICTURE},1,IDC".replace('"', ""),
        f"p00,151,101,{PICTURE}".replace('"', ""),
        "p00,151,101,unsure",
        "p00,151,101,IDC",
    )
    path.write_text("\n".join(lines))
    return path


def marked_up() -> list[str]:
    """What any widget would draw as markup with a picture in it."""
    found = []
    for widget in QApplication.allWidgets():
        plain = Qt.TextFormat.PlainText
        if isinstance(widget, QLabel) and widget.textFormat() != plain:
            found.append(widget.text())
        found.append(widget.toolTip())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += tips_of(widget.model())
    return [text for text in found if "<img" in text and GuiQt.mightBeRichText(text)]


def tips_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """The tool tips of a model's first rows, and of those within them."""
    parent = QModelIndex() if parent is None else parent
    # Lists and tables of Qt keep to themselves what they have not: more columns, rows within rows.
    flat = isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    tips = []
    for row in range(min(model.rowCount(parent), ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            tips.append(str(model.data(index, Qt.ItemDataRole.ToolTipRole)))
        if not flat:
            tips += tips_of(model, model.index(row, 0, parent))
    return tips


def test_no_name_of_a_file_is_drawn_as_markup(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    root = small_dataset(tmp_path / f"data{PICTURE.replace('/', '_')}", patients=3)
    (root / "p00" / "0" / f"x{PICTURE.replace('/', '_')}.png").write_bytes(b"")
    (root / "p01 <img>").mkdir()
    window.opener.open(root)
    qtbot.waitUntil(lambda: window.session.labels is not None, timeout=WAIT_MS)
    window.predictions.load(str(hostile_model(tmp_path)))
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=WAIT_MS)
    window.predictions.predict_all()
    qtbot.waitUntil(lambda: not window.session.unpredicted_patients(), timeout=WAIT_MS)
    window.session.inspect(0)
    window.annotation.keeper.label(np.array([0, 1]), Label.UNSURE)
    window.report_dialog.show()
    window.slide_export.open()
    window.exchange.read(hostile_table(tmp_path))
    seen = window.exchange.preview_dialog
    qtbot.waitUntil(lambda: "cannot be used" in seen.words, timeout=WAIT_MS)
    for dock in window.docks:
        dock.show()
        dock.raise_()
        qtbot.wait(50)
    assert marked_up() == []
    seen.reject()


def test_the_search_finds_markup(qtbot: QtBot) -> None:
    label = QLabel(f"a name {PICTURE}")
    qtbot.addWidget(label)
    assert marked_up() == [label.text()]
