"""What files tell of a model: its threshold, its split, and what the patient was for it."""

from __future__ import annotations

import math
from typing import Final

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.model.folder import ROLE_UNKNOWN, ModelFolder
from bcviewer.slide.picture_words import ToldModel

MEANINGS: Final = {
    "TRAIN": "the model was trained on this patient, so this looks better than it is on others.",
    "VALIDATION": "the model's epoch and threshold were chosen on this patient.",
    "HELD OUT": "the model has never seen this patient.",
    "UNKNOWN": f"{ROLE_UNKNOWN}.",
}
"""What a picture is worth, by the role of its patient."""

_SAME: Final = 1e-6
"""Thresholds that differ by less are one, moved to the calibrated scale and back."""


def told_of(model: ModelFolder, patient: str, *, threshold: float) -> ToldModel:
    """What files tell of a model and a patient.

    Args:
        model: The model, with its view in its name.
        patient: The patient.
        threshold: From this probability on a patch is IDC in the files.
    """
    card, role = model.card, model.role_of(patient)
    return ToldModel(
        name=f"{card.name} ({model.fingerprint[:8]})",
        threshold=threshold,
        own_threshold=None if _is_own(threshold, model) else card.threshold,
        role=str(role),
        meaning=MEANINGS.get(role, ""),
        split=card.split.title,
        labels=_labels_words(model),
    )


def judged_words(labels: EffectiveLabels) -> str:
    """By which labels right and wrong predictions are told apart."""
    by = f"corrected labels {labels.fingerprint[:8]} ({labels.corrected:,} corrected)"
    original = "the labels that came with the data"
    return f"Right and wrong by {by if labels.fingerprint else original}."


def _is_own(threshold: float, model: ModelFolder) -> bool:
    """Whether a threshold is the model's own, and was not set by somebody."""
    return math.isclose(threshold, model.card.threshold, abs_tol=_SAME)


def _labels_words(model: ModelFolder) -> str:
    card = model.card
    if not card.split_known:
        return ""
    if not card.labels:
        return "the labels that came with the data"
    return f"corrected labels {card.labels[:8]} ({card.labels_corrected:,} corrected)"
