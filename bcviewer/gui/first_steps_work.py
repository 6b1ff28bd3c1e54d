"""What runs for the first steps: a head that is fitted, a training, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.head_runner import HeadRunner
from bcviewer.gui.prediction_runner import PredictionRunner
from bcviewer.gui.training_runner import TrainingRunner
from bcviewer.gui.words import tr
from bcviewer.model.events import Ending, Exporting, Failed, Prepared, StepDone


class FirstStepsWork(QObject):
    """Listens to the runners; stops what runs when it is asked to.

    Attributes:
        busy: What is being done; "" for nothing.
        progress: How much of it is done, 0 to 1; None where that is not known.
        fault: What went wrong last, in words; "" for nothing.
    """

    changed = Signal()
    """One of the three is other than before."""

    def __init__(
        self,
        head: HeadRunner,
        trainings: TrainingRunner,
        predictions: PredictionRunner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._head, self._trainings = head, trainings
        self.busy, self.fault = "", ""
        self.progress: float | None = None
        self._epochs = 1
        head.began.connect(self._begin)
        head.progressed.connect(self._show_progress)
        head.stopping.connect(self._show_stopping)
        head.ended.connect(self._end)
        head.failed.connect(self.fail)
        trainings.event_received.connect(self._hear)
        trainings.failed.connect(self.fail)
        predictions.failed.connect(self.fail)

    def begin_training(self) -> None:
        """Show that a training is about to start; its first event takes some seconds."""
        if self._trainings.running:
            self._begin(tr("The training starts…"))

    @Slot(object)
    def fail(self, error: BcviewerError) -> None:
        """Show that something went wrong."""
        self._tell(fault=str(error))

    def forget_fault(self) -> None:
        """Speak no more of what went wrong."""
        self.fault = ""

    def stop(self) -> None:
        """Stop what runs."""
        if self._head.running:
            self._head.cancel()
        else:
            self._trainings.cancel()

    @Slot(str)
    def _begin(self, words: str) -> None:
        self._tell(busy=words)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        words = tr("Looking at the patches, only this once…")
        self._tell(busy=words, progress=done / max(1, total))

    @Slot()
    def _show_stopping(self) -> None:
        self._tell(busy=tr("Stopping…"))

    @Slot()
    def _end(self) -> None:
        self._tell()

    @Slot(object)
    def _hear(self, event: object) -> None:
        match event:
            case Prepared():
                self._epochs = event.epochs
            case StepDone():
                done = (event.epoch - 1 + event.step / max(1, event.steps)) / max(1, self._epochs)
                words = tr(
                    "Training, epoch {epoch} of {epochs}: you can go on looking meanwhile.",
                    epoch=event.epoch,
                    epochs=self._epochs,
                )
                self._tell(busy=words, progress=min(done, 1.0))
            case Exporting():
                self._tell(busy=tr("The new model is being written…"))
            case Failed(message=message, hint=hint):
                self._tell(fault=" ".join(filter(None, (message, hint))))
            case _ if isinstance(event, Ending):
                self._tell()

    def _tell(self, *, busy: str = "", progress: float | None = None, fault: str = "") -> None:
        self.busy, self.progress, self.fault = busy, progress, fault
        self.changed.emit()
