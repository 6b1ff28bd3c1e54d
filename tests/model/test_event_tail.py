"""Who reads the log of a training while it grows misses nothing and is told nothing twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bcviewer.model.event_log import EventLog
from bcviewer.model.event_tail import EventTail, FollowedLog, catch_up
from bcviewer.model.events import (
    Cancelled_,
    Event,
    Exporting,
    Note,
    Paused,
    Resumed,
)
from bcviewer.model.run_folder import RunFolder
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
    assert catch_up([*first, *again], [epoch_done(1), epoch_done(2), epoch_done(3)]) == [
        prepared(),
        epoch_done(1),
        epoch_done(2),
        epoch_done(3),
        Note("Going on after epoch 1."),
        Paused(),
    ]


def test_an_epoch_that_a_resume_lost_is_not_told_as_done() -> None:
    """Its checkpoint was torn: it is trained anew, and its steps must not seem to come late."""
    log: list[Event] = [prepared(), epoch_done(1), epoch_done(2), Cancelled_(), prepared()]
    history = [epoch_done(1)]
    assert catch_up(log, history) == [prepared(), epoch_done(1)]
    again = replace(epoch_done(2), seconds=31.0)
    assert catch_up([*log, again], [*history, again]) == [prepared(), epoch_done(1), again]


def test_who_follows_a_run_that_is_resumed_meanwhile_is_told_its_epochs_again(
    tmp_path: Path,
) -> None:
    """Its checkpoint was torn, so it goes on after the epoch before; the log tells of neither."""
    run = RunFolder(tmp_path)
    log, followed = EventLog(run.events_path, fresh=True), FollowedLog(tmp_path)
    assert followed.new() == []
    told: list[Event] = [prepared(), epoch_done(1), epoch_done(2)]
    for event in told:
        log.add(event)
    assert followed.new() == told
    log.add(Cancelled_())
    assert followed.new() == [Cancelled_()]
    run.history_path.write_text(epoch_done(1).to_line() + "\n", encoding="utf-8")
    log.add(prepared())
    assert followed.new() == [prepared(), epoch_done(1)]
    log.add(epoch_done(2))
    assert followed.new() == [epoch_done(2)]


def test_only_the_last_phase_counts() -> None:
    assert catch_up([prepared(), Paused(), Resumed()], []) == [prepared(), Resumed()]
    told: list[Event] = [prepared(), Paused(), Resumed(), Exporting(), Cancelled_()]
    assert catch_up(told, []) == [prepared(), Exporting(), Cancelled_()]
    assert catch_up([], []) == []


@given(
    st.lists(
        st.sampled_from([prepared(), epoch_done(1), epoch_done(2), Paused(), Cancelled_()]),
        max_size=12,
    )
)
def test_catching_up_twice_says_the_same(events: list[Event]) -> None:
    assert catch_up(catch_up(events, []), []) == catch_up(events, [])
