"""How long a cross-validation will still take."""

from __future__ import annotations

from bcviewer.model.cross_validation import CrossValidation, FoldState
from bcviewer.model.events import Event, Finished
from bcviewer.model.runs import read_history
from bcviewer.model.training_status import TrainingStatus


class FoldsClock:
    """Hears the events of all folds; knows the folds that were done before.

    Args:
        cross: The cross-validation.
    """

    def __init__(self, cross: CrossValidation) -> None:
        self._cross = cross
        self._done = {
            fold: sum(epoch.seconds for epoch in read_history(cross.run(fold).path))
            for fold in cross.numbers
            if cross.state(fold) is FoldState.DONE
        }
        self._fold = 0
        self._status = TrainingStatus()

    def hear(self, fold: int, event: Event) -> None:
        """Take in an event of a fold."""
        if fold != self._fold:
            self._fold, self._status = fold, TrainingStatus()
        self._status.hear(event)
        if isinstance(event, Finished):
            self._done[fold] = event.seconds

    @property
    def fold_seconds(self) -> float:
        """Time of a fold: the mean of those done, else as the epochs so far let expect.

        NaN before an epoch is done.
        """
        if self._done:
            return sum(self._done.values()) / len(self._done)
        return self._status.epoch_seconds * self._cross.settings.job.epochs

    @property
    def seconds_left(self) -> float:
        """Time until all folds are done; NaN before an epoch is done."""
        training = self._fold not in self._done and self._status.latest is not None
        waiting = self._cross.settings.folds - len(self._done) - training
        left = self._status.seconds_left if training else 0.0
        return left + waiting * self.fold_seconds if waiting else left

    @property
    def folds_done(self) -> int:
        """Folds that are trained."""
        return len(self._done)
