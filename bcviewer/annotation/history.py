"""What was done: lines to read, and what may be undone and redone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from bcviewer.annotation.ledger import Act, Ledger
from bcviewer.annotation.stroke import words_for


class HistoryLine(NamedTuple):
    """A stroke to read: what, when (UTC), who, how many patches, whether it is undone."""

    text: str
    time: datetime
    reader: str
    patches: int
    undone: bool


def words_of(act: Act, ledger: Ledger) -> str:
    """What a label stroke does, as in "IDC: 34 patches of 8975"."""
    if not act.words:
        labels, reason = ledger.labels_of(act), act.line.reason
        act.words = words_for(labels, ledger.patients_of(act), reason=reason)
    return act.words


def history_line(act: Act, ledger: Ledger) -> HistoryLine:
    """The line of a label stroke."""
    return HistoryLine(
        words_of(act, ledger),
        time_of(act.line.time),
        act.line.reader,
        act.count,
        not act.standing,
    )


def time_of(text: str) -> datetime:
    """A time of the log; the epoch where it is none."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


class Turns:
    """The strokes of one reader that may be undone and redone: without limit, across restarts.

    Args:
        acts: The strokes of the log.
        reader: Whose strokes count.
    """

    def __init__(self, acts: Iterable[Act], reader: str) -> None:
        self._undoable: list[Act] = []
        self._redoable: list[Act] = []
        for act in acts:
            if act.line.reader == reader:
                self.took_place(act)

    def took_place(self, act: Act) -> None:
        """Note a stroke of the reader."""
        if act.target is None:
            self._undoable.append(act)
            self._redoable.clear()
        elif act.line.kind == "undo":
            self._redoable.append(act.target)
        else:
            self._undoable.append(act.target)

    def came_to_nothing(self, act: Act) -> None:
        """Note that a stroke could not be written."""
        if act.target is not None:
            (self._undoable if act.line.kind == "undo" else self._redoable).append(act.target)

    def to_undo(self) -> Act | None:
        """The stroke to undo next."""
        # What another window undid meanwhile is passed over.
        while self._undoable and not self._undoable[-1].standing:
            self._undoable.pop()
        return self._undoable[-1] if self._undoable else None

    def to_redo(self) -> Act | None:
        """The stroke to redo next."""
        while self._redoable and (self._redoable[-1].standing or self._redoable[-1].failed):
            self._redoable.pop()
        return self._redoable[-1] if self._redoable else None
