"""Scores of the training part while it is trained on: balanced accuracy and area under the ROC."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

BINS = 1024
"""Bins of the probability, an even number: 0.5 is the edge between two."""


class TrainingScores(keras.metrics.Metric):  # type: ignore[misc]
    """Balanced accuracy at 0.5 and AUC, from one histogram of the probabilities of each class.

    A step only counts its patches into the histogram, which costs much less than the sorting or
    the hundreds of thresholds of ``keras.metrics.AUC``. Patches of both classes that share a bin
    count as ties, half right and half wrong; that is all by which the AUC differs from the exact
    one. Class weights do not count.

    Both are running means over the epoch so far: early patches were judged by the network as it
    was then, with augmentation and dropout. So they lag behind the validation of the same epoch,
    and may well be lower. Keras sets them back at the start of each epoch; they are no part of a
    checkpoint, since a training goes on only between epochs.
    """

    def __init__(self, name: str = "training_scores") -> None:
        super().__init__(name=name)
        # float32 counts exactly up to 16 million patches a bin.
        self.counts = self.add_variable((2 * BINS,), initializer="zeros", name="counts")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count a batch.

        Args:
            y_true: [b] or [b, 1], 1 for IDC.
            y_pred: float[b, 1], the probabilities of IDC.
            sample_weight: Not used.
        """
        probability = ops.reshape(y_pred, (-1,))
        place = ops.clip(ops.cast(probability * BINS, "int32"), 0, BINS - 1)
        idc = ops.cast(ops.reshape(y_true, (-1,)), "int32")
        one_each = ops.ones_like(probability, dtype=self.counts.dtype)
        self.counts.assign_add(ops.segment_sum(one_each, place + BINS * idc, num_segments=2 * BINS))

    def result(self) -> dict[str, Any]:
        """``balanced_accuracy`` and ``auc``; NaN while a class has no patch."""
        table = ops.reshape(self.counts, (2, BINS))
        shares = table / ops.sum(table, axis=1, keepdims=True)
        other, idc = shares[0], shares[1]
        specificity, sensitivity = ops.sum(other[: BINS // 2]), ops.sum(idc[BINS // 2 :])
        below = ops.cumsum(other) - other / 2
        return {
            "balanced_accuracy": (sensitivity + specificity) / 2,
            "auc": ops.sum(idc * below),
        }
