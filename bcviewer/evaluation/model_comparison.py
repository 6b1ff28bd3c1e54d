"""Predicting patients with two models, or one in two views, and comparing what they say."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import StorageError
from bcviewer.evaluation.comparison import Compared, compare, same_patches
from bcviewer.evaluation.contenders import Contender, names_of
from bcviewer.evaluation.cost import TIMED_PATCHES, Cost, parameters_of, speeds
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.model.context import PLAIN
from bcviewer.model.context_view import check_view, probabilities_in
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.prediction import Predicts, predict_patients
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.progress import Cancel, Progress, stop_if


@dataclass(frozen=True, eq=False)
class ModelComparison:
    """Two models on the same patches, with what they cost.

    Attributes:
        dataset: The data set.
        contenders: The first and the second.
        names: What they are called, so that they can be told apart.
        chosen: The patients and patches, as they are to each of the two.
        labels: What they were judged by.
        compared: Scores, differences and disagreements.
        costs: Of each.
    """

    dataset: Dataset
    contenders: tuple[Contender, Contender]
    names: tuple[str, str]
    chosen: tuple[JudgedSet, JudgedSet]
    labels: EffectiveLabels
    compared: Compared
    costs: tuple[Cost, Cost]

    @property
    def optimistic(self) -> bool:
        """Whether scores of one of them may be better here than on new patients."""
        return any(each.optimistic for each in self.chosen)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What makes scores optimistic, a sentence each."""
        told = [
            f"{name}: {each.warning}"
            for name, each in zip(self.names, self.chosen, strict=True)
            if each.warning
        ]
        seen = [set(each.seen) for each in self.chosen]
        if seen[0] != seen[1]:
            told.append("Not fair: one has seen patients that the other has not.")
        return tuple(told)

    def as_json(self) -> dict[str, Any]:
        """All numbers, with what they were measured on."""
        return {
            "split": self.chosen[0].split,
            "part": self.chosen[0].part,
            "optimistic": self.optimistic,
            "warnings": list(self.warnings),
            "labels": self.labels.fingerprint or "original",
            "labels_corrected": self.labels.corrected,
            "labels_left_out": self.labels.left_out,
            "models": [self._of_one(place) for place in range(2)],
            **self.compared.as_json(),
        }

    def _of_one(self, place: int) -> dict[str, Any]:
        contender, cost = self.contenders[place], self.costs[place]
        chosen = self.chosen[place]
        return {
            "name": self.names[place],
            "model": str(contender.model.path),
            "model_fingerprint": contender.model.fingerprint,
            "view": contender.view.title,
            "averaged": contender.averaged,
            "patients_seen_in_training": list(chosen.seen),
            "roles_unknown": chosen.roles_unknown,
            "parameters": cost.parameters,
            "patches_per_second": cost.patches_per_second,
            **self.compared.evaluations[place].as_json(),
        }


