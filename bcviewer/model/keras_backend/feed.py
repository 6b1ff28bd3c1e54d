"""Batches for training: each is a pure function of the seed and the number of its step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.augmentation import augment
from bcviewer.model.keras_backend.ahead import made_ahead

AHEAD, HANDED = 6, 2
"""Batches made ahead of the network, on a thread of their own.

Made by TensorFlow's own thread when it asks, they made a step of the simple CNN on two cores 12 %
longer, by one that runs ahead 5 % (``benchmarks/training_speed.py``). The second
number is how many of them TensorFlow holds.
"""

Batch = tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]


class Gathers(Protocol):
    """What gives pixels for rows; ``PixelStore`` is the one that reads data folders."""

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """uint8[k, 50, 50, 3] for k rows."""


class Feed:
    """The patches of the training part, shuffled anew in each pass, without an end.

    Args:
        pixels: Where pixels come from.
        rows: int64[n], the rows to train on.
        labels: int8[n], their labels.
        batch_size: Patches a step; all batches are full, over the end of a pass.
        seed: Of the order and of the augmentation.
        augmentation: Give the patches new looks.
        class_weights: Weigh both classes alike.
    """

    def __init__(
        self,
        pixels: Gathers,
        rows: NDArray[np.int64],
        *,
        labels: NDArray[np.int8],
        batch_size: int,
        seed: int,
        augmentation: bool,
        class_weights: bool,
    ) -> None:
        self._pixels = pixels
        self._rows = rows
        self._labels = labels
        self._batch_size = batch_size
        self._seed = seed
        self._augmentation = augmentation
        self._weights = _class_weights(labels) if class_weights else np.ones(2, np.float32)
        self._order = lru_cache(maxsize=2)(self._shuffled)
        self.fault: BaseException | None = None

    @property
    def steps_per_pass(self) -> int:
        """Steps until each patch was seen once."""
        return -(-len(self._rows) // self._batch_size)

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0 over all epochs.

        Returns:
            uint8[b, 50, 50, 3], labels float32[b, 1], weights float32[b].
        """
        chosen = self._chosen(step)
        pixels = self._pixels.gather(self._rows[chosen])
        if self._augmentation:
            pixels = augment(pixels, np.random.default_rng([self._seed, 1, step]))
        labels = self._labels[chosen]
        return pixels, labels.astype(np.float32)[:, None], self._weights[labels]

    def batches(self, first_step: int = 0) -> tf.data.Dataset:
        """The batches from a step on, made ahead; one such object serves all epochs.

        A new object for each epoch would have the network traced again each time.
        """
        size = self._batch_size
        signature = (
            tf.TensorSpec((size, PATCH_SIZE, PATCH_SIZE, 3), tf.uint8),
            tf.TensorSpec((size, 1), tf.float32),
            tf.TensorSpec((size,), tf.float32),
        )
        steps = tf.data.Dataset.from_generator(
            lambda: made_ahead(self._from(first_step), AHEAD - HANDED), output_signature=signature
        )
        return steps.prefetch(HANDED)

    def _from(self, step: int) -> Iterator[Batch]:
        while True:
            try:
                made = self.batch(step)
            except BaseException as error:
                # TensorFlow turns it into an error of its own, which says less.
                self.fault = error
                raise
            yield made
            step += 1

    def _chosen(self, step: int) -> NDArray[np.int64]:
        """Places in the rows: the passes laid end to end, cut into batches."""
        count = len(self._rows)
        positions = np.arange(step * self._batch_size, (step + 1) * self._batch_size)
        passes, places = np.divmod(positions, count)
        chosen = np.empty(self._batch_size, np.int64)
        for number in np.unique(passes):
            here = passes == number
            chosen[here] = self._order(int(number))[places[here]]
        return chosen

    def _shuffled(self, number: int) -> NDArray[np.int64]:
        return np.random.default_rng([self._seed, 0, number]).permutation(len(self._rows))


def _class_weights(labels: NDArray[np.int8]) -> NDArray[np.float32]:
    """float32[2]: weights that give both classes the same say, 1 on average over the patches."""
    counts = np.bincount(labels, minlength=2)
    return (len(labels) / (2 * np.maximum(counts, 1))).astype(np.float32)
