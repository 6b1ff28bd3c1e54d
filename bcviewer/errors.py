"""The errors a user may see: each says what happened, what was expected and what to do."""

from __future__ import annotations


class BcviewerError(Exception):
    """An error with words for the user.

    Attributes:
        message: What happened and what was expected.
        hint: What to do about it; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


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
