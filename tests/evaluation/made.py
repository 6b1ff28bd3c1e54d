"""Predictions made of chance, for the tests of the scores."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from bcviewer.evaluation.judged import Judged

Drawn = tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.int16]]
Predictions = tuple[NDArray[np.int8], NDArray[np.float32]]

NAMES = ("p00", "p01", "p02", "p03", "p04")


def drawn(patients: int = 20, patches: int = 100, *, seed: int = 0, share: float = 0.3) -> Drawn:
    """Labels, probabilities that know something of them, and patients that differ."""
    generator = np.random.default_rng(seed)
    owner = np.repeat(np.arange(patients, dtype=np.int16), patches)
    labels = (generator.random(len(owner)) < share).astype(np.int8)
    shift = generator.normal(0, 1.0, patients)[owner]
    logits = 2.5 * labels - 1.2 + shift + generator.normal(0, 1, len(owner))
    return labels, (1 / (1 + np.exp(-logits))).astype(np.float32), owner


def predictions(*, both: bool = False, smallest: int = 1) -> st.SearchStrategy[Predictions]:
    """Labels and probabilities, many of them equal; with ``both``, patches of both classes."""
    values = st.one_of(
        st.integers(0, 10).map(_tenth),
        st.floats(0, 1, width=32),
    )

    def of_length(count: int) -> st.SearchStrategy[Predictions]:
        return st.tuples(
            arrays.arrays(np.int8, count, elements=st.integers(0, 1)),
            arrays.arrays(np.float32, count, elements=values),
        )

    found = st.integers(max(smallest, 1 + both), 60).flatmap(of_length)
    return found.filter(_both_classes) if both else found


def judged_of(
    labels: NDArray[np.int8],
    probabilities: NDArray[np.float32],
    patients: NDArray[np.integer] | None = None,
) -> Judged:
    """What is judged, of patients p00 to p04; the rows are 100, 101 ..."""
    owner = np.arange(len(labels)) % len(NAMES) if patients is None else patients
    return Judged(
        rows=np.arange(100, 100 + len(labels), dtype=np.int64),
        labels=labels,
        probabilities=probabilities,
        patients=owner.astype(np.int32),
        names=NAMES,
    )


def _tenth(number: int) -> float:
    return float(np.float32(number / 10))


def _both_classes(made: Predictions) -> bool:
    return bool(made[0].any() and not made[0].all())
