"""The command compare: two models, or one with and without context, on the same patches."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.annotation.reading import EffectiveLabels, read_effective_labels
from bcviewer.cli.console import (
    patches_words,
    patients_words,
    progress_bar,
    say,
    say_json,
    say_table,
)
from bcviewer.cli.evaluate_command import LabelSet
from bcviewer.cli.options import AsJson, Averaged, Folder, SplitOption, WorkspaceOption
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import load_split
from bcviewer.evaluation.comparison import Difference
from bcviewer.evaluation.contenders import Contender, fair_patients, part_of_split
from bcviewer.evaluation.judging import JudgedSet, Whom
from bcviewer.evaluation.model_comparison import ModelComparison, compare_models
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import check_view
from bcviewer.model.library import find_model
from bcviewer.model.prediction_store import PredictionStore

WITHOUT, WITH = View(calibrated=True), View(context=True, calibrated=True)
SHOWN_DISAGREEMENTS = 10
ROLES = {"held-out": Whom.HELD_OUT, "validation": Whom.VALIDATION, "all": Whom.ALL}


def compare(
    folder: Folder,
    model: Annotated[
        list[str],
        typer.Option(
            "--model",
            metavar="DIR",
            help="A model folder, a run folder, or the name of a bundled model; give two, or one "
            "with --context.",
            show_default=False,
        ),
    ],
    split: SplitOption = None,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            help="Part of the split: train, validation or test (default). Without a split, by "
            "what the patients were for both models: held-out (default), validation or all.",
            show_default=False,
        ),
    ] = None,
    context: Annotated[
        bool,
        typer.Option(
            "--context",
            help="One model: without context against with it; two models: both with context. "
            "Calibrated.",
        ),
    ] = False,
    averaged: Averaged = False,
    by: Annotated[
        LabelSet, typer.Option("--labels", help="As readers corrected them, or as they came.")
    ] = LabelSet.CORRECTED,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Compare two models on patients that neither was trained on."""
    _check_part(part, with_split=split is not None)
    contenders = _contenders(model, context=context, averaged=averaged)
    dataset, place = open_dataset(folder, workspace=workspace)
    labels = (
        EffectiveLabels.of(dataset, dataset.labels)
        if by is LabelSet.ORIGINAL
        else read_effective_labels(place, dataset)
    )
    chosen = _chosen(dataset, contenders, labels, split=split, part=part)
    one, other = (
        PredictionStore(place.predictions_folder, each.model.fingerprint, averaged=averaged)
        for each in contenders
    )
    with progress_bar("Predicting") as progress:
        found = compare_models(
            dataset,
            PixelStore(place.pixels_folder, dataset),
            contenders,
            chosen,
            labels=labels,
            kept=(one, other),
            progress=progress,
        )
    if as_json:
        say_json({**found.as_json(), "disagreement": _listed(found)})
    else:
        _say(found)


def _check_part(part: str | None, *, with_split: bool) -> None:
    allowed = PARTS if with_split else tuple(ROLES)
    if part is not None and part not in allowed:
        raise typer.BadParameter(f"--part is one of {', '.join(allowed)}, not {part}")


def _contenders(models: list[str], *, context: bool, averaged: bool) -> tuple[Contender, Contender]:
    if len(models) != (1 if context and len(models) == 1 else 2):
        raise typer.BadParameter("give --model twice, or once with --context")
    opened = [find_model(name) for name in models]
    views = (WITHOUT, WITH) if len(opened) == 1 else (WITH, WITH) if context else (PLAIN, PLAIN)
    one, other = (
        Contender(folder, view, averaged)
        for folder, view in zip((opened[0], opened[-1]), views, strict=True)
    )
    for each in (one, other):
        check_view(each.model, each.view)
    return one, other


