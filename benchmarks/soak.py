"""A soak of the real window: hours of a reader's work by chance, and what they leave behind.

    python benchmarks/soak.py FOLDER [--minutes 20] [--seed 7] [--warm-up 4]

Needs a display, such as Xvfb. A reader by chance (but seeded) browses, zooms, clicks, brushes,
undoes, turns layers, has patients predicted and retrains the head. Told are memory after the
warm-up and at the end (limit: 5 % more), Qt's warnings (none), the longest gaps of the event loop
(200 ms) and the open files (no more than before). Of a gap, what the window's thread waited for a
processor is the machine's doing and told apart: on a busy machine the limit is for the rest. The
program's folder and the workspace are temporary. It ends with 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication
from reader_by_chance import ReaderByChance

from bcviewer.gui.app import make_window, prepare_process, spare_lasting, start

BEAT_MS = 5
LOOK_MS = 1000
MOST_GROWTH = 0.05
MOST_GAP_MS = 200.0
SHOWN_GAPS = 8
AT_END_SECONDS = 30


class Gap(NamedTuple):
    """Milliseconds between two beats, without those that the thread waited for a processor.

    ``worked`` are those that it worked; in the rest it waited for other threads of the window.
    """

    own: float
    passed: float
    worked: float
    what: str


class Look(NamedTuple):
    """What the process had at one moment: seconds since the start, MB, MB of its own, files."""

    at: float
    resident: float
    own: float
    files: int
    threads: int


class Watch(QObject):
    """Feels the pulse of the event loop, and looks at the process each second."""

    def __init__(self, reader: ReaderByChance) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.looks: list[Look] = []
        self._reader = reader
        self._process = psutil.Process()
        self._began = self.beat_at = time.perf_counter()
        self._worked, self._waited = time.thread_time(), waited()
        self._beat = self._timer(BEAT_MS, self._feel)
        self._look = self._timer(LOOK_MS, self._see)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self, interval=milliseconds, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        timer.start()
        return timer

    @Slot()
    def _feel(self) -> None:
        now, worked, lost = time.perf_counter(), time.thread_time(), waited()
        passed = 1000 * (now - self.beat_at)
        if passed > 2 * BEAT_MS:
            own = passed - 1000 * (lost - self._waited)
            busy = 1000 * (worked - self._worked)
            self.gaps.append(Gap(own, passed, busy, self._reader.about))
        self.beat_at, self._worked, self._waited = now, worked, lost

    @Slot()
    def _see(self) -> None:
        memory = self._process.memory_info()
        self.looks.append(
            Look(
                time.perf_counter() - self._began,
                memory.rss / 1e6,
                (memory.rss - memory.shared) / 1e6,
                self._process.num_fds(),
                self._process.num_threads(),
            )
        )


def waited() -> float:
    """Seconds that this thread was ready and waited for a processor; 0 where nobody counts them."""
    try:
        text = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(text.split()[1]) / 1e9


class Complaints:
    """What Qt warns of."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()

    def __call__(self, kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            self.texts[text] += 1


def soak(folder: Path, *, minutes: float, warm_up: float, seed: int) -> bool:
    """Let the reader work for so long; returns whether all limits were kept."""
    complaints = Complaints()
    qInstallMessageHandler(complaints)
    prepare_process()
    app = QApplication([])
    window = make_window(app, None)
    window.resize(1440, 900)
    window.show()
    spare_lasting()
    start(window, folder, demo=False)
    reader = ReaderByChance(window, seed)
    watch = Watch(reader)
    spin(app, 60 * warm_up)
    settled(app, reader)
    before, begun = recent(watch), len(watch.gaps)
    told = Counter(reader.done)
    print(f"after {warm_up:g} minutes: {words(before)}; load {os.getloadavg()[0]:.1f}", flush=True)
    reader.go_on()
    spin(app, 60 * (minutes - warm_up))
    settled(app, reader)
    after = recent(watch)
    print(f"after {minutes:g} minutes: {words(after)}; load {os.getloadavg()[0]:.1f}")
    done = reader.done - told
    print("done since: " + ", ".join(f"{name} {count}" for name, count in sorted(done.items())))
    window.close()
    return judged(before, after, watch.gaps[begun:], complaints)


def spin(app: QApplication, seconds: float) -> None:
    """Let the event loop run as it does in the program."""
    timer = QTimer(singleShot=True, interval=round(1000 * seconds))
    timer.timeout.connect(app.quit)
    timer.start()
    app.exec()


def settled(app: QApplication, reader: ReaderByChance) -> None:
    """Come to rest in the same state each time, so that like is compared with like."""
    reader.rest()
    spin(app, AT_END_SECONDS)
    gc.collect()
    spin(app, 5)


def recent(watch: Watch) -> Look:
    """The medians of the last five seconds."""
    return Look(*(float(np.median(part)) for part in zip(*watch.looks[-5:], strict=True)))  # type: ignore[arg-type]


def words(look: Look) -> str:
    return (
        f"{look.resident:.0f} MB resident ({look.own:.0f} without mapped files), "
        f"{look.files:.0f} open files, {look.threads:.0f} threads"
    )


def judged(before: Look, after: Look, gaps: list[Gap], complaints: Complaints) -> bool:
    """Print what was found, each with its limit."""
    growth = after.own / before.own - 1
    resident = after.resident / before.resident - 1
    kept = check("memory", f"{growth:+.1%} (resident {resident:+.1%})", growth < MOST_GROWTH)
    more = after.files - before.files
    kept &= check("open files", f"{more:+.0f}", more <= 0)
    found = sum(complaints.texts.values())
    kept &= check("warnings of Qt", str(found), not found)
    for text, count in complaints.texts.most_common(5):
        print(f"    {count} times: {text}")
    return kept & gaps_judged(gaps)


def gaps_judged(gaps: list[Gap]) -> bool:
    """Print the longest gaps; returns whether all are short enough."""
    own = np.array([gap.own for gap in gaps] or [0.0])
    passed = max((gap.passed for gap in gaps), default=0.0)
    kept = check(
        "longest gap", f"{own.max():.0f} ms ({passed:.0f} by the clock)", own.max() < MOST_GAP_MS
    )
    print(f"    over 50 ms: {(own > 50).sum()}, over 100 ms: {(own > 100).sum()}")
    for gap in sorted(gaps, reverse=True)[:SHOWN_GAPS]:
        print(
            f"    {gap.own:.0f} ms ({gap.passed:.0f} by the clock), of which {gap.worked:.0f} "
            f"worked: {gap.what}"
        )
    return kept


def check(what: str, found: str, good: bool) -> bool:
    print(f"{what}: {found}: {'as it should be' if good else 'TOO MUCH'}", flush=True)
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--warm-up", type=float, default=5.0, dest="warm_up")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["BCVIEWER_HOME"] = home
        kept = soak(chosen.folder, minutes=chosen.minutes, warm_up=chosen.warm_up, seed=chosen.seed)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
