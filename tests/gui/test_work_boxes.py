"""Work on the model in use is cancelled: the box says so at once, and then what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bcviewer.errors import Cancelled, ModelError
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.work_runner import WorkRunner
from bcviewer.gui.workers.context_worker import ContextWorker
from bcviewer.gui.workers.head_worker import HeadMade, HeadWorker
from bcviewer.gui.workers.int8_worker import Int8Worker
from bcviewer.gui.workers.model_workers import Recalled
from bcviewer.gui.workers.worker import Worker
from tests.gui.conftest import WAIT_MS

WORKERS = {"head": HeadWorker, "context": ContextWorker, "int8": Int8Worker}
Ending = Callable[[Any], object]


class Held:
    """The work of each kind begins, and ends only when and as it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ending: Ending = stop
        self._go_on = threading.Event()
        for worker in WORKERS.values():
            monkeypatch.setattr(worker, "work", lambda each: self._work(each))

    def begin(self) -> None:
        self._go_on.clear()

    def end(self, ending: Ending) -> None:
        self.ending = ending
        self._go_on.set()

    def _work(self, worker: Worker) -> object:
        self._go_on.wait(WAIT_MS / 1000)
        worker.progressed.emit(1, 2)  # what is told on the way to its end, after the wish
        return self.ending(worker)


def stop(worker: Worker) -> object:
    raise Cancelled


def fail(worker: Worker) -> object:
    raise ModelError("The disk is full.", hint="Make room.")


def end_well(worker: Any) -> object:
    if not isinstance(worker, HeadWorker):
        return worker._model
    model, nothing = worker._base, Recalled(np.full(60, np.nan, np.float32), {})
    result = SimpleNamespace(words="Fitted to patches.", warnings=())
    return HeadMade(model, model.folder.fingerprint, nothing, result)  # type: ignore[arg-type]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made = Held(monkeypatch)
    yield made
    made.end(stop)


def test_a_cancel_is_heard_at_once_and_what_came_of_it_is_told(
    opened: MainWindow, qtbot: QtBot, held: Held
) -> None:
    opened.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: opened.session.model is not None, timeout=WAIT_MS)
    well = {"head": "Fitted to", "context": "Context is fitted to", "int8": ""}
    for name in WORKERS:
        cancel(opened, qtbot, held, name, ending=stop, words="Stopped.")
        cancel(opened, qtbot, held, name, ending=fail, words="The disk is full.")
        cancel(opened, qtbot, held, name, ending=end_well, words=well[name])


def cancel(
    window: MainWindow, qtbot: QtBot, held: Held, name: str, *, ending: Ending, words: str
) -> None:
    """Cancel work that then ends in some way; the box says these words of it."""
    runner: WorkRunner = getattr(window.model_desk, name)
    box: WorkBox = getattr(window.model_panel, f"{name}_box")
    held.begin()
    runner.start()  # type: ignore[attr-defined]
    assert box._cancel.isVisible()
    assert box._cancel.isEnabled(), "whatever became of the work before"
    assert box._message.text() not in ("", "Stopping…")
    box._cancel.click()
    assert box._message.text() == "Stopping…"
    assert not box._cancel.isEnabled()
    card = window.first_steps._work
    assert card.busy == ("Stopping…" if name == "head" else ""), "the first steps fit a head, too"
    told: list[tuple[int, int]] = []
    runner.progressed.connect(lambda *each: told.append(each))
    held.end(ending)
    qtbot.waitUntil(lambda: not box._cancel.isVisible(), timeout=WAIT_MS)
    assert not told, "how far it was is of no interest any more"
    said = box._message.text()
    assert said.startswith(words)
    assert bool(said) == bool(words)
