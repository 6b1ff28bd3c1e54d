"""Finding words from some of their letters, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_START: Final = 8
_WORD: Final = 6
_NEXT: Final = 5
_FAR: Final = 0.2


def score(typed: str, words: str) -> float | None:
    """How well some typed letters fit words; None where they do not stand in them in order.

    Each of the typed words must fit. Letters at the start of a word and letters that follow each
    other count more; letters that are far apart count less. Case plays no part.

    Args:
        typed: What was typed; "" fits everything.
        words: What is looked for.

    Returns:
        The higher the better; 0 for "".
    """
    total = 0.0
    for part in typed.casefold().split():
        best = _part(part, words.casefold())
        if best is None:
            return None
        total += best
    return total


def ranked(typed: str, names: Sequence[str]) -> list[int]:
    """Places of the names that fit, the best first; of equally good ones the shorter first.

    All of them in their order when nothing is typed.
    """
    if not typed.split():
        return list(range(len(names)))
    scores = [(score(typed, name), len(name), place) for place, name in enumerate(names)]
    fitting = [(-found, length, place) for found, length, place in scores if found is not None]
    return [place for _, _, place in sorted(fitting)]


def _part(part: str, words: str) -> float | None:
    """The best fit over all places where the first letter stands."""
    starts = [place for place, letter in enumerate(words) if letter == part[0]]
    scores = [found for start in starts if (found := _from(part, words, start)) is not None]
    return max(scores, default=None)


def _from(part: str, words: str, start: int) -> float | None:
    total, before, at = 0.0, -1, start
    for letter in part:
        at = words.find(letter, at)
        if at < 0:
            return None
        total += _weight(words, at, before)
        before, at = at, at + 1
    return total


def _weight(words: str, at: int, before: int) -> float:
    if at == 0:
        return _START
    if at == before + 1 and before >= 0:
        return _NEXT
    start = _WORD if not words[at - 1].isalnum() else 1
    return start - _FAR * min(at - before - 1, 10)
