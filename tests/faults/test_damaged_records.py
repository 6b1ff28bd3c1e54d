"""Records that cannot be made again, with a flipped bit: never taken for what they are not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.records import LogRecord, log_records
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.gui.blindness import keep_shown, read_shown
from tests.annotation.data import line, plain_dataset
from tests.dataset.test_opening import settle
from tests.factories import small_dataset
from tests.faults.test_damaged_caches import refuse_every_flip

FLIPS = 300


def written(path: Path) -> Path:
    """A log of two readers with imports, undos and checksums of pictures."""
    log = LabelLog(path)
    for number in range(1, 31):
        reader = "Ann" if number % 2 else "Bea"
        if number % 5 == 0:
            log.append(line(number, reader=reader, kind="undo", undoes=number - 1), [])
            continue
        places = [(f"p0{(number + at) % 3}", 50 * at + 1, 50 * (number % 3) + 1) for at in range(4)]
        about = line(number, reader=reader, reason="import x.csv", model="f" * 64, queue="doubtful")
        log.append(about, [(*place, -1, at) for at, place in enumerate(places)])
        log.add_pixels(number, [(*place, 77) for place in places])
    log.close()
    return path


def read(path: Path, dataset: Dataset) -> list[LogRecord]:
    """All that a log says of its labels."""
    return log_records(read_ledger(path, dataset))


def test_a_label_log_with_a_flipped_bit_never_says_other_labels(tmp_path: Path) -> None:
    dataset, path = plain_dataset(), written(tmp_path / "labels.sqlite")
    said, whole = read(path, dataset), path.read_bytes()
    chance = np.random.default_rng(2)
    used = np.flatnonzero(np.frombuffer(whole, np.uint8))  # most of the file is room
    told = 0
    for place, bit in zip(chance.choice(used, FLIPS), chance.integers(0, 8, FLIPS), strict=True):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << bit
        path.write_bytes(spoilt)
        try:
            assert read(path, dataset) == said, f"bit {bit} of byte {place} changes what was said"
        except StorageError as refused:
            assert refused.hint
            told += 1
    assert told > FLIPS / 2
    path.write_bytes(whole)
    assert read(path, dataset) == said


def test_a_workspace_whose_description_has_a_flipped_bit_keeps_its_labels(
    data_folder: Path,
) -> None:
    """Whatever bit it is: it is the workspace of these data, though they have grown since."""
    _, place = open_dataset(data_folder)
    place.labels_path.touch()
    small_dataset(data_folder, patients=7)
    settle(data_folder)
    dataset, _ = open_dataset(data_folder)
    shutil.copytree(place.folder, place.folder.with_name("other"))  # of data that are gone
    Workspace(place.folder.with_name("other")).remember(replace(dataset, root=Path("/gone")))
    whole = place.about_path.read_bytes()
    chance = np.random.default_rng(4)
    told = 0
    for at, bit in zip(chance.integers(0, len(whole), 60), chance.integers(0, 8, 60), strict=True):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << bit
        place.about_path.write_bytes(spoilt)
        again, found = open_dataset(data_folder)
        assert found.folder == place.folder, f"bit {bit} of byte {at} loses the labels"
        told += any("made anew" in finding.text for finding in again.report.findings)
        assert place.about_path.read_bytes() == whole, "it is as it was"
    assert told > 30


def test_a_record_of_what_was_shown_with_a_flipped_bit_never_says_something_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "blind_reading.json"
    for reader, patient in (("Ann", "p00"), ("Ann", "p02"), ("Bea", "p01")):
        keep_shown(path, reader, patient)

    def same() -> bool:
        return read_shown(path, "Ann") == {"p00", "p02"} and read_shown(path, "Bea") == {"p01"}

    refuse_every_flip(path, same, refused=StorageError)
