"""How far long work on patches is, in words."""

from __future__ import annotations

from bcviewer.gui.words import tr

SETTLED_SECONDS = 0.5
"""Before that a speed says nothing."""


def progress_words(done: int, total: int, seconds: float) -> str:
    """Patches done, their speed and the time left; "" while that cannot be told yet."""
    if not done or seconds <= SETTLED_SECONDS:
        return ""
    speed = done / seconds
    left = int((total - done) / speed)
    return tr(
        "{done:,} of {total:,} patches · {speed:,.0f} patches/s · {minutes}:{seconds:02} left",
        done=done,
        total=total,
        speed=speed,
        minutes=left // 60,
        seconds=left % 60,
    )
