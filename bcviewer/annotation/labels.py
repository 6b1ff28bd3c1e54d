"""What a reader says of a patch."""

from __future__ import annotations

from enum import IntEnum

from bcviewer.errors import BcviewerError


class LabelError(BcviewerError):
    """Labels, or a file of labels, cannot be used as they are."""


class Label(IntEnum):
    """What a reader says of a patch; as int8 in arrays."""

    CLEARED = -1
    """Nothing is said (any more): the original holds."""
    NOT_IDC = 0
    IDC = 1
    UNSURE = 2
    EXCLUDED = 3

    @property
    def title(self) -> str:
        """The label in words: "not IDC", "IDC", "unsure", "excluded", or "original"."""
        return TITLES[self]


TITLES = {
    Label.CLEARED: "original",
    Label.NOT_IDC: "not IDC",
    Label.IDC: "IDC",
    Label.UNSURE: "unsure",
    Label.EXCLUDED: "excluded",
}

LABELS_BY_TITLE = {title: label for label, title in TITLES.items()}
"""The way back: the label that a file means by its words."""
