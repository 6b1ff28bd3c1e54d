"""The model in use: its card, and the prediction of this patient or of all."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import icon
from bcviewer.gui.import_words import input_words, output_words
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.captions import fill_captions
from bcviewer.gui.widgets.context_box import ContextBox
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.head_box import HeadBox
from bcviewer.gui.widgets.int8_box import Int8Box
from bcviewer.gui.widgets.precision_box import PrecisionBox
from bcviewer.gui.widgets.progress_words import progress_words
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.words_below import from_below
from bcviewer.model.card import ImportCard, ModelCard
from bcviewer.model.catalog import architecture

EMPTY = marked(
    "No model is loaded. Load one, or train one (Ctrl+3), to see where IDC is predicted."
)

ALL, AGAIN = marked("Predict all"), marked("Predict all again")
AGAIN_TIP = marked("All patients are predicted; this predicts them anew")

KIND, INPUT, OUTPUT = marked("Kind"), marked("Input"), marked("Output")
VALIDATION, HERE = marked("Validation"), marked("Here")


class ModelPanel(QWidget):
    """Shows the session's model and asks for predictions."""

    predict_requested = Signal()
    predict_all_requested = Signal()
    predict_again_requested = Signal()
    cancel_requested = Signal()
    predict_on_open_toggled = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._busy = self._stopping = False
        self._began = 0.0
        self._create()
        self._lay_out()
        self._connect()
        self._show_model()
        self.end_work()

    def begin_work(self, text: str) -> None:
        """Show that a model is being opened or patients predicted."""
        self._busy, self._stopping = True, False
        self._began = time.monotonic()
        self._tell_error("")
        self._say(text)
        self._bar.setRange(0, 0)
        self._refresh()

    def show_progress(self, done: int, total: int) -> None:
        """Show patches predicted, their speed and the time left."""
        if self._stopping:
            return
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        text = progress_words(done, total, time.monotonic() - self._began)
        if text:
            self._say(text)

    def end_work(self, text: str = "") -> None:
        """Show that the work has ended."""
        self._busy = self._stopping = False
        self._say(text)
        self._refresh()

    def show_error(self, error: BcviewerError) -> None:
        """Show what went wrong, and what to do, beside the progress of what goes on."""
        self._tell_error(str(error))

    def _create(self) -> None:
        self._name = ElidedLabel()
        self._name.setProperty("role", "title")
        self._badge = QLabel(tr("BUNDLED"))
        self._badge.setToolTip(tr("This model came with bcviewer"))
        self._badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._badge.setProperty("badge", "true")
        self._empty = QLabel(tr(EMPTY))
        self._empty.setProperty("role", "muted")
        self._rows = {key: QLabel() for key in (KIND, INPUT, OUTPUT, VALIDATION, HERE)}
        self._load = QPushButton(icon("model"), tr("Load"))
        self._load.setToolTip(tr("Use another model: one in the box, an imported one, or a folder"))
        self._predict = QPushButton(tr("Predict this patient"))
        self._predict.setProperty("primary", "true")
        self._predict_all = QPushButton()
        self._cancel = QPushButton(icon("stop"), tr("Cancel"))
        self._on_open = QCheckBox(tr("Predict a patient when it is opened"))
        self._on_open.setChecked(self._session.preferences.predict_on_open)
        self.precision_box = PrecisionBox(self._session)
        self.int8_box = Int8Box(self._session)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the prediction"))
        self._bar.setProperty("slim", "true")
        self._message, self._error = QLabel(), QLabel()
        self._message.setProperty("role", "caption")
        self._error.setProperty("role", "danger")
        self.head_box = HeadBox(self._session)
        self.context_box = ContextBox(self._session)
        for label in (self._empty, self._message, self._error, *self._rows.values()):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._badge)
        head.addWidget(self._load)
        self._card = QWidget()
        self._captions = fill_captions(self._card, self._rows)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._predict)
        buttons.addWidget(self._predict_all)
        buttons.addStretch(1)
        working = QHBoxLayout()
        working.setSpacing(GRID)
        working.addWidget(self._bar, 1)
        working.addWidget(self._cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(head)
        whole.addWidget(self._empty)
        # What can be done stands before what is told: it must be in view in a small window too.
        whole.addLayout(buttons)
        whole.addLayout(working)
        whole.addWidget(self._message)
        whole.addWidget(self._error)
        whole.addWidget(self.context_box)
        whole.addWidget(self.head_box)
        whole.addWidget(self._card)
        whole.addWidget(self._on_open)
        whole.addWidget(self.precision_box)
        whole.addWidget(self.int8_box)
        whole.addStretch(1)

    def offer_models(self, menu: QMenu) -> None:
        """Set what the button for loading offers."""
        self._load.setMenu(menu)

    def _connect(self) -> None:
        self._predict.clicked.connect(self.predict_requested)
        self._predict_all.clicked.connect(self._request_all)
        self._cancel.clicked.connect(self._ask_to_stop)
        self._on_open.toggled.connect(self.predict_on_open_toggled)
        session = self._session
        session.model_changed.connect(self._show_model)
        session.slide_changed.connect(self._refresh)
        session.slide_changed.connect(self._show_share)
        session.predictions_changed.connect(self._show_share)
        session.predictions_changed.connect(self._refresh)
        session.layers_changed.connect(self._show_share)

    @Slot()
    def _show_model(self) -> None:
        model = self._session.model
        self._tell_error("")
        self._empty.setVisible(model is None)
        self._card.setVisible(model is not None)
        self._on_open.setVisible(model is not None)
        self._badge.setVisible(model is not None and model.bundled)
        if model is None:
            self._name.clear()
        else:
            card = model.folder.card
            self._name.setText(card.name)
            self._rows[KIND].setText(_kind(card))
            self._show_import(card.imported)
            self._rows[VALIDATION].setText(from_below(card.validation_text))
        self._show_share()
        self._refresh()

    def _show_import(self, card: ImportCard | None) -> None:
        """Tell what a network made elsewhere takes and gives; of those made here all is known."""
        for row, words in ((INPUT, input_words), (OUTPUT, output_words)):
            text = words(card) if card is not None else ""
            self._rows[row].setText(text)
            for label in (self._rows[row], self._captions[row]):
                label.setVisible(bool(text))

    @Slot()
    def _show_share(self) -> None:
        """Say how much of the slide on screen is predicted IDC, and how much is labelled so."""
        values, labels = self._session.slide_predictions(), self._session.slide_labels()
        if values is None or labels is None or self._session.slide is None:
            opened = self._session.data is not None
            self._rows[HERE].setText(
                tr("not predicted yet") if opened else tr("open a folder of patients to predict")
            )
            return
        known = np.isfinite(values)
        threshold = self._session.layers.threshold
        above = int((values[known] >= threshold).sum())
        self._rows[HERE].setText(
            tr(
                "{above:,} of {known:,} patches ({share:.0%}) at or above "
                "{threshold:.2f}; labelled {labelled:.0%}",
                above=above,
                known=int(known.sum()),
                share=above / known.sum(),
                threshold=threshold,
                labelled=labels[known].mean(),
            )
        )

    @Slot()
    def _refresh(self) -> None:
        ready = self._session.model is not None and self._session.data is not None
        self._predict.setEnabled(ready and not self._busy and self._session.slide is not None)
        self._predict_all.setEnabled(ready and not self._busy)
        again = ready and not self._session.unpredicted_patients()
        self._predict_all.setText(tr(AGAIN if again else ALL))
        self._predict_all.setToolTip(tr(AGAIN_TIP) if again else "")
        self._cancel.setVisible(self._busy)
        self._cancel.setEnabled(not self._stopping)
        self._bar.setVisible(self._busy)

    @Slot()
    def _request_all(self) -> None:
        """Ask for those who are not predicted yet; for all of them anew when none is left."""
        if self._session.unpredicted_patients():
            self.predict_all_requested.emit()
        else:
            self.predict_again_requested.emit()

    @Slot()
    def _ask_to_stop(self) -> None:
        """Say at once that the wish was heard: a batch, or a graph being compiled, goes on."""
        self._stopping = True
        self._bar.setRange(0, 0)
        self._say(tr("Stopping…"))
        self._refresh()
        self.cancel_requested.emit()

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def _tell_error(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))


def _kind(card: ModelCard) -> str:
    if card.imported is not None:
        made = card.imported
        return tr(
            "Imported from {file}, {program}: {network}",
            file=made.file,
            program=made.written_by,
            network=made.network,
        )
    known = architecture(card.architecture)
    width = tr(", alpha {alpha:g}", alpha=card.alpha) if len(known.alphas) > 1 else ""
    synthetic = tr(" of synthetic tissue") if card.data.synthetic else ""
    head = (
        tr("; only the head is new, the rest is of {model}", model=card.head_of)
        if card.head_of
        else ""
    )
    patients = tr_count(
        len(card.patients_trained),
        "1 patient{synthetic}",
        "{count} patients{synthetic}",
        synthetic=synthetic,
    )
    return tr(
        "{title}{width}, trained on {patients}{head}",
        title=known.title,
        width=width,
        patients=patients,
        head=head,
    )
