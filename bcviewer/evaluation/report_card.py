"""The model card of a report: what the model is, and where it comes from."""

from __future__ import annotations

import json
from typing import Any

from bcviewer.counting import counted
from bcviewer.evaluation.report_json import model_json
from bcviewer.evaluation.report_markup import (
    Markup,
    element,
    facts,
    number,
    section,
    with_interval,
)
from bcviewer.evaluation.report_words import score_title
from bcviewer.model.card import ModelCard
from bcviewer.model.folder import ModelFolder

_UNKNOWN = "not known: the model was made elsewhere"


def card_section(model: ModelFolder) -> Markup:
    """What the model says of itself."""
    card = model.card
    return section(
        "Model card",
        facts(
            [
                ("Name", card.name),
                ("Fingerprint", model.fingerprint[:16]),
                ("Architecture", _architecture(card)),
                ("Input", f"{card.input_size} x {card.input_size} px; {card.preprocessing}"),
                ("Made", card.created),
                ("Trained on", _data(card)),
                ("Split", _split(card)),
                ("Patients", _patients(card)),
                ("Labels", _labels(card)),
                ("Start weights", card.weights_origin),
                ("Computed on", card.device),
                (
                    "Head of",
                    f"{card.head_of} ({card.head_of_fingerprint[:8]})" * bool(card.head_of),
                ),
                ("Imported from", _imported(card)),
                ("Takes and gives", _points(card)),
                ("Best epoch", str(card.best_epoch) if card.split_known else ""),
                ("Threshold", f"{number(card.threshold)}, for single patches, raw"),
                ("Context", _context(model)),
                ("On validation", _validation(card)),
                ("Versions", _pairs(card.versions)),
            ]
        ),
        _settings(model_json(model)["job"]),
    )


def _architecture(card: ModelCard) -> str:
    size = card.network_input_size
    larger = f", patches enlarged to {size} px inside" if size != card.input_size else ""
    width = f", alpha {card.alpha:g}" if card.alpha != 1 else ""
    return f"{card.architecture}{width}{larger}"


def _data(card: ModelCard) -> str:
    if not card.split_known:
        return _UNKNOWN
    data = card.data
    synthetic = ", synthetic tissue" if data.synthetic else ""
    return (
        f"{counted(data.patients, 'patient')}, {counted(data.patches, 'patch')}{synthetic} "
        f"(data set {data.fingerprint[:16]})"
    )


def _split(card: ModelCard) -> str:
    if not card.split_known:
        return _UNKNOWN
    parts = _pairs({name: str(count) for name, count in card.split.patients.items()})
    return f"{card.split.title}; patients: {parts} (split {card.split.fingerprint[:8]})"


def _patients(card: ModelCard) -> str:
    if not card.split_known:
        return _UNKNOWN
    return (
        f"{len(card.patients_trained):,} TRAIN, {len(card.patients_validated):,} VALIDATION; the "
        "JSON beside this page names them"
    )


def _labels(card: ModelCard) -> str:
    if not card.split_known:
        return _UNKNOWN
    if not card.labels:
        return "as they came with the data"
    return (
        f"corrected by readers: {card.labels_corrected:,} corrected, {card.labels_left_out:,} left "
        f"out (label set {card.labels[:8]})"
    )


def _imported(card: ModelCard) -> str:
    if card.imported is None:
        return ""
    told = card.imported
    return f"{told.file} (sha256 {told.sha256[:16]}), {told.network}, {told.written_by}"


def _points(card: ModelCard) -> str:
    return "; ".join(point.text for point in card.imported.points) if card.imported else ""


def _context(model: ModelFolder) -> str:
    if model.context is None:
        return "none fitted; probabilities are not calibrated"
    found = model.context
    whom = found.fitted_on or counted(found.validation.patients, "validation patient")
    return (
        f"fitted on {whom}; reach {found.reach:g} cells, pull {found.pull:g}; threshold "
        f"{number(found.threshold)}, raw"
    )


def _validation(card: ModelCard) -> str:
    if not card.split_known:
        return _UNKNOWN
    judged = card.validation
    known = f"; optimistic: it was trained on {judged.known} of them" if judged.known else ""
    told = [
        f"{score_title(name)} "
        f"{with_interval(value, judged.intervals.get(name, (float('nan'), float('nan'))))}"
        for name, value in judged.at_threshold.items()
        if name in ("balanced_accuracy", "f1", "auc")
    ]
    return (
        f"{counted(judged.patients, 'patient')}, {counted(judged.patches, 'patch')}: "
        f"{', '.join(told)}; epoch and threshold were chosen on them{known}"
    )


def _settings(job: dict[str, Any]) -> Markup:
    told = {name: value for name, value in job.items() if name not in ("kind", "version")}
    if not told:
        return Markup("")
    pairs = [(name.replace("_", " "), json.dumps(value)) for name, value in told.items()]
    return element("details", element("summary", "Settings of the training"), facts(pairs))


def _pairs(told: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in told.items())
