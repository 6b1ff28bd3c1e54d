"""Who reads the log of a training while it grows misses nothing and is told nothing twice."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bcviewer.model.event_log import EventLog
from bcviewer.model.event_tail import EventTail, catch_up
from bcviewer.model.events import (
    Cancelled_,
    Event,
    Exporting,
    Note,
    Paused,
    Resumed,
)
from tests.background_run import epoch_done, prepared


def test_each_event_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    assert tail.new() == []
    log = EventLog(path, fresh=True)
    log.add(Note("one"))
    log.add(Note("zwö\u2028still two"))  # no end of a line in a file, but to ``splitlines``
    assert tail.new() == [Note("one"), Note("zwö\ufffdstill two")]
    assert tail.new() == []
    log.add(Note("three"))
    assert tail.new() == [Note("three")]


def test_a_line_that_is_being_written_comes_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    line = (Note("zwö").to_line() + "\n").encode()
    tail, told = EventTail(path), []
    for place in range(len(line)):
        with path.open("ab") as file:
            file.write(line[place : place + 1])
        told.append(tail.new())
    assert told[-1] == [Note("zwö")]
    assert not any(told[:-1])


def test_a_log_that_begins_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    EventLog(path, fresh=True).add(Note("a long word of the session before"))
    tail.new()
    EventLog(path, fresh=True).add(Note("new"))
    assert tail.new() == [Note("new")]


def test_a_newcomer_is_told_the_curve_and_where_it_stands() -> None:
    first: list[Event] = [
        prepared(),
        epoch_done(1),
        epoch_done(2),
        Note("old"),
        Paused(),
        Cancelled_(),
    ]
    again: list[Event] = [
        prepared(),
        Note("Going on after epoch 1."),
        epoch_done(2),
        epoch_done(3),
        Paused(),
    ]
    assert catch_up([*first, *again]) == [
        prepared(),
        epoch_done(1),
        epoch_done(2),
        epoch_done(3),
        Note("Going on after epoch 1."),
        Paused(),
    ]


def test_only_the_last_phase_counts() -> None:
    assert catch_up([prepared(), Paused(), Resumed()]) == [prepared(), Resumed()]
    told: list[Event] = [prepared(), Paused(), Resumed(), Exporting(), Cancelled_()]
    assert catch_up(told) == [prepared(), Exporting(), Cancelled_()]
    assert catch_up([]) == []


@given(
    st.lists(
        st.sampled_from([prepared(), epoch_done(1), epoch_done(2), Paused(), Cancelled_()]),
        max_size=12,
    )
)
def test_catching_up_twice_says_the_same(events: list[Event]) -> None:
    assert catch_up(catch_up(events)) == catch_up(events)
