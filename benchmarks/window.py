"""How quick the window is: start, opening, memory, mosaic, and its event loop under load.

    python benchmarks/window.py start
    python benchmarks/window.py open TREE          (of 277,524 files, from benchmarks/tree.py)
    python benchmarks/window.py mosaic FOLDER --patient 8975
    python benchmarks/window.py training FOLDER    (a training runs beside the window)

Needs a display, such as Xvfb. Each measurement is made in processes of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bcviewer.gui.main_window import MainWindow

REPEATS = 5
GAP_SECONDS = 40


def on_screen() -> None:
    """Print the seconds from the start of this process to its window on screen."""
    from PySide6.QtWidgets import QApplication

    from bcviewer.gui.app import make_window

    began = psutil.Process().create_time()
    app = QApplication([])
    window = make_window(app, None)
    window.show()
    handle = window.windowHandle()
    while not handle.isExposed():
        app.processEvents()
    app.processEvents()
    seconds = time.time() - began
    print(f"{seconds:.3f} {memory_mb():.0f} {int('tensorflow' in sys.modules)}")
    window.close()


def memory_mb() -> float:
    """Resident memory of this process; pages of mapped files count as well."""
    return float(psutil.Process().memory_info().rss) / 1e6


def start() -> None:
    runs = [child("on_screen").split() for _ in range(REPEATS)]
    seconds = [float(run[0]) for run in runs]
    print(f"window on screen: median {np.median(seconds):.2f} s, worst {max(seconds):.2f} s")
    print(f"memory {runs[0][1]} MB, TensorFlow imported: {bool(int(runs[0][2]))}")


def open_folder(folder: str) -> None:
    """Open a folder in the window, predict its first patient, print seconds and memory."""
    app, window = shown_window()
    data: list[float] = []
    window.session.data_changed.connect(lambda: data.append(time.perf_counter()))
    began = time.perf_counter()
    from bcviewer.gui.app import start as start_window

    start_window(window, Path(folder), demo=False)
    until(app, lambda: window.session.slide is not None)
    spin(app, 3.0)
    predicted = bool(np.isfinite(window.session.predictions).any())
    print(f"{data[0] - began:.3f} {memory_mb():.0f} {int(predicted)}")
    window.close()


def open_tree(folder: str) -> None:
    drop_workspaces()
    for name in ("first time", "from the index"):
        seconds, memory, predicted = child("open_folder", folder).split()
        words = "with" if int(predicted) else "without"
        print(f"{name}: {float(seconds):.2f} s, {memory} MB, {words} model and heatmap")


def join_mosaic(folder: str, patient: str) -> None:
    """Print the milliseconds from choosing a patient to its slide: first time, again."""
    from PySide6.QtCore import QEventLoop, QTimer

    app, window = shown_window()
    window.opener.open(Path(folder))
    until(app, lambda: window.session.slide is not None)
    other = window.session.patient
    assert other is not None
    seconds = []
    # A patient with a thumbnail is decoded already: without them it is the first time.
    window.patient_panel.thumbnail_wanted.disconnect(window.thumbnails.want)
    window.thumbnails.forget()
    spin(app, 1.0)
    loop = QEventLoop()
    window.session.slide_changed.connect(loop.quit)
    for name in (patient, other, patient):
        began = time.perf_counter()
        # From the event loop, as a click comes, and with nothing that polls beside it.
        QTimer.singleShot(0, loop, partial(window.session.choose_patient, name))
        loop.exec()
        assert window.session.slide is not None
        assert window.session.slide.patient == name
        seconds.append(1000 * (time.perf_counter() - began))
    print(f"{seconds[0]:.0f} {seconds[2]:.1f}")
    window.close()


def mosaic(folder: str, patient: str) -> None:
    first, again = [], []
    for _ in range(REPEATS):
        drop_workspaces()
        decoded = child("join_mosaic", folder, patient).split()
        stored = child("join_mosaic", folder, patient).split()
        first.append(float(decoded[0]))
        again.append((float(stored[0]), float(stored[1])))
    print(
        f"patient {patient}, from files: median {np.median(first):.0f} ms, {max(first):.0f} worst"
    )
    kept = [pair[0] for pair in again]
    memory = [pair[1] for pair in again]
    print(f"in the next start, from stored pixels: median {np.median(kept):.0f} ms")
    print(f"again in the same start: median {np.median(memory):.1f} ms")


def gaps(folder: str, with_training: str) -> None:
    """Print percentiles of the event loop's gaps while patients are browsed."""
    from PySide6.QtCore import QTimer

    from bcviewer.model.job import make_job

    app, window = shown_window()
    window.opener.open(Path(folder))
    until(app, lambda: window.session.slide is not None)
    dataset = window.session.dataset
    assert dataset is not None
    run = Path(tempfile.mkdtemp()) / "run"
    if int(with_training):
        settings = {"folder": folder, "run": run, "model": "simple_cnn", "epochs": 3}
        window.trainings.start(make_job({**settings, "steps_per_epoch": 200}))
        spin(app, 15.0)  # TensorFlow is loaded by then
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    browse = QTimer()
    browse.setInterval(1000)
    patients = iter(np.random.default_rng(0).permutation(np.array(dataset.patients)))
    browse.timeout.connect(lambda: window.session.choose_patient(str(next(patients))))
    browse.start()
    spin(app, GAP_SECONDS)
    found = 1000 * np.diff(ticks)
    print(f"{np.percentile(found, 50):.1f} {np.percentile(found, 99):.1f} {found.max():.1f}")
    window.trainings.close()
    window.close()
    shutil.rmtree(run.parent, ignore_errors=True)


def training(folder: str) -> None:
    for name, flag in (("alone", "0"), ("beside a training", "1")):
        median, most, longest = child("gaps", folder, flag).split()
        print(f"{name}: gaps of the event loop: median {median} ms, 99 % {most}, longest {longest}")


def shown_window() -> tuple[QApplication, MainWindow]:
    from PySide6.QtWidgets import QApplication

    from bcviewer.gui.app import make_window, prepare_process

    prepare_process()
    app = QApplication([])
    window = make_window(app, None)
    window.show()
    until(app, lambda: window.windowHandle().isExposed())
    return app, window


def until(app: QApplication, done: Callable[[], bool]) -> None:
    while not done():
        app.processEvents()
        time.sleep(0.0005)


def spin(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    until(app, lambda: time.perf_counter() > end)


def drop_workspaces() -> None:
    shutil.rmtree(Path(os.environ["BCVIEWER_HOME"]) / "workspaces", ignore_errors=True)


def child(name: str, *arguments: str) -> str:
    """Run a function of this file in a process of its own; returns its last line."""
    command = [sys.executable, __file__, "--child", name, *arguments]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return result.stdout.strip().splitlines()[-1]


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        globals()[sys.argv[2]](*sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["start", "open", "mosaic", "training"])
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--patient", default="8975")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["BCVIEWER_HOME"] = home
        if chosen.what == "start":
            start()
        elif chosen.what == "open":
            open_tree(chosen.folder)
        elif chosen.what == "mosaic":
            mosaic(chosen.folder, chosen.patient)
        else:
            training(chosen.folder)


if __name__ == "__main__":
    main()
