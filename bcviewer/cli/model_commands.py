"""The command models: what can be trained, and what can predict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bcviewer.cli.console import say, say_json, say_table
from bcviewer.cli.options import (
    AsJson,
)
from bcviewer.dataset.workspace import Workspace, workspaces_folder
from bcviewer.errors import BcviewerError
from bcviewer.model.card import PointCard
from bcviewer.model.catalog import ARCHITECTURES
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models, imported_models, run_models


def models(as_json: AsJson = False) -> None:
    """List the architectures and the models at hand: bundled, imported, of your trainings."""
    listed = [_about_model(path, "bundled") for path in bundled_models().values()]
    listed += [_about_model(path, "imported") for path in imported_models().values()]
    for workspace in _workspaces():
        listed += [_about_model(path, "run") for path in run_models(workspace)]
    if as_json:
        architectures = [
            {
                "name": entry.name,
                "title": entry.title,
                "description": entry.description,
                "alphas": list(entry.alphas),
            }
            for entry in ARCHITECTURES
        ]
        say_json({"architectures": architectures, "models": listed})
        return
    say_table(
        ["Architecture", "Description", "Size"],
        [[entry.name, entry.description, entry.parameters_hint] for entry in ARCHITECTURES],
    )
    say("")
    rows = [
        [
            str(about["name"]),
            str(about["kind"]),
            str(about.get("error") or about["validation_text"]),
            str(about["path"]),
        ]
        for about in listed
    ]
    if rows:
        say_table(["Model", "Kind", "On its validation patients", "Folder"], rows)
    else:
        say("There is no trained model yet.")
    _say_imported(listed)


def _say_imported(listed: list[dict[str, Any]]) -> None:
    """What the networks of imported models take and give, and how that is known."""
    rows = []
    for about in listed:
        points = (about.get("imported") or {}).get("points", [])
        if points:
            told = "; ".join(PointCard(**point).text for point in points)
            rows.append([str(about["name"]), told])
    if rows:
        say("")
        say_table(["Imported model", "Takes and gives"], rows)


def _workspaces() -> list[Workspace]:
    try:
        return [Workspace(path) for path in sorted(workspaces_folder().iterdir())]
    except OSError:
        return []


def _about_model(path: Path, kind: str) -> dict[str, Any]:
    try:
        card = ModelFolder.open(path).card
    except BcviewerError as error:
        return {"name": path.name, "kind": kind, "path": str(path), "error": str(error)}
    judged = card.validation
    return {
        "name": card.name,
        "kind": kind,
        "path": str(path),
        "architecture": card.architecture,
        "alpha": card.alpha,
        "threshold": card.threshold,
        "thresholds": card.thresholds,
        "split": card.split.title,
        "patients_trained": len(card.patients_trained) if card.split_known else None,
        "network_input_size": card.network_input_size,
        "imported": card.imported.model_dump(mode="json") if card.imported is not None else None,
        "validation": {
            "patients": judged.patients,
            "patches": judged.patches,
            **judged.at_threshold,
            "intervals": judged.intervals,
        },
        "validation_text": card.validation_text,
    }
