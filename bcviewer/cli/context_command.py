"""The command that fits context and calibration to a model."""

from __future__ import annotations

from typing import Annotated

import typer

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.cli.console import (
    patches_words,
    patients_words,
    progress_bar,
    say,
    say_json,
    say_table,
)
from bcviewer.cli.options import AsJson, Folder, ModelOption, WorkspaceOption
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.context import ContextCard, ViewScores, write_context
from bcviewer.model.context_training import context_of_model, context_of_out_of_fold
from bcviewer.model.engine import Predictor
from bcviewer.model.library import find_model
from bcviewer.model.out_of_fold import find_out_of_fold

SHOWN = ("auc", "balanced_accuracy", "f1", "loss")


def fit_context_(
    folder: Folder,
    model: ModelOption,
    out_of_fold: Annotated[
        str,
        typer.Option(
            "--out-of-fold",
            metavar="NAME",
            help="Fit it on these predictions of bcviewer cross-validate, for a model that was "
            "trained on all patients.",
            show_default=False,
        ),
    ] = "",
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Learn how much neighbouring patches say, on patients that the model was not trained on.

    Those are its validation patients, or with --out-of-fold all that have such predictions. The
    result is a file in the model folder; the network stays as it is.
    """
    opened = find_model(model)
    dataset, place = open_dataset(folder, workspace=workspace)
    labels = read_effective_labels(place, dataset).labels
    if out_of_fold:
        predicted = find_out_of_fold(out_of_fold, place, dataset)
        card = context_of_out_of_fold(opened, predicted, labels)
    else:
        with progress_bar("Predicting") as progress:
            card = context_of_model(
                opened,
                dataset,
                PixelStore(place.pixels_folder, dataset),
                predictor=Predictor(opened),
                labels=labels,
                progress=progress,
            )
    write_context(opened.path, card)
    if as_json:
        say_json({"model": str(opened.path), **card.model_dump(mode="json")})
        return
    _say_context(card)
    say(f"Written to {opened.path}")


def _say_context(card: ContextCard) -> None:
    judged = card.validation
    if card.fitted_on:
        say(f"Fitted on {card.fitted_on}.")
    say(
        f"Neighbours reach {card.reach:.2f} cells with weight {card.pull:.2f}. "
        f"{patients_words(judged.patients)}, {patches_words(judged.patches)}; each patient "
        f"was judged by what was fitted to the others ({judged.folds} folds)."
    )
    say_table(
        ["Score", "Single patch", "With context"],
        [[name.replace("_", " "), *_cells(judged.single, judged.context, name)] for name in SHOWN]
        + [["calibration error", *map(_error, (judged.single, judged.context))]],
    )


def _cells(single: ViewScores, context: ViewScores, name: str) -> list[str]:
    return [_value(found, name) for found in (single, context)]


def _value(found: ViewScores, name: str) -> str:
    low, high = found.intervals[name]
    return f"{found.scores[name]:.3f} ({low:.3f} to {high:.3f})"


def _error(found: ViewScores) -> str:
    raw, calibrated = found.calibration_error
    return f"{raw:.3f} raw, {calibrated:.3f} calibrated"
