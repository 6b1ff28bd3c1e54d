"""The place in the model's panel where a model without context gets one."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError, ModelError
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, set_role
from bcviewer.gui.widgets.progress_words import progress_words
from bcviewer.model.context_training import validation_patients

OFFER = (
    "This model has neither context nor calibration: neighbouring patches are not heard. Both are "
    "learned from its validation patients in a minute or less."
)
TIP = "Learn how much neighbouring patches say, on the validation patients of this model"


class ContextBox(QWidget):
    """Offers to fit a context; not there for models that have one."""

    fit_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._busy = False
        self._began = 0.0
        self._create()
        self._lay_out()
        self._fit.clicked.connect(self.fit_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        session.model_changed.connect(self._show_model)
        session.data_changed.connect(self._show_model)
        self._show_model()

    @Slot(str)
    def begin_work(self, text: str) -> None:
        """Show what is being done."""
        self._busy = True
        self._began = time.monotonic()
        self._bar.setRange(0, 0)
        self._say(text)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show patches predicted, their speed and the time left."""
        if done >= total:
            self._bar.setRange(0, 0)
            self._say("Fitting…")
            return
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        text = progress_words(done, total, time.monotonic() - self._began)
        if text:
            self._say(text)

    @Slot(str)
    def end_work(self, text: str) -> None:
        """Show what came of it."""
        self._busy = False
        self._say(text)

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Show what went wrong, and what to do."""
        self._busy = False
        self._say(str(error), role="danger")

    def _create(self) -> None:
        self._fit = QPushButton(icon("prediction"), "Fit context")
        self._fit.setToolTip(TIP)
        self._cancel = QPushButton(icon("stop"), "Cancel")
        self._offer = QLabel()
        self._offer.setProperty("role", "caption")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("Progress of the fit of context")
        self._bar.setProperty("slim", "true")
        self._message = QLabel()
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._offer, self._message):
            label.setWordWrap(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._fit)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        row.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(row)
        whole.addWidget(self._offer)
        whole.addWidget(self._message)

    @Slot()
    def _show_model(self) -> None:
        """Another model or other data: what came of the last fit is not about them."""
        if not self._busy:
            self._say("")

    def _say(self, text: str, *, role: str = "") -> None:
        set_role(self._message, role)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._refresh()

    def _refresh(self) -> None:
        model, dataset = self._session.model, self._session.dataset
        lacks = model is not None and dataset is not None and model.folder.context is None
        self.setVisible(lacks or self._busy or bool(self._message.text()))
        reason = self._reason_against() if lacks else ""
        self._fit.setEnabled(not reason)
        self._offer.setText(reason or OFFER)
        self._offer.setVisible(lacks)
        self._fit.setVisible(lacks and not self._busy)
        self._bar.setVisible(self._busy)
        self._cancel.setVisible(self._busy)

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
