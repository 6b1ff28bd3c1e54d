"""A folder of predictions: which files a patient gets, and which patients are done already.

Beside the files lies a record for each patient, written after them. It says for each file by what
it was made and how long it is; a file counts as done only where both still hold. So whatever ended
a run, the next one goes on, and changed pictures or another model make anew exactly what they must.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import named_in, probabilities_in
from bcviewer.model.export_files import ExportKind, path_among_patients, write_export
from bcviewer.model.folder import ModelFolder
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.prediction_export import picture_path, table_path, write_picture, write_table
from bcviewer.model.prediction_record import Counts, FileMark, Records
from bcviewer.model.slide_export import SlideExport
from bcviewer.model.way import Way
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import palette
from bcviewer.slide.picture import HeatmapStyle

OPACITY = 0.45

TABLE, SHEET = "table", "sheet"
"""What is no ``ExportKind``: WSInfer's table, and the pictures of single patches."""

_NEVER = FileMark(made_by="", bytes=-1)


@dataclass(frozen=True)
class Wanted:
    """Which files are written beside the tables, and how.

    Attributes:
        pictures: Whether pictures of patches are wanted.
        kinds: Files of whole slides.
        smooth: Whether heatmaps are drawn smoothed.
        palette: Name of the heatmaps' palette.
    """

    pictures: bool = False
    kinds: tuple[ExportKind, ...] = ()
    smooth: bool = False
    palette: str = ""


@dataclass(frozen=True, eq=False)
class PredictionOutput:
    """The folder that a model's predictions of a data set are written to.

    Attributes:
        folder: The folder.
        dataset: The data set.
        pixels: Its pixels.
        plain: The model.
        view: How its predictions are shown.
        way: How it is asked.
        wanted: Which files are written.
    """

    folder: Path
    dataset: Dataset
    pixels: PixelStore
    plain: ModelFolder
    view: View
    way: Way
    wanted: Wanted

    @property
    def _records(self) -> Records:
        return Records(self.folder)

    @property
    def model(self) -> ModelFolder:
        """The model, with what is told of view and way in its name."""
        way = self.way
        return named_in(self.plain, self.view, way=way)

    def done(self, patient: str) -> Counts | None:
        """What was counted when a patient's files were written; None where one must be made."""
        record = self._records.read(patient)
        if record is None:
            return None
        for name, made_by in self._files(patient).items():
            if record.files.get(name, _NEVER) != self._records.mark(name, made_by):
                return None
        return record.counts

    def write(self, said: PatientPrediction) -> Counts:
        """Write a patient's files, then the record that it is done.

        Args:
            said: What the network says of its single patches.

        Raises:
            StorageError: A file cannot be written.
        """
        patient = said.patient
        files = self._files(patient, said.signature)
        others = self._records.forget(patient)
        shown = probabilities_in(
            self.plain, self.dataset, patient, probabilities=said.probabilities, view=self.view
        )
        write_table(self.folder, self.dataset, patient, shown)
        if self.wanted.pictures or self.wanted.kinds:
            self._write_pictures(replace(said, probabilities=shown))
        counts = _counted(shown, self.model.card.threshold)
        known = {name: mark for name, mark in others.items() if name not in files}
        for name, made_by in files.items():
            mark = self._records.mark(name, made_by)
            if mark is not None:
                known[name] = mark
        self._records.write(patient, counts, known)
        return counts

    def _write_pictures(self, shown: PatientPrediction) -> None:
        decoded = self.pixels.patient(shown.patient)
        if self.wanted.pictures:
            write_picture(self.folder, self.dataset, self.model, shown, pixels=decoded.pixels)
        if self.wanted.kinds:
            export = self._export(shown, decoded)
            for kind in self.wanted.kinds:
                write_export(path_among_patients(self.folder, shown.patient, kind), export, kind)

    def _export(self, shown: PatientPrediction, decoded: PatientPixels) -> SlideExport:
        rows = self.dataset.rows(shown.patient)
        x, y = self.dataset.x[rows], self.dataset.y[rows]
        colours, threshold = palette(self.wanted.palette), self.model.card.threshold
        return SlideExport(
            dataset=self.dataset,
            patient=shown.patient,
            grid=grid_of(x, y),
            mosaic=assemble(decoded.pixels, x, y, readable=decoded.readable),
            style=HeatmapStyle(colours, threshold, OPACITY, smooth=self.wanted.smooth),
            values=shown.probabilities,
            model=self.model,
        )

    def _files(self, patient: str, signature: str | None = None) -> dict[str, str]:
        """The patient's files, relative to the folder, and a digest of what each is made by."""
        pictures = signature if signature is not None else self.pixels.signature(patient)
        paths = {table_path(self.folder, patient): TABLE}
        if self.wanted.pictures:
            paths[picture_path(self.folder, patient)] = SHEET
        for kind in self.wanted.kinds:
            paths[path_among_patients(self.folder, patient, kind)] = kind.value
        return {
            path.relative_to(self.folder).as_posix(): self._made_by(kind, pictures)
            for path, kind in paths.items()
        }

    def _made_by(self, kind: str, pictures: str) -> str:
        """A digest of all that a file of a kind depends on."""
        context, card = self.plain.context, self.model.card
        told = {"created", "bcviewer", "validation"}
        numbers = None if context is None else context.model_dump(mode="json", exclude=told)
        causes: dict[str, object] = {
            "bcviewer": __version__,
            "kind": kind,
            "pictures": pictures,
            "model": [self.plain.fingerprint, card.threshold],
            "view": [self.view.context, self.view.calibrated, self.way.suffix],
            "context": None if self.view == PLAIN else numbers,
        }
        if kind != TABLE:
            style = [self.wanted.smooth, self.wanted.palette]
            causes |= {"told": [card.name, card.split.title], "style": style}
        return hashlib.sha256(json.dumps(causes, sort_keys=True).encode()).hexdigest()


def _counted(probabilities: NDArray[np.float32], threshold: float) -> Counts:
    known = np.isfinite(probabilities)
    above = int((probabilities[known] >= threshold).sum())
    return Counts(int(known.sum()), int((~known).sum()), above)
