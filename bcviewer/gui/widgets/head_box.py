"""The place in the model's panel where its head is retrained."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.words import marked, tr

DIFFERENCE = marked(
    "Takes seconds: only the last layer learns from your labels. A full training is slower and "
    "finds more."
)
UNKNOWN = marked(
    "The head of an imported model cannot be retrained: nobody knows which patients it was trained "
    "on, so there are none to judge a new head on. Train a model with bcviewer first."
)
TIP = marked(
    "Fit the last layer of this model to the labels as they are now, on its own training patients"
)


class HeadBox(WorkBox):
    """Asks for a new head; tells how far it is and what came of it."""

    retrain_requested = Signal()

    def __init__(self, session: Session) -> None:
        button = QPushButton(icon("train"), tr("Retrain the head"))
        doing = tr("Progress of the fit")
        super().__init__(session, button=button, note=tr(DIFFERENCE), doing=doing)
        button.clicked.connect(self.retrain_requested)

    def _told(self, progress: str) -> str:
        return tr("Looking at patches, only this once: {text}", text=progress)

    def _refresh(self) -> None:
        super()._refresh()
        ready = self._session.model is not None and self._session.data is not None
        self.setVisible(ready or self._busy)
        self._start.setVisible(not self._busy)
        model = self._session.model
        possible = model is None or model.folder.card.split_known
        self._start.setEnabled(possible)
        self._start.setToolTip(tr(TIP) if possible else tr(UNKNOWN))
        self._note.setText(tr(DIFFERENCE) if possible else tr(UNKNOWN))
