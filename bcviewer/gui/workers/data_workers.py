"""Workers that read data: open a folder, join a patient's mosaic, check pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.check import check_pictures
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.demo import write_demo
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace
from bcviewer.gui.workers.worker import Worker
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.mosaic import MosaicPyramid, assemble, pyramid


@dataclass(frozen=True, eq=False)
class OpenedData:
    """A data set, its workspace and its pixels."""

    dataset: Dataset
    workspace: Workspace
    store: PixelStore


@dataclass(frozen=True, eq=False)
class PatientSlide:
    """One patient as the window shows it.

    Attributes:
        patient: The patient.
        grid: Where its patches lie.
        mosaic: Its patches, joined.
        readable: bool[n], in the patient's order.
        findings: What is wrong with its pictures.
        signature: Of the pictures when they were read.
    """

    patient: str
    grid: Grid
    mosaic: MosaicPyramid
    readable: NDArray[np.bool_]
    findings: tuple[Finding, ...]
    signature: str


class OpenWorker(Worker):
    """Opens a data folder; paints the demo tissue first when that is asked for."""

    def __init__(self, folder: Path, workspace: Path | None, *, paint_demo: bool) -> None:
        super().__init__()
        self._folder = folder
        self._workspace = workspace
        self._paint_demo = paint_demo

    def work(self) -> OpenedData:
        if self._paint_demo:
            write_demo(self._folder, progress=self.tell)
        dataset, workspace = open_dataset(
            self._folder,
            workspace=self._workspace,
            progress=self.tell,
            cancelled=self.cancelled,
        )
        return OpenedData(dataset, workspace, PixelStore(workspace.pixels_folder, dataset))


class SlideWorker(Worker):
    """Joins the patches of a patient to a mosaic.

    Args:
        data: The open data.
        patient: Whose slide is wanted.
        kept: Its slide from before; given back as it is when the pictures have not changed.
    """

    def __init__(self, data: OpenedData, patient: str, kept: PatientSlide | None = None) -> None:
        super().__init__()
        self._data = data
        self._patient = patient
        self._kept = kept

    def work(self) -> PatientSlide:
        dataset = self._data.dataset
        rows = dataset.rows(self._patient)
        grid = grid_of(dataset.x[rows], dataset.y[rows])
        decoded = self._data.store.patient(self._patient, cancelled=self.cancelled)
        if self._kept is not None and self._kept.signature == decoded.signature:
            return self._kept
        mosaic = assemble(
            decoded.pixels,
            dataset.x[rows],
            dataset.y[rows],
            readable=decoded.readable,
            order="bgra",
        )
        # The mosaic has the pixels; mapped ones of all patients seen would fill the memory.
        self._data.store.release(self._patient)
        return PatientSlide(
            patient=self._patient,
            grid=grid,
            mosaic=pyramid(mosaic),
            readable=decoded.readable,
            findings=decoded.findings,
            signature=decoded.signature,
        )


class CheckWorker(Worker):
    """Looks at the first and last bytes of every picture."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__()
        self._dataset = dataset

    def work(self) -> object:
        return check_pictures(self._dataset, progress=self.tell, cancelled=self.cancelled)
