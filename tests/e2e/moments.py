"""What a story waits for, and what it reads in the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bcviewer.annotation.log import LabelLog
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.main_window import MainWindow
from tests.e2e.conftest import WAIT_MS
from tests.e2e.hands import Answer, press


def open_folder(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """Open a folder of patients by its key; its first slide and that slide's heatmap are shown."""
    answer = Answer(folder)
    press("Ctrl+O")
    assert answer.given
    await_slide(window, qtbot)
    qtbot.waitUntil(lambda: window.session.labels is not None, timeout=WAIT_MS)
    await_heatmap(window, qtbot)


def await_slide(window: MainWindow, qtbot: QtBot, patient: str = "") -> None:
    """Wait until the slide of a patient, or of any, is on screen."""

    def shown() -> bool:
        session = window.session
        return session.slide_is_shown and patient in ("", session.patient)

    qtbot.waitUntil(shown, timeout=WAIT_MS)


def await_heatmap(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the slide on screen is predicted."""
    session = window.session
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)


def spot_of(window: MainWindow, patch: int) -> QPoint:
    """Where the middle of a patch is in the viewport of the slide."""
    slide = window.session.slide
    assert slide is not None
    x, y = slide.grid.corner(patch)
    return window.slide_pane.view.mapFromScene(QPointF(x + PATCH_SIZE / 2, y + PATCH_SIZE / 2))


def words_in(widget: QWidget) -> str:
    """All words in sight within a widget, line by line."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def corrections(window: MainWindow) -> int:
    """How many patches have another label than the data, as the window knows it."""
    labels = window.session.labels
    return 0 if labels is None else int(labels.corrected.sum())


def wrong_patches(window: MainWindow) -> NDArray[np.int64]:
    """int64[k]: the slide's patches that the model and the data name differently."""
    values, labels = window.session.slide_predictions(), window.session.slide_labels()
    assert values is not None
    assert labels is not None
    return np.flatnonzero((values >= window.session.layers.threshold) != (labels == 1))


def row_looked_at(window: MainWindow) -> int:
    """The row of the data set of the patch under inspection, -1 for none."""
    session = window.session
    if session.dataset is None or not session.slide_is_shown or session.patch < 0:
        return -1
    assert session.patient is not None
    return int(session.dataset.rows(session.patient).start) + session.patch


def logged(path: Path) -> dict[str, int]:
    """How many strokes of each kind the log of the labels has."""
    log = LabelLog(path, read_only=True)
    try:
        kinds = [stroke.kind for stroke in log.since(0).strokes]
    finally:
        log.close()
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}
