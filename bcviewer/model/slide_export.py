"""One patient for others: what there is to export, and its pictures.

Every file tells the model, its split and what the patient was for it. The tables and polygons of
the same export are in ``slide_export_values``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.model.calibration import uncertainty
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import named_in
from bcviewer.model.folder import ModelFolder
from bcviewer.model.told_model import told_of
from bcviewer.model.way import PLAIN_WAY, Way
from bcviewer.slide.grid import Grid
from bcviewer.slide.mosaic import Mosaic
from bcviewer.slide.picture import HeatmapStyle, Layer, Picture
from bcviewer.slide.picture_png import png_of
from bcviewer.slide.picture_sheet import compose
from bcviewer.slide.picture_svg import svg_of
from bcviewer.slide.picture_words import Provenance, ToldModel
from bcviewer.storage import write_bytes, write_text

PictureForm = Literal["png", "svg"]


@dataclass(frozen=True, eq=False)
class Against:
    """The prediction that a change is counted from.

    Attributes:
        model: What predicted, asked and shown as the model of the export.
        values: float32[n], NaN where there is none.
        threshold: From this probability on a patch is IDC by it.
    """

    model: ModelFolder
    values: NDArray[np.float32]
    threshold: float


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
        view: Which probabilities ``values`` are.
        way: How the model was asked.
        views: float32[n] in each view, where the model has several.
        against: Another prediction of the same patches; None where nothing is compared.
        layer: What pictures show.
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
    view: View = PLAIN
    way: Way = PLAIN_WAY
    views: Mapping[View, NDArray[np.float32]] = field(default_factory=dict)
    against: Against | None = None
    layer: Layer = Layer.PREDICTION
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
    def uncertainty(self) -> NDArray[np.float32] | None:
        """float32[n], of calibrated probabilities where there are any; None without a prediction.

        With context where ``values`` are.
        """
        values = self.views.get(self._calibrated, self.values)
        return None if values is None else uncertainty(values)

    @property
    def change(self) -> NDArray[np.float32] | None:
        """float32[n]: by how much probabilities are higher than those they are compared with."""
        if self.against is None or self.values is None:
            return None
        return self.values - self.against.values

    @property
    def provenance(self) -> Provenance:
        """Where the files come from."""
        model, against = None, None
        if self.model is not None and self.values is not None:
            model = self._told(self.model, self.style.threshold)
        if model is not None and self.against is not None:
            against = self._told(self.against.model, self.against.threshold)
        return Provenance(
            patient=self.patient,
            date=date.today().isoformat(),
            program=f"bcviewer {__version__}",
            model=model,
            against=against,
            synthetic=self.dataset.synthetic,
            notes=self.notes,
        )

    @property
    def picture(self) -> Picture:
        """The slide as a picture; it tells of the other model where it shows the change."""
        told = self.provenance
        return Picture(
            mosaic=self.mosaic,
            grid=self.grid,
            style=self.style,
            provenance=told if self.layer is Layer.CHANGE else replace(told, against=None),
            values=self.values,
            truth=self.labels if self.truth else None,
            um_per_px=self.um_per_px,
            outcomes=self.outcomes,
            layer=self.layer,
            uncertainty=self.uncertainty,
            change=self.change,
            layer_notes=self._layer_notes,
        )

    def _told(self, model: ModelFolder, threshold: float) -> ToldModel:
        named = named_in(model, self.view, way=self.way)
        return told_of(named, self.patient, threshold=threshold)

    @property
    def _calibrated(self) -> View:
        return replace(self.view, calibrated=True)

    @property
    def _layer_notes(self) -> tuple[str, ...]:
        if self.layer is Layer.UNCERTAINTY:
            view = self._calibrated if self._calibrated in self.views else self.view
            return ("entropy of the probability", view.title)
        if self.layer is Layer.CHANGE and self.model is not None and self.against is not None:
            before, now = self.against.model.card.name, self.model.card.name
            return (f"from {before}", f"to {now}", self.view.title)
        return ()


def write_slide_picture(path: Path, export: SlideExport, *, form: PictureForm) -> None:
    """Write the slide as a picture with its legend.

    Raises:
        StorageError: The file cannot be written.
    """
    sheet = compose(export.picture)
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
