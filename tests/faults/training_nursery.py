"""Trainings without a network, to be killed: checkpoints, curve, log, locks are the real ones.

Started as ``training_nursery.py RUN``. Keras is loaded once; then each line on the input has a
training forked, which goes on from the run's last checkpoint and tells each epoch once it is
finished. What it tells: "pid N", "from N", "epoch N", "died".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from bcviewer.model.event_log import EventLog
from bcviewer.model.events import EpochDone, Note
from bcviewer.model.keras_backend.checkpoint import (
    Basis,
    BestEpoch,
    Checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from bcviewer.model.run_folder import RunFolder, sweep
from bcviewer.model.run_lock import held
from bcviewer.storage import write_text
from tests.background_run import prepared

EPOCHS = 100_000
WEIGHTS = (200, 200)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def weights(epoch: int) -> list[np.ndarray]:
    """What a network would have learned: tells its epoch."""
    return [np.full(WEIGHTS, epoch, np.float32), np.arange(epoch, epoch + 50, dtype=np.float32)]


def epoch_done(epoch: int) -> EpochDone:
    found = {"loss": 1 / epoch, "auc": 1 - 1 / (epoch + 1)}
    return EpochDone(epoch, EPOCHS, 0.01, dict(found), dict(found), best_epoch=epoch)


def train(run: RunFolder) -> None:
    """Go on from the last checkpoint until killed, with the files written in the real order."""
    with held(run.path):
        log = EventLog(run.events_path, fresh=False)
        sweep(run)
        curve: tuple[EpochDone, ...] = ()
        if run.last_path.exists() or run.before_last_path.exists():
            past = load_checkpoint(run, emit=log.add)
            curve = past.curve
            assert (past.network[0] == len(curve)).all(), "weights and curve are of one epoch"
        say(f"from {len(curve)}")
        log.add(prepared())
        log.add(Note(f"Going on after epoch {len(curve)}."))
        for epoch in range(len(curve) + 1, EPOCHS):
            done, learned = epoch_done(epoch), weights(epoch)
            best = BestEpoch(epoch, done.validation, np.zeros(30, np.float32), learned)
            curve = (*curve, done)
            basis = Basis("data", "split", "patches")
            save_checkpoint(run, Checkpoint(basis, "none", 1.0, curve, best, learned, learned, ()))
            write_text(run.history_path, "".join(f"{each.to_line()}\n" for each in curve))
            log.add(done)
            say(f"epoch {epoch}")


def main(path: str) -> None:
    """Fork a training for each line."""
    run = RunFolder(Path(path))
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            try:
                train(run)
            finally:
                os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("died")


if __name__ == "__main__":
    main(sys.argv[1])
