"""Agreement of readers: what they both said, beyond chance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bcviewer.annotation.agreement import agreement, agreements, cohens_kappa
from bcviewer.annotation.labels import Label
from tests.annotation.conftest import OpenBook


def test_kappa_is_cohens() -> None:
    one = np.array([1] * 20 + [1] * 5 + [0] * 10 + [0] * 15, np.int8)
    two = np.array([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15, np.int8)
    # Agreed 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
    assert cohens_kappa(one, two) == pytest.approx(0.4)
    assert cohens_kappa(one, one) == 1
    assert math.isnan(cohens_kappa(one[:3], one[:3])), "with one label nothing can be told"
    assert math.isnan(cohens_kappa(one[:0], one[:0]))


def test_readers_are_compared_on_what_both_called_idc_or_not(open_book: OpenBook) -> None:
    ann, bob, eve = open_book("Ann"), open_book("Bob"), open_book("Eve")
    ann.label(np.arange(6), Label.IDC)
    ann.label(np.arange(6, 12), Label.NOT_IDC)
    ann.flush()
    bob.label(np.arange(4), Label.IDC)
    bob.label(np.arange(4, 10), Label.NOT_IDC)
    bob.label(np.array([10]), Label.UNSURE)
    bob.flush()
    eve.label(np.array([30]), Label.IDC)
    eve.flush()
    ann.poll()
    (pair,) = agreements(ann.state)
    assert pair.readers == ("Ann", "Bob")
    assert (pair.patches, pair.left_out) == (10, 1)
    assert pair.disagreed.tolist() == [4, 5]
    assert pair.share == pytest.approx(0.8)
    assert pair.kappa == pytest.approx((0.8 - 0.48) / 0.52)
    none = agreement(ann.state, "Ann", "Eve")
    assert none.patches == 0
    assert math.isnan(none.kappa)
    assert math.isnan(none.share)


def test_blind_answers_are_compared_before_readers_saw_the_model(open_book: OpenBook) -> None:
    ann, bob = open_book("Ann"), open_book("Bob")
    for book, label in ((ann, Label.IDC), (bob, Label.NOT_IDC)):
        book.label(np.arange(4), label, blind=True)
        book.label(np.arange(4, 8), Label.NOT_IDC, blind=True)
        book.flush()
    bob.label(np.arange(4), Label.IDC, model="m")
    bob.flush()
    ann.poll()
    (blind,) = agreements(ann.state, blind=True)
    (final,) = agreements(ann.state)
    assert blind.disagreed.tolist() == [0, 1, 2, 3]
    assert blind.kappa == 0
    assert final.kappa == 1
