"""The queue of doubtful labels takes networks that trained on none of what they judge."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from bcviewer.annotation.queues import Queue
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.main_window import MainWindow
from bcviewer.model.out_of_fold import OutOfFold, out_of_fold_folder, save_out_of_fold
from tests.gui.test_queue import choose, desk, panel, reviewing, use_some_model
from tests.model.test_out_of_fold import predicted

__all__ = ["reviewing"]

DOUBTFUL = 47


def keep(window: MainWindow, *, wrong: tuple[int, ...] = (DOUBTFUL,)) -> OutOfFold:
    """Keep a set that agrees with all labels but those of some patches."""
    data = window.session.data
    assert data is not None
    found = predicted(data.dataset, folds=2)
    thresholds = np.array([0.5, *found.card.thresholds])[found.fold_of_row]
    above = data.dataset.labels.copy()
    above[list(wrong)] = 1 - above[list(wrong)]
    found.probabilities[:] = np.where(above == 1, thresholds + 0.1, thresholds - 0.1)
    save_out_of_fold(found, out_of_fold_folder(data.workspace))
    return found


def test_it_needs_no_model_and_says_who_judged(reviewing: MainWindow, qtbot: QtBot) -> None:
    reviewing.session.predictions[:] = np.nan
    kept = keep(reviewing)
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == [DOUBTFUL]
    assert kept.card.title in panel(reviewing).judge.text()
    assert panel(reviewing).by_folds.isVisible()
    entry = desk(reviewing).table.entry(0)
    assert entry.probability is not None
    label = reviewing.session.dataset.labels[DOUBTFUL] if reviewing.session.dataset else -1
    assert (entry.probability >= 0.5) != (label == 1)
    assert choose(reviewing, Queue.LEAST_CERTAIN, qtbot) == []
    assert not panel(reviewing).by_folds.isVisible(), "this queue is that of the model in use"


def test_the_model_in_use_can_be_asked_instead(reviewing: MainWindow, qtbot: QtBot) -> None:
    keep(reviewing)
    use_some_model(reviewing, qtbot)
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == [DOUBTFUL]
    with qtbot.waitSignal(desk(reviewing).runner.arranged):
        panel(reviewing).by_model.click()
    assert "model in use" in panel(reviewing).judge.text()
    assert desk(reviewing).table.rows.tolist() != [DOUBTFUL]
    with qtbot.waitSignal(desk(reviewing).runner.arranged):
        panel(reviewing).by_folds.click()
    assert desk(reviewing).table.rows.tolist() == [DOUBTFUL]


def test_without_such_predictions_nothing_is_offered(reviewing: MainWindow, qtbot: QtBot) -> None:
    use_some_model(reviewing, qtbot)
    choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot)
    assert panel(reviewing).judge.text() == ""
    assert not panel(reviewing).by_folds.isVisible()


def test_nothing_doubtful_is_said(reviewing: MainWindow, qtbot: QtBot) -> None:
    keep(reviewing, wrong=())
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == []
    assert "No label here is contradicted" in panel(reviewing).hint.text()


def test_a_blind_reader_is_told_nothing(reviewing: MainWindow, qtbot: QtBot) -> None:
    keep(reviewing, wrong=(DOUBTFUL, 7))
    reviewing.session.set_blindness(Blindness(on=True, reader="ada", shown=frozenset({"p00"})))
    assert choose(reviewing, Queue.LABEL_DOUBTFUL, qtbot) == [7], "p02 is told of"
