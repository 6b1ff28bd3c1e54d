"""A click on a number opens its patches, and no others, the surest first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.selection import chosen_of_bin, chosen_of_cell
from tests.evaluation.made import Predictions, judged_of, predictions


@given(predictions(), st.floats(0, 1))
def test_the_cells_share_out_all_patches_as_the_matrix_counts_them(
    made: Predictions, threshold: float
) -> None:
    judged = judged_of(*made)
    counts = OperatingPoints(judged).confusion(threshold)
    cells = {
        (truth, said): chosen_of_cell(judged, threshold, truth, said).rows
        for truth in (0, 1)
        for said in (0, 1)
    }
    assert len(cells[1, 1]) == counts.tp
    assert len(cells[0, 1]) == counts.fp
    assert len(cells[1, 0]) == counts.fn
    assert len(cells[0, 0]) == counts.tn
    assert sorted(np.concatenate(list(cells.values()))) == judged.rows.tolist()


@given(predictions(), st.floats(0, 1))
def test_the_surest_come_first(made: Predictions, threshold: float) -> None:
    judged = judged_of(*made)
    place = {row: number for number, row in enumerate(judged.rows.tolist())}
    for truth in (0, 1):
        above = chosen_of_cell(judged, threshold, truth, 1).rows
        given_ = [float(made[1][place[row]]) for row in above.tolist()]
        assert given_ == sorted(given_, reverse=True)
        below = chosen_of_cell(judged, threshold, truth, 0).rows
        given_ = [float(made[1][place[row]]) for row in below.tolist()]
        assert given_ == sorted(given_)


def test_a_choice_says_what_it_is() -> None:
    judged = judged_of(np.array([1, 0], np.int8), np.array([0.2, 0.9], np.float32))
    missed = chosen_of_cell(judged, 0.5, 1, 0)
    assert missed.title == "False negatives: IDC, predicted not IDC"
    assert missed.rows.tolist() == [100]
    assert chosen_of_bin(judged, 0.85, 0.9).title == "Probability 0.85 to 0.90"
    assert chosen_of_bin(judged, 0.2, 0.25, 1).title == "Probability 0.20 to 0.25, IDC"


def test_a_bin_starts_with_what_is_farthest_from_undecided() -> None:
    probabilities = np.array([0.11, 0.15, 0.19, 0.81, 0.85, 1.0], np.float32)
    judged = judged_of(np.zeros(6, np.int8), probabilities)
    assert chosen_of_bin(judged, 0.1, 0.2).rows.tolist() == [100, 101, 102]
    assert chosen_of_bin(judged, 0.8, 1.0).rows.tolist() == [105, 104, 103]
    assert chosen_of_bin(judged, 0.3, 0.4).rows.tolist() == []
