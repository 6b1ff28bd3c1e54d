"""A report as JSON: every number of the page, to the last digit."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from bcviewer.evaluation.operating import Curve, OperatingPoint
from bcviewer.evaluation.per_patient import PatientTable
from bcviewer.evaluation.report import Report, ViewDetail
from bcviewer.evaluation.report_words import NOT_FOR, USE
from bcviewer.model.card import ModelCard
from bcviewer.model.folder import ModelFolder
from bcviewer.slide.sheet import plain

KIND: Final = "bcviewer-evaluation"
VERSION: Final = 1
PLACES: Final = ("folder", "run", "workspace", "split", "labels")
"""Settings of a job that say where something lay on the machine that trained: nobody's business."""


def report_json(report: Report) -> dict[str, Any]:
    """The report as JSON has it: None for what is not defined, no pictures."""
    results = report.results
    content = {
        "kind": KIND,
        "version": VERSION,
        "made": report.made.isoformat(),
        "program": report.program,
        "use": USE,
        "not_for": list(NOT_FOR),
        "model": model_json(results.model),
        "data": _data_json(report),
        "evaluation": results.as_json(),
        "roles": {each: results.model.role_of(each) for each in results.chosen.patients},
        "views": {each.result.view.title: _view_json(each) for each in report.details},
        "leaks": list(report.leaks),
        "worst": [each.patient for each in report.worst],
        "best": [each.patient for each in report.best],
    }
    cleaned: dict[str, Any] = clean(content)
    return cleaned


def model_json(model: ModelFolder) -> dict[str, Any]:
    """What is known of a model, without the places of the machine that made it."""
    card: ModelCard = model.card
    told: dict[str, Any] = json.loads(card.model_dump_json(exclude={"kind", "version", "files"}))
    told["job"] = {
        name: Path(value).name if name == "weights" and isinstance(value, str) else value
        for name, value in card.job.items()
        if name not in PLACES
    }
    return {
        **told,
        "fingerprint": model.fingerprint,
        "context": None
        if model.context is None
        else json.loads(model.context.model_dump_json(exclude={"kind", "version", "graph"})),
    }


def _data_json(report: Report) -> dict[str, Any]:
    results = report.results
    dataset, labels = results.dataset, results.labels
    return {
        "name": dataset.root.name,
        "fingerprint": dataset.fingerprint,
        "synthetic": dataset.synthetic,
        "patients": len(dataset.patients),
        "patches": len(dataset),
        "idc_share": float(dataset.labels.mean()),
        "labels": labels.fingerprint or "original",
        "labels_corrected": labels.corrected,
        "labels_left_out": labels.left_out,
    }


def _view_json(detail: ViewDetail) -> dict[str, Any]:
    kept = detail.reliability, detail.histogram
    return {
        **detail.result.evaluation.as_json(),
        "confusion": detail.point.confusion._asdict(),
        "proposals": {
            proposal.name: {"title": proposal.title, **_point_json(point)}
            for proposal, point in detail.proposals
        },
        "roc": _curve_json(detail.roc),
        "precision_recall": _curve_json(detail.precision_recall),
        "reliability": {name: value.tolist() for name, value in vars(kept[0]).items()},
        "histogram": {name: value.tolist() for name, value in vars(kept[1]).items()},
        "share_of_idc": detail.agreement._asdict(),
        "per_patient": _table_json(detail.patients),
    }


def _point_json(point: OperatingPoint) -> dict[str, Any]:
    return {**vars(point), "confusion": point.confusion._asdict()}


def _curve_json(curve: Curve) -> dict[str, Any]:
    return {name: value.tolist() for name, value in vars(curve).items()}


def _table_json(table: PatientTable) -> list[dict[str, Any]]:
    """A line a patient, the worst first."""
    columns = {name: value for name, value in vars(table).items() if name != "names"}
    return [
        {
            "patient": table.names[place],
            **{name: value[place].item() for name, value in columns.items()},
        }
        for place in table.worst_first.tolist()
    ]


def clean(value: Any) -> Any:
    """What JSON can hold: None for NaN and infinity, words without stray bytes of file names."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {clean(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return value
