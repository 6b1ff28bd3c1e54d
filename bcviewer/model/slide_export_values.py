"""The numbers of a patient for others: a table of its patches, and polygons for QuPath."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.every_view import VIEW_COLUMNS, column_of
from bcviewer.model.slide_export import SlideExport
from bcviewer.slide.geojson import Form, collection, prediction_features
from bcviewer.slide.picture_words import ToldModel
from bcviewer.slide.sheet import plain
from bcviewer.storage import write_text
from bcviewer.tables import safe_cell

COLUMNS: Final = (
    "patient",
    "x",
    "y",
    "minx",
    "miny",
    "width",
    "height",
    "prob_IDC",
    "predicted",
    "truth",
    "threshold",
    "model",
    "role",
    "split",
    "model_threshold",
    *VIEW_COLUMNS,
    "uncertainty",
)
"""Of the table of values: x and y as in the names of the files, minx and miny in the mosaic."""

AGAINST_COLUMNS: Final = (
    "change",
    "against_prob_IDC",
    "against_threshold",
    "against_model",
    "against_role",
    "against_split",
)
"""What it has behind them where another prediction is compared with."""


def write_geojson(path: Path, export: SlideExport, *, form: Form) -> None:
    """Write the prediction for QuPath, in pixels of the mosaic.

    Raises:
        StorageError: The file cannot be written.
    """
    told, threshold = export.provenance, export.style.threshold
    features = prediction_features(
        export.patient,
        export.grid,
        _values(export),
        threshold=threshold,
        form=form,
        beside=_numbers(export),
    )
    content = collection(
        export.patient,
        export.grid,
        features,
        **_about(told.model, threshold),
        **({} if told.against is None else {"against": _about(told.against, threshold)}),
        date=told.date,
        notes=told.lines,
    )
    write_text(path, json.dumps(content, separators=(",", ":")) + "\n")


def write_values(path: Path, export: SlideExport) -> None:
    """Write a line for each predicted patch; see ``COLUMNS`` and ``AGAINST_COLUMNS``.

    Raises:
        StorageError: The file cannot be written.
    """
    compared = export.against is not None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *(AGAINST_COLUMNS if compared else ())))
    told, threshold = export.provenance, export.style.threshold
    values, labels, numbers = _values(export), export.labels, _numbers(export)
    model, against = _about(told.model, threshold), _about(told.against, threshold)
    left, top = export.grid.origin
    for index in np.flatnonzero(~np.isnan(values)).tolist():
        x, y = export.grid.corner(index)
        number = {name: _number(each[index]) for name, each in numbers.items()}
        row = [_cell(export.patient), x + 1, y + 1, x - left, y - top, PATCH_SIZE, PATCH_SIZE]
        row += [_number(values[index]), int(values[index] >= threshold), int(labels[index])]
        row += [_cell(model[name]) for name in ("threshold", "model", "role", "split")]
        row += [_cell(model["model_threshold"])]
        row += [number.get(name, "") for name in (*VIEW_COLUMNS, "uncertainty")]
        if compared:
            row += [number["change"], number["against_prob_IDC"]]
            row += [_cell(against[name]) for name in ("threshold", "model", "role", "split")]
        writer.writerow(row)
    write_text(path, text.getvalue())


def _numbers(export: SlideExport) -> dict[str, NDArray[np.float32]]:
    """float32[n] of all that is known of the patches beside their probability."""
    numbers = {column_of(view): values for view, values in export.views.items()}
    if export.uncertainty is not None:
        numbers["uncertainty"] = export.uncertainty
    if export.against is not None and export.change is not None:
        numbers |= {"change": export.change, "against_prob_IDC": export.against.values}
    return numbers


def _about(told: ToldModel | None, threshold: float) -> dict[str, Any]:
    """What made a prediction; ``threshold`` is that of a prediction of no model."""
    if told is None:
        nothing = dict.fromkeys(("model", "role", "split"), "")
        return {**nothing, "threshold": threshold, "model_threshold": None}
    own = told.threshold if told.own_threshold is None else told.own_threshold
    return {
        "model": told.name,
        "role": told.role,
        "split": told.split,
        "threshold": told.threshold,
        "model_threshold": own,
    }


def _values(export: SlideExport) -> NDArray[np.float32]:
    if export.values is not None:
        return export.values
    return np.full(len(export.grid), np.nan, np.float32)


def _number(value: np.float32) -> str:
    """A number in a table; nothing where there is none."""
    return "" if np.isnan(value) else f"{value:.6f}"


def _cell(value: object) -> object:
    """Words or a threshold in a table."""
    if isinstance(value, float):
        return f"{value:g}"
    return safe_cell(plain(value)) if isinstance(value, str) else value
