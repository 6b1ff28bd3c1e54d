"""The report on a model: all that was measured, gathered once for the page and for the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.evaluation.operating import Curve, OperatingPoint, OperatingPoints
from bcviewer.evaluation.per_patient import (
    PatientTable,
    ShareAgreement,
    share_agreement,
    table_per_patient,
)
from bcviewer.evaluation.reliability import Histogram, Reliability, histogram, reliability
from bcviewer.evaluation.report_leaks import leaks_of
from bcviewer.evaluation.report_pictures import PatientMap, map_of
from bcviewer.evaluation.results import Results, ViewResult
from bcviewer.evaluation.thresholds import Proposal, proposals
from bcviewer.progress import Cancel, Progress, stop_if

MAPS: Final = 3
"""So many of the worst patients are shown, and of the best."""


@dataclass(frozen=True, eq=False)
class ViewDetail:
    """What there is to tell of a view beside its scores.

    Attributes:
        result: The scores.
        point: Confusion matrix and rates at the threshold.
        proposals: Thresholds that these very patches propose, with what they would make of them.
        auc: Area under the ROC curve; NaN where a class is missing.
        average_precision: NaN without IDC.
        roc: The ROC curve.
        precision_recall: Precision over sensitivity.
        reliability: What was said, and what was true.
        histogram: Probabilities by class.
        patients: A row a patient.
        agreement: Share of IDC a patient, predicted against true.
    """

    result: ViewResult
    point: OperatingPoint
    proposals: tuple[tuple[Proposal, OperatingPoint], ...]
    auc: float
    average_precision: float
    roc: Curve
    precision_recall: Curve
    reliability: Reliability
    histogram: Histogram
    patients: PatientTable
    agreement: ShareAgreement

    @classmethod
    def of(cls, result: ViewResult) -> ViewDetail:
        """Measure it."""
        judged, threshold = result.judged, result.evaluation.threshold
        operating = OperatingPoints(judged)
        table = table_per_patient(judged, threshold)
        return cls(
            result=result,
            point=operating.point(threshold),
            proposals=tuple(
                (each, operating.point(each.threshold)) for each in proposals(operating)
            ),
            auc=operating.auc,
            average_precision=operating.average_precision,
            roc=operating.roc(),
            precision_recall=operating.precision_recall(),
            reliability=reliability(judged.labels, judged.probabilities),
            histogram=histogram(judged),
            patients=table,
            agreement=share_agreement(table),
        )


@dataclass(frozen=True, eq=False)
class Report:
    """All that is told of a model on the patients chosen.

    Attributes:
        results: The scores, and what they were measured on.
        details: A view each, as in ``results``.
        made: When, in UTC.
        program: What made it.
        worst: Maps of the patients that the model does worst on, the worst first.
        best: Maps of those that it does best on, the best first.
        leaks: What the parts of the split share, in sentences.
    """

    results: Results
    details: tuple[ViewDetail, ...]
    made: datetime
    program: str
    worst: tuple[PatientMap, ...] = ()
    best: tuple[PatientMap, ...] = ()
    leaks: tuple[str, ...] = ()

    @property
    def shown(self) -> ViewDetail:
        """The view that stands for the model."""
        return self.details[0]


def make_report(
    results: Results,
    pixels: PixelStore,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Report:
    """Gather the report.

    Args:
        results: The scores.
        pixels: Of the data set, for the maps.
        progress: Told the steps done and their number.
        cancelled: Asked between steps.

    Raises:
        DataError: A patient's pictures cannot be read.
        Cancelled: The user asked to stop.
    """
    details = []
    for each in results.views:
        stop_if(cancelled)
        details.append(ViewDetail.of(each))
    worst, best = _extremes(details[0].patients)
    total, made = len(worst) + len(best), []
    for done, patient in enumerate((*worst, *best)):
        stop_if(cancelled)
        if progress is not None:
            progress(done, total)
        made.append(map_of(patient, results, pixels))
    if progress is not None:
        progress(total, total)
    return Report(
        results=results,
        details=tuple(details),
        made=datetime.now(UTC).replace(microsecond=0),
        program=f"bcviewer {__version__}",
        worst=tuple(made[: len(worst)]),
        best=tuple(made[len(worst) :]),
        leaks=leaks_of(results),
    )


def _extremes(table: PatientTable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patients whose maps are shown: the worst first, and the best first; nobody twice.

    Of patients with both classes, as long as there are any: one who has no IDC, or nothing else,
    is right or wrong all at once.
    """
    order = table.worst_first
    both: NDArray[np.bool_] = np.isfinite(table.balanced_accuracy)[order]
    order = order[both] if both.any() else order
    count = min(MAPS, len(order) // 2) or len(order)
    worst = order[:count]
    best = order[count:][::-1][:MAPS]
    return (
        tuple(table.names[place] for place in worst),
        tuple(table.names[place] for place in best),
    )
