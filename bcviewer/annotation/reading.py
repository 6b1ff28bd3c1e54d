"""Reading the labels of a workspace without changing anything, as trainings and commands do."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.collecting import no_collecting
from bcviewer.annotation.ledger import Ledger
from bcviewer.annotation.log import open_if_there
from bcviewer.annotation.state import labels_fingerprint
from bcviewer.annotation.stroke import check_said
from bcviewer.archives import archive
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.storage import write_bytes

MOST_BYTES_A_PATCH = 10
"""Of the labels that a run keeps, unpacked: eight for a row and one for its label."""


@dataclass(frozen=True, eq=False)
class EffectiveLabels:
    """What to train and judge with.

    Attributes:
        labels: int8[N], 0 or 1; -1 for what is left out: unsure or excluded.
        fingerprint: Of the labels that differ from the original; "" when none does.
        corrected: Labels that differ from the original.
        left_out: Patches without a label.
    """

    labels: NDArray[np.int8]
    fingerprint: str
    corrected: int
    left_out: int

    @classmethod
    def of(cls, dataset: Dataset, labels: NDArray[np.int8]) -> EffectiveLabels:
        """Count and name effective labels."""
        left_out = labels < 0
        return cls(
            labels,
            labels_fingerprint(dataset, labels),
            int(((labels != dataset.labels) & ~left_out).sum()),
            int(left_out.sum()),
        )


def read_ledger(path: Path, dataset: Dataset, *, salvage: bool = False) -> Ledger:
    """Read a label log; without a log there are no labels.

    Args:
        path: The log.
        dataset: The data set.
        salvage: Of a damaged log take what is whole.

    Raises:
        StorageError: The log is damaged or cannot be read.
    """
    ledger = Ledger(dataset)
    log = open_if_there(path, check=not salvage)
    if log is not None:
        try:
            with no_collecting():
                ledger.fold_in(log.since(0, salvage=salvage))
        finally:
            log.close()
    return ledger


def read_effective_labels(
    workspace: Workspace, dataset: Dataset, *, kept: Path | None = None
) -> EffectiveLabels:
    """The labels to train and judge with, as readers left them in a workspace.

    Args:
        workspace: The workspace.
        dataset: The data set.
        kept: Labels that were kept in a file; they are read in place of the workspace's.

    Raises:
        StorageError: The label log or the file is damaged or cannot be read.
    """
    if kept is not None:
        if not kept.is_file():
            raise StorageError(
                f"The file of corrected labels {kept} is not there.",
                hint="Copy it along with the job file, or save the job anew.",
            )
        return load_snapshot(kept, dataset)
    state = read_ledger(workspace.labels_path, dataset).state
    return EffectiveLabels.of(dataset, state.effective())


def save_snapshot(labels: EffectiveLabels, dataset: Dataset, path: Path) -> None:
    """Keep the labels that differ from the original, by place.

    Raises:
        StorageError: The file cannot be written.
    """
    rows = np.flatnonzero(labels.labels != dataset.labels)
    content = io.BytesIO()
    np.savez_compressed(
        content,
        allow_pickle=False,
        data=np.array(dataset.fingerprint),
        rows=rows,
        labels=labels.labels[rows],
    )
    write_bytes(path, content.getvalue())


def load_snapshot(path: Path, dataset: Dataset) -> EffectiveLabels:
    """The labels that were kept; the original ones where there is no file.

    Raises:
        StorageError: The file is damaged, or of another data set.
    """
    labels = dataset.labels.copy()
    if not path.exists():
        return EffectiveLabels.of(dataset, labels)
    try:
        with archive(path, most=MOST_BYTES_A_PATCH * len(dataset), packed=True) as kept:
            if str(kept["data"]) != dataset.fingerprint:
                raise ValueError("they are of another data set")
            rows, said = kept["rows"], kept["labels"]
        check_said(rows, said, len(dataset))
        if (said > 1).any():
            raise ValueError("they are none to learn from")
        labels[rows] = said
    except Exception as error:  # np.load raises whatever a damaged file makes it raise
        raise StorageError(
            f"The labels kept in {path} cannot be used: {error}.",
            hint="Start a new run, or save the job anew.",
        ) from error
    return EffectiveLabels.of(dataset, labels)
