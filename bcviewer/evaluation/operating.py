"""What each threshold makes of predictions: confusion matrix, scores and curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.evaluation.judged import Judged
from bcviewer.model.ranking import Ranking
from bcviewer.model.scores import rates


class Confusion(NamedTuple):
    """Counts of patches: true and false positives, false and true negatives."""

    tp: int
    fp: int
    fn: int
    tn: int


@dataclass(frozen=True)
class OperatingPoint:
    """The scores at a threshold; NaN where one is not defined."""

    threshold: float
    confusion: Confusion
    sensitivity: float
    specificity: float
    precision: float
    balanced_accuracy: float
    f1: float
    accuracy: float


@dataclass(frozen=True, eq=False)
class Curve:
    """Points of a curve from the highest threshold to the lowest.

    Attributes:
        x: float64[k]; of the ROC curve 1 - specificity, of the other sensitivity.
        y: float64[k]; of the ROC curve sensitivity, of the other precision.
        thresholds: float64[k]; infinite where no patch is predicted IDC.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    thresholds: NDArray[np.float64]


class OperatingPoints:
    """Sorts what is judged once; then a threshold is looked up in O(log n).

    Args:
        judged: What is judged.

    Attributes:
        ranking: The patches, sorted.
        auc: Area under the ROC curve; NaN unless both classes are there.
        average_precision: NaN without IDC.
    """

    def __init__(self, judged: Judged) -> None:
        self.ranking = Ranking.of(judged.labels == 1, judged.probabilities)
        self.auc = self.ranking.auc
        self.average_precision = self.ranking.average_precision

    def confusion(self, threshold: float) -> Confusion:
        """Count what the threshold makes of the patches."""
        hits, alarms = self.ranking.above(threshold)
        return Confusion(hits, alarms, self.ranking.idc - hits, self.ranking.other - alarms)

    def point(self, threshold: float) -> OperatingPoint:
        """Score what the threshold makes of the patches."""
        confusion = self.confusion(threshold)
        found = {name: float(value) for name, value in rates(*confusion).items()}
        return OperatingPoint(threshold=threshold, confusion=confusion, **found)

    def roc(self, points: int = 512) -> Curve:
        """The ROC curve from (0, 0) to (1, 1); empty unless both classes are there.

        Args:
            points: Draw about so many; more would not be seen.
        """
        ranking = self.ranking
        if not ranking.idc or not ranking.other:
            return _nothing()
        places = self._places(points)
        return Curve(
            x=np.append(0.0, ranking.alarms[places] / ranking.other),
            y=np.append(0.0, ranking.hits[places] / ranking.idc),
            thresholds=np.append(np.inf, ranking.values[places].astype(np.float64)),
        )

    def precision_recall(self, points: int = 512) -> Curve:
        """Precision over sensitivity; empty without IDC.

        Args:
            points: Draw about so many; more would not be seen.
        """
        ranking = self.ranking
        if not ranking.idc:
            return _nothing()
        places = self._places(points)
        hits, alarms = ranking.hits[places], ranking.alarms[places]
        return Curve(
            x=hits / ranking.idc,
            y=hits / (hits + alarms),
            thresholds=ranking.values[places].astype(np.float64),
        )

    def _places(self, points: int) -> NDArray[np.int64]:
        """int64[k]: values of the ranking in even steps along both axes of the ROC curve."""
        ranking = self.ranking
        way = ranking.hits / max(ranking.idc, 1) + ranking.alarms / max(ranking.other, 1)
        wanted = np.linspace(way[0], way[-1], max(points, 2))
        return np.unique(np.minimum(np.searchsorted(way, wanted), len(way) - 1))


def _nothing() -> Curve:
    return Curve(np.empty(0), np.empty(0), np.empty(0))
