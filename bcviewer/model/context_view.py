"""A model as it is shown in a view: its predictions, its threshold and its name say which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import ModelError
from bcviewer.model.card import ModelCard
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_training import check_split
from bcviewer.model.folder import ModelFolder
from bcviewer.model.way import PLAIN_WAY, Way

FIT_HINT = "Fit one with: bcviewer fit-context FOLDER --model MODEL"


def check_view(model: ModelFolder, view: View) -> None:
    """Look whether a model can be shown in a view.

    Raises:
        ModelError: It has no context, and no calibration, which are fitted together.
    """
    if view != PLAIN and model.context is None:
        raise ModelError(
            f"{model.card.name} has neither context nor calibration: none was fitted.",
            hint=_fit_hint(model.card),
        )


def _fit_hint(card: ModelCard) -> str:
    """How to fit a context to a model, or why that cannot be."""
    try:
        check_split(card)
    except ModelError as error:
        return str(error)
    return FIT_HINT


def threshold_in(model: ModelFolder, view: View) -> float:
    """The model's threshold in a view; that of single patches where it has no context."""
    if view == PLAIN or model.context is None:
        return model.card.threshold
    return model.context.threshold_of(view, single=model.card.threshold)


def probabilities_in(
    model: ModelFolder,
    dataset: Dataset,
    patient: str,
    *,
    probabilities: NDArray[np.float32],
    view: View,
) -> NDArray[np.float32]:
    """A patient's probabilities in a view; as they are where the model has no context.

    Args:
        model: The model.
        dataset: The data set.
        patient: The patient.
        probabilities: float32[n], what the network says; NaN where it says nothing.
        view: The view.
    """
    if view == PLAIN or model.context is None:
        return probabilities
    rows = dataset.rows(patient)
    return model.context.apply(probabilities, dataset.x[rows], dataset.y[rows], view=view)


def named_in(model: ModelFolder, view: View, *, way: Way = PLAIN_WAY) -> ModelFolder:
    """The model with the threshold of a view, and the view in its name: for files that tell both.

    Args:
        model: The model.
        view: The view; told also where it is the plain one.
        way: How it is asked.

    Raises:
        ModelError: It cannot be shown in this view.
    """
    check_view(model, view)
    return _renamed(model, (view.title, *way.words), threshold=threshold_in(model, view))


def named_by_way(model: ModelFolder, way: Way) -> ModelFolder:
    """The model with the way in its name: for files that tell of several views of it."""
    return _renamed(model, way.words, threshold=model.card.threshold) if way.words else model


def _renamed(model: ModelFolder, words: Sequence[str], *, threshold: float) -> ModelFolder:
    update = {"threshold": threshold, "name": f"{model.card.name} ({', '.join(words)})"}
    return replace(model, card=model.card.model_copy(update=update))
