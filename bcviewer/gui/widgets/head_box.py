"""The place in the model's panel where its head is retrained."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, set_role
from bcviewer.gui.widgets.progress_words import progress_words

DIFFERENCE = (
    "Takes seconds: only the last layer learns from your labels. A full training is slower and "
    "finds more."
)
UNKNOWN = (
    "The head of an imported model cannot be retrained: nobody knows which patients it was trained "
    "on, so there are none to judge a new head on. Train a model with bcviewer first."
)
TIP = "Fit the last layer of this model to the labels as they are now, on its own training patients"


class HeadBox(QWidget):
    """Asks for a new head; tells how far it is and what came of it."""

    retrain_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._busy = False
        self._began = 0.0
        self._create()
        self._lay_out()
        self._connect()
        self._show_model()

    @Slot(str)
    def begin_work(self, text: str) -> None:
        """Show what is being done."""
        self._busy = True
        self._began = time.monotonic()
        self._say(text)
        self._bar.setRange(0, 0)
        self._refresh()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show patches looked at, their speed and the time left."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        text = progress_words(done, total, time.monotonic() - self._began)
        if text:
            self._say(f"Looking at patches, only this once: {text}")

    @Slot(str)
    def end_work(self, text: str) -> None:
        """Show what came of it."""
        self._busy = False
        self._say(text)
        self._refresh()

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Show what went wrong, and what to do."""
        self._busy = False
        self._say(str(error), role="danger")
        self._refresh()

    def _create(self) -> None:
        self._retrain = QPushButton(icon("train"), "Retrain the head")
        self._retrain.setToolTip(TIP)
        self._cancel = QPushButton(icon("stop"), "Cancel")
        self._difference = QLabel(DIFFERENCE)
        self._difference.setProperty("role", "caption")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("Progress of the fit")
        self._bar.setProperty("slim", "true")
        self._message = QLabel()
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._difference, self._message):
            label.setWordWrap(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._retrain)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        row.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(row)
        whole.addWidget(self._difference)
        whole.addWidget(self._message)

    def _connect(self) -> None:
        self._retrain.clicked.connect(self.retrain_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._session.model_changed.connect(self._show_model)
        self._session.data_changed.connect(self._show_model)

    @Slot()
    def _show_model(self) -> None:
        """Another model or other data: what came of the last retraining is not about them."""
        if not self._busy:
            self._say("")
        self._refresh()

    def _refresh(self) -> None:
        ready = self._session.model is not None and self._session.data is not None
        self.setVisible(ready or self._busy)
        self._show_whether_possible()
        self._retrain.setVisible(not self._busy)
        self._bar.setVisible(self._busy)
        self._cancel.setVisible(self._busy)

    def _show_whether_possible(self) -> None:
        model = self._session.model
        possible = model is None or model.folder.card.split_known
        self._retrain.setEnabled(possible)
        self._retrain.setToolTip(TIP if possible else UNKNOWN)
        self._difference.setText(DIFFERENCE if possible else UNKNOWN)

    def _say(self, text: str, *, role: str = "") -> None:
        set_role(self._message, role)
        self._message.setText(text)
        self._message.setVisible(bool(text))
