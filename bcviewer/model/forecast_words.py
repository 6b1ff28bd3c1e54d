"""How long and how much, in words that promise no more than an estimate can."""

from __future__ import annotations

import math

from bcviewer.model.events import Probed

GIGABYTE = 1e9
MEMORY_TIGHT = 0.8
"""From this share of the machine's memory on, a training is likely to be short of it."""

COARSE = ((90, 1, "s"), (5400, 60, "min"))


def about_words(seconds: float) -> str:
    """``40 s``, ``12 min``, ``2 h 5 min``, ``3 days 4 h``; a dash for a time nobody knows."""
    if not math.isfinite(seconds) or seconds < 0:
        return "–"
    if seconds < 9.5:
        return f"{seconds:.1f} s" if seconds < 1 else f"{seconds:.0f} s"
    for limit, unit, word in COARSE:
        if seconds < limit:
            return f"{round(seconds / unit)} {word}"
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, left = divmod(hours, 24)
    return f"{days} days {left} h" if left else f"{days} days"


def step_words(probed: Probed) -> str:
    """``0.16 s a step · 405 patches/s``."""
    step = probed.step_seconds
    figure = f"{1000 * step:.0f} ms" if step < 0.0995 else f"{step:.2g} s"
    if step >= 10:
        figure = f"{step:.0f} s"
    return f"{figure} a step · {probed.patches_per_second:,.0f} patches/s"


def size_words(size: float) -> str:
    """``850 MB``, ``1.4 GB``, ``68 GB``."""
    if size < 0.95 * GIGABYTE:
        return f"{size / 1e6:.0f} MB"
    return f"{size / GIGABYTE:.1f} GB" if size < 9.95 * GIGABYTE else f"{size / GIGABYTE:.0f} GB"


def memory_words(probed: Probed) -> str:
    """``1.4 GB of 16 GB``, and that of the graphics processor where there is one."""
    words = size_words(probed.memory) if probed.memory else "unknown"
    if probed.memory and probed.memory_total:
        words = f"{words} of {size_words(probed.memory_total)}"
    if probed.device_memory:
        words = f"{words} · GPU {size_words(probed.device_memory)}"
    return words


def memory_warning(probed: Probed) -> str:
    """A warning when the memory may not be enough; "" when it is."""
    if not probed.memory_total or probed.memory < MEMORY_TIGHT * probed.memory_total:
        return ""
    return (
        f"The training needs {size_words(probed.memory)} of the machine's "
        f"{size_words(probed.memory_total)} of memory: a smaller batch size needs less."
    )
