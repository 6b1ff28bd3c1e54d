"""The place in the model's panel where its head is retrained."""

from __future__ import annotations

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

    def __init__(self, session: Session) -> None:
        button = QPushButton(icon("train"), tr("Retrain the head"))
        doing = tr("Progress of the fit")
        super().__init__(session, button=button, tip=tr(TIP), doing=doing)

    def _told(self, progress: str) -> str:
        return tr("Looking at patches, only this once: {text}", text=progress)

    @property
    def _offer(self) -> str:
        return tr(DIFFERENCE)

    @property
    def _reason_against(self) -> str:
        model = self._session.model
        known = model is None or model.folder.card.split_known
        return "" if known else tr(UNKNOWN)
