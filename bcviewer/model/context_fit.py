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
from bcviewer.model.bootstrap import intervals
from bcviewer.model.calibration import (
    Calibration,
    calibration_error,
    fit_calibration,
    logit,
    patient_weights,
    sigmoid,
)
from bcviewer.model.context import ContextCard, ContextScores, ViewScores
from bcviewer.model.context_smoothing import Cells, Smoothing, smooth
from bcviewer.model.scores import scores

SWEEPS = 8
"""On six complete slides 6, 8 and 12 sweeps were alike, and better than 1 or 3."""

DEFAULT_REACH, DEFAULT_PULL = 1.6, 0.8
FEWEST_PATIENTS = 3
FOLDS = 10

AREAS = ("auc", "average_precision")
ERRORS = ("loss", "brier", "calibration_error")

NEARLY = 0.02
"""Thresholds whose balanced accuracy is at most half of this below the best are as good."""

_START = np.array([0.0, 0.0, np.log(DEFAULT_REACH), np.log(DEFAULT_PULL)])
_BOUNDS = [(-2.0, 2.0), (-6.0, 6.0), (np.log(0.4), np.log(2.5)), (np.log(1e-3), np.log(20.0))]
_STRENGTHS = np.array([0.04, 0.04, 4.0, 4.0])
"""Of the pull towards the defaults, shared by the patients: 20 of them leave it next to nothing for
the line; reach and pull follow only what many patients say."""

_ALONE = 0.25
"""Weight of a patch without neighbours, where one with eight has 8.25: how neighbours speak is
learned from those who have some. Where all weighed alike, patients of few scattered patches, who
need a stronger pull, had complete slides smoothed too much (decision 8)."""


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


def can_fit(patients: Sequence[JudgedPatient]) -> bool:
    """Whether there are patients enough, and patches of both classes."""
    if len(patients) < FEWEST_PATIENTS:
        return False
    labels = np.concatenate([patient.labels for patient in patients])
    return bool((labels == 1).any() and (labels == 0).any())


def fit_context(patients: Sequence[JudgedPatient], *, graph: str) -> ContextCard:
    """Fit the context of a model and judge it.

    Args:
        patients: Patients that the network was not fitted to.
        graph: Fingerprint of the model.

    Raises:
        ModelError: There are too few patients, or patches of one class only.
    """
    if not can_fit(patients):
        raise ModelError(
            f"A context is fitted to at least {FEWEST_PATIENTS} patients that the network did not "
            f"learn from, with patches of both classes; there are {len(patients)}.",
            hint="Open the data with the model's validation patients.",
        )
    fitted = _fit(patients, begin=_START)
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
        validation=_cross_validate(patients, begin=fitted.place),
    )


def _fit(patients: Sequence[JudgedPatient], *, begin: NDArray[np.float64]) -> _Fitted:
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    labels = np.concatenate([patient.labels for patient in patients])
    number = np.repeat(np.arange(len(patients)), [len(patient.labels) for patient in patients])
    raw = [logit(patient.probabilities) for patient in patients]
    heard = np.concatenate([patient.cells.neighbours() for patient in patients]) + _ALONE
    weights = patient_weights(number) * heard
    weights /= weights.mean()
    signs = np.where(labels == 1, -1.0, 1.0)

    def refined(place: NDArray[np.float64]) -> NDArray[np.float64]:
        how = Smoothing(float(np.exp(place[2])), float(np.exp(place[3])), SWEEPS)
        pairs = zip(raw, patients, strict=True)
        return np.concatenate([smooth(own, patient.cells, how) for own, patient in pairs])

    def loss(place: NDArray[np.float64]) -> float:
        values = np.exp(place[0]) * refined(place) + place[1]
        far = (_STRENGTHS * (place - _START) ** 2).sum() / len(patients)
        return float((weights * np.logaddexp(0.0, signs * values)).mean() + far)

    best = np.asarray(minimize(loss, begin, method="L-BFGS-B", bounds=_BOUNDS, tol=1e-6).x)
    single, context = np.concatenate(raw), refined(best)
    line = Calibration(slope=float(np.exp(best[0])), offset=float(best[1]))
    return _Fitted(
        place=best,
        smoothing=Smoothing(float(np.exp(best[2])), float(np.exp(best[3])), SWEEPS),
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
    from sklearn import metrics

    false_rate, true_rate, thresholds = metrics.roc_curve(
        np.asarray(labels) == 1, probabilities, drop_intermediate=False
    )
    gain = true_rate - false_rate
    return float(np.clip(np.median(thresholds[gain >= gain.max() - NEARLY]), 0.0, 1.0))


def _cross_validate(
    patients: Sequence[JudgedPatient], *, begin: NDArray[np.float64]
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
        fitted = _fit(others, begin=begin) if can_fit(others) else _unfitted()
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
    how = Smoothing(DEFAULT_REACH, DEFAULT_PULL, SWEEPS)
    return _Fitted(_START, how, Calibration(), Calibration(), (0.5, 0.5))


def _columns(patient: JudgedPatient, fitted: _Fitted) -> NDArray[np.float64]:
    """float64[n, 6]: raw, calibrated, and logits over the threshold; single and with context."""
    own = logit(patient.probabilities)
    columns = []
    views = (
        (own, fitted.single, fitted.thresholds[0]),
        (smooth(own, patient.cells, fitted.smoothing), fitted.context, fitted.thresholds[1]),
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
    found, spans = scores(labels, decided), intervals(labels, decided, patients, threshold=0.5)
    for names, values in ((AREAS, raw), (ERRORS, calibrated)):
        of_values = scores(labels, values)
        over_patients = intervals(labels, values, patients, threshold=0.5)
        for name in names:
            found[name], spans[name] = of_values[name], over_patients[name]
    return ViewScores(
        scores=found,
        intervals=spans,
        calibration_error=(calibration_error(labels, raw), calibration_error(labels, calibrated)),
    )
