"""The change map: what a retrained model fixed and broke, by what the patients were for it."""

from __future__ import annotations

import numpy as np

from bcviewer.annotation.changes import change_map
from tests.annotation.data import plain_dataset


def test_changes_are_counted_apart_for_held_out_patients() -> None:
    dataset = plain_dataset(patients=3, columns=4, rows=1)
    labels = np.array([1, 1, 0, 0] * 3, np.int8)
    labels[11] = -1
    before = np.array([0.2, 0.8, 0.8, 0.2] * 3, np.float32)
    after = np.array([0.8, 0.2, 0.8, 0.2] * 3, np.float32)
    after[5] = np.nan
    before[6] = np.nan
    found = change_map(
        before, after, labels, dataset=dataset, roles=["TRAIN", "HELD OUT", "HELD OUT"]
    )
    train, held_out = found.counts["TRAIN"], found.counts["HELD OUT"]
    assert (train.patients, train.fixed, train.broken, train.right, train.wrong) == (1, 1, 1, 1, 1)
    assert (held_out.patients, held_out.patches) == (2, 5)
    assert (held_out.fixed, held_out.broken, held_out.right, held_out.wrong) == (2, 1, 1, 1)
    assert found.left_out == 1
    assert np.flatnonzero(found.fixed).tolist() == [0, 4, 8]
    assert np.flatnonzero(found.broken).tolist() == [1, 9]
    assert np.isnan(found.difference[5])
    assert found.difference[0] == np.float32(0.8) - np.float32(0.2)


def test_each_model_is_judged_at_its_own_threshold() -> None:
    dataset = plain_dataset(patients=1, columns=2, rows=1)
    labels = np.array([1, 0], np.int8)
    same = np.array([0.4, 0.4], np.float32)
    found = change_map(
        same, same, labels, dataset=dataset, roles=["HELD OUT"], thresholds=(0.5, 0.3)
    )
    counts = found.counts["HELD OUT"]
    assert (counts.fixed, counts.broken) == (1, 1)
    at_it = (float(same[0]), float(same[0]))  # which is on the side of IDC
    found = change_map(same, same, labels, dataset=dataset, roles=["HELD OUT"], thresholds=at_it)
    assert (found.counts["HELD OUT"].right, found.counts["HELD OUT"].wrong) == (1, 1)
    assert not found.fixed.any()
    assert not found.broken.any()
