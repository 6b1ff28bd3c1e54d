"""Readers: the people who label, by name."""

from __future__ import annotations

import getpass

from bcviewer.annotation.labels import LabelError

MAX_LENGTH = 80
UNNAMED = "reader"


def clean_name(name: str) -> str:
    """A reader's name without spaces around and within that say nothing.

    Raises:
        LabelError: It is empty, too long, or cannot be written.
    """
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > MAX_LENGTH or not cleaned.isprintable():
        raise LabelError(
            f"A reader needs a name of 1 to {MAX_LENGTH} letters.", hint="Give another name."
        )
    return cleaned


def default_reader() -> str:
    """The name of the user of this machine; "reader" where there is none."""
    try:
        return clean_name(getpass.getuser())
    except (LabelError, OSError, KeyError, ImportError):
        return UNNAMED
