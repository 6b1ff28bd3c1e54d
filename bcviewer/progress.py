"""How long work tells how far it is, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable

from bcviewer.errors import Cancelled

Progress = Callable[[int, int], None]
"""Called with the work done and the total, in the unit of the work."""

Cancel = Callable[[], bool]
"""True once the user asked to stop."""


def stop_if(cancelled: Cancel | None) -> None:
    """Raise ``Cancelled`` when the user asked to stop."""
    if cancelled is not None and cancelled():
        raise Cancelled
