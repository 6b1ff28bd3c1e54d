"""Decoded pixels, kept in the workspace: a picture is decoded once, and again when it changed."""

from __future__ import annotations

import hashlib
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
from bcviewer.dataset.pixel_file import PatientPixels, load_pixels, save_pixels
from bcviewer.dataset.pixels import PADDING, PictureError, read_patch
from bcviewer.errors import StorageError
from bcviewer.progress import Cancel, stop_if

CANCEL_EVERY = 64
"""Patches decoded between two questions whether to stop."""


class PixelStore:
    """The pixels of a data set, patient by patient. May be used from several threads.

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

    def signature(self, patient: str) -> str:
        """A digest of names, sizes and times of a patient's files; missing files count as such."""
        dataset = self.dataset
        rows = dataset.rows(patient)
        folder = dataset.folders[dataset.patient_number(patient)]
        places = [os.path.join(folder, label) for label in ("0", "1")]  # noqa: PTH118  (277,524 times)
        digest = hashlib.sha256()
        for name, label in zip(dataset.names[rows], dataset.labels[rows], strict=True):
            file_name = os.fsdecode(bytes(name))
            try:
                status = os.stat(f"{places[label]}{os.sep}{file_name}")  # noqa: PTH116
                line = f"{file_name} {status.st_size} {status.st_mtime_ns}\n"
            except OSError:
                line = f"{file_name} missing\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def patient(self, patient: str, *, cancelled: Cancel | None = None) -> PatientPixels:
        """The pixels of a patient as the files are now; decoded where that was not done before.

        Raises:
            DataError: The data set has no such patient.
            Cancelled: The user asked to stop.
        """
        signature = self.signature(patient)
        with self._locks[patient]:
            mapped = self._mapped.get(patient)
            if mapped is None or mapped.signature != signature:
                mapped = self._open(patient, signature, cancelled)
                self._mapped[patient] = mapped
            return mapped

    def kept(self, patient: str) -> PatientPixels | None:
        """The pixels of a patient if they are decoded as the files are now; nothing is decoded.

        Raises:
            DataError: The data set has no such patient.
        """
        signature = self.signature(patient)
        with self._locks[patient]:
            mapped = self._mapped.get(patient)
            if mapped is not None and mapped.signature == signature:
                return mapped
            rows = self.dataset.rows(patient)
            path = self._path(patient, signature)
            return load_pixels(path, patches=rows.stop - rows.start, signature=signature)

    def release(self, patient: str) -> None:
        """Let go of a patient's pixels (they stay on the disk)."""
        with self._locks[patient]:
            self._mapped.pop(patient, None)

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """uint8[k, 50, 50, 3]: the pixels of any k rows, in their order.

        A patient's files are looked at when its pixels are first asked for, not at each batch.
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
        return self._mapped.get(patient) or self.patient(patient)

    def _open(self, patient: str, signature: str, cancelled: Cancel | None) -> PatientPixels:
        rows = self.dataset.rows(patient)
        count = rows.stop - rows.start
        path = self._path(patient, signature)
        kept = load_pixels(path, patches=count, signature=signature)
        if kept is not None:
            return kept
        there = self._files_of(patient)
        stale = [old for old in there if old != path]
        decoded = self._decode(patient, signature, cancelled)
        if stale:
            text = "Its pictures changed since they were last read; they were read again."
            decoded = _with(decoded, Finding(patient, "changed", text))
        made = self._keep(decoded, path, stale)
        if path in there:  # not kept with the pixels: it is of today
            text = "Its kept pixels were damaged or of another version; they were read again."
            made = _with(made, Finding(patient, "cache", text))
        return made

    def _keep(self, decoded: PatientPixels, path: Path, stale: list[Path]) -> PatientPixels:
        """Put pixels in the place of what was kept; as they are where there is no room."""
        try:
            save_pixels(decoded, path)
        except StorageError:
            return decoded
        for old in stale:
            with suppress(OSError):
                old.unlink()
        # Mapped rather than kept: the system may take the memory back when it needs it.
        count, signature = len(decoded.pixels), decoded.signature
        return load_pixels(path, patches=count, signature=signature) or decoded

    def _path(self, patient: str, signature: str) -> Path:
        return self._folder / f"{patient}.{signature[:16]}.pixels"

    def _files_of(self, patient: str) -> list[Path]:
        """Pixel files of the patient, whatever their signature."""
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

    def _decode(self, patient: str, signature: str, cancelled: Cancel | None) -> PatientPixels:
        rows = self.dataset.rows(patient)
        count = rows.stop - rows.start
        pixels = np.full((count, PATCH_SIZE, PATCH_SIZE, 3), PADDING, np.uint8)
        readable = np.ones(count, np.bool_)
        findings = []
        for index in range(count):
            if index % CANCEL_EVERY == 0:
                stop_if(cancelled)
            path = self.dataset.path(rows.start + index)
            try:
                pixels[index], mode = read_patch(path)
            except PictureError as error:
                readable[index] = False
                findings.append(self._finding(path, error.kind, str(error)))
                continue
            if mode != "RGB":
                text = f"The picture's mode is {mode}; it is read as RGB."
                findings.append(self._finding(path, "wrong_mode", text))
        return PatientPixels(pixels, readable, tuple(findings), signature)

    def _finding(self, path: Path, kind: str, text: str) -> Finding:
        return Finding(path.relative_to(self.dataset.root).as_posix(), kind, text)


def _with(decoded: PatientPixels, finding: Finding) -> PatientPixels:
    return replace(decoded, findings=(*decoded.findings, finding))
