"""Make the pictures of the documents: the window on demo tissue, as a reader of the tour sees it.

xvfb-run -s "-screen 0 1440x900x24" python docs/pictures.py [SCENE ...]

Without names all are made, in the order of the tour; "train" trains for a minute or two.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bcviewer.gui.main_window import MainWindow

HERE = Path(__file__).parent
TOUR = HERE / "pictures"
PATIENT = "demo02"
READER = "Reader 1"
LIMIT_SECONDS = 600
SETTLE_SECONDS = 3
HIGH, HIGHER = 350, 420
"""Of the docks below, in pixels, in scenes that are about what is in them."""

MODEL_HIGH = 412
"""Down to what the model computes in; the patch below still has its room."""

EPOCHS_SHOWN = 5


class Stage:
    """A window on demo tissue whose patients are all predicted, and its photographer."""

    def __init__(self, app: QApplication) -> None:
        from bcviewer.gui.app import make_window, start

        self.app = app
        self.window: MainWindow = make_window(app, None)
        self.window.show()
        start(self.window, None, demo=True)
        session = self.session = self.window.session
        session.data_changed.connect(self.window.first_steps.leave)
        self.until(lambda: session.slide is not None and session.model is not None)
        self.window.predictions.predict_all()
        self.until(lambda: not session.unpredicted_patients())
        session.choose_patient(PATIENT)
        self.until(lambda: session.slide is not None and session.slide.patient == PATIENT)

    def until(self, done: Callable[[], bool]) -> None:
        """Let the window work until it shows what is waited for."""
        end = time.monotonic() + LIMIT_SECONDS
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to show what was waited for")
            self.app.processEvents()
            time.sleep(0.005)

    def rest(self, seconds: float = SETTLE_SECONDS) -> None:
        """Let what is on its way arrive."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def dock(self, title: str, height: int = 0) -> None:
        """Bring a dock to the front, and give it some height."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDockWidget

        dock = self.window.findChild(QDockWidget, title)
        assert isinstance(dock, QDockWidget), f"there is no dock {title}"
        dock.show()
        dock.raise_()
        self.rest(0.2)
        if height:
            self.window.resizeDocks([dock], [height], Qt.Orientation.Vertical)
        self.window.slide_pane.view.fit()

    def inspect(self, across: float, down: float) -> None:
        """Select the patch at a place of the slide, both from 0 to 1."""
        slide = self.session.slide
        assert slide is not None
        (left, top), (width, height) = slide.grid.origin, slide.grid.size
        self.session.inspect(slide.grid.nearest(left + across * width, top + down * height))

    def save(self, path: Path) -> None:
        """Save what is on the display where the window is."""
        self.rest()
        path.parent.mkdir(exist_ok=True)
        self.window.screen().grabWindow(0).copy(self.window.geometry()).save(str(path))


def browse(stage: Stage) -> None:
    stage.dock("Model", MODEL_HIGH)
    stage.inspect(0.5, 0.5)
    stage.save(HERE / "window.png")


def first_steps(stage: Stage) -> None:
    """The card asks what the reader sees; afterwards it is put away for the other pictures."""
    from bcviewer.gui.first_steps import Step
    from bcviewer.gui.first_steps_words import Offer

    steps = stage.window.first_steps
    stage.until(lambda: stage.session.labels is not None)
    steps.open()
    stage.until(lambda: steps.step is Step.FIND)
    shown = steps.card.button(Offer.SHOW_WRONG)
    assert shown is not None
    shown.click()
    stage.until(lambda: steps.step is Step.CORRECT)
    stage.save(TOUR / "first-steps.png")
    steps.leave()
    stage.session.inspect(-1)


def annotate(stage: Stage) -> None:
    """Some patches are corrected, one is in doubt, and one is selected."""
    import numpy as np

    from bcviewer.annotation.labels import Label

    window, session = stage.window, stage.session
    window.annotation.actions.annotate.setChecked(True)
    stage.until(lambda: session.labels is not None)
    dataset, slide = session.dataset, session.slide
    assert dataset is not None
    assert slide is not None
    here = dataset.rows(PATIENT)
    said = session.predictions[here] >= session.thresholds[1]
    truth = dataset.labels[here] == 1
    missed, false = np.flatnonzero(truth & ~said), np.flatnonzero(~truth & said)
    keeper = window.annotation.keeper
    keeper.label(here.start + missed[::2], Label.NOT_IDC)
    keeper.label(here.start + false[::3], Label.IDC)
    keeper.label(here.start + np.flatnonzero(truth & said)[::30], Label.UNSURE)
    session.inspect(int(np.concatenate([missed, false, [0]])[0]))
    stage.save(TOUR / "annotate.png")


def review(stage: Stage) -> None:
    window = stage.window
    stage.dock("Review")
    window.review.tabs.setCurrentIndex(0)
    queues = window.review.queues
    stage.until(lambda: len(queues.table.rows) > 0)
    queues.panel.go_to(0)
    stage.save(TOUR / "review.png")


def evaluate(stage: Stage) -> None:
    window = stage.window
    window.annotation.actions.annotate.setChecked(False)
    stage.dock("Evaluation", HIGHER)
    window.evaluation.tabs.setCurrentIndex(0)
    stage.until(lambda: window.evaluation.settled)
    stage.until(lambda: window.evaluation.scores.has_intervals)
    stage.dock("Model")
    stage.save(TOUR / "evaluate.png")


def train(stage: Stage) -> None:
    """The curves of a training that still runs."""
    window = stage.window
    stage.dock("Training", HIGH)
    form = window.training_panel.form
    form.model.setCurrentIndex(form.model.findText("Simple CNN"))
    form.epochs.setValue(8)
    form.steps.setValue(24)
    form.batch_size.setValue(32)
    window.training_panel.controls.start_button.click()
    stage.until(lambda: window.training_panel.curves.table().count("\n") > EPOCHS_SHOWN)
    stage.save(TOUR / "train.png")
    window.trainings.cancel()
    stage.until(lambda: not window.trainings.running)


SCENES = {
    "first-steps": first_steps,
    "browse": browse,
    "annotate": annotate,
    "review": review,
    "evaluate": evaluate,
    "train": train,
}


def main(names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"BCVIEWER_HOME": home, "LOGNAME": READER}
        from PySide6.QtWidgets import QApplication

        stage = Stage(QApplication([]))
        for name in names or SCENES:
            SCENES[name](stage)
        stage.window.close()


if __name__ == "__main__":
    main(sys.argv[1:])
