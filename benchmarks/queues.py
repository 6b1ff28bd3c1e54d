"""How long each queue takes to open at 277,524 patches, in the window, from the choice to the list.

    python benchmarks/queues.py [FOLDER]

Made of chance: 279 patients whose patches lie in a full grid, their labels, probabilities and
50,000 answers. The times are of the whole way: the worker that sorts, the table, the first view.
With FOLDER, a tree of real patches (see ``tree.py``), it is opened in place of that, and the time
until the pictures in view are there is taken as well.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.queue_table import PICTURE_ROLE
from bcviewer.gui.session import Session
from bcviewer.gui.workers.data_workers import OpenedData

PATCHES, PATIENTS, COLUMNS = 277_524, 279, 60
ANSWERS = 50_000
REPEATS = 5
MOST_SECONDS = 60


def made_dataset(folder: Path) -> Dataset:
    """A data set of arrays only; no file of it is there."""
    generator = np.random.default_rng(0)
    sizes = np.diff(np.linspace(0, PATCHES, PATIENTS + 1).astype(np.int64))
    place = np.concatenate([np.arange(size) for size in sizes])
    patients = tuple(str(20000 + number) for number in range(PATIENTS))
    return Dataset(
        root=folder,
        patients=patients,
        folders=tuple(folder / patient for patient in patients),
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        x=(50 * (place % COLUMNS) + 1).astype(np.int32),
        y=(50 * (place // COLUMNS) + 1).astype(np.int32),
        labels=(generator.random(PATCHES) < 0.284).astype(np.int8),
        names=np.full(PATCHES, b"none.png"),
    )


def opened_data(folder: Path) -> OpenedData:
    """The data set that was asked for, with an empty workspace."""
    if len(sys.argv) > 1:
        dataset, workspace = open_dataset(Path(sys.argv[1]), workspace=folder / "workspace")
    else:
        workspace = Workspace(folder / "workspace")
        workspace.folder.mkdir()
        dataset = made_dataset(folder / "data")
    return OpenedData(dataset, workspace, PixelStore(workspace.pixels_folder, dataset))


def wait(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.monotonic() + MOST_SECONDS
    while not done():
        app.processEvents()
        time.sleep(0.001)
        if time.monotonic() > end:
            raise TimeoutError


def answer(data: OpenedData) -> None:
    """Give many labels, so that the log has something to leave out."""
    book = LabelBook(data.workspace.labels_path, data.dataset, reader="somebody")
    rows = np.sort(np.random.default_rng(1).choice(len(data.dataset), ANSWERS, replace=False))
    for part in np.array_split(rows, 100):
        book.label(part, Label.IDC, queue=str(Queue.LEAST_CERTAIN))
    book.close()


def predict(session: Session) -> None:
    generator = np.random.default_rng(2)
    session.predictions = generator.random(len(session.predictions), dtype=np.float32)
    session.predictions_changed.emit(None)


def open_queue(app: QApplication, window: MainWindow, queue: Queue) -> float:
    """Seconds from the choice of a queue until it is painted."""
    desk = window.review.queues
    desk.table.show_rows(np.empty(0, np.int64))
    began = time.perf_counter()
    desk.panel.choose(queue)
    wait(app, lambda: len(desk.table.rows) > 0)
    desk.panel.strip.repaint()
    taken = time.perf_counter() - began
    if len(sys.argv) > 1:
        first = desk.table.index(0, 0)
        wait(app, lambda: first.data(PICTURE_ROLE) is not None)
        print(f"  pictures after {time.perf_counter() - began:.3f} s")
    return taken


def label_and_undo(window: MainWindow) -> None:
    """Print how long strokes of 1,000 patches take in the window, on the disk, and undone."""
    keeper, times = window.annotation.keeper, []
    assert keeper.book is not None
    for number in range(REPEATS):
        rows = np.arange(1000 * number, 1000 * (number + 1))
        began = time.perf_counter()
        keeper.label(rows, Label.UNSURE)
        held = time.perf_counter()
        keeper.book.flush()
        saved = time.perf_counter()
        keeper.undo()
        times.append((held - began, saved - began, time.perf_counter() - saved))
    for what, seconds in zip(
        ("label", "  and save", "undo"), zip(*times, strict=True), strict=True
    ):
        print(f"{what + ' 1,000 patches':24} {_words(list(seconds))}")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["BCVIEWER_HOME"] = home
        app = QApplication([])
        window = make_window(app, None)
        window.show()
        data = opened_data(Path(home))
        answer(data)
        began = time.perf_counter()
        window.session.open_data(data)
        wait(app, lambda: window.session.labels is not None)
        print(f"{ANSWERS:,} labels open after {1000 * (time.perf_counter() - began):.0f} ms")
        label_and_undo(window)
        # No model is loaded: what it did not train on is every patient.
        window.review.queues._untrained = lambda: np.ones(len(data.dataset), np.bool_)  # type: ignore[method-assign]
        dock = next(dock for dock in window.docks if dock.windowTitle() == "Review")
        dock.show()  # the layout of the first start has fewer docks
        dock.raise_()
        wait(app, window.review.queues.panel.isVisible)
        predict(window.session)
        wait(app, lambda: len(window.review.queues.table.rows) > 0)
        print(f"{len(data.dataset):,} patches of {len(data.dataset.patients)} patients")
        for queue in Queue:
            times = [open_queue(app, window, queue) for _ in range(REPEATS)]
            rows = len(window.review.queues.table.rows)
            print(f"{queue.words:24} {rows:9,} patches  {_words(times)}")
        window.close()


def _words(times: list[float]) -> str:
    return (
        f"median {1000 * sorted(times)[len(times) // 2]:4.0f} ms, worst {1000 * max(times):4.0f} ms"
    )


if __name__ == "__main__":
    main()
