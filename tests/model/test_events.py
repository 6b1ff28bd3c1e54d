"""Events travel as lines of JSON and come back as they were."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.errors import showable
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Exporting,
    Failed,
    Finished,
    Note,
    StepDone,
    is_ending,
    parse_event,
)

texts = st.text(st.characters(codec="utf-8"), max_size=300).map(showable)
floats = st.floats(allow_nan=False)
STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "str": texts,
    "int": st.integers(-(2**60), 2**60),
    "int | None": st.none() | st.integers(0, 2**60),
    "float": floats,
    "float | None": st.none() | floats,
    "bool": st.booleans(),
    "Path": st.text("abc/ é", min_size=1).map(Path),
    "dict[str, int]": st.dictionaries(texts, st.integers(0, 2**40)),
    "dict[str, float]": st.dictionaries(texts, floats),
    "tuple[str, ...]": st.lists(texts).map(tuple),
    "tuple[int, ...]": st.lists(st.integers(-(2**60), 2**60)).map(tuple),
    "tuple[float, ...]": st.lists(floats).map(tuple),
}


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(get_args(Event)))
    event: Event = kind(**{f.name: draw(STRATEGIES[str(f.type)]) for f in fields(kind)})
    return event


@given(events())
def test_an_event_comes_back_from_its_line_as_it_was(event: Event) -> None:
    line = event.to_line()
    assert "\n" not in line
    assert parse_event(line) == event


def test_an_epoch_of_an_older_version_is_read() -> None:
    scores = {"loss": 0.5, "accuracy": 0.8}
    line = EpochDone(1, 2, 30.0, scores, scores, best_epoch=1, run_seconds=40.0).to_line()
    content = json.loads(line)
    assert content.pop("run_seconds") == 40
    assert parse_event(json.dumps(content)) == EpochDone(1, 2, 30.0, scores, scores, best_epoch=1)


def test_words_of_an_event_of_others_can_be_shown() -> None:
    """A run is passed on: its words are drawn as tips, and told in terminals."""
    event = Failed("<img src='file:///x.png'>\x1b[2J", "<b>hint</b>")
    told = parse_event(event.to_line())
    assert isinstance(told, Failed)
    assert "<img" not in told.message + told.hint
    assert told.message.isprintable()


def test_a_line_that_would_fill_the_memory_is_no_event() -> None:
    assert parse_event('{"event": "note", "text": [' + "[]," * 3_000_000 + "[]]}") is None


def test_a_loss_that_is_no_number_still_makes_a_line_that_others_can_read() -> None:
    event = StepDone(1, 2, 3, math.nan, 0.5, seconds_left=math.inf, patches_per_second=1.0)
    line = event.to_line()
    json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    back = parse_event(line)
    assert isinstance(back, StepDone)
    assert math.isnan(back.loss)
    assert back.seconds_left == math.inf


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Epoch 1/3",
        "[]",
        "3",
        '{"event": "unheard_of"}',
        '{"event": "note"}',
        '{"event": "step_done", "epoch": "one"}',
        '{"event": ["note"]}',
        "[" * 100_000,
    ],
)
def test_other_lines_are_no_events(line: str) -> None:
    assert parse_event(line) is None


@pytest.mark.parametrize(
    ("event", "ending"),
    [
        (Finished(Path("m"), 1, {}, 1.0, stopped_early=False), True),
        (Cancelled_(), True),
        (Failed("m"), True),
        (Exporting(), False),
        (Note("n"), False),
    ],
)
def test_nothing_comes_after_an_ending(event: Event, ending: bool) -> None:
    assert is_ending(event) is ending
