"""Things are counted in words that are right for one and for many."""

from __future__ import annotations

import pytest

from bcviewer.counting import counted


@pytest.mark.parametrize(
    ("count", "one", "words"),
    [
        (1, "patch", "1 patch"),
        (0, "patch", "0 patches"),
        (1024, "patient", "1,024 patients"),
        (3, "epoch", "3 epochs"),
        (2, "label", "2 labels"),
    ],
)
def test_one_and_many(count: int, one: str, words: str) -> None:
    assert counted(count, one) == words


def test_a_plural_of_its_own() -> None:
    assert counted(1, "case is", "cases are") == "1 case is"
    assert counted(2, "case is", "cases are") == "2 cases are"
