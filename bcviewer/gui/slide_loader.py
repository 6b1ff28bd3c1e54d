"""Loads the slide of the patient that the user chose, and keeps the last few."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import PatientSlide, SlideWorker

MAX_KEPT_BYTES = 96_000_000


class SlideLoader(QObject):
    """Answers the session's wish to see a patient."""

    began = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._worker: SlideWorker | None = None
        self._kept: OrderedDict[str, PatientSlide] = OrderedDict()
        session.data_changed.connect(self._forget)
        session.patient_chosen.connect(self._load)
        session.pictures.changed.connect(self._load_again)

    @Slot()
    def _forget(self) -> None:
        self._kept.clear()
        self._leave()

    @Slot(str)
    def _load(self, patient: str) -> None:
        self._leave()
        data = self._session.data
        if data is None:
            return
        kept = self._kept.get(patient)
        if kept is not None and kept.signature != data.store.last_signature(patient):
            kept = None  # whoever predicted it meanwhile saw that its pictures changed
        if kept is not None:
            self._kept.move_to_end(patient)
            self._session.show_slide(kept)
        worker = SlideWorker(data, patient, kept)
        worker.succeeded.connect(self._loaded)
        worker.failed.connect(self._failed)
        self._worker = worker
        if kept is None:
            self.began.emit(patient)
        self._crew.start(worker)

    def _leave(self) -> None:
        """Hear no more of the slide that is being loaded."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    @Slot(object)
    def _loaded(self, slide: PatientSlide) -> None:
        if self.sender() is not self._worker:
            return
        holds = self._session.pictures.meet(slide.patient, slide.signature)
        self._worker = None
        if not holds:
            self._load(slide.patient)
            return
        if self._kept.get(slide.patient) is slide:
            return  # it is on screen already, and its pictures have not changed
        self._kept[slide.patient] = slide
        while len(self._kept) > 1 and self._size() > MAX_KEPT_BYTES:
            self._kept.popitem(last=False)
        self._session.show_slide(slide)

    @Slot(str)
    def _load_again(self, patient: str) -> None:
        """A prediction is of other pictures than those on screen."""
        session = self._session
        if self._worker is None and session.slide_is_shown and session.patient == patient:
            self._load(patient)

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.failed.emit(error)

    def _size(self) -> int:
        return sum(level.nbytes for slide in self._kept.values() for level in slide.mosaic.levels)
