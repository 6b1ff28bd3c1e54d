"""New looks of the same patches for training: exact symmetries and mild colour jitter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SYMMETRIES = 8
"""Four turns by 90 degrees, each as it is and mirrored. Warps that interpolate lower the scores:
nuclei are about one pixel here."""

STAIN_SPREAD = 0.22
"""Spread of the stain's strength: the standard deviation of the logarithm of its optical density.

It and the next are those between the 207 patients of ``benchmarks/stain.py``, so that a patch is
given the stains that other laboratories' slides have."""

CHANNEL_SPREAD = (0.13, 0.06, 0.09)
"""The same for each of red, green and blue by itself, which turns the hue."""

_LEVELS = 256
_AT_ONCE = 8
"""Patches whose places are computed together."""


def augment(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Give each patch one of the eight symmetries and its own colours.

    Args:
        pixels: uint8[b, 50, 50, 3], RGB.
        rng: The only source of chance.

    Returns:
        uint8[b, 50, 50, 3], new.
    """
    return jitter(turn(pixels, rng.integers(0, SYMMETRIES, len(pixels))), rng)


def turn(pixels: NDArray[np.uint8], symmetries: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Give each patch a symmetry, 0 (as it is) to 7.

    Args:
        pixels: uint8[b, s, s, 3].
        symmetries: int[b].
    """
    turned = np.empty_like(pixels)
    for patch, symmetry, place in zip(pixels, symmetries.tolist(), turned, strict=True):
        place[:] = _symmetric(patch, symmetry)
    return turned


def _symmetric(patch: NDArray[np.uint8], symmetry: int) -> NDArray[np.uint8]:
    if symmetry & 4:
        patch = patch.transpose(1, 0, 2)
    if symmetry & 2:
        patch = patch[::-1]
    if symmetry & 1:
        patch = patch[:, ::-1]
    return patch


def jitter(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Stain each patch a little stronger or weaker, and a little redder or bluer.

    A power of the intensity is a factor on the optical density (Beer-Lambert), which is what more
    or less stain does: glass stays white.

    Args:
        pixels: uint8[b, s, s, 3].
        rng: The only source of chance.
    """
    count = len(pixels)
    stain = rng.normal(0, STAIN_SPREAD, (count, 1, 1))
    channel = rng.normal(0, np.array(CHANNEL_SPREAD)[:, None], (count, 3, 1))
    strengths = np.exp(stain + channel).astype(np.float32)
    # A table for each patch and channel is looked up faster than powers are computed.
    level = np.linspace(0, 1, _LEVELS, dtype=np.float32)
    tables = np.rint(np.power(level, strengths) * (_LEVELS - 1)).astype(np.uint8)
    return _looked_up(pixels, tables.ravel())


def _looked_up(pixels: NDArray[np.uint8], tables: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each value by the table of its patch and channel; ``tables`` is uint8[b * 3 * 256].

    Row by row of pixels, as loops over the three channels alone are slow, and a few patches at a
    time, so that the places, eight times as large as the pixels, stay in the processor's cache.
    """
    count, height, width, channels = pixels.shape
    rows = pixels.reshape(count, height, width * channels)
    first = np.arange(count * channels, dtype=np.intp).reshape(count, 1, channels) * _LEVELS
    offsets = np.tile(first, (1, 1, width))
    found = np.empty_like(rows)
    for start in range(0, count, _AT_ONCE):
        few = slice(start, start + _AT_ONCE)
        # "clip" only spares a copy: no place is out of range.
        np.take(tables, rows[few] + offsets[few], out=found[few], mode="clip")
    return found.reshape(pixels.shape)
