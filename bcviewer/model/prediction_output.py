"""A folder of predictions: which files a patient gets, and which patients are done already.

Beside the files lies a record for each patient, written after them. It says for each file by what
it was made and how long it is; a file counts as done only where both still hold. So whatever ended
a run, the next one goes on, and changed pictures or another model make anew exactly what they must.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.context import View
from bcviewer.model.context_view import named_in, probabilities_in, threshold_in
from bcviewer.model.every_view import every_view
from bcviewer.model.export_files import ExportKind, path_among_patients, write_export
from bcviewer.model.folder import ModelFolder
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.prediction_export import picture_path, table_path, write_picture, write_table
from bcviewer.model.prediction_record import Counts, FileMark, Records
from bcviewer.model.prediction_wanted import Wanted
from bcviewer.model.slide_export import Against, SlideExport
from bcviewer.model.told_model import judged_words
from bcviewer.model.way import Way
from bcviewer.slide.errors import outcomes
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.picture import Layer

TABLE, SHEET = "table", "sheet"
"""What is no ``ExportKind``: WSInfer's table, and the pictures of single patches."""

_NEVER = FileMark(made_by="", bytes=-1)


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
        against: The model that changes are counted from, in the same view and way; None for none.
        judged_by: Labels by which pictures mark right and wrong predictions; None for no marks.
    """

    folder: Path
    dataset: Dataset
    pixels: PixelStore
    plain: ModelFolder
    view: View
    way: Way
    wanted: Wanted
    against: ModelFolder | None = None
    judged_by: EffectiveLabels | None = None

    @property
    def _records(self) -> Records:
        return Records(self.folder)

    @property
    def model(self) -> ModelFolder:
        """The model, with what is told of view and way in its name."""
        return named_in(self.plain, self.view, way=self.way)

    @property
    def compared_with(self) -> ModelFolder | None:
        """The model that changes are counted from, named likewise."""
        return None if self.against is None else named_in(self.against, self.view, way=self.way)

    @property
    def threshold(self) -> float:
        """From this probability on a patch is IDC in all files."""
        given = self.wanted.threshold
        return self.model.card.threshold if given is None else given

    def done(self, patient: str) -> Counts | None:
        """What was counted when a patient's files were written; None where one must be made."""
        record = self._records.read(patient)
        if record is None:
            return None
        for name, made_by in self._files(patient).items():
            if record.files.get(name, _NEVER) != self._records.mark(name, made_by):
                return None
        return record.counts

    def write(
        self, said: PatientPrediction, *, against: NDArray[np.float32] | None = None
    ) -> Counts:
        """Write a patient's files, then the record that it is done.

        Args:
            said: What the network says of its single patches.
            against: float32[n], what the network of the model says that changes are counted from.

        Raises:
            StorageError: A file cannot be written.
        """
        patient = said.patient
        files = self._files(patient, said.signature)
        others = self._records.forget(patient)
        views = every_view(self.plain, self.dataset, patient, probabilities=said.probabilities)
        shown = replace(said, probabilities=views[self.view])
        write_table(self.folder, self.dataset, patient, shown.probabilities, views=views)
        if self.wanted.pictures:
            self._write_patches(shown)
        if self.wanted.kinds:
            export = self._export(shown, views)
            self._write_slides(replace(export, against=self._against(patient, against)))
        counts = _counted(shown.probabilities, self.threshold)
        known = {name: mark for name, mark in others.items() if name not in files}
        for name, made_by in files.items():
            mark = self._records.mark(name, made_by)
            if mark is not None:
                known[name] = mark
        self._records.write(patient, counts, known)
        return counts

    def _write_patches(self, shown: PatientPrediction) -> None:
        pixels = self.pixels.patient(shown.patient).pixels
        write_picture(
            self.folder,
            self.dataset,
            self.model,
            shown,
            pixels=pixels,
            threshold=self.threshold,
        )

    def _write_slides(self, export: SlideExport) -> None:
        for kind in self.wanted.kinds:
            for layer in self._layers(kind):
                path = path_among_patients(self.folder, export.patient, kind, layer)
                write_export(path, replace(export, layer=layer), kind)

    def _layers(self, kind: ExportKind) -> tuple[Layer, ...]:
        """The layers that a kind of file has a file for each of."""
        return self.wanted.look.layers if kind.is_picture else (Layer.PREDICTION,)

    def _against(self, patient: str, said: NDArray[np.float32] | None) -> Against | None:
        if self.against is None or said is None:
            return None
        values = probabilities_in(
            self.against, self.dataset, patient, probabilities=said, view=self.view
        )
        return Against(self.against, values, threshold_in(self.against, self.view))

    def _export(
        self, shown: PatientPrediction, views: Mapping[View, NDArray[np.float32]]
    ) -> SlideExport:
        decoded = self.pixels.patient(shown.patient)
        rows, judged = self.dataset.rows(shown.patient), self.judged_by
        x, y = self.dataset.x[rows], self.dataset.y[rows]
        values, threshold = shown.probabilities, self.threshold
        return SlideExport(
            dataset=self.dataset,
            patient=shown.patient,
            grid=grid_of(x, y),
            mosaic=assemble(decoded.pixels, x, y, readable=decoded.readable),
            style=self.wanted.look.style(threshold),
            values=values,
            model=self.plain,
            view=self.view,
            way=self.way,
            views=views,
            truth=self.wanted.look.truth,
            outcomes=None if judged is None else outcomes(judged.labels[rows], values, threshold),
            notes=() if judged is None else (judged_words(judged),),
        )

    def _files(self, patient: str, signature: str | None = None) -> dict[str, str]:
        """The patient's files, relative to the folder, and a digest of what each is made by."""
        pictures = signature if signature is not None else self.pixels.signature(patient)
        paths = {table_path(self.folder, patient): TABLE}
        if self.wanted.pictures:
            paths[picture_path(self.folder, patient)] = SHEET
        for kind in self.wanted.kinds:
            for layer in self._layers(kind):
                path = path_among_patients(self.folder, patient, kind, layer)
                paths[path] = f"{kind} {layer}"
        return {
            path.relative_to(self.folder).as_posix(): self._made_by(kind, pictures)
            for path, kind in paths.items()
        }

    def _made_by(self, kind: str, pictures: str) -> str:
        """A digest of all that a file of a kind depends on."""
        card, look, judged = self.model.card, self.wanted.look, self.judged_by
        causes: dict[str, object] = {
            "bcviewer": __version__,
            "kind": kind,
            "pictures": pictures,
            "model": [self.plain.fingerprint, card.threshold, self.threshold],
            "view": [self.view.context, self.view.calibrated, self.way.suffix],
            "context": _context_numbers(self.plain),
        }
        if kind != TABLE:
            causes |= {"told": [card.name, card.split.title], "look": asdict(look) | {"layers": ()}}
            causes["judged by"] = None if judged is None else [judged.fingerprint]
            causes["against"] = _causes_of(self.compared_with)
        return hashlib.sha256(json.dumps(causes, sort_keys=True).encode()).hexdigest()


def _causes_of(model: ModelFolder | None) -> list[object]:
    if model is None:
        return []
    card = model.card
    told: list[object] = [card.name, card.split.title, card.threshold]
    return [model.fingerprint, *told, _context_numbers(model)]


def _context_numbers(model: ModelFolder) -> object:
    """What was fitted, without what is only told of it."""
    told = {"created", "bcviewer", "validation"}
    return None if model.context is None else model.context.model_dump(mode="json", exclude=told)


def _counted(probabilities: NDArray[np.float32], threshold: float) -> Counts:
    known = np.isfinite(probabilities)
    above = int((probabilities[known] >= threshold).sum())
    return Counts(int(known.sum()), int((~known).sum()), above)
