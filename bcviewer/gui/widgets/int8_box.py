"""The place in the model's panel where a model gets a graph that computes in 8 bits."""

from __future__ import annotations

from PySide6.QtCore import Signal
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

    make_requested = Signal()

    def __init__(self, session: Session) -> None:
        button = QPushButton(icon("predict-all"), tr("Make 8-bit graph"))
        button.setToolTip(tr(TIP))
        doing = tr("Progress of making the 8-bit graph")
        super().__init__(session, button=button, note=tr(OFFER), doing=doing)
        button.clicked.connect(self.make_requested)

    def _refresh(self) -> None:
        super()._refresh()
        model = self._session.model
        opened = model is not None and self._session.data is not None
        lacks = model is not None and opened and Precision.INT8 in model.missing
        self.setVisible(lacks or self._busy or bool(self._message.text()))
        self._start.setVisible(lacks and not self._busy)
        self._note.setVisible(lacks and not self._busy)
