"""Faults of Qt's bindings that this program would suffer from; a newer version must pass these."""

from __future__ import annotations

import sys

from pyqtgraph import GraphicsLayoutWidget
from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform
from pytestqt.qtbot import QtBot

ZOOMS = 500


def test_zooming_loses_no_reference_to_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one at each inversion on Python 3.11, until Python aborts."""
    plot = GraphicsLayoutWidget()
    qtbot.addWidget(plot)
    box = plot.addPlot().getViewBox()
    before = sys.getrefcount(True)
    for number in range(ZOOMS):
        box.setRange(QRectF(0, 0, 1 + number, 1))
        QTransform.fromScale(1 + number, 1).inverted()
    assert sys.getrefcount(True) > before - ZOOMS / 10
