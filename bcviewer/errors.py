"""The errors a user may see: each says what happened, what was expected and what to do."""

from __future__ import annotations

import re

TAG = re.compile(r"<(?=[A-Za-z/!?])")
LONGEST_WORDS = 900
"""Words quote files, whose names and values may be of any length; what is in the middle is cut."""


class BcviewerError(Exception):
    """An error with words for the user, that can be shown whatever they quote.

    Attributes:
        message: What happened and what was expected.
        hint: What to do about it; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = showable(message)
        self.hint = showable(hint)
        super().__init__(self.message, self.hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def unmarked(words: str) -> str:
    """Words in which nothing is markup: in a name it would be drawn, and its pictures loaded."""
    return TAG.sub("‹", words)


def showable(words: str) -> str:
    """Words without markup, or what would steer a terminal; and not too many of them."""
    words = unmarked(words)
    if len(words) > LONGEST_WORDS:
        half = LONGEST_WORDS // 2
        words = f"{words[:half]} … {words[-half:]}"
    if words.isprintable():
        return words
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)


class DataError(BcviewerError):
    """The data folder or one of its patches cannot be used."""


class SplitError(BcviewerError):
    """A split cannot be made, read or used with this data set."""


class ModelError(BcviewerError):
    """A model folder or its start weights cannot be used."""


class JobError(BcviewerError):
    """The settings of a training are not valid."""


class TrainingError(BcviewerError):
    """A training ended before its time."""


class StorageError(BcviewerError):
    """A file of the program's own could not be written or read."""


class DisplayError(BcviewerError):
    """The window cannot be shown on this machine as it is set up."""


class Cancelled(Exception):  # noqa: N818  (not an error: the user asked for it)
    """Raised by long work that was asked to stop."""
