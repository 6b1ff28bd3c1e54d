"""Whether the model that a training makes may take the place of the one in use."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from bcviewer.gui.session import Session


class ModelPlace(QObject):
    """Remembers data and model at the start of a training, which may take hours.

    Where the user has chosen others when it ends, its model would come in the middle of a reading.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._data = self._model = ""
        session.model_changed.connect(self._take_first)

    def remember(self) -> None:
        """Take what is open now as what the training began with."""
        self._data, self._model = self._data_now, self._model_now

    @property
    def unchanged(self) -> bool:
        """Whether the same data are open, and the same model is in use."""
        return (self._data, self._model) == (self._data_now, self._model_now)

    @property
    def _data_now(self) -> str:
        data = self._session.data
        return data.dataset.fingerprint if data is not None else ""

    @property
    def _model_now(self) -> str:
        model = self._session.model
        return model.folder.fingerprint if model is not None else ""

    @Slot()
    def _take_first(self) -> None:
        """The first model of a window comes by itself, maybe after a training is followed."""
        self._model = self._model or self._model_now
