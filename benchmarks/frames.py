"""Measure how long a frame takes while a slide is panned, zoomed and its threshold dragged.

    python benchmarks/frames.py [FOLDER] [--patient 8975] [--size 1440 900] [--seconds 10]

FOLDER is by default what BCVIEWER_DATA names. A frame is one gesture with everything it causes,
until the picture is handed to the screen: a real window, or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.gui import style
from bcviewer.gui.widgets.legend import HeatmapLook
from bcviewer.gui.widgets.slide_view import SlideView
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.heatmap import paint, value_grid
from bcviewer.slide.mosaic import MosaicPyramid, assemble, pyramid
from bcviewer.slide.palette import PALETTES

Gesture = Callable[[int], None]


def load(folder: Path, patient: str) -> tuple[Grid, MosaicPyramid, NDArray[np.int8]]:
    dataset = scan(folder)
    rows = dataset.rows(patient)
    x, y = dataset.x[rows], dataset.y[rows]
    with tempfile.TemporaryDirectory() as workspace:
        decoded = PixelStore(Path(workspace), dataset).patient(patient)
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            mosaic = pyramid(assemble(decoded.pixels, x, y, order="bgra"))
            times.append(1000 * (time.perf_counter() - begun))
    print(f"mosaic of {len(x):,} patches, decoded before: {np.median(times):.1f} ms (median of 5)")
    return grid_of(x, y), mosaic, dataset.labels[rows]


def made_up_probabilities(grid: Grid) -> NDArray[np.float32]:
    across = grid.column_of - grid.column0 - grid.columns / 2
    down = grid.row_of - grid.row0 - grid.rows / 2
    far = np.hypot(across, down)
    return np.asarray(1 / (1 + np.exp(far / 3 - 4)), np.float32)


class Paints(QObject):
    """Counts the paintings of what it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


class Stage:
    """A window with a slide, and the clock."""

    def __init__(self, view: SlideView, grid: Grid, values: NDArray[np.float32]) -> None:
        self.view = view
        self._paints = Paints()
        view.viewport().installEventFilter(self._paints)
        self._laid = value_grid(grid, values)

    def drag_threshold(self, step: int) -> None:
        """Paint the heatmap anew, as each step of the threshold's slider does."""
        look = HeatmapLook(PALETTES[0], 0.5 + 0.4 * math.sin(step / 9), 0.45, model="made up")
        pixels = paint(
            self._laid, palette=look.palette, threshold=look.threshold, opacity=look.opacity
        )
        self.view.set_heatmap(pixels, look)

    def pan(self, step: int) -> None:
        """Move on along a curve."""
        self.view.pan_by(14 * math.cos(step / 9), 9 * math.sin(step / 7))

    def zoom(self, step: int) -> None:
        """Zoom in for a while, then out."""
        self.view.zoom_by(1.04 if step // 100 % 2 == 0 else 1 / 1.04, QPointF(500, 400))

    def measure(self, gesture: Gesture, seconds: float) -> NDArray[np.float64]:
        """Return the milliseconds of each frame."""
        app = QApplication.instance()
        assert app is not None
        frames: list[float] = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            begun = time.perf_counter()
            painted = self._paints.count
            gesture(len(frames))
            while self._paints.count == painted:
                app.processEvents()
            frames.append(1000 * (time.perf_counter() - begun))
        return np.array(frames)


def report(name: str, frames: NDArray[np.float64]) -> None:
    low, high = np.percentile(frames, [50, 95])
    print(f"{name:<16}{len(frames):>8}{low:>10.1f}{high:>10.1f}{frames.max():>10.1f}")


def run(stage: Stage, seconds: float) -> None:
    print(f"{'frames, ms':<16}{'count':>8}{'median':>10}{'95 %':>10}{'longest':>10}")
    plan: list[tuple[str, float | None, Gesture]] = [
        ("pan, fitted", None, stage.pan),
        ("pan at 0.6", 0.6, stage.pan),
        ("pan at 1:1", 1.0, stage.pan),
        ("pan at 6:1", 6.0, stage.pan),
        ("zoom", None, stage.zoom),
        ("threshold", None, stage.drag_threshold),
    ]
    measured = []
    for name, zoom, gesture in plan:
        stage.view.fit()
        if zoom is not None:
            stage.view.zoom_by(zoom / stage.view.zoom)
        measured.append(stage.measure(gesture, seconds / len(plan)))
        report(name, measured[-1])
    report("all", np.concatenate(measured))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("BCVIEWER_DATA"))
    parser.add_argument("--patient", default="8975")
    parser.add_argument("--size", nargs=2, type=int, default=(1440, 900))
    parser.add_argument("--seconds", type=float, default=10.0)
    chosen = parser.parse_args()
    if chosen.folder is None:
        sys.exit("Name the folder of the patches, or set BCVIEWER_DATA.")
    app = QApplication([])
    tokens = style.light()
    style.apply(app, tokens)
    grid, mosaic, labels = load(Path(chosen.folder), chosen.patient)
    view = SlideView(tokens)
    view.resize(*chosen.size)
    view.show()
    QTest.qWaitForWindowExposed(view)
    begun = time.perf_counter()
    view.show_mosaic(mosaic, grid)
    print(f"taken over by the window: {1000 * (time.perf_counter() - begun):.1f} ms")
    view.set_truth(labels)
    view.set_grid_visible(True)
    stage = Stage(view, grid, made_up_probabilities(grid))
    stage.drag_threshold(0)
    print(f"platform {app.platformName()}, {view.width()}x{view.height()}")
    run(stage, chosen.seconds)


if __name__ == "__main__":
    main()
