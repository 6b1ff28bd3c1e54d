"""What became of the patches on screen: their predictions against the labels that hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.state import effective_labels
from bcviewer.gui.session import Session
from bcviewer.slide.errors import outcomes


def slide_outcomes(session: Session) -> NDArray[np.int8] | None:
    """int8[n]: the ``Outcome`` of each patch of the slide on screen; None without a prediction.

    For the probabilities, the model and the threshold on screen, and the effective labels. A patch
    whose prediction is hidden from the reader has none.
    """
    values, original = session.slide_predictions(), session.slide_labels()
    if values is None or original is None or session.dataset is None or session.slide is None:
        return None
    labels = original
    if session.labels is not None:
        rows = session.dataset.rows(session.slide.patient)
        labels = effective_labels(session.labels.labels[rows], original)
    return outcomes(labels, values, session.layers.threshold)
