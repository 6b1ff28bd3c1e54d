"""The place in the model's panel where a model gets a graph that computes in 8 bits."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.words import marked, tr
from bcviewer.model.way import Precision

OFFER = marked("Predict about twice as fast: in 8 bits, at some cost that is measured and shown.")
TIP = marked(
    "Make a graph of this model that computes in 8 bits, from patches of the open data, and "
    "measure on its validation patients what that does to its scores"
)


class Int8Box(WorkBox):
    """Offers to make an int8 graph; not there where there is one or the processor has no use."""

    def __init__(self, session: Session) -> None:
        button = QPushButton(icon("predict-all"), tr("Make 8-bit graph"))
        doing = tr("Progress of making the 8-bit graph")
        super().__init__(session, button=button, tip=tr(TIP), doing=doing)

    @property
    def _offered(self) -> bool:
        model = self._session.model
        return super()._offered and model is not None and Precision.INT8 in model.missing

    @property
    def _offer(self) -> str:
        return tr(OFFER)
