"""Has an int8 graph made for the model in use, and asks the model in 8 bits from then on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from bcviewer.gui.words import marked, tr
from bcviewer.gui.work_runner import WorkRunner
from bcviewer.gui.workers.int8_worker import Int8Worker
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.way import Precision


class Int8Runner(WorkRunner):
    """Makes one int8 graph at a time."""

    STOPPED = marked("Stopped. The model predicts in 32 bits.")

    made = Signal(object)
    """The ``OpenedModel`` in use, now with an int8 graph."""

    @Slot()
    def start(self) -> None:
        """Make the int8 graph of the model in use."""
        session = self._session
        if self.running or session.data is None or session.model is None:
            return
        words = tr("Reading from patches how far its numbers range, some ten seconds…")
        self._run(Int8Worker(session.data, session.model), words)

    def _take(self, made: object) -> str:
        assert isinstance(made, OpenedModel)
        session = self._session
        if session.model is not None and session.model.folder.path == made.folder.path:
            self.made.emit(made)
            session.views.ask(replace(session.way, precision=Precision.INT8))
        return ""
