"""Full and read-only disks: an error in words, nothing lost, no half file under a real name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange_csv import write_labels, write_log
from bcviewer.annotation.exchange_folders import export_folders
from bcviewer.annotation.exchange_geojson import write_geojson
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import EffectiveLabels, read_ledger, save_snapshot
from bcviewer.annotation.records import log_records
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import split_by_patient
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import BcviewerError, StorageError
from bcviewer.evaluation.judging import of_roles
from bcviewer.evaluation.report import make_report
from bcviewer.evaluation.report_files import save_report
from bcviewer.evaluation.results import judge
from bcviewer.gui.widgets.curve_saver import _Writer
from bcviewer.gui.workers.problem_workers import SaveReportWorker
from bcviewer.model.context import write_context
from bcviewer.model.context_fit import fit_context
from bcviewer.model.event_log import EventLog, read_events
from bcviewer.model.events import Note
from bcviewer.model.export_files import ExportKind, write_export
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.folder import ModelFolder
from bcviewer.model.job import write_job
from bcviewer.model.library import find_model
from bcviewer.model.out_of_fold import save_out_of_fold
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import claim_run_folder
from bcviewer.model.slide_export import SlideExport
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import HeatmapStyle
from tests.evaluation.test_report import guesses
from tests.factories import small_dataset
from tests.faults.spoilt import WAYS, WAYS_IN_USE, Place, place_of
from tests.model.conftest import tiny_job
from tests.model.test_context import noisy_patients
from tests.model.test_out_of_fold import predicted

PATIENT = "p01"
Write = Callable[[Path], object]


@pytest.fixture(params=WAYS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where things are written to, until it is spoilt."""
    with place_of(tmp_path / "place", request.param) as made:
        yield made


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return scan(small_dataset(tmp_path_factory.mktemp("small") / "data", patients=4))


@pytest.fixture(scope="module")
def model() -> ModelFolder:
    return find_model("simple_cnn")


@pytest.fixture(scope="module")
def writers(
    dataset: Dataset, model: ModelFolder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Write]:
    """All that is written whole, by what it is."""
    aside = tmp_path_factory.mktemp("aside")
    pixels = PixelStore(aside / "pixels", dataset)
    decoded = pixels.patient(PATIENT)
    rows = dataset.rows(PATIENT)
    x, y = dataset.x[rows], dataset.y[rows]
    values = np.linspace(0, 1, len(x), dtype=np.float32)
    export = SlideExport(
        dataset=dataset,
        patient=PATIENT,
        grid=grid_of(x, y),
        mosaic=assemble(decoded.pixels, x, y),
        style=HeatmapStyle(PALETTES[0], 0.5, 0.45),
        values=values,
        model=model,
    )
    book = LabelBook(aside / "labels.sqlite", dataset, reader="Ann")
    book.label(np.arange(30), Label.UNSURE)
    records, labels = book.records(), book.state.labels[rows]
    book.close()
    log = log_records(read_ledger(aside / "labels.sqlite", dataset))
    others = EffectiveLabels.of(dataset, 1 - dataset.labels)
    out_of_fold = predicted(dataset)
    curves = QImage(40, 30, QImage.Format.Format_RGB32)
    results = judge(
        model,
        dataset,
        of_roles(dataset, model, dataset.labels),
        labels=EffectiveLabels.of(dataset, dataset.labels),
        probabilities=guesses(dataset),
    )
    report = make_report(results, pixels)
    context = fit_context(noisy_patients(8), graph="abc")
    job = tiny_job(aside, run=aside / "run")
    features = np.ones((20, 30), np.float32)
    found: dict[str, Write] = {
        "prediction": lambda to: PredictionStore(to, "m" * 64).save(PATIENT, values),
        "features": lambda to: FeatureStore(to, "b" * 64).save(PATIENT, features, signature="s"),
        "labels as a table": lambda to: write_labels(records, to / "labels.csv"),
        "log of labels": lambda to: write_log(log, to / "log.csv"),
        "labels of a run": lambda to: save_snapshot(others, dataset, to / "labels.npz"),
        "out of fold": lambda to: save_out_of_fold(out_of_fold, to / "out-of-fold"),
        "problem report": lambda to: SaveReportWorker("words " * 99, to / "problem.txt").work(),
        "curves as a table": lambda to: _Writer(to / "curves.csv", "1,2\n" * 99, ()).work(),
        "curves as a picture": lambda to: _Writer(to / "curves.png", curves, ()).work(),
        "labels for QuPath": lambda to: write_geojson(dataset, PATIENT, labels, to),
        "split": lambda to: save_split(split_by_patient(dataset), to / "split.json"),
        "job": lambda to: write_job(to / "job.json", job),
        "context": lambda to: write_context(to, context),
        "report": lambda to: save_report(report, to / "report.html"),
    }
    for kind in ExportKind:
        found[f"export {kind}"] = lambda to, kind=kind: write_export(to / kind, export, kind)  # type: ignore[misc]
    return found


def test_whatever_is_written_whole_leaves_the_last_good_one_and_no_half_one(
    place: Place, writers: dict[str, Write]
) -> None:
    new, old = place.folder / "new", place.folder / "old"
    for folder in (new, old):
        folder.mkdir()
    for write in writers.values():
        write(old)
    before = place.files()
    with place.spoilt():
        for what, write in writers.items():
            for folder in (new, old):
                with pytest.raises(BcviewerError, match=place.words) as told:
                    write(folder)
                assert "Check that" in told.value.hint, what
        assert place.files() == before, "nothing is lost, and there is no half file"
    for write in writers.values():
        write(new)
    assert len(place.files()) == 2 * len(before)


