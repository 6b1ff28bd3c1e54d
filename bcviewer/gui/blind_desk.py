"""Who reads, and whether blind: the choices of the labels panel, kept for the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from bcviewer.annotation.readers import clean_name
from bcviewer.errors import BcviewerError, StorageError
from bcviewer.gui.blindness import Blindness, keep_shown, read_shown
from bcviewer.gui.label_keeper import LabelKeeper
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.labels_panel import LabelsPanel


class BlindDesk(QObject):
    """Connects reader and blind mode of the panel with session and label book.

    Attributes:
        trouble: Why nobody knows what this blind reader has seen, in words; "" where it is known.
    """

    def __init__(self, session: Session, keeper: LabelKeeper, panel: LabelsPanel) -> None:
        super().__init__(keeper)
        self._session = session
        self._keeper = keeper
        self._panel = panel
        self.trouble = ""
        session.data_changed.connect(self._apply)
        panel.reader_chosen.connect(self._choose_reader)
        panel.blind_toggled.connect(self._toggle)
        panel.show_requested.connect(self._show_predictions)
        self._apply()

    @Slot()
    def _apply(self) -> None:
        """Hide from the reader what he or she is not to know."""
        path, reader = self._record, self._keeper.reader
        on, shown, self.trouble = self._session.preferences.blind, frozenset[str](), ""
        try:
            shown = read_shown(path, reader) if path is not None else shown
        except StorageError as error:
            self.trouble = str(error) if on else ""
        self._session.set_blindness(Blindness(on, reader, shown))
        if self.trouble:
            self._panel.show_fault(self.trouble)

    @Slot(str)
    def _choose_reader(self, name: str) -> None:
        try:
            reader = clean_name(name)
        except BcviewerError as error:
            self._panel.show_fault(str(error))
            self._panel.show_reader(self._keeper.reader)
            return
        self._remember(reader=reader)
        self._panel.show_reader(reader)
        self._keeper.open()
        self._apply()

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        self._remember(blind=on)
        self._apply()

    @Slot()
    def _show_predictions(self) -> None:
        """Show the predictions of the patient on screen, once that is on record."""
        session, path = self._session, self._record
        if session.slide is None or path is None:
            return
        patient = session.slide.patient
        try:
            keep_shown(path, self._keeper.reader, patient)
        except StorageError as error:
            self._panel.show_fault(str(error))
            return
        session.set_blindness(session.blindness.showing(patient))

    @property
    def _record(self) -> Path | None:
        data = self._session.data
        return None if data is None else data.workspace.folder / "blind_reading.json"

    def _remember(self, **changes: object) -> None:
        session = self._session
        session.remember(session.preferences.model_copy(update=changes))
