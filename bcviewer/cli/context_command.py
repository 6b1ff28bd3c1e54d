"""The command that fits context and calibration to a model."""

from __future__ import annotations

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.cli.console import progress_bar, say, say_json, say_table
from bcviewer.cli.options import AsJson, Folder, ModelOption, WorkspaceOption
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.context import ContextCard, ViewScores, write_context
from bcviewer.model.context_training import context_of_model
from bcviewer.model.engine import Predictor
from bcviewer.model.library import find_model

SHOWN = ("auc", "balanced_accuracy", "f1", "loss")


def fit_context_(
    folder: Folder,
    model: ModelOption,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Learn how much neighbouring patches say, on the model's validation patients.

    The result is a file in the model folder; the network stays as it is.
    """
    opened = find_model(model)
    dataset, place = open_dataset(folder, workspace=workspace)
    labels = read_effective_labels(place, dataset).labels
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
    say(
        f"Neighbours reach {card.reach:.2f} cells with weight {card.pull:.2f}. "
        f"{judged.patients} patients, {judged.patches:,} patches; each patient was judged by what "
        f"was fitted to the others ({judged.folds} folds)."
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
