"""What the command cross-validate does, for a person or for a program."""

from __future__ import annotations

import json
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.cli.console import fail, progress_bar, say
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split_file import save_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.evaluation.cross_validation import score_out_of_fold
from bcviewer.model.backend import load_run_job
from bcviewer.model.child import CANCELLED
from bcviewer.model.commands import Command, QueuedCommands, StdinCommands
from bcviewer.model.cross_validation import CrossValidation, CrossValidationJob, check_recipe
from bcviewer.model.cross_validation_judging import judge_out_of_fold
from bcviewer.model.cross_validation_run import FoldsTraining
from bcviewer.model.engine import Predictor
from bcviewer.model.events import Cancelled_, Event, Failed, Probed
from bcviewer.model.folds import deal_folds
from bcviewer.model.forecast_words import about_words
from bcviewer.model.out_of_fold import OutOfFold

LISTEN_SECONDS = 0.2


def do_for_a_person(cross: CrossValidation, dataset: Dataset, place: Workspace) -> None:
    """Train what is not trained, judge out of fold, and say what came of it."""
    from bcviewer.cli.cross_validate_display import FoldsDisplay, say_result

    with FoldsDisplay(cross) as display:
        training = FoldsTraining(cross, tell=display.show)
        asked = 0

        def on_interrupt(_number: int, _frame: FrameType | None) -> None:
            nonlocal asked
            asked += 1
            training.stop()
            display.interrupted(asked)

        previous = signal.signal(signal.SIGINT, on_interrupt)
        try:
            ending = training.run()
        finally:
            signal.signal(signal.SIGINT, previous)
    _end_if_not_done(cross, ending)
    with progress_bar("Judging patients out of fold") as progress:
        found = judge_out_of_fold(cross, dataset, place, engine=Predictor, progress=progress)
    labels = read_effective_labels(place, dataset, kept=cross.settings.job.labels)
    say_result(score_out_of_fold(found, labels.labels))
    _say_uses(found)


def do_in_json(cross: CrossValidation, dataset: Dataset, place: Workspace) -> None:
    """The same with a line of JSON for each event; the last one has the scores."""

    def tell(fold: int, event: Event) -> None:
        line = {**json.loads(event.to_line()), "fold": fold, "folds": cross.settings.folds}
        print(json.dumps(line, ensure_ascii=False), flush=True)

    training = FoldsTraining(cross, tell=tell)
    with _listening(training):
        ending = training.run()
    _end_if_not_done(cross, ending)
    found = judge_out_of_fold(cross, dataset, place, engine=Predictor)
    labels = read_effective_labels(place, dataset, kept=cross.settings.job.labels)
    about = {
        "event": "cross_validated",
        "folder": str(cross.path),
        "labels": labels.fingerprint or "original",
        **score_out_of_fold(found, labels.labels).as_json(),
    }
    print(json.dumps(about, ensure_ascii=False), flush=True)


def probe_for_a_person(settings: CrossValidationJob, dataset: Dataset) -> None:
    """Time some steps of the first fold, and say how long all folds would take."""
    from bcviewer.cli.train_display import TrainDisplay

    check_recipe(settings.job)
    folds = deal_folds(dataset, count=settings.folds, seed=settings.job.seed)
    with tempfile.TemporaryDirectory() as folder, TrainDisplay() as display:
        split = Path(folder) / "fold-1.json"
        save_split(folds.split(1), split)
        say("Starting TensorFlow …")
        load_run_job()  # without a word of TensorFlow's own
        from bcviewer.model.keras_backend.probe import run_probe

        job = settings.job.model_copy(update={"split": split})
        run_probe(job, emit=display.show, commands=QueuedCommands())
    if isinstance(display.last, Probed):
        whole = about_words(display.last.training_seconds * settings.folds)
        say(f"{settings.folds} folds: about {whole}, one after another")


@contextmanager
def _listening(training: FoldsTraining) -> Iterator[None]:
    """Pass on commands from the standard input; "cancel" ends the whole, after no fold more."""
    commands, over = StdinCommands(), threading.Event()

    def pass_on() -> None:
        while not over.is_set():
            command = commands.next(wait_seconds=LISTEN_SECONDS)
            if command is Command.CANCEL:
                training.stop()
            if command is not None:
                training.send(command.value)

    listener = threading.Thread(target=pass_on, name="commands for folds", daemon=True)
    listener.start()
    try:
        yield
    finally:
        over.set()
        listener.join()


def _end_if_not_done(cross: CrossValidation, ending: Cancelled_ | Failed | None) -> None:
    on = f"Go on with: bcviewer cross-validate --resume {cross.path}"
    if isinstance(ending, Failed):
        fail(f"{ending.message} {ending.hint} {on}")
    if isinstance(ending, Cancelled_):
        fail(f"Cross-validation stopped; what is done is kept. {on}", code=CANCELLED)


def _say_uses(found: OutOfFold) -> None:
    name = found.card.name
    say(f"Kept as out-of-fold predictions {name}: the queue of doubtful labels uses them, and")
    say(f"  bcviewer fit-context FOLDER --model MODEL --out-of-fold {name}")
