"""What a training tells while it runs: events, one line of JSON each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, TypeGuard, cast, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bcviewer.errors import showable
from bcviewer.storage import parse_json

_MARK = "event"
MOST_EPOCHS = 10_000_000
MOST_STEPS = 1_000_000_000


@dataclass(frozen=True)
class _Line:
    """What all events share: a form as one line of JSON."""

    # A loss can be nan, which JSON has no number for: "NaN" in quotes comes back as it was.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_inf_nan="strings")

    def to_line(self) -> str:
        """The event as one line of JSON, without the line's end."""
        kind = _kind(type(self))
        content = json.loads(_adapter(kind).dump_json(self))
        return json.dumps({_MARK: kind, **content}, ensure_ascii=False)


@dataclass(frozen=True)
class Prepared(_Line):
    """Data and network are ready; the first step comes next.

    ``patients`` and ``patches`` count for each part of the split: train, validation, test.
    """

    model: str
    patients: dict[str, int]
    patches: dict[str, int]
    steps_per_epoch: int
    epochs: int
    split_title: str
    device: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepDone(_Line):
    """A step is done (told a few times a second, not for each one).

    ``epoch`` and ``step`` count from 1; ``loss`` and ``accuracy`` are means since the epoch began.
    ``losses`` are those of single steps, one after another up to this one: of all since the last
    telling at least. ``run_seconds`` is the time of the whole training so far, without pauses; None
    of older versions.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    accuracy: float
    seconds_left: float
    patches_per_second: float
    losses: tuple[float, ...] = ()
    run_seconds: float | None = None


@dataclass(frozen=True)
class EpochSteps(_Line):
    """What is kept of the steps of an epoch that is done: their own losses.

    ``numbers`` count from 1 to ``steps`` at most; where there are too many to be kept, those that
    leap out are. It is told of earlier epochs only, to whoever comes late and when a training is
    resumed, before the epochs themselves.
    """

    epoch: int
    steps: int
    numbers: tuple[int, ...]
    losses: tuple[float, ...]


@dataclass(frozen=True)
class Validating(_Line):
    """Validation patches judged so far; both times are those of the whole training."""

    epoch: int
    done: int
    total: int
    seconds_left: float | None = None
    run_seconds: float | None = None


@dataclass(frozen=True)
class EpochDone(_Line):
    """An epoch and its validation are done.

    ``train`` and ``validation`` have loss, accuracy, balanced_accuracy and auc; a score that is
    not defined, as the auc of one class only, is NaN, and runs of older versions have only loss and
    accuracy in ``train``. Both losses are the plain cross-entropy, whatever the class weights, so
    that they can be compared. Those of ``train`` are means over the epoch, with augmentation and
    dropout, while the network still changed: they lag behind ``validation``.
    ``epochs_without_progress`` counts since the best epoch; the training ends early when it
    reaches ``patience`` (None: it does not). ``run_seconds`` is the time of the whole training up
    to here, without pauses; None of older versions. A training that is resumed tells its earlier
    epochs again, right after it is prepared.
    """

    epoch: int
    epochs: int
    seconds: float
    train: dict[str, float]
    validation: dict[str, float]
    best_epoch: int
    epochs_without_progress: int = 0
    patience: int | None = None
    run_seconds: float | None = None


@dataclass(frozen=True)
class Paused(_Line):
    """The training waits for the command to resume."""


@dataclass(frozen=True)
class Resumed(_Line):
    """The training goes on."""


@dataclass(frozen=True)
class Exporting(_Line):
    """The best network is being written as a model folder."""


@dataclass(frozen=True)
class Finished(_Line):
    """The end of a training: there is a model. ``validation`` is that of the best epoch.

    ``warning`` tells what went wrong after that epoch; "" for nothing.
    """

    model_folder: Path
    best_epoch: int
    validation: dict[str, float]
    seconds: float
    stopped_early: bool
    warning: str = ""


@dataclass(frozen=True)
class Cancelled_(_Line):  # noqa: N801  (``Cancelled`` is what long work raises)
    """The end of a training that the user cancelled."""


@dataclass(frozen=True)
class Failed(_Line):
    """The end of a training that could not go on."""

    message: str
    hint: str = ""


@dataclass(frozen=True)
class Note(_Line):
    """A word to the user about what happens."""

    text: str


@dataclass(frozen=True)
class Probed(_Line):
    """What a short probe of a training found, its last word; nothing was kept.

    ``patients``, ``patches`` and ``idc`` count for each part of the split; ``class_weights`` tells
    what a patch counts in the loss, "not_idc" and "idc"; ``weights`` says where the start weights
    come from. ``step_seconds`` is a step in its stride, ``judging_seconds`` a patch in validation,
    and ``first_step_seconds`` all that comes before the second step. An epoch is told with its
    validation. Memory is in bytes, 0 where nobody knows: what the process took at most, what the
    machine has, and what was taken of a graphics processor.
    """

    model: str
    device: str
    weights: str
    split_title: str
    patients: dict[str, int]
    patches: dict[str, int]
    idc: dict[str, int]
    class_weights: dict[str, float]
    steps_per_epoch: int
    epochs: int
    step_seconds: float
    judging_seconds: float
    first_step_seconds: float
    patches_per_second: float
    epoch_seconds: float
    training_seconds: float
    memory: int
    memory_total: int = 0
    device_memory: int = 0
    warnings: tuple[str, ...] = ()


Event = (
    Prepared
    | StepDone
    | EpochSteps
    | Validating
    | EpochDone
    | Paused
    | Resumed
    | Exporting
    | Finished
    | Cancelled_
    | Failed
    | Note
    | Probed
)
Ending = Finished | Cancelled_ | Failed


def parse_event(line: str) -> Event | None:
    """The event that a line of output tells, or None when the line is something else."""
    try:
        content = parse_json(line.encode("utf-8", "replace"))
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    kind = str(content.pop(_MARK, ""))
    if kind not in _by_kind():
        return None
    try:
        event: Event = _adapter(kind).validate_python(content)
    except ValidationError:
        return None
    return _showable(event)


def _showable(event: Event) -> Event:
    """The event with words that can be shown: runs are passed on, too."""
    told = {field.name: getattr(event, field.name) for field in fields(event)}
    words = {
        name: showable(value) if isinstance(value, str) else tuple(map(showable, value))
        for name, value in told.items()
        if isinstance(value, str)
        or (isinstance(value, tuple) and all(isinstance(each, str) for each in value))
    }
    shown: Event = replace(cast(Any, event), **words)
    return shown


def is_sound(event: Event | None) -> TypeGuard[Event]:
    """Whether it is an event, and an epoch has what curves are drawn of: files may be of others."""
    if event is None:
        return False
    if isinstance(event, EpochSteps):
        return _are_sound(event)
    if not isinstance(event, EpochDone):
        return True
    numbers = (event.epoch - 1, event.epochs, event.best_epoch, event.epochs_without_progress)
    counted = all(0 <= number <= MOST_EPOCHS for number in numbers)
    return counted and "loss" in event.train and "loss" in event.validation


def _are_sound(event: EpochSteps) -> bool:
    places = (0, *event.numbers, event.steps + 1)
    ordered = all(one < other for one, other in pairwise(places))
    counted = 0 < event.epoch <= MOST_EPOCHS and event.steps <= MOST_STEPS
    return counted and ordered and len(event.numbers) == len(event.losses)


@cache
def _by_kind() -> dict[str, type[Any]]:
    return {_kind(event): event for event in get_args(Event)}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_by_kind()[kind])


def _kind(event: type[Any]) -> str:
    """``StepDone`` is "step_done" on the line."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event.__name__).rstrip("_").lower()


def is_ending(event: Event) -> bool:
    """Whether nothing comes after this event."""
    return isinstance(event, Ending)
