"""The place in the model's panel where a model without context gets one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton

from bcviewer.errors import ModelError
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.words import marked, tr
from bcviewer.model.context_training import validation_patients

OFFER = marked(
    "This model has neither context nor calibration: neighbouring patches are not heard. Both are "
    "learned from its validation patients in a minute or less."
)
TIP = marked("Learn how much neighbouring patches say, on the validation patients of this model")


class ContextBox(WorkBox):
    """Offers to fit a context; not there for models that have one."""

    fit_requested = Signal()

    def __init__(self, session: Session) -> None:
        button = QPushButton(icon("prediction"), tr("Fit context"))
        button.setToolTip(tr(TIP))
        doing = tr("Progress of the fit of context")
        super().__init__(session, button=button, note=tr(OFFER), doing=doing)
        button.clicked.connect(self.fit_requested)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show patches predicted, their speed and the time left; of the fit itself, only that."""
        if done >= total:
            self._bar.setRange(0, 0)
            self._say(tr("Fitting…"))
            return
        super().show_progress(done, total)

    def _refresh(self) -> None:
        super()._refresh()
        model, dataset = self._session.model, self._session.dataset
        lacks = model is not None and dataset is not None and model.folder.context is None
        self.setVisible(lacks or self._busy or bool(self._message.text()))
        reason = self._reason_against() if lacks else ""
        self._start.setEnabled(not reason)
        self._start.setVisible(lacks and not self._busy)
        self._note.setText(reason or tr(OFFER))
        self._note.setVisible(lacks)

    def _reason_against(self) -> str:
        """Why no context can be fitted here; "" where one can."""
        model, dataset = self._session.model, self._session.dataset
        if model is None or dataset is None:
            return ""
        try:
            validation_patients(model.folder, dataset)
        except ModelError as error:
            return str(error)
        return ""
