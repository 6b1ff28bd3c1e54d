"""The command evaluate: scores of a model, with their split, patients and intervals."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels, read_effective_labels
from bcviewer.cli.console import progress_bar, say, say_json
from bcviewer.cli.evaluation_tables import say_results
from bcviewer.cli.options import (
    AsJson,
    Averaged,
    Folder,
    ModelOption,
    PrecisionOption,
    SplitOption,
    WorkspaceOption,
)
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import load_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles, of_split
from bcviewer.evaluation.report import make_report
from bcviewer.evaluation.report_files import report_paths, save_report
from bcviewer.evaluation.results import Results, judge, views_of
from bcviewer.model.context import View
from bcviewer.model.context_view import check_view
from bcviewer.model.engine import check_precision, predictor_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients
from bcviewer.model.way import Precision, Way


class LabelSet(StrEnum):
    """Which labels to judge by."""

    CORRECTED = "corrected"
    ORIGINAL = "original"


class Shown(StrEnum):
    """Which probabilities stand for the model."""

    SINGLE = "single"
    CALIBRATED = "calibrated"
    CONTEXT = "context"
    CONTEXT_CALIBRATED = "context-calibrated"

    @property
    def view(self) -> View:
        """The view of this name."""
        return View(context="context" in self.value, calibrated="calibrated" in self.value)


ROLES = {"held-out": Whom.HELD_OUT, "all": Whom.ALL}
"""Parts that only a command without a split knows."""


def evaluate(
    folder: Folder,
    model: ModelOption,
    split: SplitOption = None,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            help="Part of the split: train, validation or test (default). Without a split, by "
            "what the patients were for the model: held-out (default), validation, train or all.",
            show_default=False,
        ),
    ] = None,
    context: Annotated[
        bool,
        typer.Option("--context", help="Also with context, side by side; calibrated."),
    ] = False,
    shown: Annotated[
        Shown, typer.Option("--view", help="Which probabilities stand for the model.")
    ] = Shown.SINGLE,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold", min=0, max=1, help="Default: the model's own.", show_default=False
        ),
    ] = None,
    averaged: Averaged = False,
    precision: PrecisionOption = Precision.FLOAT32,
    by: Annotated[
        LabelSet, typer.Option("--labels", help="As readers corrected them, or as they came.")
    ] = LabelSet.CORRECTED,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Also write a report: FILE.html is one page with curves, patients and maps, the "
            "same numbers go to FILE.json beside it; FILE.json alone gives no page.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Score a model on patients; without a split, on those that it was not trained on."""
    _check_part(part, with_split=split is not None)
    opened, way = find_model(model), Way(averaged, precision)
    check_precision(opened, precision)
    for view in (shown.view, *((View(context=True),) if context else ())):
        check_view(opened, view)
    dataset, place = open_dataset(folder, workspace=workspace)
    if report is not None:
        report_paths(report, dataset.root)
    labels = _labels(by, place, dataset)
    chosen = _chosen(dataset, opened, labels, split=split, part=part)
    store = PixelStore(place.pixels_folder, dataset)
    results = judge(
        opened,
        dataset,
        chosen,
        labels=labels,
        probabilities=_predicted(opened, dataset, store, chosen, way=way),
        views=views_of(opened, shown=shown.view, beside=context or report is not None),
        threshold=threshold,
        way=way,
    )
    _tell(results, way, as_json=as_json)
    if report is not None:
        _write(results, store, report, quiet=as_json)


def _check_part(part: str | None, *, with_split: bool) -> None:
    allowed = PARTS if with_split else (*PARTS, *ROLES)
    if part is not None and part not in allowed:
        raise typer.BadParameter(f"--part is one of {', '.join(allowed)}, not {part}")


def _labels(by: LabelSet, place: Workspace, dataset: Dataset) -> EffectiveLabels:
    if by is LabelSet.ORIGINAL:
        return EffectiveLabels.of(dataset, dataset.labels)
    return read_effective_labels(place, dataset)


def _chosen(
    dataset: Dataset,
    model: ModelFolder,
    labels: EffectiveLabels,
    *,
    split: Path | None,
    part: str | None,
) -> JudgedSet:
    if split is not None:
        return of_split(load_split(split, dataset), model, labels.labels, part=part or "test")
    # The part that a split calls test is what the model never saw.
    whom = Whom.HELD_OUT if part in (None, "test") else ROLES.get(part) or Whom(part)
    return of_roles(dataset, model, labels.labels, whom=whom)


def _predicted(
    model: ModelFolder,
    dataset: Dataset,
    store: PixelStore,
    chosen: JudgedSet,
    *,
    way: Way,
) -> NDArray[np.float32]:
    """float32[N]: what the network says of the patients chosen; NaN elsewhere."""
    probabilities = np.full(len(dataset), np.nan, np.float32)
    predictor = predictor_of(model, way)
    with progress_bar("Predicting", unit="patches") as progress:
        for done in predict_patients(dataset, store, predictor, chosen.patients, progress=progress):
            probabilities[dataset.rows(done.patient)] = done.probabilities
            store.release(done.patient)
    return probabilities


def _tell(results: Results, way: Way, *, as_json: bool) -> None:
    if as_json:
        say_json({"model": str(results.model.path), **results.as_json()})
        return
    say_results(results)
    if way.words:
        say(f"Predictions {', '.join(way.words)}.")


def _write(results: Results, store: PixelStore, path: Path, *, quiet: bool) -> None:
    with progress_bar("Drawing the maps") as progress:
        paths = save_report(make_report(results, store, progress=progress), path)
    if not quiet:
        say(f"Report: {', '.join(str(each) for each in paths)}")
