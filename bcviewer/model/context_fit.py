"""Fitting the context of a model, on patients that its network was not fitted to.

Two numbers are learned, how far neighbours reach and how strongly they pull, and then the line that
calibrates the result. A pull towards defaults decides where there are few patients or few
neighbours. What the card says of it comes from a cross-validation over patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import ModelError
from bcviewer.model.bootstrap import AREAS, DECISIONS, ERRORS, Interval, intervals
from bcviewer.model.calibration import (
    Calibration,
    calibration_error,
    fit_calibration,
    logit,
    sigmoid,
)
from bcviewer.model.context import ContextCard, ContextScores, ViewScores
from bcviewer.model.context_loss import BOUNDS, START, ContextLoss, Heard, smoothing_at
from bcviewer.model.context_smoothing import Cells, Smoothing
from bcviewer.model.descent import lowest
from bcviewer.model.ranking import Ranking
from bcviewer.model.scores import scores
from bcviewer.progress import Cancel

FEWEST_PATIENTS = 3
FOLDS = 10


NEARLY = 0.02
"""Thresholds whose balanced accuracy is at most half of this below the best are as good."""


@dataclass(frozen=True, eq=False)
class JudgedPatient:
    """A patient that the network was not fitted to.

    Attributes:
        labels: int[n], 1 for IDC, 0 for not IDC.
        probabilities: float[n], what the network says; none NaN.
        cells: Where the patches lie.
    """

    labels: NDArray[np.integer]
    probabilities: NDArray[np.floating]
    cells: Cells


@dataclass(frozen=True, eq=False)
class _Fitted:
    place: NDArray[np.float64]
    smoothing: Smoothing
    single: Calibration
    context: Calibration
    thresholds: tuple[float, float]


def judged_patients(
    dataset: Dataset,
    rows: NDArray[np.int64],
    probabilities: NDArray[np.floating],
    labels: NDArray[np.integer],
) -> list[JudgedPatient]:
    """Sort predictions by patient; patches without a label or a prediction are left out.

    Args:
        dataset: The data set.
        rows: int64[n], ascending.
        probabilities: float[n], of these rows.
        labels: int[n], of these rows; -1 for none.
    """
    usable = np.isfinite(probabilities) & (labels >= 0)
    rows, probabilities, labels = rows[usable], probabilities[usable], labels[usable]
    numbers = dataset.patient_index[rows]
    found = []
    for number in np.unique(numbers):
        here = numbers == number
        cells = Cells.of(dataset.x[rows[here]], dataset.y[rows[here]])
        found.append(JudgedPatient(labels[here], probabilities[here], cells))
    return found


def can_fit(patients: Sequence[JudgedPatient] | Sequence[Heard]) -> bool:
    """Whether there are patients enough, and patches of both classes."""
    if len(patients) < FEWEST_PATIENTS:
        return False
    labels = np.concatenate([patient.labels for patient in patients])
    return bool((labels == 1).any() and (labels == 0).any())


def fit_context(
    patients: Sequence[JudgedPatient], *, graph: str, cancelled: Cancel | None = None
) -> ContextCard:
    """Fit the context of a model and judge it.

    Args:
        patients: Patients that the network was not fitted to.
        graph: Fingerprint of the model.
        cancelled: Asked at each step.

    Raises:
        Cancelled: The user asked to stop.
        ModelError: There are too few patients, or patches of one class only.
    """
    if not can_fit(patients):
        raise ModelError(
            f"A context is fitted to at least {FEWEST_PATIENTS} patients that the network did not "
            f"learn from, with patches of both classes; there are {len(patients)}.",
            hint="Open the data with the model's validation patients.",
        )
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    heard = [Heard(each.labels, each.probabilities, each.cells) for each in patients]
    # The products are small: threads of the linear algebra would only wait for each other.
    with threadpool_limits(1, user_api="blas"):
        fitted = _fit(heard, begin=START, cancelled=cancelled)
        judged = _cross_validate(heard, begin=fitted.place, cancelled=cancelled)
    return ContextCard(
        bcviewer=__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        graph=graph,
        reach=fitted.smoothing.reach,
        pull=fitted.smoothing.pull,
        sweeps=fitted.smoothing.sweeps,
        threshold=fitted.thresholds[1],
        single=fitted.single,
        context=fitted.context,
        validation=judged,
    )


def _fit(
    patients: Sequence[Heard], *, begin: NDArray[np.float64], cancelled: Cancel | None
) -> _Fitted:
    loss = ContextLoss(patients, cancelled=cancelled)
    best = lowest(loss.at, loss.bend, begin, bounds=BOUNDS)
    labels, number = loss.labels, loss.number
    single, context = np.concatenate([patient.logits for patient in patients]), loss.flowed(best)
    line = Calibration(slope=float(np.exp(best[0])), offset=float(best[1]))
    return _Fitted(
        place=best,
        smoothing=smoothing_at(best),
        single=fit_calibration(labels, single, number),
        context=fit_calibration(labels, context, number, otherwise=line),
        thresholds=(
            steady_threshold(labels, sigmoid(single)),
            steady_threshold(labels, sigmoid(context)),
        ),
    )


def steady_threshold(labels: NDArray[np.integer], probabilities: NDArray[np.floating]) -> float:
    """The middle one of the thresholds with nearly the best balanced accuracy.

    The very best one moves far with each patient, since a smooth map has long stretches of
    thresholds that are alike.

    Args:
        labels: int[n], 1 for IDC; both classes are there.
        probabilities: float[n], none NaN.
    """
    ranking = Ranking.of(np.asarray(labels) == 1, probabilities)
    gain = ranking.hits / ranking.idc - ranking.alarms / ranking.other
    # No patch is IDC at a threshold above all: no better than chance.
    gain, thresholds = np.append(0.0, gain), np.append(np.inf, ranking.values)
    return float(np.clip(np.median(thresholds[gain >= gain.max() - NEARLY]), 0.0, 1.0))


def _cross_validate(
    patients: Sequence[Heard], *, begin: NDArray[np.float64], cancelled: Cancel | None
) -> ContextScores:
    """Judge each patient by what was fitted to the others.

    The search begins at the result for all patients, which only saves time: it ends at the best
    place for those that it is given.
    """
    folds = min(FOLDS, len(patients))
    fold_of = np.random.default_rng(0).permutation(len(patients)) % folds
    judged = [np.empty((0, 0))] * len(patients)
    for fold in range(folds):
        others = [patient for place, patient in enumerate(patients) if fold_of[place] != fold]
        able = can_fit(others)
        fitted = _fit(others, begin=begin, cancelled=cancelled) if able else _unfitted()
        for place in np.flatnonzero(fold_of == fold).tolist():
            judged[place] = _columns(patients[place], fitted)
    labels = np.concatenate([patient.labels for patient in patients])
    number = np.repeat(np.arange(len(patients)), [len(patient.labels) for patient in patients])
    table = np.concatenate(judged)
    return ContextScores(
        patients=len(patients),
        patches=len(labels),
        folds=folds,
        single=_scores(labels, table[:, :3], number),
        context=_scores(labels, table[:, 3:], number),
    )


def _unfitted() -> _Fitted:
    return _Fitted(START, smoothing_at(START), Calibration(), Calibration(), (0.5, 0.5))


def _columns(patient: Heard, fitted: _Fitted) -> NDArray[np.float64]:
    """float64[n, 6]: raw, calibrated, and logits over the threshold; single and with context."""
    columns = []
    views = (
        (patient.logits, fitted.single, fitted.thresholds[0]),
        (patient.flowed(fitted.smoothing), fitted.context, fitted.thresholds[1]),
    )
    for logits, line, threshold in views:
        over = logits - logit(np.array([threshold]))
        columns += [sigmoid(logits), line.of_logits(logits), sigmoid(over)]
    return np.stack(columns, axis=1).astype(np.float64)


def _scores(
    labels: NDArray[np.integer], table: NDArray[np.float64], patients: NDArray[np.integer]
) -> ViewScores:
    """Scores of raw, calibrated and over-the-threshold probabilities, float64[n, 3].

    Each fold has a threshold of its own, so decisions are judged on the third column at 0.5; the
    areas are those of the raw probabilities, the errors those of the calibrated ones.
    """
    raw, calibrated, decided = table.T
    found: dict[str, float] = {}
    spans: dict[str, Interval] = {}
    for values, names in ((raw, AREAS), (calibrated, ERRORS), (decided, DECISIONS)):
        of_values = scores(labels, values)
        found |= {name: of_values[name] for name in names}
        spans |= intervals(labels, values, patients, threshold=0.5, names=names)
    return ViewScores(
        scores=found,
        intervals=spans,
        calibration_error=(calibration_error(labels, raw), calibration_error(labels, calibrated)),
    )
