"""Workers about labels in files: write them, see what a file would change, take it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange import ImportPreview, apply_import, preview
from bcviewer.annotation.exchange_csv import read_labels, write_labels
from bcviewer.annotation.exchange_folders import export_folders
from bcviewer.annotation.exchange_geojson import read_geojson, spare_others, write_geojson
from bcviewer.annotation.labels import LabelError
from bcviewer.annotation.stroke import Stroke
from bcviewer.dataset.workspace import check_apart
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.worker import Worker
from bcviewer.progress import stop_if

Form = Literal["csv", "tiles", "regions", "folders"]
GEOJSON_ENDINGS = (".geojson", ".json")


@dataclass(frozen=True)
class ExportWish:
    """What is to be written, and where.

    Attributes:
        form: CSV, GeoJSON of patches or of regions, or folders of pictures.
        target: A file for CSV, else a folder; that of pictures must be new.
        patient: Whose labels; "" for those of all.
        with_original: GeoJSON: the original label where no reader says anything.
    """

    form: Form
    target: Path
    patient: str = ""
    with_original: bool = False


class ExportLabelsWorker(Worker):
    """Writes labels; its result says in words what was written."""

    def __init__(self, book: LabelBook, wish: ExportWish) -> None:
        super().__init__()
        self._book = book
        self._wish = wish

    def work(self) -> str:
        wish = self._wish
        check_apart(wish.target, self._book.dataset.root, what="export")
        if wish.form == "csv":
            return self._write_table()
        return self._copy_pictures() if wish.form == "folders" else self._write_polygons(wish.form)

    def _write_table(self) -> str:
        wish = self._wish
        records = self._book.records()
        if wish.patient:
            records = [record for record in records if record.patient == wish.patient]
        write_labels(records, wish.target)
        return tr_count(
            len(records),
            "1 label is written to {name}.",
            "{count:,} labels are written to {name}.",
            name=wish.target.name,
        )

    def _write_polygons(self, form: Literal["tiles", "regions"]) -> str:
        wish, dataset = self._wish, self._book.dataset
        labels = self._labels()
        said = np.unique(dataset.patient_index[labels >= 0]).tolist()
        patients = [dataset.patients[number] for number in said]
        if wish.patient:
            patients = [patient for patient in patients if patient == wish.patient]
        if not patients:
            raise LabelError(
                tr("No reader has labelled a patch here, so there is nothing to write."),
                hint=tr("Tick the box to write the original labels."),
            )
        spare_others(wish.target, patients)
        for done, patient in enumerate(patients):
            stop_if(self.cancelled)
            write_geojson(dataset, patient, labels, wish.target, form=form)
            self.tell(done + 1, len(patients))
        return tr_count(
            len(patients),
            "1 file is written to {name}.",
            "{count:,} files are written to {name}.",
            name=wish.target.name,
        )

    def _copy_pictures(self) -> str:
        wish, dataset = self._wish, self._book.dataset
        labels = self._book.state.effective()
        if wish.patient:
            chosen = np.zeros(len(labels), np.bool_)
            chosen[dataset.rows(wish.patient)] = True
            labels = np.where(chosen, labels, -1).astype(np.int8)
        done = export_folders(
            dataset, labels, wish.target, progress=self.tell, cancelled=self.cancelled
        )
        words = tr_count(
            done.patches,
            "1 picture is copied to {name}.",
            "{count:,} pictures are copied to {name}.",
            name=done.folder.name,
        )
        if done.unreadable:
            words += " " + tr_count(
                len(done.unreadable),
                "1 file could not be read.",
                "{count:,} files could not be read.",
            )
        return words

    def _labels(self) -> NDArray[np.int8]:
        """int8[N]: what is to be written; -1 for nothing."""
        said = self._book.state.labels
        if not self._wish.with_original:
            return said
        return np.where(said < 0, self._book.dataset.labels, said).astype(np.int8)


@dataclass(frozen=True, eq=False)
class ImportSeen:
    """What taking a file's labels would do: with which book, and from what to what.

    Attributes:
        book: Where they would go.
        preview: What would change.
        before: int8[k], the labels that hold now where they would change.
    """

    book: LabelBook
    preview: ImportPreview
    before: NDArray[np.int8]


class ReadLabelsWorker(Worker):
    """Reads a file of labels and sees what taking it would change."""

    def __init__(self, book: LabelBook, path: Path) -> None:
        super().__init__()
        self._book = book
        self._path = path

    def work(self) -> ImportSeen:
        book, path = self._book, self._path
        geojson = path.suffix.casefold() in GEOJSON_ENDINGS
        offered = read_geojson(path, book.dataset) if geojson else read_labels(path)
        stop_if(self.cancelled)
        state = book.state
        seen = preview(offered, state)
        return ImportSeen(book, seen, state.labels[seen.rows])


class TakeLabelsWorker(Worker):
    """Takes what was seen, as one stroke."""

    def __init__(self, seen: ImportSeen) -> None:
        super().__init__()
        self.seen = seen

    def work(self) -> Stroke | None:
        return apply_import(self.seen.book, self.seen.preview)
