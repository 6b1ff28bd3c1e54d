"""The whole loop in a real window: open, browse, train, look at the heatmap, open it again."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.layouts import LAYOUTS
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.form_number import NumberField
from tests.e2e.pictures import Pictures
from tests.factories import small_dataset
from tests.gui.windows import dispose

pytestmark = [pytest.mark.window, pytest.mark.timeout(600)]

Kind = TypeVar("Kind", bound=QWidget)

SLIDE_MS = 20_000
TRAINING_MS = 240_000


def shown(window: MainWindow) -> str:
    return window.session.slide.patient if window.session.slide is not None else ""


def set_up_training(window: MainWindow) -> None:
    """Fill in the form as a user would: simple CNN, three short epochs."""
    form = window.training_panel.form
    model = _field(form, QComboBox, "model")
    model.setCurrentIndex(next(i for i in range(model.count()) if "CNN" in model.itemText(i)))
    _field(form, NumberField, "epochs").setValue(3)
    _field(form, NumberField, "steps").setValue(12)
    _field(form, NumberField, "batch").setValue(16)


def _field(form: QWidget, kind: type[Kind], word: str) -> Kind:
    """The input of a form by its accessible name."""
    found = [w for w in form.findChildren(kind) if word in w.accessibleName().casefold()]
    assert found, f"no {kind.__name__} named {word}"
    return found[0]


def test_from_an_empty_window_to_a_heatmap_of_ones_own_training(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path, pictures: Pictures
) -> None:
    folder = small_dataset(tmp_path / "data", patients=10, columns=8, rows=6)
    pictures.take("empty")

    # Open a folder and choose the third patient with the mouse.
    window.opener.open(folder)
    qtbot.waitUntil(lambda: shown(window) == "p00", timeout=SLIDE_MS)
    table = window.patient_panel.findChild(QTableView)
    assert isinstance(table, QTableView)
    place = table.visualRect(table.model().index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: shown(window) == "p02", timeout=SLIDE_MS)

    # Click a patch; walk on with the arrow key.
    view = window.slide_pane.view
    assert window.session.slide is not None
    x, y = window.session.slide.grid.corner(0)
    spot = view.mapFromScene(QPointF(x + 25, y + 25))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.session.patch == 0
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert window.session.patch == 1
    before = pictures.take("browse")

    # Train; the curves and the status come alive, and the model is loaded at the end.
    window.layouts.apply(LAYOUTS[2])
    set_up_training(window)
    start = window.training_panel.controls.start_button
    assert start.isEnabled()
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=TRAINING_MS)
    assert len(window.training_panel.curves._epochs) == 3
    qtbot.waitUntil(lambda: window.session.slide_predictions() is not None, timeout=SLIDE_MS)
    qtbot.wait(300)
    after = pictures.take("heatmap")
    assert (before != after).any(axis=2).mean() > 0.05
    assert "held out" in _column(table, 4) or "train" in _column(table, 4)
    assert window.session.model is not None
    card = window.session.model.folder.card
    assert card.split.title == "by patient"

    # The heatmap follows the threshold; hidden below, the tissue shows through again.
    window.session.change_layers(threshold=1.0, hide_below=True)
    hidden = pictures.take("hidden")
    assert (after != hidden).any(axis=2).mean() > 0.01

    # All patients are predicted and kept: the next window has them at once.
    window.predictions.predict_all()
    qtbot.waitUntil(lambda: not window.session.unpredicted_patients(), timeout=SLIDE_MS)
    model = str(window.session.model.folder.path)
    known = window.session.predictions.copy()
    window.close()
    again = make_window(qapp, None)
    again.show()
    again.predictions.load(model)
    again.opener.open(folder)
    qtbot.waitUntil(lambda: shown(again) == "p00", timeout=SLIDE_MS)
    qtbot.waitUntil(lambda: not again.session.unpredicted_patients(), timeout=SLIDE_MS)
    np.testing.assert_array_equal(again.session.predictions, known)
    dispose(again)


def _column(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]
