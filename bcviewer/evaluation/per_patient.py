"""How good predictions are patient by patient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.evaluation.judged import Judged
from bcviewer.model.scores import rates


@dataclass(frozen=True, eq=False)
class PatientTable:
    """A row for each patient that was judged, in the order of the data set.

    Attributes:
        names: Ids; m of them.
        patches: int64[m].
        idc_share_true: float64[m], share of the patches that are labelled IDC.
        idc_share_predicted: float64[m], share that is predicted IDC.
        balanced_accuracy: float64[m], NaN where a class is missing.
        accuracy: float64[m].
        auc: float64[m], NaN where a class is missing.
        f1: float64[m], NaN where IDC is neither there nor predicted.
        tp: int64[m], true positives.
        fp: int64[m], false positives.
        fn: int64[m], false negatives.
        tn: int64[m], true negatives.
    """

    names: tuple[str, ...]
    patches: NDArray[np.int64]
    idc_share_true: NDArray[np.float64]
    idc_share_predicted: NDArray[np.float64]
    balanced_accuracy: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    auc: NDArray[np.float64]
    f1: NDArray[np.float64]
    tp: NDArray[np.int64]
    fp: NDArray[np.int64]
    fn: NDArray[np.int64]
    tn: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def worst_first(self) -> NDArray[np.int64]:
        """int64[m]: places, the worst first.

        By balanced accuracy, or by accuracy where a patient has one class only.
        """
        merit = np.where(np.isnan(self.balanced_accuracy), self.accuracy, self.balanced_accuracy)
        return np.argsort(merit, kind="stable")


class ShareAgreement(NamedTuple):
    """How the predicted share of IDC of a patient agrees with the true one.

    Attributes:
        correlation: Pearson's, over patients; NaN with fewer than two, or where a share is the
            same in all.
        mean_absolute_error: 0 to 1, over patients.
    """

    correlation: float
    mean_absolute_error: float


class PatientTables:
    """Makes the table at any threshold; what does not depend on it is reckoned once.

    Args:
        judged: What is judged.
    """

    def __init__(self, judged: Judged) -> None:
        numbers, self._number = np.unique(judged.patients, return_inverse=True)
        self._names = tuple(judged.names[number] for number in numbers.tolist())
        self._truth = judged.labels == 1
        self._given = judged.probabilities
        self._patches = np.bincount(self._number, minlength=len(numbers))
        self._idc = np.bincount(self._number[self._truth], minlength=len(numbers))

    def at(self, threshold: float) -> PatientTable:
        """The table at a threshold."""
        above = self._given >= float(threshold)
        count = len(self._names)
        predicted = np.bincount(self._number[above], minlength=count)
        tp = np.bincount(self._number[above & self._truth], minlength=count)
        fp, fn = predicted - tp, self._idc - tp
        tn = self._patches - self._idc - fp
        found = rates(tp, fp, fn, tn)
        return PatientTable(
            names=self._names,
            patches=self._patches,
            idc_share_true=self._idc / self._patches,
            idc_share_predicted=predicted / self._patches,
            balanced_accuracy=found["balanced_accuracy"],
            accuracy=found["accuracy"],
            auc=self._auc,
            f1=found["f1"],
            tp=tp,
            fp=fp,
            fn=fn,
            tn=tn,
        )

    @cached_property
    def _auc(self) -> NDArray[np.float64]:
        """float64[m]: the Mann-Whitney statistic of each patient, from one sort of all."""
        order = np.lexsort((self._given, self._number))
        number, given = self._number[order], self._given[order]
        fresh = np.append(True, (number[1:] != number[:-1]) | (given[1:] != given[:-1]))
        tie = np.cumsum(fresh) - 1
        sizes = np.bincount(tie)
        last = np.cumsum(sizes)
        middle = last - (sizes - 1) / 2  # ranks from 1, the mean of those that are equal
        starts = np.cumsum(self._patches) - self._patches
        rank = middle[tie] - starts[number]
        idc, other = self._idc, self._patches - self._idc
        total = np.bincount(number, rank * self._truth[order], len(idc))
        with np.errstate(invalid="ignore"):
            areas: NDArray[np.float64] = (total - idc * (idc + 1) / 2) / (idc * other)
        return areas


def table_per_patient(judged: Judged, threshold: float) -> PatientTable:
    """The table of one threshold; `PatientTables` is faster where the threshold moves.

    Args:
        judged: What is judged.
        threshold: From this probability on a patch is predicted IDC.
    """
    return PatientTables(judged).at(threshold)


def share_agreement(table: PatientTable) -> ShareAgreement:
    """How well the share of IDC of a patient is predicted."""
    true, said = table.idc_share_true, table.idc_share_predicted
    error = float(np.abs(said - true).mean()) if len(table) else float("nan")
    if len(table) < 2 or not true.std() or not said.std():
        return ShareAgreement(float("nan"), error)
    return ShareAgreement(float(np.corrcoef(true, said)[0, 1]), error)
