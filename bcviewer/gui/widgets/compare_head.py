"""The row over a comparison: which two models, on whom, and the button that compares them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from bcviewer.evaluation.judging import Whom
from bcviewer.gui.style import GRID, set_role
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.compare_worker import ModelAtHand, ModelChoice

WITH_CONTEXT: Final = marked(", with context")
LEAST_WIDTH: Final = 150
BAR_WIDTH: Final = 96

PATIENT: Final = "patient"
WHOM: Final = {
    Whom.HELD_OUT.name: (
        marked("held out of both"),
        marked("Patients that neither model has seen: what counts"),
    ),
    Whom.VALIDATION.name: (
        marked("validation of both"),
        marked("Patients that chose the best epoch and the threshold of both: a little optimistic"),
    ),
    Whom.ALL.name: (
        marked("all patients (optimistic)"),
        marked("Also those that a model was trained on: optimistic, and perhaps not fair"),
    ),
    PATIENT: (
        marked("the open patient"),
        marked("The patient on screen alone: too few for an interval"),
    ),
}


class CompareHead(QWidget):
    """Two models, whom to judge them on, and a button.

    Signals:
        compare_requested: The choices are to be compared.
        stop_requested: The comparison is to be stopped.
        changed: Another choice was made.
    """

    compare_requested = Signal()
    stop_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.first, self.second = _models(tr("Model 1")), _models(tr("Model 2"))
        self.whom = QComboBox()
        self.whom.setAccessibleName(tr("Patients to judge on"))
        for name, (title, tip) in WHOM.items():
            self.whom.addItem(tr(title), name)
            self.whom.setItemData(self.whom.count() - 1, tr(tip), _TOOL_TIP)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the comparison"))
        self.bar.setProperty("slim", "true")
        self.bar.setFixedWidth(BAR_WIDTH)
        self.button = QPushButton(tr("Compare"))
        self.button.setProperty("primary", "true")
        self.stop = QPushButton(tr("Stop"))
        self._lay_out()
        for choice in (self.first, self.second, self.whom):
            choice.currentIndexChanged.connect(self._show)
            choice.currentIndexChanged.connect(self.changed)
        self.button.clicked.connect(self.compare_requested)
        self.stop.clicked.connect(self.stop_requested)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for text, choice, stretch in (
            (tr("Model 1"), self.first, 2),
            (tr("Model 2"), self.second, 2),
            (tr("Patients"), self.whom, 1),
        ):
            label = QLabel(text)
            set_role(label, "muted")
            row.addWidget(label)
            row.addWidget(choice, stretch)
        row.addStretch(1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        row.addWidget(self.button)

    @property
    def chosen(self) -> tuple[ModelChoice, ModelChoice] | None:
        """The two that are chosen; None while they are missing or the same."""
        one, other = self.first.currentData(), self.second.currentData()
        if not isinstance(one, ModelChoice) or not isinstance(other, ModelChoice) or one == other:
            return None
        return one, other

    @property
    def chosen_whom(self) -> tuple[Whom, bool]:
        """Whom to judge on, and whether of them the open patient alone."""
        name = str(self.whom.currentData())
        return (Whom.ALL, True) if name == PATIENT else (Whom[name], False)

    def show_models(self, models: Sequence[ModelAtHand]) -> None:
        """Offer these models, each also with context where it has one; choices stay."""
        entries = [entry for model in models for entry in _entries(model)]
        for place, choice in enumerate((self.first, self.second)):
            kept = choice.currentData()
            with QSignalBlocker(choice):
                choice.clear()
                for text, model in entries:
                    choice.addItem(text, model)
                    choice.setItemData(choice.count() - 1, str(model.path), _TOOL_TIP)
                known = [model for _, model in entries]
                wanted = known.index(kept) if kept in known else min(place, len(known) - 1)
                choice.setCurrentIndex(wanted)
        self._show()

    def show_busy(self, busy: bool) -> None:
        """Show that a comparison runs, or none."""
        self._busy = busy
        self.bar.setRange(0, 0)
        self._show()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show the patches predicted."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    @Slot()
    def _show(self) -> None:
        self.bar.setVisible(self._busy)
        self.stop.setVisible(self._busy)
        self.button.setVisible(not self._busy)
        self.button.setEnabled(self.chosen is not None)
        same = self.first.count() > 0 and self.chosen is None
        self.button.setToolTip(tr("Choose two different models") if same else "")
        for choice in (self.first, self.second, self.whom):
            choice.setEnabled(not self._busy)
            choice.setToolTip(str(choice.currentData(_TOOL_TIP) or ""))


_TOOL_TIP: Final = 3  # Qt.ItemDataRole.ToolTipRole, as the combo box takes it


def _models(name: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumWidth(LEAST_WIDTH)
    return choice


def _entries(model: ModelAtHand) -> list[tuple[str, ModelChoice]]:
    entries = [(model.name, ModelChoice(model.path))]
    if model.has_context:
        entries.append((f"{model.name}{tr(WITH_CONTEXT)}", ModelChoice(model.path, context=True)))
    return entries
