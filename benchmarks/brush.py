"""Measure how long a frame takes while a brush goes over 500 patches and more.

    python benchmarks/brush.py [FOLDER] [--patient 8975] [--labelled 0.3] [--size 1440 900]

FOLDER is by default what BCVIEWER_DATA names. The real window is shown with heatmap and labels on;
a frame is one move of the mouse with everything it causes, until the picture is handed to the
screen. The last frame of a stroke, at its release, labels the patches and is told apart.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bcviewer.annotation.labels import Label
from bcviewer.gui.app import make_window, prepare_process, start
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_tools import Tool

MOVES = 240
STROKES = 5
WAIT_SECONDS = 120
REST_SECONDS = 3
BUDGET_MS = 1000 / 60


class Frame(NamedTuple):
    """Milliseconds from an event to its picture, and those that the window's thread worked."""

    passed: float
    worked: float


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
    """The window with a patient, and the clock."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        self.window = window
        self.view = window.slide_pane.view
        self._app = app
        self._paints = Paints()
        self.view.viewport().installEventFilter(self._paints)

    def until(self, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT_SECONDS
        while not ready():
            self._app.processEvents()
            if time.monotonic() > end:
                sys.exit("The window did not come so far in time.")

    def show(self, folder: Path, patient: str) -> None:
        """Open the folder and the patient, and wait for its prediction and labels."""
        session = self.window.session
        start(self.window, folder, demo=False)
        self.until(lambda: session.slide is not None and session.labels is not None)
        session.choose_patient(patient)
        self.until(lambda: session.slide is not None and session.slide.patient == patient)
        self.until(self._predicted)

    def _predicted(self) -> bool:
        values = self.window.session.slide_predictions()
        return values is not None and bool(np.isfinite(values).all())

    def label_some(self, share: float) -> None:
        """Give a share of the patches a label of any kind, as earlier work would have."""
        session, keeper = self.window.session, self.window.annotation.keeper
        assert session.dataset is not None
        assert session.slide is not None
        rows = session.dataset.rows(session.slide.patient)
        generator = np.random.default_rng(1)
        chosen = np.flatnonzero(generator.random(rows.stop - rows.start) < share) + rows.start
        kinds = generator.integers(0, 4, len(chosen))
        for label in (Label.NOT_IDC, Label.IDC, Label.UNSURE, Label.EXCLUDED):
            keeper.label(chosen[kinds == label], label)

    def rest(self, seconds: float) -> None:
        """Let thumbnails and the like come to their end."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def frame(self, kind: QEvent.Type, at: QPointF) -> Frame:
        """Make a mouse event and wait for the painted picture."""
        begun, worked = time.perf_counter(), time.thread_time()
        painted = self._paints.count
        viewport = self.view.viewport()
        moved, ended = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        place = QPointF(viewport.mapToGlobal(at.toPoint()))
        event = QMouseEvent(
            kind,
            at,
            place,
            none if moved else left,
            none if ended else left,
            Qt.KeyboardModifier.NoModifier,
        )
        self._app.sendEvent(viewport, event)
        while self._paints.count == painted:
            self._app.processEvents()
        ended_at, worked_until = time.perf_counter(), time.thread_time()
        return Frame(1000 * (ended_at - begun), 1000 * (worked_until - worked))

    def stroke(self, label: Label) -> tuple[list[Frame], Frame, int]:
        """Brush up and down over the slide; frames of the moves, of the release, and patches."""
        annotation = self.window.annotation
        annotation.actions.labels[label].trigger()
        told: list[int] = []
        annotation.keeper.stroked.connect(lambda stroke: told.append(len(stroke)))
        path = self.path()
        self.frame(QEvent.Type.MouseButtonPress, path[0])
        moves = [self.frame(QEvent.Type.MouseMove, point) for point in path[1:]]
        last = self.frame(QEvent.Type.MouseButtonRelease, path[-1])
        return moves, last, told[0] if told else 0

    def path(self) -> list[QPointF]:
        """A wave over the middle of what is in view."""
        room = self.view.viewport().rect()
        across = np.linspace(0.2, 0.8, MOVES) * room.width()
        down = (0.5 + 0.25 * np.sin(np.linspace(0, 7 * np.pi, MOVES))) * room.height()
        return [QPointF(float(x), float(y)) for x, y in zip(across, down, strict=True)]


def report(name: str, frames: list[Frame], patches: int) -> None:
    passed, worked = np.array(frames).T
    middle, high = np.percentile(passed, [50, 95])
    within = 100 * float((passed <= BUDGET_MS).mean())
    own, own_high = np.percentile(worked, [50, 95])
    print(
        f"{name:<18}{patches:>8}{len(frames):>8}{middle:>8.1f}{high:>8.1f}{passed.max():>9.1f}"
        f"{within:>10.1f} %{own:>8.1f}{own_high:>8.1f}"
    )


def measure(stage: Stage) -> None:
    print("milliseconds a frame; cpu: of the window's own thread")
    names = ("brush", "patches", "frames", "median", "95 %", "longest", "in 16.7 ms", "cpu", "95 %")
    print("{:<18}{:>8}{:>8}{:>8}{:>8}{:>9}{:>12}{:>8}{:>8}".format(*names))
    for name, zoom in (("fitted", None), ("at 0.4", 0.4), ("at 1:1", 1.0)):
        stage.view.fit()
        if zoom is not None:
            stage.view.zoom_by(zoom / stage.view.zoom)
        moves: list[Frame] = []
        releases: list[Frame] = []
        most = 0
        for number in range(STROKES):
            label = (Label.IDC, Label.NOT_IDC)[number % 2]
            frames, last, patches = stage.stroke(label)
            moves += frames
            releases.append(last)
            most = max(most, patches)
        report(name, moves, most)
        report(f"{name}, release", releases, most)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("BCVIEWER_DATA"))
    parser.add_argument("--patient", default="8975")
    parser.add_argument("--labelled", type=float, default=0.3)
    parser.add_argument("--brush", type=int, default=7)
    parser.add_argument("--size", nargs=2, type=int, default=(1440, 900))
    chosen = parser.parse_args()
    if chosen.folder is None:
        sys.exit("Name the folder of the patches, or set BCVIEWER_DATA.")
    with tempfile.TemporaryDirectory() as home:
        os.environ["BCVIEWER_HOME"] = home
        prepare_process()
        app = QApplication([])
        window = make_window(app, None)
        window.resize(*chosen.size)
        window.show()
        QTest.qWaitForWindowExposed(window)
        stage = Stage(window, app)
        stage.show(Path(chosen.folder), chosen.patient)
        window.annotation.actions.annotate.trigger()
        window.annotation.actions.tools[Tool.BRUSH].trigger()
        window.annotation.tools.set_brush_size(chosen.brush)
        stage.label_some(chosen.labelled)
        stage.rest(REST_SECONDS)
        print(f"platform {app.platformName()}, slide {stage.view.width()}x{stage.view.height()}")
        measure(stage)
        window.close()


if __name__ == "__main__":
    main()
