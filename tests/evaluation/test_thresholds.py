"""Proposals have words, and are those that the model card keeps."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.thresholds import proposals, proposals_of
from bcviewer.model.thresholds import proposed_thresholds
from tests.evaluation.made import Predictions, drawn, judged_of, predictions


@given(predictions())
def test_the_window_proposes_what_the_card_keeps(made: Predictions) -> None:
    found = proposals(OperatingPoints(judged_of(*made)))
    kept = proposed_thresholds(*made)
    assert {proposal.name: proposal.threshold for proposal in found} == kept
    assert found == proposals_of(kept)


def test_a_proposal_says_what_it_is_for() -> None:
    labels, probabilities, _ = drawn()
    operating = OperatingPoints(judged_of(labels, probabilities))
    balanced, f1, sensitive = proposals(operating, sensitivity=0.9)
    assert [one.title for one in (balanced, f1, sensitive)] == [
        "Best balanced accuracy",
        "Best F1",
        "Sensitivity 90 %",
    ]
    assert operating.point(sensitive.threshold).sensitivity >= 0.9
    assert sensitive.threshold < balanced.threshold


def test_a_card_that_names_something_else_is_read() -> None:
    assert proposals_of({"youden": 0.3}) == ()
    assert [one.threshold for one in proposals_of({"f1": 0.4, "youden": 0.3})] == [0.4]


def test_one_class_proposes_nothing() -> None:
    judged = judged_of(np.zeros(4, np.int8), np.linspace(0, 1, 4, dtype=np.float32))
    assert proposals(OperatingPoints(judged)) == ()