def test_folders_that_cannot_be_written_are_told_and_gone_on_with(
    place: Place, dataset: Dataset
) -> None:
    """An export that was stopped is kept under another name, where it goes on."""
    target = place.folder / "corrected"
    with place.spoilt():
        with pytest.raises(BcviewerError, match=place.words) as told:
            export_folders(dataset, dataset.labels, target)
        assert "Check that" in told.value.hint
        assert not target.exists()
    assert export_folders(dataset, dataset.labels, target).patches == len(dataset)
    written = sorted(path.name for path in target.rglob("*.png"))
    assert written == sorted(dataset.path(row).name for row in range(len(dataset)))
    assert all(path.stat().st_size for path in target.rglob("*.png"))
    assert not target.with_name("corrected.part").exists()


@pytest.fixture(params=WAYS_IN_USE)
def place_in_use(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a log is open when the place is spoilt."""
    with place_of(tmp_path / "place", request.param) as made:
        yield made


def test_labels_that_cannot_be_written_are_taken_back_and_the_others_stay(
    place_in_use: Place, dataset: Dataset
) -> None:
    place = place_in_use
    path = place.folder / "labels.sqlite"
    book = LabelBook(path, dataset, reader="Ann")
    book.label(np.arange(5), Label.IDC)
    assert book.flush(10)
    with place.spoilt():
        book.label(np.arange(5, 60), Label.UNSURE)
        assert book.flush(10)
        (fault,) = book.faults()
        assert "Not saved and taken back" in fault
        assert "room" in fault
        assert (book.state.labels >= 0).sum() == 5
        assert book.undo() is not None
        book.flush(10)
        book.faults()
        assert (book.state.labels >= 0).sum() in (0, 5), "taken back, or small enough to be kept"
        book.redo()
        book.flush(10)
    if place.way == "failed":  # it stays so until nobody uses it
        book.close()
        return
    book.label(np.arange(5, 60), Label.UNSURE)
    assert book.flush(10)
    labels = book.state.labels.tolist()
    book.close()
    again = LabelBook(path, dataset, reader="Ann")
    assert again.state.labels.tolist() == labels
    assert (again.state.labels[5:60] == Label.UNSURE).all()
    again.close()


def test_labels_on_a_read_only_disk_are_shown_and_new_ones_are_refused_in_words(
    tmp_path: Path, dataset: Dataset
) -> None:
    with place_of(tmp_path / "place", "read-only") as place:
        path = place.folder / "labels.sqlite"
        book = LabelBook(path, dataset, reader="Ann")
        book.label(np.arange(5), Label.IDC)
        book.close()
        before = place.files()
        with place.spoilt():
            book = LabelBook(path, dataset, reader="Ann")
            assert (book.state.labels >= 0).sum() == 5
            book.label(np.arange(5, 8), Label.IDC)
            assert book.flush(10)
            (fault,) = book.faults()
            assert "cannot be opened for writing" in fault
            assert "choose another workspace" in fault
            assert (book.state.labels >= 0).sum() == 5
            book.close()
            assert place.files() == before
        book = LabelBook(path, dataset, reader="Ann")
        assert (book.state.labels >= 0).sum() == 5
        book.close()


def test_a_workspace_that_is_spoilt_still_opens_its_data(place: Place, data_folder: Path) -> None:
    workspace = place.folder / "workspace"
    before, where = open_dataset(data_folder, workspace=workspace)
    small_dataset(data_folder, patients=7)
    with place.spoilt():
        dataset, _ = open_dataset(data_folder, workspace=workspace)
        assert len(dataset.patients) == 7, "data that grew: its index cannot be kept"
        (finding,) = dataset.report.findings
        assert finding.kind == "cache"
        assert place.words in finding.text
        decoded = PixelStore(where.pixels_folder, dataset).patient("p06")
        assert decoded.readable.all(), "decoded without being kept"
        assert not where.pixels_folder.exists() or not list(where.pixels_folder.iterdir())
    again, _ = open_dataset(data_folder, workspace=workspace)
    assert not again.report.findings
    assert again.fingerprint == dataset.fingerprint != before.fingerprint


def test_a_workspace_that_cannot_be_made_is_refused_in_words(
    place: Place, data_folder: Path
) -> None:
    with (
        place.spoilt(),
        pytest.raises(StorageError, match=place.words),
    ):
        open_dataset(data_folder, workspace=place.folder / "workspace")
    assert not [name for name in place.files() if not name.endswith(".part")] or place.files() == {}


def test_a_run_that_cannot_be_begun_is_told_and_its_log_never_stops_one(
    place: Place, tmp_path: Path
) -> None:
    run = place.folder / "run"
    with place.spoilt(), pytest.raises(BcviewerError, match=place.words):
        claim_run_folder(tiny_job(tmp_path, run=run))
    claimed = claim_run_folder(tiny_job(tmp_path, run=run))
    log = EventLog(claimed.events_path, fresh=False)
    log.add(Note("before"))
    with place.spoilt():
        log.add(Note("lost " * 2000))
    log.add(Note("after"))
    told = [event.text for event in read_events(claimed.events_path) if isinstance(event, Note)]
    assert told[0] == "before"
    assert told[-1] == "after"
