"""The labels as they are: what readers said, and what to train and judge with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.labels import Label
from bcviewer.annotation.places import Elsewhere
from bcviewer.dataset.dataset import Dataset

ENTRY = np.dtype(
    [
        ("row", "i4"),
        ("old", "i1"),
        ("label", "i1"),
        ("reader", "i2"),
        ("queue", "i2"),
        ("blind", "?"),
    ]
)
"""What a stroke says of a patch: row of the data set (-2 and below: a place that it has not, see
``LabelState.elsewhere``), label that held before, label, index of the reader, index of the queue
that offered the patch, whether predictions were hidden."""


class MissingLabel(NamedTuple):
    """A label whose patch is not in the data set any more; it is kept in the log."""

    patient: str
    x: int
    y: int
    label: Label
    reader: str


@dataclass(frozen=True, eq=False)
class LabelState:
    """The fold of the label log over a data set; never changes.

    Attributes:
        dataset: The data set, with the original labels.
        labels: int8[N], the ``Label`` of each row: the latest entry of any reader, -1 where nobody
            says anything.
        reader_of: int16[N], index of the reader who said it, -1 where nobody did.
        readers: Names.
        entries: ENTRY[e], all entries in the order of the log.
        standing: bool[e], those that are not undone.
        queues: Names of queues; number 0 is "", for none.
        elsewhere: Places of entries that the data set has not; number k is row -2 - k.
    """

    dataset: Dataset
    labels: NDArray[np.int8]
    reader_of: NDArray[np.int16]
    readers: tuple[str, ...] = ()
    entries: NDArray[np.void] = field(default_factory=lambda: np.empty(0, ENTRY), repr=False)
    standing: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_), repr=False)
    queues: tuple[str, ...] = ("",)
    elsewhere: Elsewhere = field(default_factory=Elsewhere, repr=False)

    @cached_property
    def corrected(self) -> NDArray[np.bool_]:
        """bool[N]: IDC or not IDC, and not as in the original."""
        return self._said(self.labels != self.dataset.labels)

    @cached_property
    def confirmed(self) -> NDArray[np.bool_]:
        """bool[N]: IDC or not IDC, as in the original."""
        return self._said(self.labels == self.dataset.labels)

    def _said(self, where: NDArray[np.bool_]) -> NDArray[np.bool_]:
        said: NDArray[np.bool_] = (self.labels >= Label.NOT_IDC) & (self.labels <= Label.IDC)
        return said & where

    def effective(self) -> NDArray[np.int8]:
        """int8[N]: 0 or 1, to train and judge with; -1 for unsure and excluded: left out."""
        return effective_labels(self.labels, self.dataset.labels)

    def of_reader(self, reader: str) -> NDArray[np.int8]:
        """int8[N]: what one reader says now, whatever others said since; -1 where nothing."""
        return self._answers(reader, self.standing)

    def blind_of_reader(self, reader: str) -> NDArray[np.int8]:
        """int8[N]: a reader's first answer while predictions were hidden; -1 where there is none.

        Answers that were undone, as slips of the hand are, do not count.
        """
        return self._answers(reader, self.standing & self.entries["blind"], first=True)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the effective labels that differ from the original; "" when none does."""
        return labels_fingerprint(self.dataset, self.effective())

    @cached_property
    def missing(self) -> tuple[MissingLabel, ...]:
        """Labels whose patches are not in the data set; nothing of them is lost."""
        latest: dict[int, tuple[int, int]] = {}
        lost = np.flatnonzero(self.standing & (self.entries["row"] < -1))
        for row, label, reader in self.entries[["row", "label", "reader"]][lost].tolist():
            latest[-2 - row] = (label, reader)
        return tuple(
            MissingLabel(*self.elsewhere[place], Label(label), self.readers[reader])
            for place, (label, reader) in sorted(latest.items())
            if label >= 0
        )

    def _answers(
        self, reader: str, chosen: NDArray[np.bool_], *, first: bool = False
    ) -> NDArray[np.int8]:
        answers = np.full(len(self.dataset), -1, np.int8)
        if reader not in self.readers:
            return answers
        of_reader = self.entries["reader"] == self.readers.index(reader)
        found = self.entries[chosen & of_reader & (self.entries["row"] >= 0)]
        if first:
            found = found[::-1]
        answers[found["row"]] = found["label"]  # of equal rows the last one stays
        return answers


def original_state(dataset: Dataset) -> LabelState:
    """The state before anybody said anything."""
    count = len(dataset)
    return LabelState(dataset, np.full(count, -1, np.int8), np.full(count, -1, np.int16))


def effective_labels(labels: NDArray[np.int8], original: NDArray[np.int8]) -> NDArray[np.int8]:
    """int8[N]: what to train and judge with; -1 for unsure and excluded: left out.

    Args:
        labels: int8[N], what readers say; see ``Label``.
        original: int8[N], 0 or 1.
    """
    return np.where(labels > 1, -1, np.where(labels < 0, original, labels)).astype(np.int8)


def labels_fingerprint(dataset: Dataset, effective: NDArray[np.int8]) -> str:
    """A digest of the labels that differ from the original; "" when none does.

    The same for the same patients, places and labels, however they came about.

    Args:
        dataset: The data set.
        effective: int8[N], 0, 1, or -1 for what is left out.
    """
    rows = np.flatnonzero(effective != dataset.labels)
    if not len(rows):
        return ""
    digest = hashlib.sha256()
    numbers = dataset.patient_index[rows]
    for number in np.unique(numbers):
        here = rows[numbers == number]
        here = here[np.lexsort((dataset.x[here], dataset.y[here]))]
        name = dataset.patients[number].encode("utf-8", "surrogateescape")
        digest.update(b"%d %d " % (len(name), len(here)) + name)
        for array in (dataset.x[here], dataset.y[here], effective[here]):
            digest.update(array.astype("<i4").tobytes())
    return digest.hexdigest()
