"""Python's search for garbage, put off while many objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Search for no garbage meanwhile, in no thread; it is made up for afterwards.

    With each stroke that is read Python looks sooner or later through all that were read before: a
    fifth of the time that a long log takes to open. Of several threads the first to end goes back.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
