"""What the window says of queues: what one yielded, why one is empty, and what fills it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.queues import Queue, QueueYield
from bcviewer.gui.session import Session

NO_DATA = "Open a folder of patients: then the patches that are most worth a look stand here."
NO_LABELS = "The labels are being opened…"
NO_MODEL = "This queue is sorted by a model: load one first (Model › Load model)."
NO_PREDICTIONS = "Predict all patients first: this queue is sorted by that."
NO_PREDICTION = "Predict this patient first (Model › Predict this patient), or choose all patients."
BLIND = (
    "You read blind, and this queue would tell what the model predicts: use the random control or "
    "the one at odds with neighbours, or show the predictions of a patient you have done."
)
SORTING = "Sorting…"
DONE = {
    Queue.LEAST_CERTAIN: "You have answered every patch that has a prediction.",
    Queue.LABEL_DOUBTFUL: (
        "No label is contradicted by the model here, among the patients that it did not train on."
    ),
    Queue.AGAINST_NEIGHBOURS: "No label here is at odds with most of its neighbours.",
    Queue.RANDOM_CONTROL: "You have answered every patch.",
}


NONE_BY_FOLDS = "No label here is contradicted by a network that did not train on its patient."


def judge_words(out_of_fold: str, *, by_folds: bool) -> str:
    """Who contradicts the labels; "" where only the model in use can.

    Args:
        out_of_fold: The out-of-fold predictions at hand, in words; "" for none.
        by_folds: Whether the queue is sorted by them.
    """
    if not out_of_fold:
        return ""
    if by_folds:
        return f"Judged by {out_of_fold}; thresholds at 0.50."
    return "Judged by the model in use, on patients that it did not train on."


def empty_words(
    session: Session, queue: Queue, *, this_patient: bool, by_folds: bool = False
) -> str:
    """Why a queue has no patches, and what to do.

    Args:
        session: What is open.
        queue: The queue.
        this_patient: Whether it is of the patient on screen alone.
        by_folds: Whether it is sorted by out-of-fold predictions, which need no model.
    """
    if session.dataset is None:
        return NO_DATA
    if session.labels is None:
        return NO_LABELS
    if not queue.needs_model:
        return DONE[queue]
    if by_folds:
        return BLIND if session.blindness.on else NONE_BY_FOLDS
    if session.model is None:
        return NO_MODEL
    rows = slice(None)
    if this_patient and session.patient is not None:
        rows = session.dataset.rows(session.patient)
    if _none(session.predictions[rows]):
        return NO_PREDICTION if this_patient else NO_PREDICTIONS
    if _none(session.visible_predictions()[rows]):
        return BLIND
    return DONE[queue]


def yield_words(queue: str, yields: Sequence[QueueYield]) -> str:
    """What came of a queue, as in "12 corrections of 80 looked at: 15 per 100"."""
    found = _of(queue, yields)
    if found is None:
        return "Nothing of it is looked at yet."
    corrections = "1 correction" if found.corrected == 1 else f"{found.corrected:,} corrections"
    return f"{corrections} of {found.looked_at:,} looked at: {found.per_hundred:.0f} per 100"


def chance_words(queue: str, yields: Sequence[QueueYield]) -> str:
    """What comes by chance, to judge a queue by; "" for the random control itself."""
    if queue == Queue.RANDOM_CONTROL:
        return ""
    found = _of(Queue.RANDOM_CONTROL, yields)
    if found is None and _of(queue, yields) is None:
        return ""
    if found is None:
        return "By chance: look at some of the random control to compare."
    return (
        f"By chance: {found.per_hundred:.0f} per 100 ({found.corrected:,} of {found.looked_at:,})"
    )


def _of(queue: str, yields: Sequence[QueueYield]) -> QueueYield | None:
    return next((each for each in yields if each.queue == queue and each.looked_at), None)


def _none(values: NDArray[np.float32]) -> bool:
    return not bool(np.isfinite(values).any())
