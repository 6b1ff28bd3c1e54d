"""A place in a panel with one thing to do: a button, how far it is, and what came of it."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, set_role
from bcviewer.gui.widgets.progress_words import progress_words
from bcviewer.gui.words import tr


class WorkBox(QWidget):
    """What boxes of the model's panel share; each says what it does and when it may.

    Args:
        session: The state of the window.
        button: Starts the work.
        tip: What the work is good for, over the button.
        doing: The work's name for screen readers.
    """

    start_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, session: Session, *, button: QPushButton, tip: str, doing: str) -> None:
        super().__init__()
        self._session = session
        self._busy = False
        self._began = 0.0
        self._tip = tip
        self._start = button
        self._cancel = QPushButton(icon("stop"), tr("Cancel"))
        self._note = QLabel()
        self._note.setProperty("role", "caption")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(doing)
        self._bar.setProperty("slim", "true")
        self._message = QLabel()
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._note, self._message):
            label.setWordWrap(True)
        self._lay_out()
        self._start.clicked.connect(self.start_requested)
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
        self._cancel.setEnabled(True)
        self._say(text)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show patches done, their speed and the time left."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        text = progress_words(done, total, time.monotonic() - self._began)
        if text:
            self._say(self._told(text))

    @Slot()
    def show_stopping(self) -> None:
        """Say at once that the wish was heard: a batch, or a process, still takes its time."""
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(False)
        self._say(tr("Stopping…"))

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

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._start)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        row.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(row)
        whole.addWidget(self._note)
        whole.addWidget(self._message)

    @Slot()
    def _show_model(self) -> None:
        """Another model or other data: what came of the last work is not about them."""
        if self._busy:
            self._refresh()
        else:
            self._say("")

    def _say(self, text: str, *, role: str = "") -> None:
        set_role(self._message, role)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._refresh()

    def _told(self, progress: str) -> str:
        """Words around those of the progress."""
        return progress

    @property
    def _offered(self) -> bool:
        """Whether there is this work to do, now or for the reason against it not."""
        return self._session.model is not None and self._session.data is not None

    @property
    def _offer(self) -> str:
        """What the work is, in a sentence below the button."""
        return ""

    @property
    def _reason_against(self) -> str:
        """Why what is offered cannot be done; "" where it can."""
        return ""

    @Slot()
    def _refresh(self) -> None:
        """Show what fits the state of the session and of the work."""
        offered = self._offered
        reason = self._reason_against if offered else ""
        self.setVisible(offered or self._busy or bool(self._message.text()))
        self._start.setVisible(offered and not self._busy)
        self._start.setEnabled(not reason)
        self._start.setToolTip(reason or self._tip)
        self._note.setText(reason or self._offer)
        self._note.setVisible(offered)
        self._bar.setVisible(self._busy)
        self._cancel.setVisible(self._busy)
