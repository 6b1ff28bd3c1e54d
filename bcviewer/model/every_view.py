"""A patient's probabilities in all views of a model at once, so that no file keeps only one map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import probabilities_in
from bcviewer.model.folder import ModelFolder

VIEWS: Final = (
    PLAIN,
    View(calibrated=True),
    View(context=True),
    View(context=True, calibrated=True),
)

Values = NDArray[np.float32]


def column_of(view: View) -> str:
    """What tables call a view.

    Not by "prob_", which programs that read WSInfer's tables take for another class.
    """
    seen = "context" if view.context else "single"
    return f"{seen}_{'calibrated' if view.calibrated else 'raw'}"


VIEW_COLUMNS: Final = tuple(column_of(view) for view in VIEWS)


def every_view(
    model: ModelFolder, dataset: Dataset, patient: str, *, probabilities: Values
) -> Mapping[View, Values]:
    """float32[n] in each view; a model without context has but one.

    Args:
        model: The model.
        dataset: The data set.
        patient: The patient.
        probabilities: float32[n], what the network says of single patches; NaN where nothing.
    """
    if model.context is None:
        return {PLAIN: probabilities}
    return {
        view: probabilities_in(model, dataset, patient, probabilities=probabilities, view=view)
        for view in VIEWS
    }
