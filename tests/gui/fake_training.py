"""A stand-in for the training process: tells events, obeys words, and ends as it is told to.

Started as a program: ``fake_training.py BEHAVIOUR``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bcviewer.model.events import Cancelled_, Event, Failed, Finished, Note, Paused, Resumed
from tests.gui.training_events import epoch_done, prepared, step


def tell(event: Event) -> None:
    print(event.to_line(), flush=True)


def finish(*, early: bool) -> None:
    tell(Finished(Path("model"), 1, {"balanced_accuracy": 0.8}, 3.0, early))


def obey() -> None:
    """Answer each word until one of them ends the training."""
    for line in sys.stdin:
        match line.strip():
            case "pause":
                tell(Paused())
            case "resume":
                tell(Resumed())
            case "finish":
                return finish(early=True)
            case "cancel":
                return tell(Cancelled_())
    return None


def main(behaviour: str) -> None:
    print("a line that is no event", flush=True)
    if behaviour == "loading":
        tell(Note("Loading TensorFlow…"))
        time.sleep(120)
    tell(prepared())
    match behaviour:
        case "whole":
            tell(step(1, 1))
            tell(epoch_done(1))
            finish(early=False)
        case "obedient":
            obey()
        case "deaf":
            time.sleep(120)
        case "broken":
            tell(Failed("The data is gone.", "Open it again."))
            sys.exit(1)
        case "crashing":
            tell(Note("about to crash"))
            os.abort()


if __name__ == "__main__":
    main(sys.argv[1])
