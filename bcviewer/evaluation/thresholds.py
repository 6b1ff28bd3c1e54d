"""Proposals for the threshold, with words for the window and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.model.thresholds import (
    BALANCED,
    F1,
    GIVEN_SENSITIVITY,
    SENSITIVITY,
    proposed_for,
)


@dataclass(frozen=True)
class Proposal:
    """A threshold that may be chosen.

    Attributes:
        name: As the model card names it.
        title: For people.
        threshold: 0 to 1.
    """

    name: str
    title: str
    threshold: float


def proposals(operating: OperatingPoints, sensitivity: float = SENSITIVITY) -> tuple[Proposal, ...]:
    """The thresholds that these predictions propose; fewer where a class is missing.

    Args:
        operating: The predictions. Those of validation patients: chosen on the patches that are
            judged by it, a threshold looks better than it is.
        sensitivity: What the last one is to reach.
    """
    return proposals_of(proposed_for(operating.ranking, sensitivity=sensitivity), sensitivity)


def proposals_of(
    thresholds: Mapping[str, float], sensitivity: float = SENSITIVITY
) -> tuple[Proposal, ...]:
    """The proposals that a model card keeps.

    Args:
        thresholds: By name, as ``ModelCard.thresholds``; other names are left out.
        sensitivity: What the last one reaches.
    """
    titles = {
        BALANCED: "Best balanced accuracy",
        F1: "Best F1",
        GIVEN_SENSITIVITY: f"Sensitivity {100 * sensitivity:.0f} %",
    }
    return tuple(
        Proposal(name, title, thresholds[name])
        for name, title in titles.items()
        if name in thresholds
    )
