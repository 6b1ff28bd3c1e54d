"""Decoded pixels, kept in the workspace: a picture is decoded once, and again when it changed.

Whether to look again is told by a stamp, a digest of names, sizes and times of a patient's files.
Where the stamp is another one, the pictures are decoded and compared with what was kept. Pixels
that are the same keep their signature, and with it all that was made of them: a copy of the data
folder, or files that were touched, cost a decoding and no prediction. One patch that changed gives
its whole patient another signature.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.patient_files import decode_patient, look_at
from bcviewer.dataset.pixel_file import (
    PatientPixels,
    is_whole,
    kept_signature,
    load_pixels,
    save_pixels,
)
from bcviewer.errors import StorageError
from bcviewer.progress import Cancel
from bcviewer.storage import sweep_halves


class PixelStore:
    """The pixels of a data set, patient by patient. May be used from several threads.

    Pixels are kept only where every file could be read: a drive that goes away meanwhile harms
    nothing that was kept before.

    Args:
        folder: Where the decoded pixels are kept. When it cannot be written (a full disk), pixels
            are decoded anew each time and nothing else suffers.
        dataset: The data set.
    """

    def __init__(self, folder: Path, dataset: Dataset) -> None:
        self.dataset = dataset
        self._folder = folder
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._mapped: dict[str, PatientPixels] = {}
        self._signatures: dict[str, tuple[str, str]] = {}
        self._told: dict[str, str] = {}
        self._swept = False

    def signature(self, patient: str) -> str:
        """What names a patient's pixels as its files are now: the same as long as the pixels are.

        Mostly a look at the files is enough. Where they are others than those of the kept pixels,
        they are decoded and compared. While files are missing it is one that nothing was kept by.

        Raises:
            DataError: The data set has no such patient, or its files went away meanwhile.
        """
        look = look_at(self.dataset, patient)
        if look.gone:
            return look.stamp
        with self._locks[patient]:
            found = self._known(patient, look.stamp)
            if found is None and (look.missing or not self._files_of(patient)):
                found = look.stamp
            elif found is None:
                found = self._open(patient, look.stamp).signature
            self._told[patient] = found
            return found

    def last_signature(self, patient: str) -> str:
        """The signature that was told last, to whomever; "" where none was. Nothing is looked at.

        What came of pixels of another one is out of date.
        """
        return self._told.get(patient, "")

    def patient(self, patient: str, *, cancelled: Cancel | None = None) -> PatientPixels:
        """The pixels of a patient as the files are now; decoded where that was not done before.

        Raises:
            DataError: The data set has no such patient, or none of its files are there.
            Cancelled: The user asked to stop.
        """
        stamp = look_at(self.dataset, patient).stamp
        with self._locks[patient]:
            mapped = self._mapped.get(patient)
            if mapped is None or mapped.stamp != stamp or not is_whole(mapped):
                mapped = self._open(patient, stamp, cancelled)
                self._mapped[patient] = mapped
            self._told[patient] = mapped.signature
            return mapped

    def kept(self, patient: str) -> PatientPixels | None:
        """The pixels of a patient if they are decoded as the files are now; nothing is decoded.

        Raises:
            DataError: The data set has no such patient.
        """
        stamp = look_at(self.dataset, patient).stamp
        with self._locks[patient]:
            mapped = self._mapped.get(patient)
            if mapped is not None and mapped.stamp == stamp and is_whole(mapped):
                return mapped
            return load_pixels(
                self._path(patient, stamp), patches=self._count(patient), stamp=stamp
            )

    def release(self, patient: str) -> None:
        """Let go of a patient's pixels (they stay on the disk)."""
        with self._locks[patient]:
            self._mapped.pop(patient, None)

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """uint8[k, 50, 50, 3]: the pixels of any k rows, in their order.

        A patient's files are looked at when its pixels are first asked for, not at each batch;
        but a file of kept pixels that was cut off meanwhile is made anew.
        """
        gathered = np.empty((len(rows), PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
        numbers = self.dataset.patient_index[rows]
        for number in np.unique(numbers):
            here = np.flatnonzero(numbers == number)
            decoded = self._once(self.dataset.patients[number])
            gathered[here] = decoded.pixels[rows[here] - self.dataset.starts[number]]
        return gathered

    def readable(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool[k]: which of the rows have pixels."""
        found = np.empty(len(rows), np.bool_)
        numbers = self.dataset.patient_index[rows]
        for number in np.unique(numbers):
            here = numbers == number
            decoded = self._once(self.dataset.patients[number])
            found[here] = decoded.readable[rows[here] - self.dataset.starts[number]]
        return found

    def _once(self, patient: str) -> PatientPixels:
        mapped = self._mapped.get(patient)
        return mapped if mapped is not None and is_whole(mapped) else self.patient(patient)

    def _known(self, patient: str, stamp: str) -> str | None:
        """The signature of the pixels that were of this stamp; None where there were none."""
        known = self._signatures.get(patient)
        if known is not None and known[0] == stamp:
            return known[1]
        kept = kept_signature(self._path(patient, stamp), stamp=stamp)
        if kept is not None:
            self._signatures[patient] = stamp, kept
        return kept

    def _open(self, patient: str, stamp: str, cancelled: Cancel | None = None) -> PatientPixels:
        if not self._swept:
            self._swept = True
            sweep_halves(self._folder)
        path = self._path(patient, stamp)
        opened = load_pixels(path, patches=self._count(patient), stamp=stamp)
        if opened is None:
            opened = decode_patient(self.dataset, patient, stamp=stamp, cancelled=cancelled)
            if opened.stamp:
                opened = self._renewed(patient, opened, path)
        if opened.stamp:
            self._signatures[patient] = opened.stamp, opened.signature
        return opened

    def _renewed(self, patient: str, decoded: PatientPixels, path: Path) -> PatientPixels:
        """Put pixels in the place of what was kept; as they are where there is no room."""
        there = self._files_of(patient)
        stale = [old for old in there if old != path]
        known = self._known(patient, decoded.stamp) or _signature_of_same(stale, decoded)
        if known is not None:
            decoded = replace(decoded, signature=known)
        elif stale:
            text = "Its pictures changed since they were last read; they were read again."
            decoded = _with(decoded, Finding(patient, "changed", text))
        made = self._keep(decoded, path, stale)
        if path in there:  # not kept with the pixels: it is of today
            text = "Its kept pixels were damaged or of another version; they were read again."
            made = _with(made, Finding(patient, "cache", text))
        return made

    def _keep(self, decoded: PatientPixels, path: Path, stale: list[Path]) -> PatientPixels:
        try:
            save_pixels(decoded, path)
        except StorageError:
            return decoded
        for old in stale:
            with suppress(OSError):
                old.unlink()
        # Mapped rather than kept: the system may take the memory back when it needs it.
        return load_pixels(path, patches=len(decoded.pixels), stamp=decoded.stamp) or decoded

    def _count(self, patient: str) -> int:
        rows = self.dataset.rows(patient)
        return int(rows.stop - rows.start)

    def _path(self, patient: str, stamp: str) -> Path:
        return self._folder / f"{patient}.{stamp[:16]}.pixels"

    def _files_of(self, patient: str) -> list[Path]:
        """Pixel files of the patient, whatever their stamp."""
        start = f"{patient}."
        try:
            names = os.listdir(self._folder)  # noqa: PTH208
        except OSError:
            return []
        return [
            self._folder / name
            for name in names
            if name.startswith(start) and len(name) == len(start) + len(".pixels") + 16
        ]


def _signature_of_same(stale: list[Path], decoded: PatientPixels) -> str | None:
    """The signature of kept pixels that are those decoded; None where there are none."""
    for path in stale:
        kept = load_pixels(path, patches=len(decoded.pixels))
        if (
            kept is not None
            and np.array_equal(kept.readable, decoded.readable)
            and np.array_equal(kept.pixels, decoded.pixels)
        ):
            return kept.signature
    return None


def _with(decoded: PatientPixels, finding: Finding) -> PatientPixels:
    return replace(decoded, findings=(*decoded.findings, finding))
