"""What the window says of queues: what one yielded, why one is empty, and what fills it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.queues import Queue, QueueYield
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr

NO_DATA = marked(
    "Open a folder of patients: then the patches that are most worth a look stand here."
)
NO_LABELS = marked("The labels are being opened…")
NO_MODEL = marked("This queue is sorted by a model: load one first (Model › Load model).")
NO_PREDICTIONS = marked("Predict all patients first: this queue is sorted by that.")
NO_PREDICTION = marked(
    "Predict this patient first (Model › Predict this patient), or choose all patients."
)
BLIND = marked(
    "You read blind, and this queue would tell what the model predicts: use the random control or "
    "the one at odds with neighbours, or show the predictions of a patient you have done."
)
SORTING = marked("Sorting…")
DONE = {
    Queue.LEAST_CERTAIN: marked("You have answered every patch that has a prediction."),
    Queue.LABEL_DOUBTFUL: (
        marked(
            "No label is contradicted by the model here, among the patients that it did not train "
            "on."
        )
    ),
    Queue.AGAINST_NEIGHBOURS: marked("No label here is at odds with most of its neighbours."),
    Queue.RANDOM_CONTROL: marked("You have answered every patch."),
}


NONE_BY_FOLDS = marked(
    "No label here is contradicted by a network that did not train on its patient."
)


def judge_words(out_of_fold: str, *, by_folds: bool) -> str:
    """Who contradicts the labels; "" where only the model in use can.

    Args:
        out_of_fold: The out-of-fold predictions at hand, in words; "" for none.
        by_folds: Whether the queue is sorted by them.
    """
    if not out_of_fold:
        return ""
    if by_folds:
        return tr("Judged by {out_of_fold}; thresholds at 0.50.", out_of_fold=out_of_fold)
    return tr("Judged by the model in use, on patients that it did not train on.")


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
        return tr(NO_DATA)
    if session.labels is None:
        return tr(NO_LABELS)
    if not queue.needs_model:
        return tr(DONE[queue])
    if by_folds:
        return tr(BLIND) if session.blindness.on else tr(NONE_BY_FOLDS)
    if session.model is None:
        return tr(NO_MODEL)
    rows = slice(None)
    if this_patient and session.patient is not None:
        rows = session.dataset.rows(session.patient)
    if _none(session.predictions[rows]):
        return tr(NO_PREDICTION) if this_patient else tr(NO_PREDICTIONS)
    if _none(session.visible_predictions()[rows]):
        return tr(BLIND)
    return tr(DONE[queue])


def yield_words(queue: str, yields: Sequence[QueueYield]) -> str:
    """What came of a queue, as in "12 corrections of 80 looked at: 15 per 100"."""
    found = _of(queue, yields)
    if found is None:
        return tr("Nothing of it is looked at yet.")
    corrections = (
        tr("1 correction")
        if found.corrected == 1
        else tr("{count:,} corrections", count=found.corrected)
    )
    return tr(
        "{corrections} of {looked_at:,} looked at: {per_hundred:.0f} per 100",
        corrections=corrections,
        looked_at=found.looked_at,
        per_hundred=found.per_hundred,
    )


def chance_words(queue: str, yields: Sequence[QueueYield]) -> str:
    """What comes by chance, to judge a queue by; "" for the random control itself."""
    if queue == Queue.RANDOM_CONTROL:
        return ""
    found = _of(Queue.RANDOM_CONTROL, yields)
    if found is None and _of(queue, yields) is None:
        return ""
    if found is None:
        return tr("By chance: look at some of the random control to compare.")
    return tr(
        "By chance: {per_hundred:.0f} per 100 ({count:,} of {looked_at:,})",
        per_hundred=found.per_hundred,
        count=found.corrected,
        looked_at=found.looked_at,
    )


def _of(queue: str, yields: Sequence[QueueYield]) -> QueueYield | None:
    return next((each for each in yields if each.queue == queue and each.looked_at), None)


def _none(values: NDArray[np.float32]) -> bool:
    return not bool(np.isfinite(values).any())
