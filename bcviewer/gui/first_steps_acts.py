"""What the buttons of the first steps do, each as the menus and keys of the window do it."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue
from bcviewer.errors import BcviewerError
from bcviewer.gui.actions import Actions
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.browse_desk import BrowseDesk
from bcviewer.gui.first_steps_scene import most_wrong, row_on_screen
from bcviewer.gui.first_steps_training import short_job
from bcviewer.gui.first_steps_words import Offer
from bcviewer.gui.model_desk import ModelDesk
from bcviewer.gui.review_desk import ReviewDesk
from bcviewer.gui.session import Session
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.model.library import bundled_models

SAID: Final = {Offer.SAY_IDC: Label.IDC, Offer.SAY_NOT_IDC: Label.NOT_IDC}


class FirstStepsActs(QObject):
    """Acts through the other desks; knows no more of the steps than it is told."""

    failed = Signal(object)
    """A ``BcviewerError``: what was asked for cannot be done."""

    change_came_into_view = Signal()
    """The counts of what a retraining changed are on screen."""

    def __init__(
        self,
        session: Session,
        *,
        actions: Actions,
        browsing: BrowseDesk,
        models: ModelDesk,
        trainings: TrainingDesk,
        annotation: AnnotationDesk,
        review: ReviewDesk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._do = session, actions
        self._browsing, self._models, self._trainings = browsing, models, trainings
        self._annotation, self._review = annotation, review
        self._passed: set[int] = set()
        session.data_changed.connect(self._forget)
        review.changes.view.came_into_view.connect(self.change_came_into_view)

    @property
    def reader(self) -> str:
        """In whose name labels are given."""
        return self._annotation.keeper.reader

    @property
    def change_seen(self) -> bool:
        """Whether the counts of what a retraining changed are on screen."""
        return self._review.changes.view.isVisible()

    def focus_slide(self) -> None:
        """Give the keyboard to the slide."""
        self._browsing.slide_pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, offer: Offer, *, found: int, corrected: int) -> None:
        """Do what is offered.

        Args:
            offer: What.
            found: The patch where model and label differ, a row; -1 for none.
            corrected: The patch whose label was corrected; -1 for none.
        """
        match offer:
            case Offer.OPEN_DEMO:
                self._do.demo.trigger()
            case Offer.OPEN_FOLDER:
                self._do.open.trigger()
            case Offer.FIRST_PATIENT:
                self._browsing.patient_panel.choose_first()
            case Offer.LOAD_MODEL:
                self._load_model()
            case Offer.SHOW_LABELS:
                show_dock_of(self._annotation.panel)
            case Offer.PREDICT:
                self._do.predict.trigger()
            case Offer.NEXT_PATIENT:
                self._go_to_next_patient()
            case Offer.FIT_HEAD:
                self._models.head.start()
            case Offer.TRAIN:
                self._train()
            case _:
                self._show_or_say(offer, found=found, corrected=corrected)

    def _show_or_say(self, offer: Offer, *, found: int, corrected: int) -> None:
        match offer:
            case Offer.SHOW_WRONG:
                self._show_wrong()
            case Offer.ANOTHER:
                self._passed.add(found)
                self._show_wrong()
            case Offer.BACK:
                self._annotation.show_rows(np.array([found], np.int64))
            case Offer.SAY_IDC | Offer.SAY_NOT_IDC if found >= 0:
                self._annotation.keeper.label(np.array([found], np.int64), SAID[offer])
            case Offer.SHOW_CHANGE:
                self._show_change(corrected)
            case Offer.SHOW_COUNTS:
                self._review.tabs.setCurrentWidget(self._review.changes.view)
                show_dock_of(self._review.tabs)
            case Offer.SHOW_QUEUE:
                self._review.tabs.setCurrentWidget(self._review.queues.panel)
                show_dock_of(self._review.tabs)
                self._review.queues.panel.choose(Queue.LABEL_DOUBTFUL)

    @Slot()
    def _forget(self) -> None:
        self._passed.clear()

    def _load_model(self) -> None:
        names = bundled_models()
        if names:
            self._models.runner.load(next(iter(names)))
        else:
            self._do.load_model.trigger()

    def _go_to_next_patient(self) -> None:
        panel, before = self._browsing.patient_panel, self._session.patient
        panel.step(1)
        if self._session.patient == before:
            panel.choose_first()

    def _show_wrong(self) -> None:
        """Show the patch that is most likely wrong, but for those that the reader has passed."""
        rows = most_wrong(self._session, self.reader)
        here = row_on_screen(self._session)
        left = [row for row in rows.tolist() if row not in self._passed and row != here]
        if not left:
            self._passed.clear()
            left = rows.tolist()
        if left:
            self._annotation.show_rows(np.array(left[:1], np.int64))

    def _train(self) -> None:
        """Start a short training; it is followed in the dock of trainings like any other."""
        data, panel = self._session.data, self._trainings.panel
        if data is None or self._trainings.runner.running:
            return
        try:
            panel.form.use(short_job(data, self._session.model))
        except BcviewerError as error:
            self.failed.emit(error)
            return
        start = panel.controls.start_button
        if start.isEnabled():
            start.click()
        else:
            self.failed.emit(BcviewerError(start.toolTip()))

    def _show_change(self, corrected: int) -> None:
        session = self._session
        session.show_before(False)
        session.change_layers(change=True, uncertainty=False)
        if session.dataset is None or corrected < 0:
            return
        self._annotation.show_rows(np.array([corrected], np.int64))
        if np.isnan(session.predictions[corrected]) and not session.preferences.predict_on_open:
            number = int(session.dataset.patient_index[corrected])
            self._models.runner.predict_patients([session.dataset.patients[number]])


def show_dock_of(widget: QWidget) -> None:
    """Bring the dock to the front that a widget is in."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    if above is not None:
        above.show()
        above.raise_()
