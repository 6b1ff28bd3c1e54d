"""Augmentation turns patches exactly and stains them mildly; nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.model import augmentation
from bcviewer.model.augmentation import SYMMETRIES, augment, jitter, turn


def patches(count: int, *, seed: int = 0, size: int = 50) -> NDArray[np.uint8]:
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def test_the_eight_symmetries_are_those_of_the_square() -> None:
    patch = patches(1)
    turned = turn(np.repeat(patch, SYMMETRIES, axis=0), np.arange(SYMMETRIES))
    upright = [np.rot90(patch[0], quarter) for quarter in range(4)]
    expected = [*upright, *(picture[:, ::-1] for picture in upright)]
    assert {picture.tobytes() for picture in turned} == {
        np.ascontiguousarray(picture).tobytes() for picture in expected
    }


@given(st.lists(st.integers(0, SYMMETRIES - 1), max_size=9), st.integers(0, 100))
def test_each_patch_gets_its_own_symmetry(symmetries: list[int], seed: int) -> None:
    chosen = np.array(symmetries, np.int64)
    pixels = patches(len(chosen), seed=seed, size=5)
    together = turn(pixels, chosen)
    for index, symmetry in enumerate(symmetries):
        alone = turn(pixels[index : index + 1], np.array([symmetry]))
        assert np.array_equal(together[index], alone[0])


def test_without_jitter_a_patch_is_one_of_its_eight_forms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(augmentation, "STAIN_SPREAD", 0.0)
    monkeypatch.setattr(augmentation, "CHANNEL_SPREAD", (0.0, 0.0, 0.0))
    pixels = patches(40)
    augmented = augment(pixels, np.random.default_rng(3))
    for before, after in zip(pixels, augmented, strict=True):
        forms = turn(np.repeat(before[None], SYMMETRIES, axis=0), np.arange(SYMMETRIES))
        assert any(np.array_equal(after, form) for form in forms)


@given(st.integers(0, 10_000))
def test_jitter_is_mild_and_leaves_glass_white_and_black_black(seed: int) -> None:
    pixels = patches(4, seed=seed)
    pixels[:, :10] = 255
    pixels[:, 10:20] = 0
    stained = jitter(pixels, np.random.default_rng(seed))
    assert stained.shape == pixels.shape
    assert stained.dtype == np.uint8
    assert (stained[:, :10] == 255).all()
    assert (stained[:, 10:20] == 0).all()
    assert np.abs(stained.astype(int) - pixels).max() <= 120


def test_jitter_keeps_the_order_of_intensities() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(1, 16, 16, 1).repeat(3, axis=3)
    stained = jitter(ramp, np.random.default_rng(1)).reshape(256, 3).astype(int)
    assert (np.diff(stained, axis=0) >= 0).all()


def test_the_same_seed_makes_the_same_patches_and_leaves_the_originals() -> None:
    pixels = patches(8)
    before = pixels.copy()
    once = augment(pixels, np.random.default_rng(5))
    again = augment(pixels, np.random.default_rng(5))
    other = augment(pixels, np.random.default_rng(6))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)
    assert np.array_equal(pixels, before)


def test_no_patches_are_no_trouble() -> None:
    assert augment(patches(0), np.random.default_rng(0)).shape == (0, 50, 50, 3)
