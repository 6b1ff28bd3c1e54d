"""Making ahead: all of it, in order, not too much of it, and no thread left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bcviewer.model.keras_backend.ahead import made_ahead

PATIENCE_SECONDS = 20


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def makers() -> int:
    return sum(thread.name == "batches ahead" for thread in threading.enumerate())


@given(some.lists(some.integers(), max_size=12), some.integers(1, 5))
def test_all_comes_in_its_order(things: list[int], most: int) -> None:
    assert list(made_ahead(iter(things), most)) == things


def test_so_many_are_made_before_they_are_asked_for_and_no_more() -> None:
    made: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            yield made[-1]

    ahead = made_ahead(endless(), 3)
    assert made == []
    assert next(ahead) == 0
    until(lambda: len(made) == 5)  # one taken, three in wait, one that finds no place
    time.sleep(0.3)
    assert len(made) == 5
    ahead.close()
    until(lambda: makers() == 0)


def test_a_fault_comes_after_what_was_made_before_it() -> None:
    def broken() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("gone")

    ahead = made_ahead(broken(), 5)
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(OSError, match="gone"):
        next(ahead)
    until(lambda: makers() == 0)
