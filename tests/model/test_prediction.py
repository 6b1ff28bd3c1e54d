"""Whole patients are predicted, unreadable patches have no probability, and it can be stopped."""

from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.errors import Cancelled, DataError
from bcviewer.model.prediction import FEWEST, MOST, predict_patients, readers_for
from bcviewer.model.way import PLAIN_WAY, Way
from bcviewer.progress import Cancel, stop_if


class Redness:
    """Stands in for a model: the mean of the red channel."""

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        red: NDArray[np.float32] = pixels[..., 0].mean(axis=(1, 2), dtype=np.float32)
        return red / np.float32(255)


@pytest.fixture
def dataset(data_folder: Path) -> Dataset:
    """Six patients of twenty patches each, one of them damaged."""
    next((data_folder / "p01" / "1").iterdir()).write_bytes(b"no picture")
    return scan(data_folder)


@pytest.fixture
def pixels(dataset: Dataset, tmp_path: Path) -> PixelStore:
    """Their pixels."""
    return PixelStore(tmp_path / "pixels", dataset)


def test_probabilities_come_in_the_order_of_the_rows(dataset: Dataset, pixels: PixelStore) -> None:
    (found,) = predict_patients(dataset, pixels, Redness(), ["p03"], batch_size=7)
    labels = dataset.labels[dataset.rows("p03")]
    assert found.patient == "p03"
    assert found.probabilities.dtype == np.float32
    assert np.array_equal(found.probabilities < 0.75, labels == 1)
    assert found.signature == pixels.signature("p03")


def test_an_unreadable_patch_has_no_probability(dataset: Dataset, pixels: PixelStore) -> None:
    (found,) = predict_patients(dataset, pixels, Redness(), ["p01"])
    assert np.isnan(found.probabilities).sum() == 1


def test_progress_counts_all_patches_up_to_the_end(dataset: Dataset, pixels: PixelStore) -> None:
    told: list[tuple[int, int]] = []
    wanted = ["p01", "p00"]
    found = predict_patients(
        dataset, pixels, Redness(), wanted, batch_size=8, progress=lambda *now: told.append(now)
    )
    assert [one.patient for one in found] == wanted
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_it_stops_between_batches(dataset: Dataset, pixels: PixelStore) -> None:
    pixels.patient("p00")
    questions = itertools.count()
    found = predict_patients(
        dataset, pixels, Redness(), ["p00"], batch_size=5, cancelled=lambda: next(questions) >= 2
    )
    with pytest.raises(Cancelled):
        next(found)
    assert next(questions) == 3


def test_a_patient_that_is_not_there_is_told(dataset: Dataset, pixels: PixelStore) -> None:
    with pytest.raises(DataError, match="p99"):
        next(predict_patients(dataset, pixels, Redness(), ["p99"]))


WAIT = 10.0


class Watched(Redness):
    """Says when it was asked, and by which thread; waits when it is told to."""

    def __init__(self, *, slowness: float = 0.0) -> None:
        self.asked = threading.Semaphore(0)
        self.batches: list[int] = []
        self.threads: set[str] = set()
        self._slowness = slowness

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.asked.release()
        self.batches.append(len(pixels))
        self.threads.add(threading.current_thread().name)
        time.sleep(self._slowness * len(pixels))
        return super().probabilities(pixels)


def test_the_next_patient_is_predicted_while_the_last_one_is_written(
    dataset: Dataset, pixels: PixelStore
) -> None:
    watched = Watched()
    found = predict_patients(dataset, pixels, watched, ["p00", "p02", "p03"], batch_size=20)
    assert next(found).patient == "p00"
    for _ in ("p00", "p02"):  # without asking for more
        assert watched.asked.acquire(timeout=WAIT)
    assert [one.patient for one in found] == ["p02", "p03"]
    assert len(watched.threads) == 1


def test_who_leaves_early_leaves_no_thread_behind(dataset: Dataset, pixels: PixelStore) -> None:
    before = set(threading.enumerate())
    watched = Watched(slowness=0.01)
    found = predict_patients(dataset, pixels, watched, list(dataset.patients), batch_size=5)
    next(found)
    begun = sum(watched.batches)
    found.close()
    assert set(threading.enumerate()) <= before
    assert sum(watched.batches) <= begun + 5  # what was begun just then


def test_an_error_of_the_model_reaches_who_asked(dataset: Dataset, pixels: PixelStore) -> None:
    class Broken:
        def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
            raise ZeroDivisionError("no more")

    with pytest.raises(ZeroDivisionError, match="no more"):
        list(predict_patients(dataset, pixels, Broken(), ["p00", "p02"]))


