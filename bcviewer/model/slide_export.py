"""One patient for others: a picture of its slide, its values and its regions, as files.

Every file tells the model, its split and what the patient was for it.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.folder import ROLE_UNKNOWN, ModelFolder
from bcviewer.slide.geojson import Form, collection, prediction_features
from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import Mosaic
from bcviewer.slide.picture import HeatmapStyle, Picture
from bcviewer.slide.picture_png import png_of
from bcviewer.slide.picture_sheet import compose
from bcviewer.slide.picture_svg import svg_of
from bcviewer.slide.picture_words import Provenance
from bcviewer.slide.sheet import plain
from bcviewer.storage import write_bytes, write_text
from bcviewer.tables import safe_cell

PictureForm = Literal["png", "svg"]

MEANINGS: Final = {
    "TRAIN": "the model was trained on this patient, so this looks better than it is on others.",
    "VALIDATION": "the model's epoch and threshold were chosen on this patient.",
    "HELD OUT": "the model has never seen this patient.",
    "UNKNOWN": f"{ROLE_UNKNOWN}.",
}
"""What a picture is worth, by the role of its patient."""

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
)
"""Of the table of values: x and y as in the names of the files, minx and miny in the mosaic."""


@dataclass(frozen=True, eq=False)
class SlideExport:
    """What there is to export of a patient.

    Attributes:
        dataset: The data set.
        patient: The patient.
        grid: Its grid.
        mosaic: Its tissue, at full size.
        style: Of the heatmap; its threshold also decides what is IDC in the other files.
        values: float32[n] of the patient's patches, NaN where there is none; None without any.
        model: What predicted them; None without any.
        truth: Whether pictures have the outline of the true regions.
        notes: More to tell with everything, a line each.
        um_per_px: Micrometres of a slide pixel; None where nobody said.
        outcomes: int8[n], see ``bcviewer.slide.errors.Outcome``: pictures mark right and wrong
            predictions; None for no marks.
    """

    dataset: Dataset
    patient: str
    grid: Grid
    mosaic: Mosaic
    style: HeatmapStyle
    values: NDArray[np.float32] | None = None
    model: ModelFolder | None = None
    truth: bool = True
    notes: tuple[str, ...] = ()
    um_per_px: float | None = None
    outcomes: NDArray[np.int8] | None = None

    @property
    def labels(self) -> NDArray[np.int8]:
        """int8[n]: the labels that came with the data."""
        found: NDArray[np.int8] = self.dataset.labels[self.dataset.rows(self.patient)]
        return found

    @property
    def provenance(self) -> Provenance:
        """Where the files come from."""
        told = Provenance(
            patient=self.patient,
            date=date.today().isoformat(),
            program=f"bcviewer {__version__}",
            synthetic=self.dataset.synthetic,
            notes=self.notes,
        )
        if self.model is None or self.values is None:
            return told
        card, role = self.model.card, self.model.role_of(self.patient)
        return Provenance(
            **{
                **vars(told),
                "model": f"{card.name} ({self.model.fingerprint[:8]})",
                "role": str(role),
                "meaning": MEANINGS.get(role, ""),
                "split": card.split.title,
                "labels": _labels_words(self.model),
            }
        )


def write_slide_picture(path: Path, export: SlideExport, *, form: PictureForm) -> None:
    """Write the slide as a picture with its legend.

    Raises:
        StorageError: The file cannot be written.
    """
    sheet = compose(
        Picture(
            mosaic=export.mosaic,
            grid=export.grid,
            style=export.style,
            provenance=export.provenance,
            values=export.values,
            truth=export.labels if export.truth else None,
            um_per_px=export.um_per_px,
            outcomes=export.outcomes,
        )
    )
    if form == "png":
        write_bytes(path, png_of(sheet))
    else:
        write_text(path, svg_of(sheet))


def write_mosaic(path: Path, mosaic: Mosaic) -> None:
    """Write the tissue alone as PNG, a pixel for a slide pixel: what GeoJSON is laid over.

    Raises:
        StorageError: The file cannot be written.
    """
    image = mosaic.image if mosaic.order == "rgba" else mosaic.image[..., [2, 1, 0, 3]]
    content = io.BytesIO()
    # QuPath shows clear pixels in any colour: gaps are white here, as glass is.
    tissue = Image.fromarray(np.ascontiguousarray(image), "RGBA")
    page = Image.new("RGB", tissue.size, "#ffffff")
    page.paste(tissue, mask=tissue)
    page.save(content, "PNG")
    write_bytes(path, content.getvalue())


def write_geojson(path: Path, export: SlideExport, *, form: Form) -> None:
    """Write the prediction for QuPath, in pixels of the mosaic.

    Raises:
        StorageError: The file cannot be written.
    """
    told = export.provenance
    content = collection(
        export.patient,
        export.grid,
        prediction_features(
            export.patient,
            export.grid,
            _values(export),
            threshold=export.style.threshold,
            form=form,
        ),
        model=told.model,
        role=told.role,
        split=told.split,
        threshold=export.style.threshold,
        date=told.date,
        notes=[*told.lines(export.style.threshold)],
    )
    write_text(path, json.dumps(content, separators=(",", ":")) + "\n")


def write_values(path: Path, export: SlideExport) -> None:
    """Write a line for each predicted patch; see ``COLUMNS``.

    Raises:
        StorageError: The file cannot be written.
    """
    told, grid, threshold = export.provenance, export.grid, export.style.threshold
    values, labels = _values(export), export.labels
    left, top = grid.origin
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    about = [_cell(each) for each in (told.model, told.role, told.split)]
    for index in np.flatnonzero(~np.isnan(values)).tolist():
        x, y = grid.corner(index)
        place = (x + 1, y + 1, x - left, y - top, PATCH_SIZE, PATCH_SIZE)
        said = (f"{values[index]:.6f}", int(values[index] >= threshold), int(labels[index]))
        writer.writerow([_cell(export.patient), *place, *said, f"{threshold:g}", *about])
    write_text(path, text.getvalue())


def _values(export: SlideExport) -> NDArray[np.float32]:
    if export.values is not None:
        return export.values
    return np.full(len(export.grid), np.nan, np.float32)


def _cell(words: str) -> object:
    """Words in a table."""
    return safe_cell(plain(words))


def _labels_words(model: ModelFolder) -> str:
    card = model.card
    if not card.split_known:
        return ""
    if not card.labels:
        return "the labels that came with the data"
    return f"corrected labels {card.labels[:8]} ({card.labels_corrected:,} corrected)"
