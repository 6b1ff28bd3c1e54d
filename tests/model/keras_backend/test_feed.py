"""Batches are a pure function of seed and step, and each pass shows every patch once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.model.keras_backend.feed import Feed


class Numbered:
    """Stands in for a pixel store: a patch is filled with the number of its row."""

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        patches = np.broadcast_to(rows[:, None, None, None], (len(rows), 50, 50, 3))
        return patches.astype(np.uint8)


def feed_of(count: int, batch_size: int, *, seed: int = 0, **switches: bool) -> Feed:
    chosen = {"augmentation": False, "class_weights": False} | switches
    return Feed(
        Numbered(),
        np.arange(count, dtype=np.int64),
        labels=(np.arange(count) % 4 == 0).astype(np.int8),
        batch_size=batch_size,
        seed=seed,
        augmentation=chosen["augmentation"],
        class_weights=chosen["class_weights"],
    )


def rows_of(feed: Feed, steps: int) -> NDArray[np.uint8]:
    return np.concatenate([feed.batch(step)[0][:, 0, 0, 0] for step in range(steps)])


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 5))
def test_each_pass_shows_every_patch_once(count: int, batch_size: int, seed: int) -> None:
    feed = feed_of(count, batch_size, seed=seed)
    shown = rows_of(feed, 3 * feed.steps_per_pass)
    for number in range(len(shown) // count):
        one_pass = shown[number * count : (number + 1) * count]
        assert np.array_equal(np.sort(one_pass), np.arange(count))


def test_a_batch_depends_on_seed_and_step_only() -> None:
    forwards = feed_of(100, 8, augmentation=True)
    backwards = feed_of(100, 8, augmentation=True)
    late = [backwards.batch(step) for step in reversed(range(30))]
    for step, batch in enumerate(reversed(late)):
        again = forwards.batch(step)
        assert all(np.array_equal(again[part], batch[part]) for part in range(3))


def test_another_seed_and_another_pass_have_another_order() -> None:
    order = rows_of(feed_of(60, 20), 6)
    assert not np.array_equal(order[:60], order[60:])
    assert not np.array_equal(order[:60], rows_of(feed_of(60, 20, seed=1), 3))


def test_labels_go_with_their_patches() -> None:
    pixels, labels, weights = feed_of(40, 16).batch(1)
    assert labels.shape == (16, 1)
    assert np.array_equal(labels[:, 0] == 1, pixels[:, 0, 0, 0] % 4 == 0)
    assert (weights == 1).all()


def test_class_weights_give_both_classes_the_same_say() -> None:
    feed = feed_of(40, 40, class_weights=True)
    _, labels, weights = feed.batch(0)
    is_idc = labels[:, 0] == 1
    assert weights[is_idc].sum() == pytest.approx(weights[~is_idc].sum())
    assert weights.mean() == pytest.approx(1)


def test_tensorflow_is_fed_the_same_batches_from_any_step_on() -> None:
    feed = feed_of(30, 7, augmentation=True)
    for step, batch in enumerate(feed.batches(first_step=3).take(4), start=3):
        expected = feed.batch(step)
        assert all(np.array_equal(batch[part].numpy(), expected[part]) for part in range(3))


def test_what_goes_wrong_in_the_feed_is_remembered() -> None:
    class Unplugged:
        def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
            raise OSError("the drive is gone")

    feed = feed_of(10, 5)
    feed._pixels = Unplugged()
    with pytest.raises(Exception, match="the drive is gone"):
        list(feed.batches().take(1))
    assert isinstance(feed.fault, OSError)
