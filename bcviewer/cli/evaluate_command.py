"""The command evaluate: scores of a model, with their split, patients and intervals."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels, read_effective_labels
from bcviewer.cli.console import progress_bar, say, say_json, say_table
from bcviewer.cli.options import (
    AsJson,
    Averaged,
    Folder,
    ModelOption,
    SplitOption,
    WorkspaceOption,
)
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import load_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import DataError, SplitError
from bcviewer.evaluation.evaluation import Evaluation
from bcviewer.evaluation.evaluation import evaluate as evaluate_predictions
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import check_view, probabilities_in, threshold_in
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients


class LabelSet(StrEnum):
    """Which labels to judge by."""

    CORRECTED = "corrected"
    ORIGINAL = "original"


CALIBRATED = (View(calibrated=True), View(context=True, calibrated=True))


def evaluate(
    folder: Folder,
    model: ModelOption,
    split: SplitOption = None,
    part: Annotated[
        str, typer.Option("--part", help="Part of the split: train, validation or test.")
    ] = "test",
    context: Annotated[
        bool, typer.Option("--context", help="Also with context, side by side; calibrated.")
    ] = False,
    averaged: Averaged = False,
    by: Annotated[
        LabelSet, typer.Option("--labels", help="As readers corrected them, or as they came.")
    ] = LabelSet.CORRECTED,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Score a model on patients; without a split, on those that it was not trained on."""
    if part not in PARTS:
        raise typer.BadParameter(f"--part is one of {', '.join(PARTS)}, not {part}")
    opened = find_model(model)
    views = [PLAIN, *CALIBRATED] if context else [PLAIN]
    for view in views:
        check_view(opened, view)
    dataset, place = open_dataset(folder, workspace=workspace)
    labels = _labels(by, place, dataset)
    rows, title = _rows_to_judge(dataset, opened, split, part)
    rows = rows[labels.labels[rows] >= 0]
    patients = [dataset.patients[n] for n in np.unique(dataset.patient_index[rows])]
    probabilities = np.full(len(dataset), np.nan, np.float32)
    store = PixelStore(place.pixels_folder, dataset)
    single = Predictor(opened)
    predictor = AveragedPredictor(single) if averaged else single
    with progress_bar("Predicting") as progress:
        for done in predict_patients(dataset, store, predictor, patients, progress=progress):
            probabilities[dataset.rows(done.patient)] = done.probabilities
    results = [
        _evaluation(
            opened,
            dataset,
            patients,
            rows,
            labels=labels.labels,
            probabilities=probabilities,
            view=view,
        )
        for view in views
    ]
    result = results[0]
    seen = sorted(p for p in patients if opened.role_of(p) in ("TRAIN", "VALIDATION"))
    unknown = not opened.card.split_known
    if as_json:
        say_json(
            {
                "model": str(opened.path),
                "model_fingerprint": opened.fingerprint,
                "split": title,
                "part": _part_words(part if split is not None else "", unknown=unknown),
                "optimistic": bool(seen) or unknown,
                "roles_unknown": unknown,
                "patients_seen_in_training": seen,
                "averaged": averaged,
                "labels": labels.fingerprint or "original",
                "labels_corrected": labels.corrected,
                "labels_left_out": labels.left_out,
                **result.as_json(),
                "views": {
                    view.title: found.as_json()
                    for view, found in zip(views[1:], results[1:], strict=True)
                },
            }
        )
        return
    _say_evaluation(result, title, len(seen), unknown=unknown)
    if labels.fingerprint:
        say(
            f"By labels that readers corrected: {labels.corrected:,} of the data set's; "
            f"{labels.left_out:,} unsure or excluded patches left out."
        )
    if len(results) > 1:
        _say_views(views, results)


def _labels(by: LabelSet, place: Workspace, dataset: Dataset) -> EffectiveLabels:
    if by is LabelSet.ORIGINAL:
        return EffectiveLabels.of(dataset, dataset.labels)
    return read_effective_labels(place, dataset)


def _evaluation(
    model: ModelFolder,
    dataset: Dataset,
    patients: list[str],
    rows: NDArray[np.int64],
    *,
    labels: NDArray[np.int8],
    probabilities: NDArray[np.float32],
    view: View,
) -> Evaluation:
    shown = np.full_like(probabilities, np.nan)
    for patient in patients:
        place = dataset.rows(patient)
        shown[place] = probabilities_in(
            model, dataset, patient, probabilities=probabilities[place], view=view
        )
    return evaluate_predictions(
        labels[rows],
        shown[rows],
        dataset.patient_index[rows],
        threshold=threshold_in(model, view),
    )


def _say_views(views: list[View], results: list[Evaluation]) -> None:
    """Say what calibration and context change, a column a view."""
    say("")
    rows = [["threshold", *(f"{found.threshold:.3f}" for found in results)]]
    for name in results[0].scores:
        rows.append([name.replace("_", " "), *(_with_interval(found, name) for found in results)])
    rows.append(["calibration error", *(f"{found.calibration_error:.3f}" for found in results)])
    say_table(["Score", *(view.title for view in views)], rows)


def _with_interval(found: Evaluation, name: str) -> str:
    low, high = found.intervals.get(name, (float("nan"), float("nan")))
    interval = f" ({low:.3f} to {high:.3f})" if np.isfinite(low) else ""
    return f"{found.scores[name]:.3f}{interval}"


def _rows_to_judge(
    dataset: Dataset, model: ModelFolder, split_file: Path | None, part: str
) -> tuple[NDArray[np.int64], str]:
    """The rows of a split's part; without a split, those of patients the model never saw.

    Of a model that was trained elsewhere nobody knows them, so all are judged, with a warning.
    """
    if split_file is not None:
        split = load_split(split_file, dataset)
        rows = split.rows(part)
        if not len(rows):
            raise SplitError(
                f"The part {part} of {split_file} has no patch of this data set.",
                hint="Choose another part.",
            )
        return rows, split.title
    if not model.card.split_known:
        return np.arange(len(dataset), dtype=np.int64), "not known"
    held_out = [p for p in dataset.patients if model.role_of(p) == "HELD OUT"]
    if not held_out:
        raise DataError(
            "The model was trained on every patient of this data set.",
            hint="Evaluate it on other patients, or give --split FILE --part validation.",
        )
    return dataset.rows_of(held_out), "by patient"


def _part_words(part: str, *, unknown: bool) -> str:
    """What was judged: a part of the split, without one the patients that may be judged."""
    return part or ("all patients, roles unknown" if unknown else "held out")


def _say_evaluation(result: Evaluation, title: str, seen: int, *, unknown: bool) -> None:
    say(
        f"{result.patients} patients, {result.patches:,} patches, "
        f"{result.idc_patches / result.patches:.1%} of them IDC; split {title}; "
        f"threshold {result.threshold:.3f}"
    )
    if seen:
        say(f"Optimistic: the model was trained or tuned on {seen} of these patients.")
    if unknown:
        say(
            "May be optimistic: the model was imported, and nobody knows which of these patients "
            "it was trained on."
        )
    rows = []
    for name, value in result.scores.items():
        low, high = result.intervals.get(name, (float("nan"), float("nan")))
        interval = f"{low:.3f} to {high:.3f}" if np.isfinite(low) else ""
        rows.append([name.replace("_", " "), f"{value:.3f}", interval])
    say_table(["Score", "Value", "95 % interval, over patients"], rows)
