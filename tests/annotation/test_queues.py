"""Queues offer what is worth a look, leave out what was seen, and count what came of it."""

from __future__ import annotations

import numpy as np
import pytest

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import (
    Queue,
    against_neighbours,
    count_neighbours,
    label_doubtful,
    least_certain,
    queue_rows,
    queue_yields,
    random_control,
)
from bcviewer.annotation.state import original_state
from bcviewer.slide.grid import grid_of
from tests.annotation.conftest import OpenBook
from tests.annotation.data import plain_dataset

NAN = float("nan")
NOBODY = np.zeros(6, np.bool_)


def test_the_least_certain_stand_first_and_what_has_no_prediction_nowhere() -> None:
    probabilities = np.array([0.9, 0.5, NAN, 0.4, 0.02, 0.55], np.float32)
    labels = np.array([0, 0, 0, 0, 1, 1], np.int8)
    rows = least_certain(probabilities, labels, looked_at=NOBODY)
    assert rows.tolist() == [1, 5, 3, 0, 4]
    labels[5] = -1
    looked_at = np.arange(6) == 1
    assert least_certain(probabilities, labels, looked_at=looked_at).tolist() == [3, 0, 4]
    near = least_certain(probabilities, labels, looked_at=looked_at, threshold=0.9)
    assert near.tolist()[0] == 0


def test_labels_are_doubted_by_models_that_do_not_know_the_patient_only() -> None:
    probabilities = np.array([0.9, 0.99, NAN, 0.4, 0.02, 0.99], np.float32)
    labels = np.array([0, 0, 0, 1, 1, 0], np.int8)
    untrained = np.array([True, True, True, True, True, False])
    rows = label_doubtful(probabilities, labels, untrained=untrained, looked_at=NOBODY)
    assert rows.tolist() == [1, 4, 0, 3]
    state = original_state(plain_dataset(patients=1, columns=3, rows=2))
    asked = queue_rows(Queue.LABEL_DOUBTFUL, state, "Ann", probabilities=probabilities)
    assert asked.tolist() == [], "without a word about the patients none is held out"


def test_a_patch_at_odds_with_its_neighbours_is_found() -> None:
    dataset = plain_dataset(patients=2, columns=5, rows=5)
    labels = np.zeros(50, np.int8)
    labels[12] = 1
    labels[25:] = 1
    nobody = np.zeros(50, np.bool_)
    assert against_neighbours(dataset, labels, looked_at=nobody).tolist() == [12]
    assert against_neighbours(dataset, labels, looked_at=np.arange(50) == 12).tolist() == []
    labels[[6, 7, 8, 11, 13, 16]] = -1
    assert against_neighbours(dataset, labels, looked_at=nobody).tolist() == [], "two are too few"


def test_neighbours_are_those_of_the_grid() -> None:
    dataset = plain_dataset(patients=3, columns=4, rows=3)
    labels = np.random.default_rng(1).integers(-1, 2, len(dataset)).astype(np.int8)
    neighbours, others = count_neighbours(dataset, labels)
    for patient in dataset.patients:
        part = dataset.rows(patient)
        grid = grid_of(dataset.x[part], dataset.y[part])
        for index in range(len(grid)):
            if labels[part][index] < 0:
                continue
            around = grid.neighbourhood(index, 1)
            around[1, 1] = -1
            near = labels[part][around[around >= 0]]
            row = part.start + index
            assert neighbours[row] == (near >= 0).sum()
            assert others[row] == (near == 1 - labels[row]).sum()


def test_the_control_keeps_its_order_while_patches_are_looked_at() -> None:
    labels = np.zeros(100, np.int8)
    labels[7] = -1
    nobody = np.zeros(100, np.bool_)
    rows = random_control(labels, looked_at=nobody, seed=3)
    assert sorted(rows.tolist()) == sorted(set(range(100)) - {7})
    looked_at = nobody.copy()
    looked_at[rows[:40]] = True
    assert random_control(labels, looked_at=looked_at, seed=3).tolist() == rows[40:].tolist()
    assert random_control(labels, looked_at=nobody, seed=4).tolist() != rows.tolist()


@pytest.mark.parametrize("queue", list(Queue))
def test_every_queue_forgets_what_this_reader_answered(open_book: OpenBook, queue: Queue) -> None:
    book, other = open_book(), open_book("Bob")
    count = len(book.dataset)
    known = np.full(count, 0.6, np.float32)
    untrained = np.ones(count, np.bool_)

    def offered(reader: str) -> set[int]:
        rows = queue_rows(queue, book.state, reader, probabilities=known, untrained=untrained)
        return set(rows.tolist())

    before = offered("Ann")
    assert before
    seen = np.array(sorted(before))[:2]
    book.confirm(seen, queue=queue)
    assert offered("Ann") == before - set(seen.tolist())
    assert offered("Bob") == before
    other.close()


def test_a_queue_yields_what_it_corrected(open_book: OpenBook) -> None:
    book = open_book()
    assert book.dataset.labels[:6].tolist() == [1, 0, 0, 1, 0, 0]
    assert queue_yields(book.state) == ()
    book.confirm(np.array([0, 1]), queue=Queue.RANDOM_CONTROL)
    book.label(np.array([2]), Label.IDC, queue=Queue.RANDOM_CONTROL)
    book.label(np.array([3]), Label.UNSURE, queue=Queue.RANDOM_CONTROL)
    book.label(np.array([4]), Label.IDC, queue=Queue.LEAST_CERTAIN)
    book.label(np.array([5]), Label.IDC)
    control, certain = sorted(queue_yields(book.state), key=lambda of: -of.looked_at)
    assert (control.queue, control.looked_at) == ("random_control", 4)
    assert (control.corrected, control.left_out, control.per_hundred) == (1, 1, 25)
    assert (certain.queue, certain.per_hundred) == ("least_certain", 100)
    book.flush()
    later = open_book("Bob")
    later.confirm(np.array([2]), queue=Queue.RANDOM_CONTROL)
    control = max(queue_yields(later.state), key=lambda of: of.looked_at)
    assert (control.looked_at, control.corrected) == (5, 1), "Bob only agreed with the correction"
    book.undo()
    book.undo()
    assert [of.queue for of in queue_yields(book.state)] == ["random_control"]
