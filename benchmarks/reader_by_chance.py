"""A reader who does what chance says, as quickly as an eager one: for the soak.

Each act is a row of single steps with the event loop between them, as hands would make them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_tools import Tool

STEP_MS = 30
PAUSE_MS = (80, 500)
RETRAIN_SECONDS = 75
LABELS = (Label.IDC, Label.NOT_IDC, Label.UNSURE, Label.EXCLUDED, Label.CLEARED)
GESTURES = (Tool.CLICK, Tool.BRUSH, Tool.RECTANGLE, Tool.LASSO)
LEFT = Qt.MouseButton.LeftButton
Steps = Iterator[None]


class ReaderByChance(QObject):
    """Works in a window until told to rest.

    Attributes:
        done: How often each act was begun.
        doing: The act under way, for those who wonder what took so long.
    """

    def __init__(self, window: MainWindow, seed: int) -> None:
        super().__init__()
        self.done: Counter[str] = Counter()
        self.doing = "start"
        self._window = window
        self._chance = np.random.default_rng(seed)
        self._steps: Steps = iter(())
        self._resting = False
        self._acts = {
            "browse": (self._browse, 5),
            "look": (self._look, 4),
            "zoom": (self._zoom, 4),
            "stroke": (self._stroke, 8),
            "undo": (self._undo, 3),
            "redo": (self._redo, 1),
            "layers": (self._layers, 3),
            "docks": (self._docks, 1),
            "queue": (self._queue, 1),
            "predict": (self._predict, 1),
            "predict all": (self._predict_all, 0.05),
        }
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)
        self._retrain = QTimer(self, interval=1000 * RETRAIN_SECONDS)
        self._retrain.timeout.connect(self._retrain_head)
        self._retrain.start()
        self._timer.start(1000)

    @property
    def about(self) -> str:
        """The act under way, and what the window does beside it."""
        beside = " beside a retraining" if self._window.model_desk.head.running else ""
        return self.doing + beside

    @Slot()
    def go_on(self) -> None:
        """Work again."""
        self._resting = False
        self._retrain.start()
        self._timer.start(STEP_MS)

    @Slot()
    def rest(self) -> None:
        """End the act under way, come back to the first patient and wait."""
        self._resting = True
        self._retrain.stop()

    @Slot()
    def _go(self) -> None:
        if next(self._steps, self) is not self:
            self._timer.start(STEP_MS)
        elif self._resting:
            self.doing = "rest"
            self._come_home()
        elif self._window.session.slide is None or self._window.session.labels is None:
            self._timer.start(PAUSE_MS[1])
        else:
            self._begin()
            self._timer.start(int(self._chance.integers(*PAUSE_MS)))

    def _begin(self) -> None:
        names = list(self._acts)
        weights = np.array([self._acts[name][1] for name in names], np.float64)
        self.doing = str(self._chance.choice(names, p=weights / weights.sum()))
        self.done[self.doing] += 1
        self._steps = self._acts[self.doing][0]()

    def _come_home(self) -> None:
        session = self._window.session
        assert session.dataset is not None
        session.choose_patient(session.dataset.patients[0])
        self._window.slide_pane.view.fit()

    def _browse(self) -> Steps:
        session = self._window.session
        assert session.dataset is not None
        if self._chance.random() < 0.5:
            self._window.patient_panel.step(int(self._chance.choice([-1, 1])))
        else:
            session.choose_patient(str(self._chance.choice(session.dataset.patients)))
        yield

    def _look(self) -> Steps:
        yield from self._gesture(Tool.SELECT, 1)

    def _stroke(self) -> Steps:
        actions = self._window.annotation.actions
        if not actions.annotate.isChecked():
            actions.annotate.trigger()
            yield
        tool = GESTURES[self._chance.integers(len(GESTURES))]
        actions.tools[tool].trigger()
        actions.labels[LABELS[self._chance.integers(len(LABELS))]].trigger()
        yield
        yield from self._gesture(tool, 1 if tool is Tool.CLICK else 12)

    def _gesture(self, tool: Tool, moves: int) -> Steps:
        annotation, view = self._window.annotation, self._window.slide_pane.view
        if annotation.actions.annotate.isChecked():
            annotation.actions.tools[tool].trigger()
        room = view.viewport().rect()
        spots = self._chance.uniform(0.25, 0.75, (moves, 2)).cumsum(0)
        spots /= np.arange(1, moves + 1)[:, np.newaxis]
        points = [QPointF(float(x) * room.width(), float(y) * room.height()) for x, y in spots]
        self._mouse(QEvent.Type.MouseButtonPress, points[0])
        for point in points[1:]:
            yield
            self._mouse(QEvent.Type.MouseMove, point)
        yield
        self._mouse(QEvent.Type.MouseButtonRelease, points[-1])

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        viewport = self._window.slide_pane.view.viewport()
        moved, ended = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
        none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        button, held = none if moved else LEFT, none if ended else LEFT
        place = QPointF(viewport.mapToGlobal(at.toPoint()))
        event = QMouseEvent(kind, at, place, button, held, plain)
        QApplication.sendEvent(viewport, event)

    def _zoom(self) -> Steps:
        view = self._window.slide_pane.view
        if self._chance.random() < 0.3:
            view.fit()
        for _ in range(int(self._chance.integers(1, 8))):
            view.zoom_by(float(self._chance.choice([1.25, 0.8])))
            yield

    def _undo(self) -> Steps:
        for _ in range(int(self._chance.integers(1, 5))):
            self._window.annotation.actions.undo.trigger()
            yield

    def _redo(self) -> Steps:
        self._window.annotation.actions.redo.trigger()
        yield

    def _layers(self) -> Steps:
        session, chance = self._window.session, self._chance
        for _ in range(3):
            session.change_layers(
                threshold=float(chance.uniform(0.1, 0.9)),
                opacity=float(chance.uniform(0.2, 0.9)),
                truth=bool(chance.integers(2)),
                grid=bool(chance.integers(2)),
                hide_below=bool(chance.integers(2)),
            )
            yield
        session.change_layers(prediction=bool(chance.random() < 0.9))

    def _docks(self) -> Steps:
        dock = self._window.docks[self._chance.integers(len(self._window.docks))]
        dock.raise_()
        yield

    def _queue(self) -> Steps:
        panel = self._window.review.queues.panel
        panel.choose(list(Queue)[self._chance.integers(len(Queue))])
        for _ in range(10):
            yield
        count = self._window.review.queues.table.rowCount()
        if count:
            panel.go_to(int(self._chance.integers(min(count, 50))))

    def _predict(self) -> Steps:
        self._window.predictions.predict_patient()
        yield

    def _predict_all(self) -> Steps:
        self._window.predictions.predict_all()
        yield

    @Slot()
    def _retrain_head(self) -> None:
        runner = self._window.model_desk.head
        if not runner.running and self._window.session.model is not None:
            self.done["retrain"] += 1
            runner.start()
