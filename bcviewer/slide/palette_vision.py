"""Palettes as other eyes see them, and how far apart two colours are to an eye."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Eye = Literal["normal", "deuteranopia", "protanopia", "greyscale"]

EYES: Final[dict[Eye, str]] = {
    "normal": "Full colour vision",
    "deuteranopia": "Deuteranopia (no green)",
    "protanopia": "Protanopia (no red)",
    "greyscale": "Greyscale (print)",
}
"""Each eye with what the window calls it."""

# Machado, Oliveira and Fernandes 2009 (IEEE TVCG 15:1291), severity 1.0, on linear RGB.
_PROTANOPIA: Final = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_DEUTERANOPIA: Final = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
# The luminance of sRGB (IEC 61966-2-1), for each of the three channels.
_LUMINANCE: Final = ((0.2126729, 0.7151522, 0.0721750),) * 3
_MATRICES: Final[dict[Eye, NDArray[np.float64]]] = {
    "normal": np.eye(3),
    "deuteranopia": np.array(_DEUTERANOPIA),
    "protanopia": np.array(_PROTANOPIA),
    "greyscale": np.array(_LUMINANCE),
}
_TO_XYZ: Final = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE: Final = np.array([0.95047, 1.0, 1.08883])
_25_7: Final = 25.0**7


def seen_by(rgb: NDArray[np.uint8], eye: Eye) -> NDArray[np.uint8]:
    """Colours as an eye sees them.

    Args:
        rgb: uint8[..., 3], sRGB.
        eye: Whose eye.

    Returns:
        uint8[..., 3], sRGB that looks to full colour vision as ``rgb`` does to that eye.
    """
    linear = np.clip(_linear(rgb) @ _MATRICES[eye].T, 0, 1)
    curve = 1.055 * linear ** (1 / 2.4) - 0.055
    shown: NDArray[np.float64] = np.where(linear <= 0.0031308, 12.92 * linear, curve)
    levels: NDArray[np.uint8] = np.rint(255 * shown).astype(np.uint8)
    return levels


def apart(one: NDArray[np.uint8], other: NDArray[np.uint8], eye: Eye = "normal") -> float:
    """How far apart two sRGB colours (uint8[3]) are to an eye: CIEDE2000, 0 to about 100."""
    return ciede2000(_lab(one, eye), _lab(other, eye))


def ciede2000(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The difference of two CIELAB colours (float64[3]) after Sharma, Wu and Dalal 2005.

    Source: Color Research and Application 30:21, equations 2 to 22; all weights are 1.
    """
    l1, c1, h1, l2, c2, h2 = _chroma_and_hue(one, other)
    light, chroma = l2 - l1, c2 - c1
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = _mean_hue(h1, h2) if c1 * c2 else h1 + h2
    across = (mean_l - 50) ** 2
    light /= 1 + 0.015 * across / np.sqrt(20 + across)
    chroma /= 1 + 0.045 * mean_c
    hue /= 1 + 0.015 * mean_c * _hue_weight(mean_h)
    twist = np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2)))
    rotation = -2 * np.sqrt(mean_c**7 / (mean_c**7 + _25_7)) * np.sin(twist)
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + rotation * chroma * hue))


def _linear(rgb: NDArray[Any]) -> NDArray[np.float64]:
    parts = np.asarray(rgb, np.float64) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(rgb: NDArray[np.uint8], eye: Eye) -> NDArray[np.float64]:
    """CIELAB (D65) of an sRGB colour as an eye sees it."""
    ratio = _TO_XYZ @ np.clip(_MATRICES[eye] @ _linear(rgb), 0, 1) / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _chroma_and_hue(
    one: NDArray[np.float64], other: NDArray[np.float64]
) -> tuple[float, float, float, float, float, float]:
    mean = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1 + (1 - np.sqrt(mean**7 / (mean**7 + _25_7))) / 2
    found: list[float] = []
    for light, a, b in (one, other):
        chroma = float(np.hypot(a * stretch, b))
        hue = float(np.degrees(np.arctan2(b, a * stretch)) % 360) if chroma else 0.0
        found += [float(light), chroma, hue]
    l1, c1, h1, l2, c2, h2 = found
    return l1, c1, h1, l2, c2, h2


def _mean_hue(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


def _hue_weight(hue: float) -> float:
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(
        size * float(np.cos(np.radians(times * hue + phase))) for size, times, phase in waves
    )
