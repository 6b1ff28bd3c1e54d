"""Commands are carried out between batches; what ends a training also ends a pause."""

from __future__ import annotations

import threading

import pytest

from bcviewer.errors import Cancelled
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Event, Paused, Resumed
from bcviewer.model.keras_backend.controls import Controls


def controls_with(*commands: Command) -> tuple[Controls, list[Event], QueuedCommands]:
    source = QueuedCommands()
    for command in commands:
        source.put(command)
    events: list[Event] = []
    return Controls(source, events.append), events, source


def test_a_pause_lasts_until_the_training_is_resumed() -> None:
    controls, events, source = controls_with(Command.PAUSE, Command.PAUSE)
    timer = threading.Timer(0.2, source.put, [Command.RESUME])
    timer.start()
    controls.obey()
    timer.join()
    assert events == [Paused(), Resumed()]
    assert controls.paused_seconds >= 0.15
    assert not controls.finishing


def test_finish_ends_a_pause() -> None:
    controls, events, _ = controls_with(Command.PAUSE, Command.FINISH)
    controls.obey()
    assert controls.finishing
    assert events == [Paused(), Resumed()]


@pytest.mark.parametrize("before", [[], [Command.PAUSE], [Command.FINISH]])
def test_cancel_ends_everything(before: list[Command]) -> None:
    controls, _, _ = controls_with(*before, Command.CANCEL)
    with pytest.raises(Cancelled):
        controls.obey()


def test_resume_without_a_pause_changes_nothing() -> None:
    controls, events, _ = controls_with(Command.RESUME)
    controls.obey()
    assert events == []


def test_long_work_before_the_training_can_be_cancelled() -> None:
    controls, _, source = controls_with()
    assert not controls.cancelled()
    source.put(Command.CANCEL)
    assert controls.cancelled()