def _chosen(
    dataset: Dataset,
    contenders: tuple[Contender, Contender],
    labels: EffectiveLabels,
    *,
    split: Path | None,
    part: str | None,
) -> tuple[JudgedSet, JudgedSet]:
    if split is None:
        whom = ROLES[part or "held-out"]
        return fair_patients(dataset, contenders, labels.labels, whom=whom)
    return part_of_split(load_split(split, dataset), contenders, labels.labels, part=part or "test")


def _say(found: ModelComparison) -> None:
    first, chosen = found.compared.evaluations[0], found.chosen[0]
    say(
        f"{patients_words(first.patients)}, {patches_words(first.patches)}, "
        f"{first.idc_patches / first.patches:.1%} of them IDC; split {chosen.split}; {chosen.part}"
    )
    for place, name in enumerate(found.names, start=1):
        say(f"Model {place}: {name}")
    for warning in found.warnings:
        say(warning)
    if found.labels.fingerprint:
        say(f"By labels that readers corrected: {found.labels.corrected:,} of the data set's.")
    say("")
    heads = ["Score", "Model 1", "Model 2", "2 less 1", "95 % interval", "Better"]
    say_table(heads, [*_score_rows(found), *_cost_rows(found)])
    say("Intervals of the difference from a paired bootstrap over patients.")
    _say_disagreements(found)


def _score_rows(found: ModelComparison) -> list[list[str]]:
    one, other = found.compared.evaluations
    rows = [["threshold", f"{one.threshold:.3f}", f"{other.threshold:.3f}", "", "", ""]]
    for name, difference in found.compared.differences.items():
        rows.append(
            [
                name.replace("_", " "),
                _figure(one.scores[name]),
                _figure(other.scores[name]),
                _signed(difference.value),
                _interval(difference),
                ("", "model 1", "model 2")[difference.favours(name)],
            ]
        )
    return rows


def _cost_rows(found: ModelComparison) -> list[list[str]]:
    one, other = found.costs
    speeds = [f"{cost.patches_per_second:,.0f}" for cost in found.costs]
    return [
        ["parameters", f"{one.parameters:,}", f"{other.parameters:,}", "", "", ""],
        ["patches/s here", *speeds, "", "", ""],
    ]


def _say_disagreements(found: ModelComparison) -> None:
    differ = found.compared.disagreement
    first, second = differ.right
    say("")
    say(
        f"They disagree on {len(differ):,} patches: model 1 is right on {first:,}, model 2 on "
        f"{second:,}."
    )
    if not len(differ):
        return
    listed = _listed(found)[:SHOWN_DISAGREEMENTS]
    rows = [
        [
            entry["patient"],
            str(entry["x"]),
            str(entry["y"]),
            "IDC" if entry["label"] else "not IDC",
            *(f"{value:.3f}" for value in entry["probabilities"]),
            f"model {entry['right']}",
        ]
        for entry in listed
    ]
    say_table(["Patient", "x", "y", "Label", "Model 1", "Model 2", "Right"], rows)
    if len(differ) > len(listed):
        say(f"and {len(differ) - len(listed):,} more; --json lists all")


def _listed(found: ModelComparison) -> list[dict[str, Any]]:
    dataset, differ = found.dataset, found.compared.disagreement
    return [
        {
            "patient": dataset.patients[int(dataset.patient_index[row])],
            "x": int(dataset.x[row]),
            "y": int(dataset.y[row]),
            "label": int(label),
            "probabilities": [float(value) for value in values],
            "right": 2 if second else 1,
        }
        for row, label, values, second in zip(
            differ.rows, differ.labels, differ.probabilities.T, differ.second_right, strict=True
        )
    ]


def _figure(value: float) -> str:
    return f"{value:.3f}" if math.isfinite(value) else "–"


def _signed(value: float) -> str:
    return f"{value:+.3f}" if math.isfinite(value) else "–"


def _interval(difference: Difference) -> str:
    if not math.isfinite(difference.low):
        return ""
    return f"{difference.low:+.3f} to {difference.high:+.3f}"
