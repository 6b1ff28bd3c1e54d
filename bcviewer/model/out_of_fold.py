"""Out-of-fold predictions: each patient judged by a network that knew nothing of it.

A set is one file in the workspace. It says what made it, and belongs to one data set.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from bcviewer.archives import archive
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.folds import NO_FOLD
from bcviewer.storage import write_bytes

SUFFIX = ".npz"
CLOCK_STEP_NS = 2_000_000_000
"""Some disks keep the times of files to two seconds."""

MOST_BYTES = 2**26
"""Of the whole public data set they take 2 MB."""

HINT = "Make it again with: bcviewer cross-validate FOLDER --model NAME"


class OutOfFoldCard(BaseModel):
    """What made a set of out-of-fold predictions.

    Attributes:
        name: That of the cross-validation.
        created: When it was finished.
        bcviewer: The version that made it.
        data: Fingerprint of the data set.
        recipe: Fingerprint of what was learned and how.
        labels: Fingerprint of the labels that each fold learned from; "" for those that came with
            the data.
        models: Fingerprint of each fold's network.
        thresholds: Each fold's own, chosen on its validation patients.
        architecture: Of the networks.
        alpha: Their width.
        job: The recipe.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["bcviewer-out-of-fold"] = "bcviewer-out-of-fold"
    version: Literal[1] = 1
    name: str
    created: str
    bcviewer: str
    data: str
    recipe: str
    labels: tuple[str, ...]
    models: tuple[str, ...]
    thresholds: tuple[float, ...]
    architecture: str
    alpha: float
    job: dict[str, Any]

    @property
    def folds(self) -> int:
        """How many folds."""
        return len(self.models)

    @property
    def one_set_of_labels(self) -> bool:
        """Whether all folds learned from the same labels."""
        return len(set(self.labels)) == 1

    @property
    def title(self) -> str:
        """In words, for whoever sees a number that comes from it."""
        return f"out-of-fold predictions {self.name} ({self.folds} folds by patient)"


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """A set of out-of-fold predictions.

    Attributes:
        card: What made it.
        dataset: The data set.
        probabilities: float32[N], raw; NaN where a patch could not be read.
        fold_of: int16[P], the fold of each patient from 1; ``NO_FOLD`` for official test cases,
            whom all networks judged together.
    """

    card: OutOfFoldCard
    dataset: Dataset
    probabilities: NDArray[np.float32]
    fold_of: NDArray[np.int16]

    @property
    def fold_of_row(self) -> NDArray[np.int16]:
        """int16[N]: the fold of each patch."""
        found: NDArray[np.int16] = self.fold_of[self.dataset.patient_index]
        return found

    @property
    def in_folds(self) -> NDArray[np.bool_]:
        """bool[N]: patches that may be scored and tuned on: not those of official test cases."""
        mask: NDArray[np.bool_] = self.fold_of_row != NO_FOLD
        return mask

    def aligned(self, *, to: float = 0.5) -> NDArray[np.float32]:
        """float32[N]: probabilities with each network's threshold moved to one place.

        So networks of different folds can be compared: for decisions and for how sure they are,
        not as probabilities.

        Args:
            to: The threshold that they all have then.
        """
        lines = logit(np.array(self.card.thresholds))
        # The networks that judged official test cases together stand for all of them.
        shift = np.concatenate([[lines.mean()], lines])[self.fold_of_row] - logit(np.array([to]))
        found: NDArray[np.float32] = sigmoid(logit(self.probabilities) - shift)
        return found


def out_of_fold_folder(workspace: Workspace) -> Path:
    """Where the sets of a data set lie."""
    return workspace.folder / "out-of-fold"


