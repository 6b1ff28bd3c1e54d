"""Fitting a context to a model that is there: to its validation patients, or out of fold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import TITLES
from bcviewer.errors import ModelError
from bcviewer.model.card import ModelCard
from bcviewer.model.context import ContextCard
from bcviewer.model.context_fit import fit_context, judged_patients
from bcviewer.model.folder import ModelFolder
from bcviewer.model.out_of_fold import OutOfFold, OutOfFoldCard
from bcviewer.model.prediction import Predicts, predict_patients
from bcviewer.model.start_model import weights_name
from bcviewer.progress import Cancel, Progress


def context_of_model(
    model: ModelFolder,
    dataset: Dataset,
    pixels: PixelStore,
    *,
    predictor: Predicts,
    labels: NDArray[np.integer],
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> ContextCard:
    """Fit a context to a model on those of its validation patients that are in a data set.

    Args:
        model: The model.
        dataset: The data set.
        pixels: Its pixels.
        predictor: The model's graph.
        labels: int[N] of the data set's rows; -1 for none.
        progress: Told the patches predicted and their number.
        cancelled: Asked between batches and steps.

    Raises:
        ModelError: There are no patients to fit it to, or too few.
        Cancelled: The user asked to stop.
    """
    patients = validation_patients(model, dataset)
    rows = dataset.rows_of(patients)
    found = np.full(len(dataset), np.nan, np.float32)
    for done in predict_patients(
        dataset, pixels, predictor, patients, progress=progress, cancelled=cancelled
    ):
        found[dataset.rows(done.patient)] = done.probabilities
        pixels.release(done.patient)
    judged = judged_patients(dataset, rows, found[rows], labels[rows])
    return fit_context(judged, graph=model.fingerprint, cancelled=cancelled)


def same_network(card: ModelCard, made: OutOfFoldCard) -> bool:
    """Whether out-of-fold predictions are of networks like that of a model."""
    return (card.architecture, card.alpha) == (made.architecture, made.alpha)


def differing_settings(card: ModelCard, made: OutOfFoldCard) -> tuple[str, ...]:
    """The settings by which a model was trained otherwise than such networks; not its seed.

    A retrained head has those of its own fit, which say nothing of the rest: none for it.
    """
    if card.head_of:
        return ()
    given = {**made.job, "weights": weights_name(str(made.job.get("weights", "")))}
    shared = sorted(set(given) & set(card.job) - {"seed"})
    return tuple(name for name in shared if given[name] != card.job[name])


def context_of_out_of_fold(
    model: ModelFolder,
    predicted: OutOfFold,
    labels: NDArray[np.integer],
    *,
    cancelled: Cancel | None = None,
) -> ContextCard:
    """Fit a context to a model on out-of-fold predictions of its recipe.

    So a model can have one that was trained on all patients: what networks like it say of patients
    that they knew nothing of, with their thresholds moved to the model's, stands for what it would
    say of new ones.

    Args:
        model: The model.
        predicted: Predictions of networks of the same architecture; official test cases among
            them are left out.
        labels: int[N] of the data set's rows; -1 for none.
        cancelled: Asked at each step.

    Raises:
        Cancelled: The user asked to stop.
        ModelError: The networks are of another architecture, or there are too few patients.
    """
    card, made = model.card, predicted.card
    if not same_network(card, made):
        raise ModelError(
            f"The out-of-fold predictions {made.name} are of {made.architecture} (alpha "
            f"{made.alpha:g}); {card.name} is {card.architecture} (alpha {card.alpha:g}).",
            hint="Cross-validate the recipe that the model was trained by.",
        )
    rows = np.flatnonzero(predicted.in_folds)
    probabilities = predicted.aligned(to=card.threshold)[rows]
    patients = judged_patients(predicted.dataset, rows, probabilities, labels[rows])
    fitted = fit_context(patients, graph=model.fingerprint, cancelled=cancelled)
    return fitted.model_copy(update={"fitted_on": made.title})


def check_split(card: ModelCard) -> None:
    """Look whether a model's validation patients can tell what its network says of new ones.

    Raises:
        ModelError: It is not known what it was trained on, or they were trained on as well.
    """
    if not card.split_known:
        raise ModelError(
            f"Nobody knows which patients {card.name} was trained on, so no context can be fitted.",
            hint="Train a model here, or use this one without context.",
        )
    known = card.patients_validated and set(card.patients_validated) <= set(card.patients_trained)
    if card.split.title == TITLES["patch"] or known:
        raise ModelError(
            f"{card.name} learned from patches of the patients that it was validated on, so a "
            "context fitted to them would trust it too much.",
            hint="Train it with a split by patient.",
        )


def reason_against(model: ModelFolder, dataset: Dataset) -> str:
    """Why no context can be fitted to a model's validation patients; "" where it can."""
    try:
        validation_patients(model, dataset)
    except ModelError as error:
        return str(error)
    return ""


def validation_patients(model: ModelFolder, dataset: Dataset) -> list[str]:
    """The patients of a data set that a model was validated on, and not trained on.

    Raises:
        ModelError: There are none.
    """
    card = model.card
    check_split(card)
    unknown = set(card.patients_validated) - set(card.patients_trained)
    found = unknown.intersection(dataset.patients)
    if not found:
        raise ModelError(
            f"None of the validation patients of {card.name} is in this data set.",
            hint="Open the data that it was trained with.",
        )
    return sorted(found)
