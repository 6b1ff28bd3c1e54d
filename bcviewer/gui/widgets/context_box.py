"""The place in the model's panel where a model gets a context, or another one out of fold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.model.card import ModelCard
from bcviewer.model.context import ContextCard
from bcviewer.model.context_training import differing_settings, reason_against
from bcviewer.model.out_of_fold import OutOfFoldCard
from bcviewer.model.runs import STAMPED

OFFER = marked(
    "This model has neither context nor calibration: neighbouring patches are not heard. Both are "
    "learned from its validation patients in a minute or less."
)
LACKS = marked(
    "This model has neither context nor calibration: neighbouring patches are not heard."
)
OF_VALIDATION = marked("Context and calibration are learned from the validation patients.")
OF_FOLDS = marked("Context and calibration are learned from out-of-fold predictions.")
TIP = marked("Learn how much neighbouring patches say, on patients that the network does not know")
VALIDATION_TIP = marked("Patients that chose the epoch and the threshold of this model")
FOLDS_TIP = marked(
    "All patients, each as judged by a network of {name} that did not train on it ({folds} folds)."
)
OTHERWISE = marked("These networks were trained otherwise than this model: {settings}.")

VALIDATION = ""
"""The choice of the model's own validation patients; others are names of cross-validations."""


class ContextBox(WorkBox):
    """Offers to fit a context.

    Not there for models that have one, unless there are out-of-fold predictions to fit another to.
    """

    fit_requested = Signal(str)
    """What to: the name of out-of-fold predictions, or "" for the validation patients."""

    def __init__(self, session: Session) -> None:
        self._offers: tuple[OutOfFoldCard, ...] = ()
        self._source = Choice({})
        self._source.setAccessibleName(tr("Patients to learn context from"))
        self._from = QLabel(tr("from"))
        button = QPushButton(icon("prediction"), tr("Fit context"))
        doing = tr("Progress of the fit of context")
        super().__init__(session, button=button, tip=tr(TIP), doing=doing)
        self.start_requested.connect(self._request)
        self._source.chosen.connect(self._refresh)

    @Slot(object)
    def offer(self, cards: tuple[OutOfFoldCard, ...]) -> None:
        """Offer out-of-fold predictions to fit a context to, the newest first."""
        self._offers = cards
        self._fill()
        self._refresh()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show patches predicted, their speed and the time left; of the fit itself, only that."""
        if done >= total:
            self._bar.setRange(0, 0)
            self._say(tr("Fitting…"))
            return
        super().show_progress(done, total)

    def _lay_out(self) -> None:
        super()._lay_out()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._from)
        row.addWidget(self._source, 1)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertLayout(1, row)

    def _fill(self) -> None:
        """List what can be fitted to; chosen is what the context is not fitted to yet."""
        source, model = self._source, self._session.model
        source.clear()
        if model is None or not self._offers:
            return
        if not self._no_validation:
            source.addItem(tr("its validation patients"), VALIDATION)
            self._give_tip(tr(VALIDATION_TIP))
        for made in self._offers:
            source.addItem(tr("out-of-fold of {name}", name=_short(made.name)), made.name)
            self._give_tip(_tip(model.folder.card, made))
        context = model.folder.context
        if context is not None and not context.fitted_on:
            source.choose(self._offers[0].name)

    def _give_tip(self, text: str) -> None:
        source = self._source
        source.setItemData(source.count() - 1, text, Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _request(self) -> None:
        self.fit_requested.emit(self._source.choice if self._offers else VALIDATION)

    @Slot()
    def _refresh(self) -> None:
        super()._refresh()
        for widget in (self._from, self._source):
            widget.setVisible(self._offered and bool(self._offers) and not self._busy)
        self._source.setToolTip(self._source.currentData(Qt.ItemDataRole.ToolTipRole) or "")

    @property
    def _offered(self) -> bool:
        return super()._offered and (self._context is None or bool(self._offers))

    @property
    def _context(self) -> ContextCard | None:
        model = self._session.model
        return None if model is None else model.folder.context

    @property
    def _offer(self) -> str:
        if self._context is None:
            return tr(LACKS if self._offers else OFFER)
        return tr(OF_FOLDS if self._context.fitted_on else OF_VALIDATION)

    @property
    def _reason_against(self) -> str:
        return "" if self._offers else self._no_validation

    @property
    def _no_validation(self) -> str:
        """Why no context can be fitted to validation patients here; "" where one can."""
        model, dataset = self._session.model, self._session.dataset
        if model is None or dataset is None:
            return ""
        return reason_against(model.folder, dataset)


def _short(name: str) -> str:
    """A cross-validation by its time, or by the name that its user gave it."""
    stamped = STAMPED.fullmatch(name)
    if stamped is None:
        return name
    day, time = stamped[1][:10], stamped[1][11:]
    return f"{day} {time[:2]}:{time[2:4]}"


def _tip(card: ModelCard, made: OutOfFoldCard) -> str:
    """What out-of-fold predictions are, and how far their networks differ from a model."""
    text = tr(FOLDS_TIP, name=made.name, folds=made.folds)
    names = [name.replace("_", " ").capitalize() for name in differing_settings(card, made)]
    if not names:
        return text
    settings = ", ".join(from_below(name) for name in names)
    return f"{text} {tr(OTHERWISE, settings=settings)}"
