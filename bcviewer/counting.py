"""So many things in words, where no window translates them."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """``1 patient``, ``2,212 patients``.

    Args:
        count: How many.
        one: The word for one thing.
        many: That for any other number; "" where it only has an s more.
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