def test_progress_is_told_in_the_thread_of_who_asked(dataset: Dataset, pixels: PixelStore) -> None:
    tellers = set()
    found = predict_patients(
        dataset,
        pixels,
        Redness(),
        ["p00"],
        progress=lambda *_: tellers.add(threading.current_thread()),
    )
    list(found)
    assert tellers == {threading.current_thread()}


@pytest.mark.parametrize("slowness", [0.0, 0.01])
def test_batches_are_as_large_as_the_model_is_fast(
    data_folder: Path, tmp_path: Path, slowness: float
) -> None:
    dataset = scan(data_folder)
    watched = Watched(slowness=slowness)
    patients = [dataset.patients[0]] * 24  # twenty patches each
    store = PixelStore(tmp_path / "pixels", dataset)
    found = list(predict_patients(dataset, store, watched, patients))
    assert len(found) == 24
    assert sum(watched.batches) == 480
    if slowness:
        assert max(watched.batches[-3:]) <= FEWEST
    else:
        assert 64 < max(watched.batches) <= MOST


def test_patients_that_go_together_keep_their_own_probabilities(
    dataset: Dataset, pixels: PixelStore
) -> None:
    singly = {
        patient: next(predict_patients(dataset, pixels, Redness(), [patient]))
        for patient in dataset.patients
    }
    watched = Watched()
    together = list(predict_patients(dataset, pixels, watched, dataset.patients))
    assert len(watched.batches) < len(dataset.patients)
    assert [said.patient for said in together] == list(dataset.patients)
    for said in together:
        alone = singly[said.patient]
        np.testing.assert_array_equal(said.probabilities, alone.probabilities)
        assert said.signature == alone.signature
    assert np.isnan(singly["p01"].probabilities).sum() == 1


@pytest.mark.parametrize(("cores", "readers"), [(1, 1), (2, 1), (7, 1), (8, 2), (12, 3), (128, 3)])
def test_a_large_machine_has_several_readers(cores: int, readers: int) -> None:
    assert readers_for(cores) == readers


class Uneven(PixelStore):
    """Pixels of three patients that come at the same time, and of a first that takes longest."""

    def __init__(self, folder: Path, dataset: Dataset, *, slowness: float) -> None:
        super().__init__(folder, dataset)
        self._together = threading.Barrier(3)
        self._slowness = slowness

    def patient(self, patient: str, *, cancelled: Cancel | None = None) -> PatientPixels:
        if patient in ("p00", "p01", "p02"):
            self._together.wait(WAIT)
        deadline = time.monotonic() + self._slowness
        while patient == "p00" and time.monotonic() < deadline:
            stop_if(cancelled)
            time.sleep(0.005)
        return super().patient(patient, cancelled=cancelled)


@pytest.fixture
def large_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with three readers."""
    monkeypatch.setattr("bcviewer.model.prediction._cores", lambda: 12)


@pytest.mark.usefixtures("large_machine")
@pytest.mark.parametrize("batch_size", [20, 50])
def test_several_readers_keep_the_order(
    dataset: Dataset, pixels: PixelStore, tmp_path: Path, batch_size: int
) -> None:
    uneven = Uneven(tmp_path / "uneven", dataset, slowness=0.2)
    predicted = predict_patients(
        dataset, uneven, Redness(), dataset.patients, batch_size=batch_size
    )
    found = list(predicted)
    assert [one.patient for one in found] == list(dataset.patients)
    for one in found:
        decoded = pixels.patient(one.patient)
        expected = np.where(decoded.readable, Redness().probabilities(decoded.pixels), np.nan)
        np.testing.assert_array_equal(one.probabilities, expected.astype(np.float32))


@pytest.mark.usefixtures("large_machine")
def test_several_readers_stop_when_they_are_asked_to(dataset: Dataset, tmp_path: Path) -> None:
    before, stop = set(threading.enumerate()), threading.Event()
    uneven = Uneven(tmp_path / "uneven", dataset, slowness=WAIT)
    found = predict_patients(dataset, uneven, Redness(), dataset.patients, cancelled=stop.is_set)
    timer = threading.Timer(0.05, stop.set)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        next(found)
    assert time.monotonic() - begun < WAIT / 2
    timer.join()
    assert set(threading.enumerate()) <= before


def test_predictions_say_in_which_way_they_were_made(dataset: Dataset, pixels: PixelStore) -> None:
    class Averaged(Redness):
        way = Way(averaged=True)

    (said,) = predict_patients(dataset, pixels, Averaged(), ["p00"])
    (plainly,) = predict_patients(dataset, pixels, Redness(), ["p00"])
    assert said.way == Way(averaged=True)
    assert plainly.way == PLAIN_WAY
