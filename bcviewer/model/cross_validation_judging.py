"""Judging each patient by the network of its fold, and keeping what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.cross_validation import PLACES, CrossValidation, folds_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.folds import NO_FOLD
from bcviewer.model.out_of_fold import (
    OutOfFold,
    OutOfFoldCard,
    out_of_fold_folder,
    save_out_of_fold,
)
from bcviewer.model.prediction import Predicts, predict_patients
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.progress import Cancel, Progress, stop_if

Engine = Callable[[ModelFolder], Predicts]


def judge_out_of_fold(
    cross: CrossValidation,
    dataset: Dataset,
    workspace: Workspace,
    *,
    engine: Engine,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> OutOfFold:
    """Predict each patient by the network of its fold, and keep the set in the workspace.

    What is predicted is kept patient by patient, so that a second try goes on where the first
    was stopped.

    Args:
        cross: A cross-validation whose folds are done.
        dataset: Its data set.
        workspace: Where predictions are kept.
        engine: Opens a network to predict with.
        progress: Told the patches predicted and their number.
        cancelled: Asked between batches.

    Raises:
        JobError: The data set has changed.
        ModelError: A fold's model cannot be used, or knows a patient that it would judge.
        StorageError: The set cannot be written.
        Cancelled: The user asked to stop.
    """
    folds = folds_of(cross, dataset)
    fixed = [
        name for name, fold in zip(dataset.patients, folds.fold_of, strict=True) if fold == NO_FOLD
    ]
    models = [ModelFolder.open(cross.run(fold).model_path) for fold in cross.numbers]
    judging = _Judging(dataset, workspace, engine, cancelled)
    total = len(dataset) + (len(models) - 1) * len(dataset.rows_of(fixed))
    found = np.full(len(dataset), np.nan, np.float32)
    together = np.zeros(len(dataset))
    done = 0
    for fold, model in zip(cross.numbers, models, strict=True):
        patients = [*folds.patients(fold), *fixed]
        _check_unknown(model, patients)

        def tell(now: int, _all: int, before: int = done) -> None:
            if progress is not None:
                progress(before + now, total)

        said = judging.predict(model, patients, progress=tell)
        mine = dataset.rows_of(folds.patients(fold))
        found[mine] = said[mine]
        together += logit(said)
        done += len(dataset.rows_of(patients))
    shared = dataset.rows_of(fixed)
    found[shared] = sigmoid(together[shared] / len(models))
    result = OutOfFold(_card(cross, models), dataset, found, folds.fold_of)
    save_out_of_fold(result, out_of_fold_folder(workspace))
    return result


class _Judging:
    """Predicts patients, those of whom nothing is kept."""

    def __init__(
        self, dataset: Dataset, workspace: Workspace, engine: Engine, cancelled: Cancel | None
    ) -> None:
        self._dataset = dataset
        self._workspace = workspace
        self._pixels = PixelStore(workspace.pixels_folder, dataset)
        self._engine = engine
        self._cancelled = cancelled

    def predict(
        self, model: ModelFolder, patients: Sequence[str], *, progress: Progress
    ) -> NDArray[np.float32]:
        """float32[N] of a network, NaN for the rows of all others."""
        dataset = self._dataset
        store = PredictionStore(self._workspace.predictions_folder, model.fingerprint)
        found = np.full(len(dataset), np.nan, np.float32)
        missing = []
        for patient in patients:
            stop_if(self._cancelled)
            rows = dataset.rows(patient)
            signature = self._pixels.signature(patient)
            kept = store.load(patient, rows.stop - rows.start, signature=signature)
            if kept is None:
                missing.append(patient)
            else:
                found[rows] = kept
        if missing:
            predicted = predict_patients(
                dataset,
                self._pixels,
                self._engine(model),
                missing,
                progress=progress,
                cancelled=self._cancelled,
            )
            for done in predicted:
                found[dataset.rows(done.patient)] = done.probabilities
                store.save(done.patient, done.probabilities, signature=done.signature)
                self._pixels.release(done.patient)
        return found


def _check_unknown(model: ModelFolder, patients: Sequence[str]) -> None:
    known = [patient for patient in patients if model.role_of(patient) != "HELD OUT"]
    if known:
        raise ModelError(
            f"The model {model.path} knows {len(known)} patient(s) that it would judge: "
            f"{', '.join(known[:5])}.",
            hint="It is not the model of this fold: begin a new cross-validation.",
        )


def _card(cross: CrossValidation, models: Sequence[ModelFolder]) -> OutOfFoldCard:
    job = cross.settings.job
    return OutOfFoldCard(
        name=cross.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        bcviewer=__version__,
        data=cross.settings.data,
        recipe=cross.settings.recipe_fingerprint,
        labels=tuple(model.card.labels for model in models),
        models=tuple(model.fingerprint for model in models),
        thresholds=tuple(model.card.threshold for model in models),
        architecture=job.model,
        alpha=job.alpha,
        job=job.model_dump(mode="json", exclude=set(PLACES)),
    )
