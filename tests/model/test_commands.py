"""Commands come as words on a pipe; the end of the pipe is not a command."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bcviewer.model.commands import Command, QueuedCommands, StdinCommands


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Both ends of a pipe; the test closes the writing end."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def test_words_come_in_order_and_others_are_passed_over(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    commands = StdinCommands(reading)
    os.write(writing, b"pause\nhello\n\xff\n\n resume \nfin")
    os.write(writing, b"ish\ncancel")
    assert commands.next(wait_seconds=5) is Command.PAUSE
    assert commands.next(wait_seconds=5) is Command.RESUME
    assert commands.next(wait_seconds=5) is Command.FINISH
    os.close(writing)
    # "cancel" was cut off before the end of its line, and the end itself says nothing.
    assert commands.next(wait_seconds=0.2) is None


def test_nothing_said_is_no_command() -> None:
    assert QueuedCommands().next() is None


def test_what_was_put_first_is_taken_first() -> None:
    commands = QueuedCommands()
    commands.put(Command.FINISH)
    commands.put(Command.CANCEL)
    assert [commands.next(), commands.next()] == [Command.FINISH, Command.CANCEL]
