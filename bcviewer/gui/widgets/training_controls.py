"""The controls of a training: its buttons, how far it is, and where it is in words."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.icons import icon
from bcviewer.gui.style import GRID, GROUP
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import tr

PROGRESS_PARTS = 1000
BESIDE_FROM = 900
"""From this width on, in pixels, the words stand beside the buttons and not below them."""


class Phase(Enum):
    """What the training is doing, as far as the buttons must know."""

    IDLE = auto()
    STARTING = auto()
    RUNNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    FINISHING = auto()
    WRITING = auto()
    ENDING = auto()


STEERABLE = (Phase.RUNNING, Phase.PAUSING, Phase.PAUSED)
PAST_STEPS = (Phase.WRITING, Phase.ENDING)
"""Phases in which where it was in an epoch is of no interest any more."""

QUIET = (Phase.PAUSING, *PAST_STEPS)
"""Phases whose own words stay, whatever else is told."""


class TrainingControls(QWidget):
    """Four buttons that fit the phase, a progress bar, and three lines of words."""

    start_clicked = Signal()
    pause_clicked = Signal()
    resume_clicked = Signal()
    finish_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase = Phase.IDLE
        self._create()
        self._lay_out()
        self._connect()
        self.set_startable(False, "")
        self.enter(Phase.IDLE, "")

    def _create(self) -> None:
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.bar.setTextVisible(False)
        self.bar.setProperty("slim", "true")
        kept = self.bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(kept)
        self.start_button = QPushButton(tr("Start training"))
        self.start_button.setIcon(icon("play", role=QPalette.ColorRole.BrightText))
        self.start_button.setProperty("primary", "true")
        self.pause_button = QPushButton(icon("pause"), tr("Pause"))
        self.finish_button = QPushButton(tr("Finish and keep best"))
        self.finish_button.setToolTip(tr("End with this epoch and keep the model of the best one"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setToolTip(tr("End without a new model; the model in use stays"))
        self.status = ElidedLabel()
        self.losses = ElidedLabel()
        self.best = ElidedLabel()
        for label in (self.losses, self.best):
            label.setProperty("role", "caption")

    def _lay_out(self) -> None:
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(GRID)
        for button in (
            self.start_button,
            self.pause_button,
            self.finish_button,
            self.cancel_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.status)
        said.addWidget(self.losses)
        said.addWidget(self.best)
        self._row = QHBoxLayout()
        self._row.setSpacing(GROUP)
        self._row.addWidget(self._buttons)
        self._row.addLayout(said, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self.bar)
        whole.addLayout(self._row)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start_clicked)
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.finish_button.clicked.connect(self.finish_clicked)
        self.cancel_button.clicked.connect(self.cancel_clicked)

    @property
    def phase(self) -> Phase:
        """The phase that was entered last."""
        return self._phase

    def enter(self, phase: Phase, text: str) -> None:
        """Show a phase, and what to say about it."""
        self._phase = phase
        self.status.setText(text)
        training, paused = phase is not Phase.IDLE, phase is Phase.PAUSED
        self.start_button.setEnabled(self._startable and not training)
        self.pause_button.setEnabled(phase in (Phase.RUNNING, Phase.PAUSED))
        self.pause_button.setText(tr("Go on") if paused else tr("Pause"))
        self.pause_button.setIcon(icon("play" if paused else "pause"))
        self.finish_button.setEnabled(phase in STEERABLE)
        self.cancel_button.setEnabled(training and phase is not Phase.ENDING)
        self.bar.setVisible(training)

    def set_startable(self, startable: bool, why_not: str) -> None:
        """Let a training be started, or say why it cannot be."""
        self._startable = startable
        self.start_button.setEnabled(startable and self._phase is Phase.IDLE)
        self.start_button.setToolTip(why_not)

    def say(self, text: str) -> None:
        """Say where the training is, unless the phase has words of its own."""
        if self._phase not in QUIET:
            self.status.setText(text)

    def show_progress(self, share: float | None) -> None:
        """Show how much is done, 0 to 1; None while nobody knows."""
        self.bar.setRange(0, PROGRESS_PARTS if share is not None else 0)
        if share is not None:
            self.bar.setValue(round(share * PROGRESS_PARTS))

    def start_words_at(self, left: int) -> None:
        """Begin the words so many pixels from the left, where the buttons leave them room."""
        self._buttons.setMinimumWidth(left - GROUP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= BESIDE_FROM
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._row.setSpacing(GROUP if beside else GRID // 2)
        super().resizeEvent(event)

    @Slot()
    def _pause_or_resume(self) -> None:
        if self._phase is Phase.PAUSED:
            self.resume_clicked.emit()
        else:
            self.pause_clicked.emit()
