"""A training on a terminal: a bar for the epoch, a line for each epoch that is done."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bcviewer.cli.console import patches_words, patients_words
from bcviewer.model import forecast_words as words
from bcviewer.model.events import (
    EpochDone,
    Event,
    Exporting,
    Finished,
    Note,
    Prepared,
    Probed,
    StepDone,
    Validating,
)
from bcviewer.model.training_status import TrainingStatus, loss_words, time_words, waiting_words


class TrainDisplay:
    """Shows the events of a training to a person."""

    def __init__(self) -> None:
        self.last: Event | None = None
        self._console = Console(highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[figures]}"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("Preparing", total=None, figures="")
        self._status = TrainingStatus()
        self._epochs = 0
        self._validation = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def interrupted(self, times: int) -> None:
        """Acknowledge Ctrl-C."""
        text = "Finishing this epoch, keeping the best; Ctrl-C again cancels."
        self._say(text if times == 1 else "Cancelling.")

    def show(self, event: Event) -> None:
        """Show one event."""
        self.last = event
        self._status.hear(event)
        match event:
            case Prepared():
                self._prepared(event)
            case StepDone():
                self._bar.update(
                    self._task,
                    description=f"Epoch {event.epoch} of {self._epochs}",
                    completed=event.step,
                    total=event.steps,
                    figures=f"step {event.step} of {event.steps} · loss {event.loss:.3f} · "
                    f"{event.patches_per_second:,.0f} patches/s · "
                    f"{time_words(self._status.run_seconds)} run · "
                    f"{time_words(event.seconds_left)} left",
                )
            case Validating():
                self._bar.update(self._task, description="Validating", figures="")
            case EpochDone():
                self._epoch_done(event)
            case Exporting():
                self._bar.update(self._task, description="Writing the model", figures="")
            case Finished():
                early = ", ended early" if event.stopped_early else ""
                self._say(
                    f"{event.model_folder}: best epoch {event.best_epoch}{early}, "
                    f"{_scores(event.validation)} ({self._validation}), {event.seconds:.0f} s"
                )
                if event.warning:
                    self._say(f"Warning: {event.warning}")
            case Note():
                self._say(event.text)
            case Probed():
                self._probed(event)

    def _prepared(self, event: Prepared) -> None:
        self._epochs = event.epochs
        self._validation = (
            f"validation: {patients_words(event.patients['validation'])}, "
            f"{patches_words(event.patches['validation'])}, split {event.split_title}"
        )
        self._say(
            f"{event.model} on {event.device}: {patches_words(event.patches['train'])} of "
            f"{patients_words(event.patients['train'])}; {self._validation}"
        )
        for warning in event.warnings:
            self._say(f"Warning: {warning}")

    def _probed(self, event: Probed) -> None:
        for part, patches in event.patches.items():
            idc = f", {100 * event.idc[part] / patches:.1f} % IDC" if patches else ""
            patients = patients_words(event.patients[part])
            self._say(f"{part}: {patients}, {patches_words(patches)}{idc}")
        weights = event.class_weights
        self._say(f"split {event.split_title}; start weights: {event.weights}")
        self._say(f"class weights: IDC {weights['idc']:.2f}, not IDC {weights['not_idc']:.2f}")
        self._say(f"{event.model} on {event.device}: {words.step_words(event)}")
        self._say(
            f"{words.about_words(event.epoch_seconds)} an epoch with its validation, about "
            f"{words.about_words(event.training_seconds)} for {event.epochs} epochs"
        )
        self._say(f"memory: {words.memory_words(event)}")
        for warning in event.warnings:
            self._say(f"Warning: {warning}")

    def _epoch_done(self, event: EpochDone) -> None:
        best = f"best: epoch {event.best_epoch}"
        best = "best so far" if event.best_epoch == event.epoch else best
        self._say(
            f"Epoch {event.epoch} of {event.epochs}: {_scores(event.train)}; "
            f"validation {_scores(event.validation)} · {event.seconds:.0f} s · {best}"
        )
        status = self._status
        times = [
            f"{time_words(status.run_seconds)} run",
            f"{time_words(status.epoch_seconds)} an epoch",
            *([f"{time_words(status.seconds_left)} left"] if event.epoch < event.epochs else []),
        ]
        self._say("  " + " · ".join([*times, waiting_words(event), loss_words(status)]))

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)


def _scores(validation: dict[str, float]) -> str:
    names = {
        "loss": "loss",
        "accuracy": "accuracy",
        "balanced_accuracy": "balanced accuracy",
        "auc": "AUC",
    }
    return ", ".join(
        f"{title} {validation[name]:.4f}" for name, title in names.items() if name in validation
    )
