"""No words are cut: every text has its room, or says by dots that there is more.

At other scales: ``QT_SCALE_FACTOR=1.5 python -m pytest tests/gui/test_legibility.py``, and 2.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bcviewer.gui.focus_order import in_sight
from bcviewer.gui.layouts import LAYOUTS, Layout
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.close_question import CloseQuestion
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.unwritten_question import UnwrittenQuestion
from bcviewer.model.library import bundled_models
from tests.gui.conftest import WAIT_MS
from tests.gui.focus_walk import told

SIZES = ((1280, 720), (1280, 800))
"""In pixels of the desktop: 1280x720 is a screen of 1920x1080 at 150 %."""

SETTLED_MS = 120
SLACK = 1


@pytest.fixture
def judged(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a model, predictions and a labelled patch: nothing is empty."""
    session = opened.session
    opened.predictions.load(str(bundled_models()["mobilenetv2"]))
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    opened.predictions.predict_all()
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=WAIT_MS)
    session.inspect(7)
    return opened


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.key for each in LAYOUTS])
@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
def test_no_words_of_the_window_are_cut(
    judged: MainWindow, qtbot: QtBot, size: tuple[int, int], layout: Layout
) -> None:
    judged.resize(*size)
    judged.layouts.apply(layout)
    judged.annotation.actions.annotate.setChecked(layout is LAYOUTS[1])
    judged.slide_pane.strip.show_more(True)
    found = [cut for _ in faces(judged, layout, qtbot) for cut in cut_words(judged)]
    assert not found, "\n".join(sorted(set(found)))
    assert (judged.width(), judged.height()) == size


def test_no_words_of_a_dialog_are_cut(judged: MainWindow, qtbot: QtBot) -> None:
    unwritten = UnwrittenQuestion(judged)
    unwritten.show_trouble("The last stroke is not on the disk. " * 9, pending=True)
    CloseQuestion(None, "epoch 3 of 9", judged)
    for dialog in judged.findChildren(QDialog):
        dialog.show()
        qtbot.wait(SETTLED_MS)
        found = cut_words(dialog)
        assert not found, "\n".join([type(dialog).__name__, *found])
        dialog.close()


def test_an_export_has_room_for_what_it_says_at_the_end(judged: MainWindow, qtbot: QtBot) -> None:
    dialog = judged.exchange.export_dialog
    dialog.show()
    qtbot.wait(SETTLED_MS)
    dialog.end("The labels cannot be written to a folder of a disk that is full. " * 3)
    qtbot.wait(SETTLED_MS)
    assert not cut_words(dialog)


def test_a_cut_word_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    narrow, low = QPushButton("Predict this patient", window), QLabel("many words " * 9, window)
    narrow.setGeometry(0, 0, 60, 30)
    low.setWordWrap(True)
    low.setGeometry(0, 40, 120, 20)
    window.show()
    assert len(cut_words(window)) == 2


def faces(window: MainWindow, layout: Layout, qtbot: QtBot) -> Iterator[None]:
    """Bring every dock of a layout to the front, and in it every tab."""
    for dock in (each for each in window.docks if each.objectName() in layout.shown):
        qtbot.wait(SETTLED_MS)
        dock.raise_()
        tabs = dock.findChild(QTabWidget)
        for number in range(1 if tabs is None else tabs.count()):
            if tabs is not None:
                tabs.setCurrentIndex(number)
            qtbot.wait(SETTLED_MS)
            yield


def cut_words(window: QWidget) -> list[str]:
    """The texts in sight that have less room than they need, each with both sizes."""
    found = []
    for kind in (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton):
        written: list[QLabel | QAbstractButton] = list(window.findChildren(kind))
        for widget in written:
            if in_sight(widget) and widget.text() and _may_not_cut(widget):
                wanted, has = _needs(widget), widget.size()
                shown = _shown(widget)
                if wanted[0] > has.width() + SLACK or wanted[1] > has.height() + SLACK:
                    found.append(f"{has.width()}x{has.height()} < {wanted}: {_told(widget)}")
                elif shown.width() < has.width() or shown.height() < has.height():
                    found.append(f"beyond what it lies in: {_told(widget)}")
    return found


def _may_not_cut(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, ElidedLabel) or widget.objectName().startswith("qt_"):
        return False
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    if isinstance(widget, QToolButton):
        return not (widget.toolButtonStyle() == icon_only and not widget.icon().isNull())
    return True


def _needs(widget: QLabel | QAbstractButton) -> tuple[int, int]:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return 0, widget.heightForWidth(widget.width())
    hint = widget.sizeHint()
    if isinstance(widget, QLabel):
        return hint.width(), hint.height() - 2
    # A button may be lower than Qt would like, as long as its line fits.
    return hint.width(), widget.fontMetrics().height()


def _shown(widget: QWidget) -> QRect:
    """What of a widget its parents leave in view, where they do not scroll."""
    shown, above = widget.rect(), widget.parentWidget()
    while above is not None and not above.isWindow():
        parent = above.parentWidget()
        if isinstance(parent, QAbstractScrollArea) and parent.viewport() is above:
            return shown
        corner = widget.mapFrom(above, QPoint(0, 0))
        shown = shown.intersected(QRect(corner, above.size()))
        above = parent
    return shown


def _told(widget: QLabel | QAbstractButton) -> str:
    return f"{widget.text()!r}: {told(widget)}"
