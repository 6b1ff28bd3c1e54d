"""How long labels take: strokes, undo, opening a long log, queues. No files but the log itself.

python benchmarks/labels.py [--patches 277524]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.queues import Queue, queue_rows
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE

PATIENTS = 279
STROKE = 10_000
TIMES = 5


def slides(patches: int) -> Dataset:
    """279 slides of equal size, by grids as wide as high, a blob of IDC in each."""
    each = -(-patches // PATIENTS)
    width = int(np.ceil(np.sqrt(each)))
    row, column = np.divmod(np.arange(each), width)
    names = tuple(f"{number:05}" for number in range(PATIENTS))
    return Dataset(
        root=Path("none"),
        patients=names,
        folders=tuple(Path("none") / name for name in names),
        starts=np.minimum(np.arange(PATIENTS + 1) * each, patches).astype(np.int64),
        x=np.tile(column * PATCH_SIZE + 1, PATIENTS)[:patches].astype(np.int32),
        y=np.tile(row * PATCH_SIZE + 1, PATIENTS)[:patches].astype(np.int32),
        labels=np.tile((row < width // 2) & (column < width // 2), PATIENTS)[:patches].astype(
            np.int8
        ),
        names=np.array([b"x.png"] * patches),
    )


def took(what: str, act: Callable[[], object], *, times: int = TIMES) -> None:
    """Say the median and the worst of some runs, in milliseconds."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    median, worst = 1000 * statistics.median(seconds), 1000 * max(seconds)
    print(f"{what:<64} {median:9.2f} ms  (worst {worst:.2f})", flush=True)


def fill(path: Path, dataset: Dataset, entries: int, *, a_stroke: int) -> None:
    """Write a log of single strokes as another window would have."""
    log = LabelLog(path)
    log._connection.execute("PRAGMA synchronous = OFF")  # only to make the benchmark shorter
    rows = np.random.default_rng(0).permutation(len(dataset))[:entries]
    for number, start in enumerate(range(0, entries, a_stroke)):
        line = StrokeLine(
            0, "x", number, "Ann", "2026-01-01T00:00:00+00:00", "label", "", "", "", False, 0
        )
        chosen = rows[start : start + a_stroke]
        log.append(
            line,
            [
                (
                    dataset.patients[dataset.patient_index[row]],
                    int(dataset.x[row]),
                    int(dataset.y[row]),
                    -1,
                    row % 4,
                )
                for row in chosen.tolist()
            ],
        )
    log.close()


def strokes(path: Path, dataset: Dataset) -> None:
    """Label, undo and redo 10,000 patches; one patch; a poll."""
    book = LabelBook(path, dataset, reader="Bob")
    rows = np.random.default_rng(1).permutation(len(dataset))[:STROKE]
    turn = iter(range(10**6))
    labels = list(Label)[1:]

    def label(chosen: NDArray[np.int64]) -> object:
        book.label(chosen, labels[next(turn) % 4])
        return book.state.labels

    def waited(act: Callable[[], object]) -> Callable[[], object]:
        book.flush()
        return act

    took(f"label {STROKE:,} patches, with the new state", waited(lambda: label(rows)))
    took(f"  until {STROKE:,} are on the disk", lambda: book.flush(), times=1)
    took(f"undo {STROKE:,}", waited(lambda: (book.undo(), book.state)))
    took(f"redo {STROKE:,}", waited(lambda: (book.redo(), book.state)))
    took("label one patch, with the new state", waited(lambda: label(rows[:1])), times=50)
    book.flush()
    took("  one patch until it is on the disk", lambda: (label(rows[:1]), book.flush()), times=50)
    book.poll()
    took("poll when nothing came", book.poll, times=200)
    took("history", lambda: (label(rows[:1]), book.history), times=20)
    took("fingerprint", lambda: (label(rows[:1]), book.state.fingerprint))
    book.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patches", type=int, default=277_524)
    dataset = slides(parser.parse_args().patches)
    print(f"{len(dataset):,} patches of {PATIENTS} patients")
    with tempfile.TemporaryDirectory() as folder:
        strokes(Path(folder) / "empty.sqlite", dataset)
        for a_stroke in (100, 1):
            path = Path(folder) / f"long{a_stroke}.sqlite"
            fill(path, dataset, 100_000, a_stroke=a_stroke)
            print(f"a log of 100,000 entries, {a_stroke} a stroke: {path.stat().st_size:,} bytes")
            took(
                "open it",
                lambda path=path: LabelBook(path, dataset, reader="Bob").close(),  # type: ignore[misc]
            )
            strokes(path, dataset)
        book = LabelBook(path, dataset, reader="Bob")
        state = book.state
        chance = np.random.default_rng(2)
        known = chance.random(len(dataset), np.float32)
        untrained = np.ones(len(dataset), np.bool_)
        for queue in Queue:
            took(
                f"queue: {queue.words}",
                lambda queue=queue: queue_rows(  # type: ignore[misc]
                    queue, state, "Bob", probabilities=known, untrained=untrained
                ),
            )
        book.close()


if __name__ == "__main__":
    main()
