"""The name that a user gives to a run, kept in the run's folder."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

from bcviewer.errors import StorageError, unmarked
from bcviewer.storage import read_bounded

TITLE = "title.txt"
LONGEST_NAME = 80
UNFIT_FOR_NAMES = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories: controls, lone surrogates, separators of lines and paragraphs."""
MOST_BYTES = 4096


def read_title(run: Path) -> str:
    """The name that the user gave to the run of this folder; "" for none."""
    with suppress(StorageError):
        # Of plain files only: to read a pipe would wait for ever.
        lines = read_bounded(run / TITLE, most=MOST_BYTES).decode("utf-8", "replace").splitlines()
        title = next(iter(lines), "").strip()
        check_name(title)
        return unmarked(title)
    return ""


def check_name(name: str) -> None:
    """Check a name as it was typed.

    Raises:
        StorageError: It cannot be the name of a run.
    """
    if not name:
        raise StorageError("The name of a run cannot be empty.", hint="Type at least one letter.")
    if len(name) > LONGEST_NAME:
        raise StorageError(
            f"The name of a run can have {LONGEST_NAME} characters; this one has {len(name)}.",
            hint="Choose a shorter one.",
        )
    if any(unicodedata.category(letter) in UNFIT_FOR_NAMES for letter in name):
        raise StorageError(
            "The name of a run cannot hold control characters or line breaks.",
            hint="Leave them out.",
        )
