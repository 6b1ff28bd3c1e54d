"""The checkpoint: the weights of the best epoch, and all that is needed to go on after the last.

It is one file that is renamed into its place, so that the last good one is never harmed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import TrainingError
from bcviewer.model.events import EpochDone, Event, Note, parse_event
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.start_model import Heritage
from bcviewer.storage import atomic_file, open_plain

MARK = b"bcviewer-checkpoint 1 "
DIGEST_LETTERS = 64
HEAD_BYTES = len(MARK) + DIGEST_LETTERS + 1
META = "meta"
PROBABILITIES = "probabilities"
NETWORK, OPTIMIZER, CHANCE, BEST = "network", "optimizer", "chance", "best"
AVERAGE = "average"
DAMAGED = ".damaged"
DAMAGE = (FileNotFoundError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)

Arrays = Sequence[NDArray[Any]]


@dataclass(frozen=True)
class Basis:
    """Fingerprints of what a training learns from; with others it would be another training."""

    dataset: str
    split: str
    patches: str
    labels: str = ""


@dataclass(frozen=True, eq=False)
class BestEpoch:
    """The best epoch so far, from 1, with its validation and its weights.

    ``probabilities`` are float32[n], of the validation part.
    """

    epoch: int
    validation: dict[str, float]
    probabilities: NDArray[np.float32]
    weights: Arrays = ()


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A training after a finished epoch.

    Batches need no state: they are functions of the seed and the number of their step.

    Attributes:
        basis: What it learns from.
        weights_origin: Where its start weights came from.
        seconds: Time spent so far.
        curve: The epochs done, in order.
        best: The best of them.
        network: Its weights.
        optimizer: All variables of its optimizer.
        chance: The states of its random generators (dropout).
        heritage: What its start weights have seen.
        average: The average of its weights, as ``Averaging`` keeps it; empty without one.
    """

    basis: Basis
    weights_origin: str
    seconds: float
    curve: tuple[EpochDone, ...]
    best: BestEpoch
    network: Arrays
    optimizer: Arrays
    chance: Arrays
    heritage: Heritage = field(default_factory=Heritage)
    average: Arrays = ()


def save_checkpoint(run: RunFolder, checkpoint: Checkpoint) -> None:
    """Write the checkpoint of the last epoch; the one before is kept beside it.

    Raises:
        StorageError: It cannot be written; the earlier ones are still there.
    """
    content = _packed(checkpoint)
    digest = hashlib.sha256(content).hexdigest().encode("ascii")
    with atomic_file(run.last_path) as beside:
        beside.write_bytes(MARK + digest + b"\n" + content)
        if run.last_path.is_file():
            run.last_path.replace(run.before_last_path)


def load_checkpoint(run: RunFolder, *, emit: Callable[[Event], None]) -> Checkpoint:
    """Read the checkpoint of the last epoch, or the one before when the last is damaged.

    A damaged one, or one of another version, is put aside: or the next would put it in the place of
    the good one.

    Raises:
        TrainingError: Neither can be used; or the disk does not answer, which is no damage: then
            nothing is changed.
    """
    try:
        return _read(run.last_path)
    except DAMAGE as error:
        try:
            found = _read(run.before_last_path)
        except DAMAGE:
            raise TrainingError(
                f"The checkpoints in {run.last_path.parent} cannot be read: {error}.",
                hint="Train again, in a new run folder.",
            ) from error
        _put_aside(run.last_path)
    emit(
        Note(
            "The checkpoint of the last epoch is missing or damaged; going on from the one before,"
            f" after epoch {len(found.curve)}."
        )
    )
    return found


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_suffix(DAMAGED))
    except FileNotFoundError:
        return
    except OSError as error:
        raise TrainingError(
            f"The damaged checkpoint {path} cannot be put aside: {error.strerror or error}.",
            hint="Check that you may write there, or remove it, then resume again.",
        ) from error


def _packed(checkpoint: Checkpoint) -> bytes:
    best = checkpoint.best
    meta = {
        "basis": asdict(checkpoint.basis),
        "weights_origin": checkpoint.weights_origin,
        "heritage": asdict(checkpoint.heritage),
        "seconds": checkpoint.seconds,
        "curve": [epoch.to_line() for epoch in checkpoint.curve],
        "best": {"epoch": best.epoch, "validation": best.validation},
    }
    groups = {
        NETWORK: checkpoint.network,
        OPTIMIZER: checkpoint.optimizer,
        CHANCE: checkpoint.chance,
        BEST: best.weights,
        AVERAGE: checkpoint.average,
    }
    arrays = {
        f"{name}{n}": array for name, group in groups.items() for n, array in enumerate(group)
    }
    content = io.BytesIO()
    np.savez(
        content,
        allow_pickle=False,
        **arrays,
        **{META: np.frombuffer(json.dumps(meta).encode("utf-8"), np.uint8)},
        **{PROBABILITIES: best.probabilities},
    )
    return content.getvalue()


def _bytes_of(path: Path) -> bytes:
    try:
        with open_plain(path) as file:
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise TrainingError(
            f"The checkpoint {path} cannot be read now: {error.strerror or error}.",
            hint="Check that its drive is there and that you may read it, then resume again.",
        ) from error


def _read(path: Path) -> Checkpoint:
    content = _bytes_of(path)
    head, packed = content[:HEAD_BYTES], content[HEAD_BYTES:]
    digest = hashlib.sha256(packed).hexdigest().encode("ascii")
    if head != MARK + digest + b"\n":
        raise ValueError(f"{path} is cut off, changed, or of another version")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        meta = json.loads(arrays[META].tobytes())
        best = BestEpoch(
            **meta["best"],
            probabilities=arrays[PROBABILITIES],
            weights=_group(arrays, BEST),
        )
        return Checkpoint(
            basis=Basis(**meta["basis"]),
            weights_origin=meta["weights_origin"],
            seconds=meta["seconds"],
            curve=tuple(_epoch(line) for line in meta["curve"]),
            best=best,
            network=_group(arrays, NETWORK),
            optimizer=_group(arrays, OPTIMIZER),
            chance=_group(arrays, CHANCE),
            heritage=_heritage(meta.get("heritage", {})),
            average=_group(arrays, AVERAGE),
        )


def _group(arrays: Any, name: str) -> Arrays:
    count = sum(key.removeprefix(name).isdecimal() for key in arrays.files)
    return [arrays[f"{name}{number}"] for number in range(count)]


def _heritage(content: dict[str, list[str]]) -> Heritage:
    return Heritage(tuple(content.get("trained", ())), tuple(content.get("validated", ())))


def _epoch(line: str) -> EpochDone:
    event = parse_event(line)
    if not isinstance(event, EpochDone):
        raise ValueError("a line of its curve is no epoch")
    return event
