"""Predictions in the real window: how quick it stays, how soon a cancel ends, when a map is there.

    python benchmarks/predict_all.py FOLDER [--patient 8975] [--model mobilenetv2] [--rounds 3]

Needs a display, such as Xvfb. Told are (gaps) the event loop's gaps while all patients are
predicted, the pixels of none of them stored at the beginning, and what of them the window's thread
worked: on a busy machine the rest is the machine's doing; (cancel) milliseconds from a click on
Cancel until it has ended, promised within 300, and the same while a lower precision is asked for
the first time, when a graph is compiled that nothing can stop; (heatmap) milliseconds from choosing
a patient to the first frame with its heatmap: from files, from stored pixels, and where the
prediction is kept too. Each measurement is made in processes of its own, in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from window import drop_workspaces, shown_window, spin, until

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bcviewer.gui.main_window import MainWindow

GAP_SECONDS = 30
CANCELS = 12
PROMISED_MS = 300


def opened(folder: str, model: str) -> tuple[QApplication, MainWindow]:
    """The window with data and model, at rest; nothing is decoded but the first patient."""
    from bcviewer.gui.app import spare_lasting

    app, window = shown_window()
    spare_lasting()
    window.patient_panel.thumbnail_wanted.disconnect(window.thumbnails.want)
    window.thumbnails.forget()
    window.opener.open(Path(folder))
    until(app, lambda: window.session.slide is not None)
    window.predictions.load(model)
    until(app, lambda: window.session.slide_predictions() is not None)
    spin(app, 1.5)
    return app, window


def gaps(folder: str, model: str) -> None:
    """Print percentiles of the event loop's gaps, and the patches predicted a second meanwhile."""
    from PySide6.QtCore import QTimer

    app, window = opened(folder, model)
    ticks: list[tuple[float, float]] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append((time.perf_counter(), time.thread_time())))
    timer.start()
    window.model_panel._predict_all.click()
    end = time.perf_counter() + GAP_SECONDS
    while time.perf_counter() < end and window.session.unpredicted_patients():
        app.processEvents()
        time.sleep(0.0002)
    passed, worked = 1000 * np.diff(np.array(ticks), axis=0).T
    speed = int(np.isfinite(window.session.predictions).sum()) / (ticks[-1][0] - ticks[0][0])
    told = [f"{np.percentile(each, 99):.1f} {each.max():.1f}" for each in (passed, worked)]
    print(*told, f"{speed:.0f}")
    window.close()


def cancels(folder: str, model: str) -> None:
    """Print the milliseconds from clicks on Cancel to the end, then those while compiling."""
    app, window = opened(folder, model)
    chance = np.random.default_rng(0)
    taken = []
    for seconds in chance.uniform(0.3, 1.5, CANCELS):
        window.model_panel._predict_all.click()
        spin(app, seconds)
        taken.append(_cancel(app, window))
    told = [f"{np.median(taken):.0f} {max(taken):.0f}"]
    told += [f"{name}={taken:.0f}" for name, taken in _cancels_amid_compiling(app, window)]
    print(*told)
    window.close()


