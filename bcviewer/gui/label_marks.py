"""What the window shows of the labels of some patches: one small number a patch."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.labels import Label
from bcviewer.gui.words import tr


class Mark(IntEnum):
    """How a patch is marked."""

    NONE = 0
    """Nobody said anything: the original label holds."""
    NOT_IDC_CORRECTED = 1
    IDC_CORRECTED = 2
    NOT_IDC_CONFIRMED = 3
    IDC_CONFIRMED = 4
    UNSURE = 5
    EXCLUDED = 6

    @property
    def corrected(self) -> bool:
        """Whether the label contradicts the original."""
        return self in (Mark.NOT_IDC_CORRECTED, Mark.IDC_CORRECTED)

    @property
    def confirmed(self) -> bool:
        """Whether the label is the original, said again by a reader."""
        return self in (Mark.NOT_IDC_CONFIRMED, Mark.IDC_CONFIRMED)

    @property
    def title(self) -> str:
        """The mark in words, as in "IDC, corrected"."""
        words = tr(self.label.title)
        if self.corrected:
            words = tr("{label}, corrected", label=words)
        elif self.confirmed:
            words = tr("{label}, confirmed", label=words)
        return words[0].upper() + words[1:]

    @property
    def label(self) -> Label:
        """The label that the mark stands for."""
        return _LABELS[self]


CHANGED = 8
"""Added to a mark: the pixels are not those that were labelled."""

_LABELS = {
    Mark.NONE: Label.CLEARED,
    Mark.NOT_IDC_CORRECTED: Label.NOT_IDC,
    Mark.NOT_IDC_CONFIRMED: Label.NOT_IDC,
    Mark.IDC_CORRECTED: Label.IDC,
    Mark.IDC_CONFIRMED: Label.IDC,
    Mark.UNSURE: Label.UNSURE,
    Mark.EXCLUDED: Label.EXCLUDED,
}


def marks_of(
    labels: NDArray[np.int8],
    truth: NDArray[np.integer[Any]],
    *,
    changed: NDArray[np.bool_] | None = None,
) -> NDArray[np.int8]:
    """int8[n]: the ``Mark`` of each patch, with ``CHANGED`` added where its pixels changed.

    Args:
        labels: int8[n], what readers said: values of ``Label``.
        truth: int8[n], the original labels.
        changed: bool[n], where the pixels are not those that were labelled.
    """
    marks = np.zeros(len(labels), np.int8)
    said = (labels == Label.IDC) | (labels == Label.NOT_IDC)
    marks[said] = Mark.NOT_IDC_CORRECTED + labels[said]
    marks[said & (labels == truth)] += Mark.NOT_IDC_CONFIRMED - Mark.NOT_IDC_CORRECTED
    marks[labels == Label.UNSURE] = Mark.UNSURE
    marks[labels == Label.EXCLUDED] = Mark.EXCLUDED
    if changed is not None:
        marks[changed & (marks > 0)] += CHANGED
    return marks
