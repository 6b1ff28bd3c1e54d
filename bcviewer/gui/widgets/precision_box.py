"""Which numbers the model in use computes in: a choice, and what the choice costs."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.model.int8 import Int8Effect
from bcviewer.model.way import Precision

TEXTS = {
    Precision.FLOAT32: marked("32 bits (exact)"),
    Precision.BFLOAT16: marked("16 bits (bfloat16)"),
    Precision.INT8: marked("8 bits (int8)"),
}
TIP = marked(
    "8 bits: about twice as fast. 16 bits: about twice as fast on processors with fast "
    "instructions for them, slower on others. Either moves probabilities a little; they are kept "
    "apart from the exact ones."
)
NOT_MEASURED = marked("What 8 bits do to this model's scores was not measured.")


class PrecisionBox(QWidget):
    """Offers the precisions that the model can be asked in; hidden where there is only one."""

    precision_chosen = Signal(object)
    """A ``Precision``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._create()
        self._lay_out()
        self._choice.chosen.connect(self._choose)
        session.model_changed.connect(self.refresh)
        session.predictions_changed.connect(self.refresh)
        self.refresh()

    def _create(self) -> None:
        self._choice = Choice({precision.value: TEXTS[precision] for precision in Precision})
        self._choice.setToolTip(tr(TIP))
        self._choice.setAccessibleName(tr("Numbers that the model computes in"))
        self._caption = QLabel(tr("Computes in"))
        self._caption.setBuddy(self._choice)
        self._cost = QLabel()
        self._cost.setWordWrap(True)
        self._cost.setProperty("role", "caption")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._caption)
        row.addWidget(self._choice, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(row)
        whole.addWidget(self._cost)

    @Slot()
    def refresh(self) -> None:
        """Show what the model in use can be asked in, and what it is asked in."""
        model, precision = self._session.model, self._session.way.precision
        there = () if model is None else model.precisions
        self.setVisible(len(there) > 1)
        with QSignalBlocker(self._choice):  # nobody chose: what is asked in is only shown
            self._choice.choose(precision)
            self._choice.allow([each.value for each in there or (Precision.FLOAT32,)])
        in_int8 = precision is Precision.INT8 and model is not None
        made = model.folder.int8 if in_int8 and model is not None else None
        self._cost.setVisible(made is not None)
        if made is not None:
            effect = made.card.effect
            self._cost.setText(tr(NOT_MEASURED) if effect is None else effect_words(effect))

    @Slot()
    def _choose(self) -> None:
        self.precision_chosen.emit(Precision(self._choice.choice))


def effect_words(effect: Int8Effect) -> str:
    """What 8 bits do to a model's scores, with the interval and whose patches they are."""
    low, high = effect.auc_interval
    return tr_count(
        effect.patients,
        "8 bits change the AUC by {auc:+.4f} (95 %: {low:+.4f} to {high:+.4f}) on 1 VALIDATION "
        "patient; {sides:.1%} of its patches change sides.",
        "8 bits change the AUC by {auc:+.4f} (95 %: {low:+.4f} to {high:+.4f}) on {count} "
        "VALIDATION patients; {sides:.1%} of their patches change sides.",
        auc=effect.auc,
        low=low,
        high=high,
        sides=effect.changed_sides,
    )