def save_out_of_fold(found: OutOfFold, folder: Path) -> Path:
    """Write a set, at once.

    Raises:
        StorageError: The file cannot be written.
    """
    card = np.frombuffer(found.card.model_dump_json().encode("utf-8"), np.uint8)
    content = io.BytesIO()
    np.savez(content, card=card, probabilities=found.probabilities, fold_of=found.fold_of)
    path = folder / f"{found.card.name}{SUFFIX}"
    earlier = [other for other in _sets(folder) if other != path]
    write_bytes(path, content.getvalue())
    if earlier:
        _put_after(path, earlier[0])
    return path


def load_out_of_fold(path: Path, dataset: Dataset) -> OutOfFold:
    """Read a set.

    Raises:
        ModelError: There is none, it is damaged, or belongs to another data set.
    """
    try:
        with archive(path, most=MOST_BYTES) as kept:
            card = OutOfFoldCard.model_validate(json.loads(kept["card"].tobytes()))
            probabilities, fold_of = kept["probabilities"], kept["fold_of"]
        _check(card, probabilities, fold_of)
    except FileNotFoundError as error:
        raise ModelError(
            f"There are no out-of-fold predictions {path.stem}.", hint=_known(path.parent)
        ) from error
    except Exception as error:
        raise ModelError(
            f"The out-of-fold predictions {path} cannot be used: {error}.", hint=HINT
        ) from error
    if card.data != dataset.fingerprint or len(probabilities) != len(dataset):
        raise ModelError(
            f"The out-of-fold predictions {card.name} belong to another state of the data set.",
            hint=HINT,
        )
    return OutOfFold(card, dataset, probabilities, fold_of)


def find_out_of_fold(name: str, workspace: Workspace, dataset: Dataset) -> OutOfFold:
    """Read a set by its name.

    Raises:
        ModelError: There is none of that name that fits.
    """
    if not name or Path(name).name != name:
        raise ModelError(
            f"{name!r} is no name of out-of-fold predictions.",
            hint=_known(out_of_fold_folder(workspace)),
        )
    return load_out_of_fold(out_of_fold_folder(workspace) / f"{name}{SUFFIX}", dataset)


def newest_out_of_fold(folder: Path, dataset: Dataset) -> OutOfFold | None:
    """The set of a data set that was finished last; those that do not fit are passed over."""
    return next(sets_out_of_fold(folder, dataset), None)


def sets_out_of_fold(folder: Path, dataset: Dataset) -> Iterator[OutOfFold]:
    """The sets of a data set, the newest first; those that do not fit are passed over."""
    for path in _sets(folder):
        with suppress(ModelError):
            yield load_out_of_fold(path, dataset)


def _check(
    card: OutOfFoldCard, probabilities: NDArray[np.generic], fold_of: NDArray[np.generic]
) -> None:
    if probabilities.dtype != np.float32 or probabilities.ndim != 1:
        raise ValueError("its probabilities are of another form")
    if fold_of.dtype != np.int16 or fold_of.ndim != 1:
        raise ValueError("its folds are of another form")
    if not len(card.models) == len(card.thresholds) == len(card.labels):
        raise ValueError("its card does not tell of all folds")
    if len(fold_of) and not 0 <= int(fold_of.min()) <= int(fold_of.max()) <= card.folds:
        raise ValueError("it names a fold that is not there")


def _sets(folder: Path) -> list[Path]:
    """The files of sets, the newest first."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix == SUFFIX]
        return sorted(
            (path for path in paths if not path.name.startswith(".")),
            key=lambda path: (path.stat().st_mtime, path.name),
            reverse=True,
        )
    except OSError:
        return []


def _put_after(path: Path, earlier: Path) -> None:
    """See to it that a file counts as newer than one that was there, whatever the clock says."""
    with suppress(OSError):
        after = earlier.stat().st_mtime_ns + CLOCK_STEP_NS
        if path.stat().st_mtime_ns < after:
            os.utime(path, ns=(after, after))


def _known(folder: Path) -> str:
    names = ", ".join(path.stem for path in _sets(folder))
    return f"There are: {names}." if names else HINT
