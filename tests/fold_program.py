"""The training of a fold without TensorFlow, as a program: locks, log, ears and files are real.

Started as ``fold_program.py RUN SECONDS [killed]``, the seconds an epoch takes. It goes on after
the epochs that a run of before has finished, and obeys a cancel; "killed", it dies after one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from bcviewer.model.child import LineWriter
from bcviewer.model.commands import Command, StdinCommands
from bcviewer.model.event_log import EventLog
from bcviewer.model.events import Cancelled_, EpochDone, Event, Finished
from bcviewer.model.library import bundled_models
from bcviewer.model.live_folder import LiveFolder
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import held
from bcviewer.model.runs import read_history
from tests.background_run import prepared

EPOCHS = 3
SCORES = {"loss": 0.5, "accuracy": 0.8, "balanced_accuracy": 0.8, "auc": 0.9}


def train(run: RunFolder, seconds: float, *, killed: bool = False) -> None:
    commands = StdinCommands()
    line, log = LineWriter(sys.stdout), EventLog(run.events_path, fresh=False)

    def tell(event: Event) -> None:
        log.add(event)
        line(event)

    with LiveFolder(run.path, commands), held(run.path):
        tell(prepared())
        for epoch in range(len(read_history(run.path)) + 1, EPOCHS + 1):
            if commands.next(wait_seconds=seconds) is Command.CANCEL:
                return tell(Cancelled_())
            done = EpochDone(epoch, EPOCHS, 10.0, SCORES, SCORES, best_epoch=epoch)
            run.last_path.parent.mkdir(exist_ok=True)
            run.last_path.write_bytes(b"weights")
            with run.history_path.open("a", encoding="utf-8") as history:
                history.write(f"{done.to_line()}\n")
            tell(done)
            if killed:
                os.kill(os.getpid(), signal.SIGKILL)
        if commands.next(wait_seconds=seconds) is Command.CANCEL:
            return tell(Cancelled_())
        shutil.copytree(bundled_models()["simple_cnn"], run.model_path)
        tell(Finished(run.model_path, EPOCHS, SCORES, 30.0, stopped_early=False))
    return None


if __name__ == "__main__":
    train(RunFolder(Path(sys.argv[1])), float(sys.argv[2]), killed="killed" in sys.argv)
