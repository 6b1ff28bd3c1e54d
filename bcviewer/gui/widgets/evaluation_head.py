"""One line over the figures: whom they are about, what they are worth, and the threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from bcviewer.evaluation.thresholds import Proposal
from bcviewer.gui.evaluation_parts import Part
from bcviewer.gui.style import CAPTION_PX, GRID, Tokens, tabular_font
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import marked, tr, tr_count

THRESHOLD_TIP: Final = marked(
    "From this probability on a patch is predicted IDC, everywhere in the window.<br>"
    "Choose a proposal, or drag the point on a curve or the line in the histogram."
)


class EvaluationHead(QWidget):
    """Lays its parts out in one row as wide as it is told.

    Signals:
        part_chosen: A ``Part``.
        predict_requested: The patients that lack a prediction are to be predicted.
        threshold_chosen: One of the proposals.
    """

    part_chosen = Signal(object)
    predict_requested = Signal()
    threshold_chosen = Signal(float)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens, self._fair = tokens, True
        self._room = 640
        self.part = QComboBox()
        self.part.setAccessibleName(tr("Whom to judge on"))
        for each in Part:
            self.part.addItem(each.words)
        self.part.currentIndexChanged.connect(self._choose_part)
        self.words = ElidedLabel()
        self.stamp = QLabel()
        self.predict = QPushButton()
        self.predict.clicked.connect(self.predict_requested)
        self.threshold = QPushButton()
        self.threshold.setFont(tabular_font())
        self.threshold.setToolTip(tr(THRESHOLD_TIP))
        self.menu = QMenu(self.threshold)
        self.threshold.setMenu(self.menu)
        self._lay_out()
        self.set_tokens(tokens)
        self.show_nothing()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 1, GRID, 1)
        row.setSpacing(GRID)
        row.addWidget(self.part)
        row.addWidget(self.stamp)
        row.addWidget(self.words, 1)
        row.addWidget(self.predict)
        row.addWidget(self.threshold)
        for widget in (self.part, self.predict, self.threshold):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_room(self, width: int) -> None:
        """Be so many pixels wide."""
        if width != self._room:
            self._room = width
            self.updateGeometry()

    def show_parts(self, chosen: Part, against: Mapping[Part, str]) -> None:
        """Show which choice is made, and why others cannot be."""
        model = self.part.model()
        assert isinstance(model, QStandardItemModel)
        for number, each in enumerate(Part):
            item = model.item(number)
            reason = against.get(each, "")
            item.setEnabled(not reason)
            item.setToolTip(f"{reason}." if reason else f"{each.help}.")
        with QSignalBlocker(self.part):
            self.part.setCurrentIndex(list(Part).index(chosen))
        self.part.setToolTip(f"{chosen.help}.")

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        colour = tokens.good if self._fair else tokens.warn
        self.stamp.setStyleSheet(
            f"font-size: {CAPTION_PX}px; font-weight: 600; color: {colour}; padding: 1px 5px;"
            f" border: 1px solid {colour}; border-radius: 3px;"
        )

    def say(self, words: str) -> None:
        """Say something in place of what is judged."""
        self.words.setText(words)

    def show_nothing(self, words: str = "") -> None:
        """Show that nothing is judged."""
        self.words.setText(words)
        for widget in (self.stamp, self.predict, self.threshold):
            widget.hide()

    def show_judged(self, words: str, tip: str, *, stamp: str, fair: bool, why: str) -> None:
        """Say what is judged.

        Args:
            words: Patients, patches, share of IDC, labels.
            tip: More of that.
            stamp: What the figures are worth, in a badge.
            fair: Whether they hold for new patients.
            why: What makes them so.
        """
        self.words.setText(words)
        if tip:
            self.words.setToolTip(tip)
        self.stamp.setText(stamp)
        self.stamp.setToolTip(why)
        self._fair = fair
        self.set_tokens(self._tokens)
        self.stamp.show()
        self.threshold.show()

    def show_missing(self, count: int, *, busy: bool) -> None:
        """Offer to predict those that lack a prediction."""
        self.predict.setVisible(count > 0)
        self.predict.setEnabled(not busy)
        self.predict.setText(
            tr("Predicting…") if busy else tr("Predict {count:,} more", count=count)
        )
        self.predict.setToolTip(
            tr_count(
                count,
                "{count:,} patient of this choice lacks a prediction",
                "{count:,} patients of this choice lack a prediction",
            )
        )

    def show_threshold(self, threshold: float) -> None:
        """Show the threshold in use."""
        self.threshold.setText(tr("Threshold {threshold:.2f}", threshold=threshold))

    def show_proposals(self, proposals: Sequence[Proposal], source: str, *, own: float) -> None:
        """Offer thresholds: those proposed, with where they come from, and the model's own."""
        self.menu.clear()
        self._add(tr("The model's own\t{own:.2f}", own=own), own)
        self.menu.addSeparator()
        for each in proposals:
            self._add(f"{tr(each.title)}\t{each.threshold:.2f}", each.threshold)
        if source:
            note = self.menu.addAction(source[0].upper() + source[1:])
            note.setEnabled(False)

    def _add(self, text: str, threshold: float) -> None:
        action = self.menu.addAction(text)
        action.setData(threshold)
        action.triggered.connect(self._choose_threshold)

    @Slot()
    def _choose_threshold(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.threshold_chosen.emit(float(action.data()))

    @Slot(int)
    def _choose_part(self, number: int) -> None:
        self.part_chosen.emit(list(Part)[number])

    def sizeHint(self) -> QSize:
        return QSize(self._room, super().sizeHint().height())