def compare_models(
    dataset: Dataset,
    store: PixelStore,
    contenders: tuple[Contender, Contender],
    chosen: tuple[JudgedSet, JudgedSet],
    *,
    labels: EffectiveLabels,
    kept: tuple[PredictionStore, PredictionStore] | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> ModelComparison:
    """Predict the patients with both models where that was not done yet, and compare.

    Args:
        dataset: The data set.
        store: Its pixels.
        contenders: The two.
        chosen: The patients and patches, of ``fair_patients`` or ``part_of_split``.
        labels: What to judge by.
        kept: Where predictions of each model are kept; None to keep none.
        progress: Told the patches done, of both models, and their number.
        cancelled: Asked between batches.

    Raises:
        DataError: No patch has a prediction by both.
        ModelError: A model has no such view.
        Cancelled: The user asked to stop.
    """
    for each in contenders:
        check_view(each.model, each.view)
    predictors = _predictors(contenders)
    found, seconds = [], []
    total = 2 * sum(_size(dataset, patient) for patient in chosen[0].patients)
    for place, contender in enumerate(contenders):
        plain = _probabilities(
            dataset,
            store,
            predictors[place],
            chosen[0].patients,
            kept=None if kept is None else kept[place],
            progress=_after(progress, place * total // 2, total),
            cancelled=cancelled,
        )
        begin = time.perf_counter()
        found.append(_in_view(contender, dataset, chosen[0].patients, plain))
        seconds.append(time.perf_counter() - begin)
    judged = same_patches(
        dataset, chosen[0].rows, labels.labels, probabilities=(found[0], found[1])
    )
    costs = _costs(
        store,
        contenders,
        predictors,
        rows=judged[0].rows,
        view_seconds=[each / max(1, total // 2) for each in seconds],
        cancelled=cancelled,
    )
    compared = compare(
        *judged,
        thresholds=(contenders[0].threshold, contenders[1].threshold),
        cancelled=cancelled,
    )
    return ModelComparison(
        dataset, contenders, names_of(contenders), chosen, labels, compared, costs
    )


def _predictors(contenders: tuple[Contender, Contender]) -> tuple[Predicts, Predicts]:
    """One predictor serves both where the model is the same."""
    first = _predictor(contenders[0])
    keys = [(each.model.fingerprint, each.averaged) for each in contenders]
    return first, first if keys[0] == keys[1] else _predictor(contenders[1])


def _predictor(contender: Contender) -> Predicts:
    single = Predictor(contender.model)
    return AveragedPredictor(single) if contender.averaged else single


def _probabilities(
    dataset: Dataset,
    store: PixelStore,
    predictor: Predicts,
    patients: tuple[str, ...],
    *,
    kept: PredictionStore | None,
    progress: Progress | None,
    cancelled: Cancel | None,
) -> NDArray[np.float32]:
    """float32[N]: what the network says of the patients; NaN of the others."""
    found = np.full(len(dataset), np.nan, np.float32)
    missing = []
    for patient in patients:
        stop_if(cancelled)
        known = None
        if kept is not None:
            signature = store.signature(patient)
            known = kept.load(patient, _size(dataset, patient), signature=signature)
        if known is None:
            missing.append(patient)
        else:
            found[dataset.rows(patient)] = known
    before = sum(_size(dataset, patient) for patient in patients if patient not in set(missing))
    told = None if progress is None else _shifted(progress, before)
    for done in predict_patients(
        dataset, store, predictor, missing, progress=told, cancelled=cancelled
    ):
        found[dataset.rows(done.patient)] = done.probabilities
        if kept is not None:
            with suppress(StorageError):  # a full disk: they are made again next time
                kept.save(done.patient, done.probabilities, signature=done.signature)
        store.release(done.patient)
    return found


def _in_view(
    contender: Contender,
    dataset: Dataset,
    patients: tuple[str, ...],
    plain: NDArray[np.float32],
) -> NDArray[np.float32]:
    if contender.view == PLAIN:
        return plain
    shown = np.full_like(plain, np.nan)
    for patient in patients:
        rows = dataset.rows(patient)
        shown[rows] = probabilities_in(
            contender.model, dataset, patient, probabilities=plain[rows], view=contender.view
        )
    return shown


def _costs(
    store: PixelStore,
    contenders: tuple[Contender, Contender],
    predictors: tuple[Predicts, Predicts],
    *,
    rows: NDArray[np.int64],
    view_seconds: list[float],
    cancelled: Cancel | None,
) -> tuple[Cost, Cost]:
    """Parameters and speed; what a view costs a patch comes on top of the network."""
    pixels = store.gather(rows[:TIMED_PATCHES])
    alone = predictors[:1] if predictors[0] is predictors[1] else predictors
    networks = speeds(alone, pixels, cancelled=cancelled)
    networks = [networks[0], networks[-1]]
    one, other = (
        Cost(parameters_of(each.model), 1 / (1 / speed + seconds))
        for each, speed, seconds in zip(contenders, networks, view_seconds, strict=True)
    )
    return one, other


def _size(dataset: Dataset, patient: str) -> int:
    rows = dataset.rows(patient)
    return int(rows.stop - rows.start)


def _shifted(progress: Progress, before: int) -> Progress:
    def told(done: int, total: int) -> None:
        progress(before + done, before + total)

    return told


def _after(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None

    def told(done: int, _: int) -> None:
        progress(before + done, total)

    return told
