"""A training without TensorFlow, as a program: locks, log, ears and events are the real ones.

Started as ``background_run.py RUN [SECONDS]``; it obeys commands, and after SECONDS it finishes.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from bcviewer.model.child import LineWriter
from bcviewer.model.commands import Command, StdinCommands
from bcviewer.model.event_log import EventLog
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Finished,
    Paused,
    Prepared,
    Resumed,
    StepDone,
)
from bcviewer.model.live_folder import LiveFolder
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import held
from bcviewer.model.step_log import StepLog

EPOCHS, STEPS = 20, 300
PATIENTS = {"train": 145, "validation": 21, "test": 41}


def prepared() -> Prepared:
    patches = {"train": 17_000, "validation": 2_400, "test": 4_800}
    split, device = "by patient", "CPU (2 threads)"
    return Prepared("simple_cnn", PATIENTS, patches, STEPS, EPOCHS, split, device)


def epoch_done(epoch: int) -> EpochDone:
    score = 0.9 - 0.3 / (epoch + 1)
    scores = {"loss": 1 - score, "accuracy": score, "balanced_accuracy": score, "auc": score + 0.05}
    return EpochDone(epoch, EPOCHS, 30.0, dict(scores), dict(scores), best_epoch=epoch)


def step(epoch: int, number: int) -> StepDone:
    losses = (0.4 + 0.02 * (number % 3),)
    return StepDone(epoch, number, STEPS, 0.4, 0.8, 102.0, 410.0, losses)


def train(run: RunFolder, seconds: float) -> None:
    commands = StdinCommands()
    line, log = LineWriter(sys.stdout), EventLog(run.events_path, fresh=False)
    steps_kept = StepLog(run.steps_path)
    with LiveFolder(run.path, commands) as live, held(run.path):

        def tell(event: Event) -> None:
            log.add(event)
            steps_kept.add(event)
            live.tell(event)
            line(event)

        tell(prepared())
        for epoch in range(1, 4):
            tell(replace(step(epoch, STEPS), losses=(0.9, 0.6)))
            tell(epoch_done(epoch))
        began, steps = time.monotonic(), 0
        early = False
        while time.monotonic() - began < seconds:
            steps += 1
            tell(step(4, min(steps, STEPS)))
            command = commands.next(wait_seconds=0.1)
            if command is Command.PAUSE:
                tell(Paused())
            elif command is Command.RESUME:
                tell(Resumed())
            elif command is Command.CANCEL:
                return tell(Cancelled_())
            elif command is Command.FINISH:
                early = True
                break
        tell(Finished(run.model_path, 3, {"balanced_accuracy": 0.83}, 90.0, early))
    return None


if __name__ == "__main__":
    train(RunFolder(Path(sys.argv[1])), float(sys.argv[2]) if len(sys.argv) > 2 else 120.0)
