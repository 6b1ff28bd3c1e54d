"""Training the folds of a cross-validation, one after another, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from bcviewer.model.cross_validation import CrossValidation, FoldState
from bcviewer.model.events import Cancelled_, Ending, EpochDone, Event, Failed, Finished
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_following import FollowedTraining
from bcviewer.model.training_process import TrainingProcess, Word

Tell = Callable[[int, Event], None]
"""Told the fold and each of its events; the last one of a fold is an ending."""


class Training(Protocol):
    """A training that can be heard and steered."""

    def events(self) -> Iterator[Event]:
        """The events as they come; the last one tells how the training ended."""

    def send(self, word: Word) -> None:
        """Tell the training something."""


class FoldsTraining:
    """Trains what is not trained yet.

    ``stop`` and ``send`` may be called from any thread, or from a handler of a signal.

    Args:
        cross: The cross-validation.
        tell: Told the events.
        command: What to start for a run; None for ``bcviewer train``.
    """

    def __init__(
        self,
        cross: CrossValidation,
        *,
        tell: Tell,
        command: Callable[[RunFolder], list[str]] | None = None,
    ) -> None:
        self._cross = cross
        self._tell = tell
        self._command = command
        self._asked = 0
        self._training: Training | None = None

    def run(self) -> Cancelled_ | Failed | None:
        """Train the folds that are not done; a fold that stopped goes on where it was.

        Returns:
            None when all folds are done, else how the one ended that was not.

        Raises:
            JobError, StorageError, TrainingError: A fold cannot be started.
        """
        for fold in self._cross.numbers:
            if self._asked:
                break
            if self._cross.state(fold) is FoldState.DONE:
                continue
            ending = self._train(fold)
            if not isinstance(ending, Finished):
                return ending
        return Cancelled_() if self._asked else None

    def stop(self) -> None:
        """End after the epoch at hand, which is kept; asked again, end at once."""
        self._asked += 1
        if self._asked > 1:
            self.send("cancel")

    def send(self, word: Word) -> None:
        """Tell the training of the fold at hand something."""
        if self._training is not None:
            self._training.send(word)

    def _train(self, fold: int) -> Ending:
        ending: Ending = Cancelled_()
        self._training = self._start(fold)
        try:
            for event in self._training.events():
                self._tell(fold, event)
                # Its checkpoint was written before the epoch was told.
                if self._asked and isinstance(event, EpochDone) and event.epoch < event.epochs:
                    self.send("cancel")
                if isinstance(event, Ending):
                    ending = event
        finally:
            self._training = None
        return ending

    def _start(self, fold: int) -> Training:
        state, run = self._cross.state(fold), self._cross.run(fold)
        if state is FoldState.TRAINING:
            return FollowedTraining(run.path)
        self._cross.prepare(fold)
        process = TrainingProcess(
            run.job_path,
            resume=state is FoldState.STOPPED,
            command=self._command(run) if self._command else None,
        )
        process.start()
        return process