def _cancels_amid_compiling(app: QApplication, window: MainWindow) -> Iterator[tuple[str, float]]:
    """Each lower precision, and how long a cancel takes while its graph is compiled."""
    from bcviewer.gui.workers.model_workers import LaterPredictor

    session, real = window.session, LaterPredictor.probabilities
    asked: list[object] = []

    def noted(later: LaterPredictor, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        asked.append(later)
        return real(later, pixels)

    assert session.model is not None
    with patch.object(LaterPredictor, "probabilities", noted):
        for precision in session.model.precisions[1:]:
            # Not by the panel, which would ask for the slide on screen before the click.
            session.model = session.model.asked(replace(session.way, precision=precision))
            asked.clear()
            window.model_panel._predict_all.click()
            until(app, lambda: bool(asked))
            yield precision.value, _cancel(app, window)


def _cancel(app: QApplication, window: MainWindow) -> float:
    """Milliseconds from a click on Cancel until predicting has ended."""
    panel, runner = window.model_panel, window.predictions
    ended: list[float] = []
    told = runner.ended.connect(lambda _: ended.append(time.perf_counter()))
    began = time.perf_counter()
    panel._cancel.click()
    assert not panel._cancel.isEnabled(), "the click is acknowledged at once"
    until(app, lambda: bool(ended))
    runner.ended.disconnect(told)
    return 1000 * (ended[0] - began)


def heatmap(folder: str, model: str, patient: str) -> None:
    """Print the milliseconds from choosing a patient to the frame with its heatmap."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    app, window = opened(folder, model)
    session, view = window.session, window.slide_pane.view
    painted: list[float] = []

    class Frames(QObject):
        """Notes when a frame has been painted that has the heatmap."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and self._is_shown():
                QTimer.singleShot(0, self, lambda: painted.append(time.perf_counter()))
            return False

        def _is_shown(self) -> bool:
            look = view.corners.legend.look
            return session.slide_is_shown and session.patient == patient and look is not None

    frames = Frames()
    view.viewport().installEventFilter(frames)
    began = time.perf_counter()
    # From the event loop, as a click comes.
    QTimer.singleShot(0, frames, partial(session.choose_patient, patient))
    until(app, lambda: bool(painted))
    print(f"{1000 * (painted[0] - began):.0f}")
    spin(app, 0.5)  # the prediction is kept
    window.close()


def tell_gaps(folder: str, model: str, *_: object) -> None:
    most, longest, work, most_work, speed = child("gaps", folder, model).split()
    print(
        f"gaps while all are predicted, {speed} patches/s: 99 % {most} ms, longest {longest}; "
        f"worked in them 99 % {work}, most {most_work}"
    )


def tell_cancels(folder: str, model: str, *_: object) -> None:
    median, worst, *lower = child("cancels", folder, model).split()
    print(
        f"cancel to ended, {CANCELS} times: median {median} ms, worst {worst}; "
        f"promised {PROMISED_MS}"
    )
    for each in lower:
        precision, milliseconds = each.split("=")
        print(f"the same while {precision} is asked for the first time: {milliseconds} ms")


def tell_heatmap(folder: str, model: str, patient: str, rounds: int) -> None:
    found: dict[str, list[float]] = {"from files": [], "from stored pixels": [], "kept": []}
    for _ in range(rounds):
        drop_workspaces()
        for name, milliseconds in found.items():
            if name == "from stored pixels":
                for kept in Path(os.environ["BCVIEWER_HOME"]).glob("workspaces/*/predictions"):
                    shutil.rmtree(kept)
            milliseconds.append(float(child("heatmap", folder, model, patient)))
    for name, milliseconds in found.items():
        median, worst = np.median(milliseconds), max(milliseconds)
        print(f"patient {patient} to heatmap, {name}: median {median:.0f} ms, worst {worst:.0f}")


TOLD: dict[str, Callable[[str, str, str, int], None]] = {
    "gaps": tell_gaps,
    "cancel": tell_cancels,
    "heatmap": tell_heatmap,
}


def child(name: str, *arguments: str) -> str:
    """Run a function of this file in a process of its own; returns its last line."""
    command = [sys.executable, __file__, "--child", name, *arguments]
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return result.stdout.strip().splitlines()[-1]


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        globals()[sys.argv[2]](*sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--what", choices=list(TOLD), nargs="*", default=list(TOLD))
    parser.add_argument("--patient", default="8975")
    parser.add_argument("--model", default="mobilenetv2")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}")
    for what in given.what:
        with tempfile.TemporaryDirectory() as home:
            os.environ["BCVIEWER_HOME"] = home
            TOLD[what](given.folder, given.model, given.patient, given.rounds)


if __name__ == "__main__":
    main()
