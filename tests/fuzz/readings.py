"""What the program does with each kind of file, as far as the file decides what happens."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange import Offered, apply_import, preview
from bcviewer.annotation.exchange_csv import read_labels, write_labels, write_log
from bcviewer.annotation.exchange_folders import export_folders
from bcviewer.annotation.exchange_geojson import read_geojson, write_geojson
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import EffectiveLabels, read_ledger
from bcviewer.annotation.records import current_records, log_records
from bcviewer.annotation.state import original_state
from bcviewer.dataset.check import check_pictures
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import parse_patch_name, patch_file_name
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.pixels import read_patch
from bcviewer.dataset.split import Split, split_by_patch
from bcviewer.dataset.split_file import load_split, save_split, split_from_files
from bcviewer.errors import StorageError
from bcviewer.gui.widgets.step_losses import StepLosses
from bcviewer.model.curve_watch import CurveWatch
from bcviewer.model.folder import ModelFolder
from bcviewer.model.imported_file import opened
from bcviewer.model.imported_meaning import Wishes
from bcviewer.model.imported_reading import look_at
from bcviewer.model.job import read_job
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.runs import list_runs, read_history
from bcviewer.model.step_log import read_steps
from bcviewer.model.training_status import (
    TrainingStatus,
    loss_words,
    time_words,
    waiting_words,
)
from tests.annotation.data import plain_dataset
from tests.fuzz.cache_readings import read_cache

COUNTED = 1000
"""Of so many parts of a result something is asked for; all are alike."""


@cache
def known_dataset() -> Dataset:
    """The data set that files are read for: patients p00 to p02, twelve patches each."""
    return plain_dataset()


def prepare() -> None:
    """Have at hand what every input needs, before the forks."""
    import h5py

    h5py.version.info.strip()
    known_dataset().fingerprint.strip()


def read_names(folder: Path) -> None:
    """A data folder of these names is opened, twice, read, split and exported."""
    root, work, out = folder / "data", folder / "work", folder / "out"
    content = (folder / "picture.png").read_bytes()
    for patient, label, name in json.loads((folder / "names.json").read_text()):
        _check_name(name)
        if ".." in (patient, label):  # no name of a folder in it
            continue
        with suppress(OSError, ValueError):
            place = root / os.path.basename(patient) / os.path.basename(label)
            place.mkdir(parents=True, exist_ok=True)
            (place / os.path.basename(name)).write_bytes(content)
    root.mkdir(exist_ok=True)
    before = _listed(root)
    dataset, workspace = open_dataset(root, workspace=work)
    again, _ = open_dataset(root, workspace=work)
    assert again.fingerprint == dataset.fingerprint
    check_pictures(dataset)
    store = PixelStore(workspace.pixels_folder, dataset)
    for patient in dataset.patients:
        store.patient(patient)
        kept = np.zeros(len(store.patient(patient).pixels), np.float32)
        predictions = PredictionStore(workspace.predictions_folder, "f" * 32)
        with suppress(StorageError):  # a name may leave no room for an ending
            predictions.save(patient, kept)
        with suppress(StorageError):
            write_geojson(dataset, patient, dataset.labels, out / "geojson")
    with suppress(StorageError):
        export_folders(dataset, dataset.labels, out / "folders")
    save_split(split_by_patch(dataset), work / "split.json")
    assert load_split(work / "split.json", dataset).by == "patch"
    _export_labels(dataset, work, out)
    assert _listed(root) == before, "the data folder was written to"
    assert {entry.name for entry in folder.iterdir()} <= {
        *("names.json", "picture.png", "data", "work", "out")
    }, "something was written elsewhere"


def _check_name(name: str) -> None:
    patch = parse_patch_name(name)
    if patch is not None:
        again = parse_patch_name(patch_file_name(patch))
        assert again == patch


def _export_labels(dataset: Dataset, work: Path, out: Path) -> None:
    """Labels come back from a table as they went out, whatever the patients are called."""
    book = LabelBook(work / "labels.sqlite", dataset, reader="=Ann")
    book.label(np.arange(len(dataset)), Label.IDC)
    write_labels(book.records(), out / "labels.csv")
    book.close()
    state = read_ledger(work / "labels.sqlite", dataset).state
    seen = preview(read_labels(out / "labels.csv"), state)
    if all(patient == patient.strip() for patient in dataset.patients):
        assert not len(seen.rows)
        assert seen.same == len(dataset), seen.words


def _listed(root: Path) -> list[str]:
    return sorted(str(path) for path in root.rglob("*"))


def read_picture(folder: Path) -> None:
    """A patch is read."""
    pixels, mode = read_patch(folder / "patch.png")
    assert pixels.shape == (50, 50, 3)
    assert pixels.dtype == np.uint8
    assert mode


def read_lists(folder: Path) -> None:
    """Three lists of patients make a split."""
    train, validation, test = (folder / name for name in ("train", "validation", "test"))
    _use_split(split_from_files(known_dataset(), train=train, validation=validation, test=test))


def read_split(folder: Path) -> None:
    """A split file is read."""
    _use_split(load_split(folder / "split.json", known_dataset()))


def _use_split(split: Split) -> None:
    assert split.title
    assert split.fingerprint
    assert len(split.rows("train")) <= len(known_dataset())
    assert split.optimistic in (True, False)


def read_job_file(folder: Path) -> None:
    """A job file is read."""
    job = read_job(folder / "job.json")
    assert 0 < job.peak_learning_rate <= 1


def read_runs(folder: Path) -> None:
    """A folder of runs is listed; whatever is in it, that never fails."""
    (folder / "run").mkdir()
    for path in list(folder.iterdir()):
        if path.is_file():
            path.rename(folder / "run" / path.name)
    (record,) = list_runs(folder)
    assert len(record.short_name) <= 200
    losses = StepLosses()
    for steps in read_steps(folder / "run" / "steps.jsonl"):
        losses.add_kept(steps)
    losses.drawn()
    status = TrainingStatus()
    watch = CurveWatch()
    for epoch in read_history(folder / "run"):
        status.hear(epoch)
        watch.look(epoch)
        waiting_words(epoch)
        time_words(epoch.seconds)
    loss_words(status)
    assert status.seconds_left is not None


def read_model(folder: Path) -> None:
    """A model folder is opened, and what its card says is shown."""
    model = ModelFolder.open(folder)
    card = model.card
    assert card.validation_text
    assert model.role_of("p00")
    assert f"{card.threshold:.2f} {card.alpha:g} {round(100 * card.threshold)}"
    assert 0 <= card.threshold <= 1
    if model.context is not None:
        assert 0 <= model.context.threshold <= 1


def read_graph_file(folder: Path) -> None:
    """A model is opened and predicts patches."""
    from bcviewer.model.engine import Predictor

    predictor = Predictor(ModelFolder.open(folder), threads=1)
    patches = np.random.default_rng(0).integers(0, 256, (3, 50, 50, 3), np.uint8)
    assert predictor.probabilities(patches).shape == (3,)


def read_geojson_file(folder: Path) -> None:
    """Polygons with labels are read and compared with the labels that hold."""
    _use_offered(read_geojson(folder / "p00.geojson", known_dataset()))


def read_table(folder: Path) -> None:
    """A table of labels is read and compared with the labels that hold."""
    _use_offered(read_labels(folder / "labels.csv"))


def _use_offered(offered: Offered) -> None:
    seen = preview(offered, original_state(known_dataset()))
    assert seen.words
    assert set(seen.labels.tolist()) <= {0, 1, 2, 3}
    for problem in [*seen.contradictions, *seen.problems][:COUNTED]:
        assert problem.line >= 0
        assert len(problem.text) < 1000


def read_log(folder: Path) -> None:
    """A label log is read, then written to; one that is refused stays as it is."""
    path = folder / "labels.sqlite"
    before = path.read_bytes()
    dataset = known_dataset()
    with suppress(StorageError):
        current_records(read_ledger(path, dataset, salvage=True))
    try:
        ledger = read_ledger(path, dataset)
        state = ledger.state
        assert len(current_records(ledger)) >= 0
        log_records(ledger)
        write_labels(current_records(ledger), folder / "labels.csv")
        write_log(log_records(ledger), folder / "log.csv")
        EffectiveLabels.of(dataset, state.effective())
        assert all(isinstance(reader, str) for reader in state.readers)
        for reader in state.readers:
            state.of_reader(reader)
            state.blind_of_reader(reader)
        book = LabelBook(path, dataset, reader="Ann")
    except StorageError:
        assert path.read_bytes() == before, "a log that was refused was written to"
        raise
    try:
        _use_book(book)
    finally:
        book.close()


def _use_book(book: LabelBook) -> None:
    seen = preview(Offered("file", [], []), book.state)
    apply_import(book, seen)
    assert len(book.history) <= COUNTED
    assert book.undo_words or not book.can_undo
    book.undo()
    book.label(np.arange(5), Label.UNSURE)
    book.poll()
    assert book.flush(10)
    book.faults()
    book.records()


def read_network(folder: Path) -> None:
    """A model file of Keras is looked at, as before an import."""
    (path,) = folder.iterdir()
    about = look_at(path, Wishes())
    assert 8 <= about["input_size"] <= 1024
    assert about["idc_output"] in ("0", "1", "single")
    with opened(path) as file:
        assert file.plan.layers


READINGS: dict[str, Callable[[Path], None]] = {
    "names": read_names,
    "picture": read_picture,
    "lists": read_lists,
    "split": read_split,
    "job": read_job_file,
    "runs": read_runs,
    "model": read_model,
    "graph": read_graph_file,
    "geojson": read_geojson_file,
    "table": read_table,
    "log": read_log,
    "network": read_network,
    "cache": lambda folder: read_cache(folder, known_dataset()),
}
