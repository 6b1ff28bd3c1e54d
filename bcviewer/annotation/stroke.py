"""A stroke: one act of a reader, by which some patches get a label at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.labels import Label

Kind = Literal["label", "undo", "redo"]


class About(TypedDict, total=False):
    """In what circumstances a reader made a stroke; see ``LabelBook.apply``."""

    model: str
    blind: bool
    queue: str


@dataclass(frozen=True, eq=False)
class Stroke:
    """What one act changed on the screen.

    Attributes:
        rows: int64[k], rows of the data set, unique and ascending.
        old: int8[k], the label that held before; see ``Label``.
        new: int8[k], the label that holds now. After an undo or a redo it is the same as ``old``
            where another reader has spoken since: that stands.
        reason: "" or why, as in "import labels.csv".
        model: Fingerprint of the model on screen, "" for none.
        blind: Whether predictions were hidden.
        kind: What the act was.
        queue: The queue that the patches were offered by, "" for none.
        words: What was done, without "Undo" and "Redo".
    """

    rows: NDArray[np.int64]
    old: NDArray[np.int8]
    new: NDArray[np.int8]
    reason: str = ""
    model: str = ""
    blind: bool = False
    kind: Kind = "label"
    queue: str = ""
    words: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def title(self) -> str:
        """What was done, as in "IDC: 34 patches of 8975" or "Undo IDC: 34 patches of 8975"."""
        return self.words if self.kind == "label" else f"{self.kind.title()} {self.words}"

    @property
    def kept(self) -> int:
        """Patches whose label an undo or redo left alone, as someone has spoken since."""
        return 0 if self.kind == "label" else int((self.old == self.new).sum())


def words_for(labels: NDArray[np.int8], patients: Sequence[str], *, reason: str = "") -> str:
    """Say what a stroke does, as in "IDC: 34 patches of 8975".

    Args:
        labels: int8[k], what the patches get.
        patients: The patients they are of, each once.
        reason: Stands in for the label when there are several.
    """
    found = set(np.unique(labels).tolist())
    what = Label(found.pop()).title if len(found) == 1 else reason or "several labels"
    patches = "1 patch" if len(labels) == 1 else f"{len(labels):,} patches"
    whose = patients[0] if len(patients) == 1 else f"{len(patients)} patients"
    return f"{what}: {patches} of {whose}"


def check_said(rows: NDArray[np.int64], labels: NDArray[np.integer[Any]], count: int) -> None:
    """Refuse labels of patches that no caller means.

    Raises:
        ValueError: Rows that are not unique, ascending and of the data set, or other labels.
    """
    if len(rows) != len(labels) or bool((np.diff(rows) <= 0).any()):
        raise ValueError("expected unique ascending rows with a label each")
    if len(rows) and (rows[0] < 0 or rows[-1] >= count):
        raise ValueError(f"a row is not one of the data set's {count}")
    if len(labels) and (labels.min() < min(Label) or labels.max() > max(Label)):
        raise ValueError("a label is not one of Label")
