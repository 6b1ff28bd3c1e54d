"""So many things in words, where no window translates them."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Such as "1 patient" and "1,024 patches".

    Args:
        count: How many.
        one: The words for one thing.
        many: Those for any other number; "" where the last of them only has an s or es more.
    """
    plural = many or (f"{one}es" if one.endswith("tch") else f"{one}s")
    return f"{count:,} {one if count == 1 else plural}"
