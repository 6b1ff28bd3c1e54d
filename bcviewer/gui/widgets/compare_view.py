"""Two models side by side: their scores, the differences, and the patches they disagree on."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bcviewer.evaluation.model_comparison import ModelComparison
from bcviewer.gui.models.compare_tables import CompareScores, DisagreementTable
from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.widgets.compare_head import CompareHead
from bcviewer.gui.widgets.count_table import CountTable
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.words_below import from_below

EMPTY: Final = marked(
    "Choose two models, or one without and with context: their scores on the same patches, the "
    "differences with intervals, and the patches they disagree on are shown here."
)
NO_DATA: Final = marked("Open a data folder: two models are compared on its patients here.")
BLIND: Final = marked("You read blind: models are compared once nothing is hidden any more.")
STOPPED: Final = marked("Stopped. What was predicted is kept.")
WORKING: Final = marked(
    "The patients are predicted with both models where that was not done before…"
)
MAPPED: Final = marked(
    "Colour each patch by how much its probability changed, asked as they were compared: without "
    "averaging, in 32 bits"
)
LINE: Final = 20
"""Height of a row: the dock is low, and there are many scores."""


class CompareView(QWidget):
    """Choices above; scores left, disagreements right.

    Signals:
        came_into_view: The panel is on screen.
        patch_chosen: The row of the data set of a patch that the user clicked.
        queue_requested: All disagreements are to be looked through.
        map_requested: The change between the two models is to be shown on the slide.
    """

    came_into_view = Signal()
    patch_chosen = Signal(int)
    queue_requested = Signal()
    map_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self.head = CompareHead()
        self.scores = CompareScores(self)
        self.patches = DisagreementTable(self)
        self.score_view = CountTable(self.scores, tr("Scores of both models"))
        self.score_view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.score_view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.patch_view = CountTable(self.patches, tr("Patches on which the models disagree"))
        self.patch_view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for table in (self.score_view, self.patch_view):
            table.verticalHeader().setDefaultSectionSize(LINE)
        self.words, self.warning = ElidedLabel(), ElidedLabel()
        set_role(self.words, "muted")
        set_role(self.warning, "warn")
        self.differ = QLabel()
        self.hint = EmptyHint(tr(EMPTY))
        self.queue = QPushButton(tr("Look through them"))
        self.queue.setToolTip(tr("Open all of them as a queue in the dock Review, to label them"))
        self.map = QPushButton(tr("Show on the slide"))
        self._lay_out()
        self.head.changed.connect(self._follow_choices)
        self.patch_view.clicked.connect(self._choose)
        self.patch_view.activated.connect(self._choose)
        self.queue.clicked.connect(self.queue_requested)
        self.map.clicked.connect(self.map_requested)
        self.show_hint(tr(NO_DATA))

    def _lay_out(self) -> None:
        right_head = QHBoxLayout()
        right_head.setSpacing(GRID)
        right_head.addWidget(self.differ, 1)
        right_head.addWidget(self.queue)
        right_head.addWidget(self.map)
        right = QVBoxLayout()
        right.setSpacing(GRID // 2)
        right.addLayout(right_head)
        right.addWidget(self.patch_view, 1)
        left = QVBoxLayout()
        left.setSpacing(GRID // 2)
        left.addWidget(self.warning)
        # As high as the line of buttons beside it, so that both tables begin at one height.
        self.words.setMinimumHeight(self.queue.sizeHint().height())
        left.addWidget(self.words)
        left.addWidget(self.score_view, 1)
        self.found = QWidget()
        inside = QHBoxLayout(self.found)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GROUP)
        inside.addLayout(left, 1)
        inside.addLayout(right, 1)
        body = QWidget()
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.found)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID // 2)
        whole.addWidget(self.head)
        whole.addWidget(body, 1)

    def show_hint(self, text: str) -> None:
        """Say why nothing is compared."""
        self.scores.show_comparison(None)
        self.patches.show_comparison(None)
        self.hint.setText(text)
        self._stack.setCurrentIndex(0)

    def show_comparison(self, found: ModelComparison, *, mapped: str) -> None:
        """Show a comparison.

        Args:
            found: The comparison.
            mapped: Why the change cannot be shown on the slide; "" when it can.
        """
        self.scores.show_comparison(found)
        self.patches.show_comparison(found)
        self.words.setText(_words(found))
        self.warning.setText(" ".join(found.warnings))
        self.warning.setVisible(bool(found.warnings))
        first, second = found.compared.disagreement.right
        count = len(found.compared.disagreement)
        patches = tr("1 patch") if count == 1 else tr("{count:,} patches", count=count)
        self.differ.setText(
            tr(
                "They disagree on {patches}: model 1 is right on {first:,}, model 2 on {second:,}",
                patches=patches,
                first=first,
                second=second,
            )
        )
        self.queue.setEnabled(count > 0)
        self.map.setEnabled(not mapped)
        self.map.setToolTip(mapped or tr(MAPPED))
        self._shown = self._choices
        self._follow_choices()
        self._stack.setCurrentIndex(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_view.emit()

    @property
    def _choices(self) -> object:
        return (self.head.chosen, self.head.chosen_whom)

    @Slot()
    def _follow_choices(self) -> None:
        """Step back while something else is chosen than what is shown."""
        self.found.setEnabled(self._choices == self._shown)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.patch_chosen.emit(self.patches.row_of_data(index.row()))


def _words(found: ModelComparison) -> str:
    judged = found.compared.evaluations[0]
    patients = (
        tr("1 patient")
        if judged.patients == 1
        else tr("{patients} patients", patients=judged.patients)
    )
    share = judged.idc_patches / judged.patches
    words = tr(
        "{patients}, {patches:,} patches, {share:.0%} IDC; {part}",
        patients=patients,
        patches=judged.patches,
        share=share,
        part=from_below(found.chosen[0].part),
    )
    corrected = (
        tr_count(found.labels.corrected, "; 1 label corrected", "; {count:,} labels corrected")
        if found.labels.corrected
        else ""
    )
    alone = tr("; one patient gives no interval") if not np.isfinite(_any_end(found)) else ""
    return tr(
        "{words}; split {split}{corrected}{alone}",
        words=words,
        split=from_below(found.chosen[0].split),
        corrected=corrected,
        alone=alone,
    )


def _any_end(found: ModelComparison) -> float:
    return found.compared.differences["accuracy"].low
