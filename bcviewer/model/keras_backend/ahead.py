"""Making things before they are asked for, on a thread of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

Made = TypeVar("Made")

LOOK_SECONDS = 0.2
"""How often a waiting thread looks whether anybody still wants what it makes."""


def made_ahead(source: Iterator[Made], most: int) -> Generator[Made, None, None]:
    """What an iterator gives, in its order, up to ``most`` of it made before it is asked for.

    The thread ends when the source does, or soon after the caller drops this iterator.

    Raises:
        BaseException: What the source raised, after all that it gave before.
    """
    made: Queue[Made] = Queue(most)
    unwanted, faults = Event(), list[BaseException]()

    def make() -> None:
        try:
            for each in source:
                if not _put(made, each, unwanted):
                    return
        except BaseException as error:  # noqa: BLE001  (raised where it is waited for)
            faults.append(error)

    maker = Thread(target=make, name="batches ahead", daemon=True)
    maker.start()
    try:
        while True:
            try:
                yield made.get(timeout=LOOK_SECONDS)
            except Empty:
                if maker.is_alive() or not made.empty():
                    continue
                if faults:
                    raise faults[0] from None
                return
    finally:
        unwanted.set()


def _put(made: Queue[Made], each: Made, unwanted: Event) -> bool:
    """Wait for a place in the queue; whether it was wanted until then."""
    while not unwanted.is_set():
        try:
            made.put(each, timeout=LOOK_SECONDS)
        except Full:
            continue
        return True
    return False
