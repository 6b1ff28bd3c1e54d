"""What a model is worth on the patients chosen, in one view of its probabilities or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.evaluation.evaluation import Evaluation, evaluate
from bcviewer.evaluation.judged import Judged
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import check_view, named_by_way, probabilities_in, threshold_in
from bcviewer.model.folder import ModelFolder
from bcviewer.model.way import PLAIN_WAY, Way
from bcviewer.progress import Cancel, stop_if

SIDE_BY_SIDE = (View(calibrated=True), View(context=True, calibrated=True))
"""What is told beside the plain view of a model with a context."""


@dataclass(frozen=True, eq=False)
class ViewResult:
    """What a model is worth in a view.

    Attributes:
        view: Which of its probabilities.
        judged: The patches, with these probabilities.
        evaluation: The scores, at the threshold of this view.
    """

    view: View
    judged: Judged
    evaluation: Evaluation


@dataclass(frozen=True, eq=False)
class Results:
    """What a model is worth on the patients chosen.

    Attributes:
        model: The model; its name tells how it was asked.
        dataset: The data set.
        chosen: The patients and patches.
        labels: What it was judged by.
        views: Results a view; the first is the one that stands for the model.
        way: How the model was asked.
    """

    model: ModelFolder
    dataset: Dataset
    chosen: JudgedSet
    labels: EffectiveLabels
    views: tuple[ViewResult, ...]
    way: Way = PLAIN_WAY

    @property
    def shown(self) -> ViewResult:
        """The result that stands for the model."""
        return self.views[0]

    def as_json(self) -> dict[str, Any]:
        """The scores with what they were measured on, as ``bcviewer evaluate --json`` tells."""
        chosen, labels = self.chosen, self.labels
        return {
            "model_fingerprint": self.model.fingerprint,
            "split": chosen.split,
            "part": chosen.part,
            "optimistic": chosen.optimistic,
            "roles_unknown": chosen.roles_unknown,
            "patients_seen_in_training": list(chosen.seen),
            "averaged": self.way.averaged,
            "precision": self.way.precision.value,
            "view": self.shown.view.title,
            "labels": labels.fingerprint or "original",
            "labels_corrected": labels.corrected,
            "labels_left_out": labels.left_out,
            **self.shown.evaluation.as_json(),
            "views": {each.view.title: each.evaluation.as_json() for each in self.views[1:]},
        }


def views_of(model: ModelFolder, *, shown: View = PLAIN, beside: bool = True) -> tuple[View, ...]:
    """The views to judge a model in: the one that stands for it, then those beside it.

    Args:
        model: The model.
        shown: The view that stands for it.
        beside: Whether to tell the others that the model has.
    """
    others = (PLAIN, *SIDE_BY_SIDE) if beside and model.context is not None else ()
    return (shown, *(view for view in others if view != shown))


def judge(
    model: ModelFolder,
    dataset: Dataset,
    chosen: JudgedSet,
    *,
    labels: EffectiveLabels,
    probabilities: NDArray[np.float32],
    views: Sequence[View] = (PLAIN,),
    threshold: float | None = None,
    way: Way = PLAIN_WAY,
    cancelled: Cancel | None = None,
) -> Results:
    """Score a model's predictions.

    Args:
        model: The model.
        dataset: The data set.
        chosen: Whom to judge it on.
        labels: What to judge by.
        probabilities: float32[N], what the network says of each patch; NaN where nothing.
        views: What to show of that; the first stands for the model.
        threshold: Of the first view; None for the model's own. Other views have the model's own.
        way: How the model was asked for the probabilities.
        cancelled: Asked between views.

    Raises:
        DataError: No patch has a prediction.
        ModelError: The model has no such view.
        Cancelled: The user asked to stop.
    """
    results = []
    for number, view in enumerate(views):
        stop_if(cancelled)
        check_view(model, view)
        at = threshold if threshold is not None and number == 0 else threshold_in(model, view)
        shown = _shown(model, dataset, chosen, probabilities=probabilities, view=view)
        judged = Judged.of(dataset, chosen.rows, labels=labels.labels, probabilities=shown)
        found = evaluate(judged.labels, judged.probabilities, judged.patients, threshold=at)
        results.append(ViewResult(view, judged, found))
    named = named_by_way(model, way)
    return Results(named, dataset, chosen, labels, tuple(results), way)


def _shown(
    model: ModelFolder,
    dataset: Dataset,
    chosen: JudgedSet,
    *,
    probabilities: NDArray[np.float32],
    view: View,
) -> NDArray[np.float32]:
    """float32[N]: the probabilities of the patients chosen, in a view."""
    if view == PLAIN:
        return probabilities
    shown = np.full_like(probabilities, np.nan)
    for patient in chosen.patients:
        place = dataset.rows(patient)
        shown[place] = probabilities_in(
            model, dataset, patient, probabilities=probabilities[place], view=view
        )
    return shown
