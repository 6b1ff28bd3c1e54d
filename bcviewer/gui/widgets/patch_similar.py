"""The page of a patch that shows the patches of other patients that look alike to the model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.icons import icon
from bcviewer.gui.style import GRID, Tokens, set_role
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.patch_card import PatchCard, SimilarPatch
from bcviewer.gui.words import marked, tr
from bcviewer.model.neighbours import COUNT

COLUMNS = 4
HELD_OUT_TIP = marked(
    "Leave out the patients that the model learned from: those it has seen look too alike"
)
COMPLETE_TIP = marked(
    "Let the model look at the patients that it has not; it goes on in the background"
)


class SimilarPage(QWidget):
    """Cards of patches, how many patients were searched, and what searches the rest.

    Signals:
        row_chosen: The user wants to go to a patch: its row of the data set.
        back_requested: The user wants to go back to the patch before.
        complete_requested: Features of the other patients are wanted.
        cancel_requested: They are not wanted any more.
        held_out_toggled: Only patients that the model did not learn from are wanted, or all.
    """

    row_chosen = Signal(int)
    back_requested = Signal()
    complete_requested = Signal()
    cancel_requested = Signal()
    held_out_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create()
        self._lay_out()
        self._connect()
        self.show_hint("")
        self.show_features(0, 0)
        self.show_back("")

    def set_colours(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        for card in self.cards:
            card.set_colours(tokens)

    @property
    def held_out_only(self) -> bool:
        """Whether only patients are wanted that the model did not learn from."""
        return self._held_out.isChecked()

    @property
    def busy(self) -> bool:
        """Whether features are being made."""
        return not self._bar.isHidden()

    def show_hint(self, text: str, *, role: str = "muted") -> None:
        """Say why there are no patches (yet), in place of the cards."""
        set_role(self._hint, role)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        for part in (self._summary, self._held_out, *self.cards):
            part.setVisible(False)

    def show_nothing(self, text: str) -> None:
        """Say why nothing was found; the choice that may be the reason stays."""
        self.show_hint(text)
        self._held_out.setVisible(True)

    def show_patches(self, patches: Sequence[SimilarPatch], *, summary: str, searched: str) -> None:
        """Show the patches that were found, the nearest first."""
        self.show_hint("")
        self._summary.setText(summary)
        self._summary.setToolTip(searched)
        self._summary.setVisible(True)
        self._held_out.setVisible(True)
        for card, patch in zip(self.cards, patches, strict=False):
            card.show_patch(patch)
            card.setVisible(True)

    def show_features(self, ready: int, total: int) -> None:
        """Say how many patients have features; nothing when all have."""
        missing = ready < total
        self._features.setText(
            tr("{ready:,} of {total:,} patients have features.", ready=ready, total=total)
        )
        self._features.setVisible(missing and not self.busy)
        self._complete.setVisible(missing and not self.busy)

    def show_back(self, place: str) -> None:
        """Offer the way back to a place; "" when there is none."""
        self._back.setVisible(bool(place))
        self._back.setToolTip(tr("Back to {place}", place=place))

    def begin_work(self) -> None:
        """Features are being made."""
        self._bar.setRange(0, 0)
        self._features.hide()
        self._complete.hide()
        self._bar.show()
        self._cancel.show()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Patches whose features are made."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setToolTip(
            tr("Features of {done:,} of {total:,} patches", done=done, total=total)
        )

    def end_work(self) -> None:
        """No features are being made any more."""
        self._bar.hide()
        self._cancel.hide()

    def _create(self) -> None:
        self._hint = EmptyHint("")
        self._summary = QLabel()
        self._summary.setProperty("role", "caption")
        self.cards = [PatchCard() for _ in range(COUNT)]
        self._held_out = QCheckBox(tr("Only patients it did not learn from"))
        self._held_out.setToolTip(tr(HELD_OUT_TIP))
        self._back = QPushButton(tr("Back"))
        self._features = QLabel()
        self._features.setWordWrap(True)
        self._features.setProperty("role", "muted")
        self._complete = QPushButton(tr("Compute the rest"))
        self._complete.setToolTip(tr(COMPLETE_TIP))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the search"))
        self._bar.setProperty("slim", "true")
        self._cancel = QPushButton(icon("stop"), tr("Cancel"))
        self._bar.hide()
        self._cancel.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        grid.setColumnStretch(COLUMNS, 1)
        for number, card in enumerate(self.cards):
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        options = QHBoxLayout()
        options.addWidget(self._held_out, 1)
        options.addWidget(self._back)
        features = QHBoxLayout()
        features.setSpacing(GRID)
        features.addWidget(self._features, 1)
        features.addWidget(self._complete)
        features.addWidget(self._bar, 1)
        features.addWidget(self._cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self._hint)
        whole.addWidget(self._summary)
        whole.addLayout(grid)
        whole.addLayout(options)
        whole.addLayout(features)

    def _connect(self) -> None:
        for card in self.cards:
            card.clicked.connect(self._choose)
        self._back.clicked.connect(self.back_requested)
        self._complete.clicked.connect(self.complete_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._held_out.toggled.connect(self.held_out_toggled)

    @Slot()
    def _choose(self) -> None:
        card = self.sender()
        if isinstance(card, PatchCard) and card.patch is not None:
            self.row_chosen.emit(card.patch.row)
