"""The commands that steer a training of any process: pause, go on, finish, stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.console import say
from bcviewer.model.commands import Command
from bcviewer.model.run_commands import send_command

HEARD_SECONDS = 5.0
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="The run folder.")]


def pause(run: RunArgument) -> None:
    """Let a training wait after the batch at hand."""
    _tell(run, Command.PAUSE, "It pauses after the batch at hand.")


def go_on(run: RunArgument) -> None:
    """Let a paused training go on."""
    _tell(run, Command.RESUME, "It goes on.")


def finish(run: RunArgument) -> None:
    """Let a training end with the epoch at hand, and keep the best."""
    _tell(run, Command.FINISH, "It ends with the epoch at hand and writes the best model.")


def stop(run: RunArgument) -> None:
    """End a training without a model; its finished epochs are kept."""
    _tell(run, Command.CANCEL, "It ends without a model; go on with bcviewer train --resume.")


def _tell(run: Path, command: Command, answer: str) -> None:
    folder = run.expanduser().absolute()
    if send_command(folder, command, wait_seconds=HEARD_SECONDS):
        say(answer)
    else:
        say("It has not heard it yet: it is busy, or stopped by the system.")
