"""The first steps: follows what the reader does, and does what the card is asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from bcviewer.gui.first_steps import Facts, Memory, Step, begin, follow, next_step
from bcviewer.gui.first_steps_acts import FirstStepsActs
from bcviewer.gui.first_steps_scene import Scene, can_fit, facts_of, scene_of
from bcviewer.gui.first_steps_words import Offer, advice
from bcviewer.gui.first_steps_work import FirstStepsWork
from bcviewer.gui.icons import icon
from bcviewer.gui.preferences import FirstSteps
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.first_steps_card import CardAbove, CardState, FirstStepsCard
from bcviewer.gui.words import tr

KEY = "Shift+F1"
SETTLE_MS = 50
"""What changes together, or patient by patient, is looked at once."""


class FirstStepsDesk(QObject):
    """Owns the card and the action that brings it back.

    Args:
        session: The state of the window.
        acts: Does what the card offers, through the other desks.
        work: What runs for it.
        window: Whose layout gives the card its place.
    """

    def __init__(
        self, session: Session, *, acts: FirstStepsActs, work: FirstStepsWork, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._acts, self._work = session, acts, work
        self._memory = Memory()
        self._step: Step | None = Step.PREDICT
        self._aside = False
        self._fit: tuple[object, object, bool] = (None, None, False)
        self.card = FirstStepsCard()
        self.card.hide()
        self.action = QAction(icon("info"), tr("First &steps"), self)
        self.action.setShortcut(QKeySequence(KEY))
        tip = tr("Predict, correct, retrain, see the change: a card leads you")
        self.action.setToolTip(f"{tip} ({KEY})")
        self.action.setStatusTip(self.action.toolTip())
        window.addAction(self.action)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()

    def add_to(self, menus: QMenuBar, *, before: QAction) -> None:
        """Put the action into the menu that has another one, before that."""
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertAction(before, self.action)

    def above(self, content: QWidget) -> QWidget:
        """The content with the card above it, while that is there."""
        return CardAbove(self.card, content)

    @property
    def step(self) -> Step | None:
        """The step that is next, as the card shows it; None when all are done."""
        return self._step

    def _connect(self) -> None:
        session = self._session
        self._soon.timeout.connect(self._follow)
        self._acts.failed.connect(self._work.fail)
        self._acts.change_came_into_view.connect(self._settle)
        self.action.triggered.connect(self.open)
        self.card.left.connect(self.leave)
        self.card.chosen.connect(self._take)
        session.data_changed.connect(self._open_first_time)
        for signal in (
            session.data_changed,
            session.slide_changed,
            session.patch_changed,
            session.model_changed,
            session.predictions_changed,
            session.layers_changed,
            session.labels_changed,
            session.blindness_changed,
            self._work.changed,
        ):
            signal.connect(self._settle)

    @Slot()
    def open(self) -> None:
        """Show the card where the reader left it, or at the first step when all are done."""
        if self._memory.done:
            self._begin_anew()
        self._show()
        self.card.take_keyboard()

    @Slot()
    def leave(self) -> None:
        """Put the card away; it stays away until it is asked for."""
        had_keyboard = self.card.has_keyboard
        self.card.hide()
        if had_keyboard:
            self._acts.focus_slide()
        self._remember(FirstSteps.DONE if self._memory.done else FirstSteps.LEFT)

    def hide_for_slide(self, hidden: bool) -> None:
        """Step aside while the slide stands alone; come back after that."""
        if hidden:
            self._aside = not self.card.isHidden()
        if self._aside:
            self.card.setHidden(hidden)
            self._settle()

    @Slot()
    def _open_first_time(self) -> None:
        if self._session.preferences.first_steps is FirstSteps.NEW:
            self._show()
            self._acts.focus_slide()  # the start page has just let go of the keyboard

    def _show(self) -> None:
        self._follow()
        self.card.show()

    def _begin_anew(self) -> None:
        self._memory = begin(self._facts(Memory()))

    @Slot()
    def _settle(self) -> None:
        """Look again once all that came together is here."""
        if not self.card.isHidden():
            self._soon.start()

    @Slot()
    def _follow(self) -> None:
        self._memory = follow(self._memory, self._facts(self._memory))
        if self._memory.done and self._session.preferences.first_steps is not FirstSteps.DONE:
            self._remember(FirstSteps.DONE)
        facts = self._facts(self._memory)
        step = next_step(self._memory, facts)
        if step is not self._step:
            self._work.forget_fault()
        self._step = step
        self.card.show_state(self._state(self._scene(facts)))

    def _state(self, scene: Scene) -> CardState:
        work = self._work
        # A training that somebody else began is no reason to hold the other steps up.
        busy = work.busy if scene.step is Step.RETRAIN else ""
        return CardState(scene.step, advice(scene), work.fault, busy, work.progress)

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        self._work.forget_fault()
        if offer is Offer.STOP:
            self._work.stop()
        else:
            self._acts.take(offer, found=self._memory.found, corrected=self._memory.corrected)
            if offer is Offer.TRAIN:
                self._work.begin_training()
        self._follow()

    def _facts(self, memory: Memory) -> Facts:
        return facts_of(
            self._session,
            reader=self._acts.reader,
            found=memory.found,
            change_seen=self._acts.change_seen,
        )

    def _scene(self, facts: Facts) -> Scene:
        return scene_of(
            self._session, facts, self._memory, reader=self._acts.reader, fits=self._fits()
        )

    def _fits(self) -> bool:
        """Whether a head can be fitted; looked at once for a model and data."""
        model, dataset = self._session.model, self._session.dataset
        folder = None if model is None else model.folder
        if self._fit[:2] != (folder, dataset):
            self._fit = (folder, dataset, can_fit(folder, dataset))
        return self._fit[2]

    def _remember(self, where: FirstSteps) -> None:
        session = self._session
        session.remember(session.preferences.model_copy(update={"first_steps": where}))
