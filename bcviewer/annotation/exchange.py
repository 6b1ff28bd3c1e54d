"""Labels from outside: what a file offers, and what taking it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import LABELS_BY_TITLE, Label, LabelError
from bcviewer.annotation.places import LIMIT, Places
from bcviewer.annotation.state import LabelState
from bcviewer.annotation.stroke import Stroke
from bcviewer.counting import counted
from bcviewer.errors import StorageError
from bcviewer.storage import read_bounded

MAX_BYTES = 100_000_000
"""A table of all labels of the whole data set takes 30 MB."""

MOST_LABELS = 2_000_000
"""Labels that are taken of a file: seven of each patch of the whole data set."""

MOST_PROBLEMS = 1000
"""Problems that are kept in words; a file with more is not worth reading to the end of them."""

WORDS = {title.casefold(): label for title, label in LABELS_BY_TITLE.items()} | {
    "0": Label.NOT_IDC,
    "1": Label.IDC,
}


class Offer(NamedTuple):
    """A label that a file offers, and where in the file it stands."""

    patient: str
    x: int
    y: int
    label: Label
    line: int


class Problem(NamedTuple):
    """Something in a file that cannot be used; ``line`` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, eq=False)
class Offered:
    """What a file holds.

    Attributes:
        name: Of the file.
        offers: Its labels.
        problems: What in it cannot be used.
    """

    name: str
    offers: list[Offer]
    problems: list[Problem]


@dataclass(frozen=True, eq=False)
class ImportPreview:
    """What an import would do.

    Attributes:
        name: Of the file.
        rows: int64[k], patches that would get another label than they have; unique, ascending.
        labels: int8[k], these labels.
        same: Patches that have their label already.
        unknown: Places that the data set has not, by patient.
        contradictions: Patches that the file gives several labels; they are left alone.
        problems: What in the file cannot be used.
    """

    name: str
    rows: NDArray[np.int64]
    labels: NDArray[np.int8]
    same: int
    unknown: dict[str, int]
    contradictions: list[Problem]
    problems: list[Problem]

    @property
    def words(self) -> str:
        """The preview in one sentence."""
        same = "is" if self.same == 1 else "are"
        parts = [
            f"{counted(len(self.rows), 'label')} would change",
            f"{self.same:,} {same} so already",
        ]
        unknown = sum(self.unknown.values())
        if unknown:
            of = "is of a patch" if unknown == 1 else "are of patches"
            parts.append(f"{unknown:,} {of} that the data set has not")
        if self.contradictions:
            several = len(self.contradictions)
            have = "has" if several == 1 else "have"
            parts.append(f"{counted(several, 'patch')} {have} several labels")
        if self.problems:
            parts.append(f"{counted(len(self.problems), 'line')} cannot be used")
        return f"{self.name}: {', '.join(parts)}."


def preview(offered: Offered, state: LabelState) -> ImportPreview:
    """See what taking a file's labels would change."""
    offers, dataset = offered.offers, state.dataset
    places = Places(dataset)
    numbers = np.array([places.number(offer.patient) for offer in offers], np.int64)
    x, y, labels = (np.array([offer[at] for offer in offers], np.int64) for at in (1, 2, 3))
    rows = places.rows(numbers, x, y)
    known = rows >= 0
    unknown = Counter(offers[index].patient for index in np.flatnonzero(~known).tolist())
    found, first = np.unique(rows[known], return_index=True)
    label_of = np.full(len(dataset), -2, np.int8)
    label_of[found] = labels[known][first]
    torn = np.unique(rows[known][labels[known] != label_of[rows[known]]])
    clear = np.setdiff1d(found, torn, assume_unique=True)
    news = clear[label_of[clear] != state.labels[clear]]
    return ImportPreview(
        name=offered.name,
        rows=news,
        labels=label_of[news],
        same=len(clear) - len(news),
        unknown=dict(unknown),
        contradictions=_contradictions(offers, rows, torn),
        problems=offered.problems,
    )


def apply_import(book: LabelBook, seen: ImportPreview) -> Stroke | None:
    """Take what a preview showed, in one stroke that can be undone; None when nothing changes."""
    return book.apply(seen.rows, seen.labels, reason=f"import {seen.name}")


def read_file(path: Path, *, hint: str) -> bytes:
    """The bytes of a file that may be of any kind and size.

    Raises:
        LabelError: It cannot be read or is too large.
    """
    try:
        return read_bounded(path, most=MAX_BYTES)
    except StorageError as error:
        raise LabelError(error.message, hint=hint) from error


def check_count(path: Path, offers: list[Offer], *, hint: str) -> None:
    """Look whether a file offers no more labels than can be held.

    Raises:
        LabelError: It offers more.
    """
    if len(offers) > MOST_LABELS:
        raise LabelError(f"{path} has more than {MOST_LABELS:,} labels.", hint=hint)


def parse_label(text: str) -> Label | None:
    """The label that a word of a file means; None when it means none."""
    return WORDS.get(" ".join(text.split()).casefold())


def parse_coordinate(text: str) -> int | None:
    """A coordinate of a file, 1-based slide pixels; None when it is none."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        return None
    return int(digits) if int(digits) < LIMIT else None


def note(problems: list[Problem], line: int, text: str) -> None:
    """Add a problem, but for the thousands of a file that is something else."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(Problem(line, text))


def _contradictions(
    offers: list[Offer], rows: NDArray[np.int64], torn: NDArray[np.int64]
) -> list[Problem]:
    lines: dict[int, list[Offer]] = {int(row): [] for row in torn}
    for index in np.flatnonzero(np.isin(rows, torn)).tolist():
        lines[int(rows[index])].append(offers[index])
    return [Problem(of[0].line, _several(of)) for of in lines.values()]


def _several(offers: Iterable[Offer]) -> str:
    listed = list(offers)
    said = ", ".join(dict.fromkeys(f"{offer.label.title} (line {offer.line})" for offer in listed))
    return f"{listed[0].patient}, x {listed[0].x}, y {listed[0].y}: {said}"
