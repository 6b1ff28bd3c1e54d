"""How far long work on patches is, in words."""

from __future__ import annotations

SETTLED_SECONDS = 0.5
"""Before that a speed says nothing."""


def progress_words(done: int, total: int, seconds: float) -> str:
    """Patches done, their speed and the time left; "" while that cannot be told yet."""
    if not done or seconds <= SETTLED_SECONDS:
        return ""
    speed = done / seconds
    left = int((total - done) / speed)
    return (
        f"{done:,} of {total:,} patches · {speed:,.0f} patches/s · {left // 60}:{left % 60:02} left"
    )
