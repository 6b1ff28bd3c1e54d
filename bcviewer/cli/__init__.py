"""The command ``bcviewer``; every command but ``gui`` runs without a screen."""

from __future__ import annotations

import faulthandler
import sys
from contextlib import suppress

from bcviewer.cli.console import fail

COMMANDS = (
    "gui",
    "demo",
    "scan",
    "split",
    "check-split",
    "train",
    "cross-validate",
    "retrain-head",
    "import-model",
    "fit-context",
    "evaluate",
    "compare",
    "predict",
    "quantise",
    "models",
    "runs",
    "labels",
)
OWN_OPTIONS = ("--help", "-h", "--version")


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit: 0, 1 for a named error in one line, 2 for wrong usage.

    ``bcviewer FOLDER`` is short for ``bcviewer gui FOLDER``.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] not in (*COMMANDS, *OWN_OPTIONS):
        given = ["gui", *given]
    from bcviewer.errors import BcviewerError, Cancelled

    _tell_crashes()
    try:
        from bcviewer.cli.app import app

        app(args=given, prog_name="bcviewer")
    except BcviewerError as error:
        fail(str(error))
    except (Cancelled, KeyboardInterrupt):
        fail("Stopped.", code=130)
    except BrokenPipeError:  # the reader of our output went away, as in "| head"
        sys.stderr.close()
        sys.exit(1)


def _tell_crashes() -> None:
    """Let a crash of the interpreter say where it was; of a training, in the log of its run."""
    if not faulthandler.is_enabled():
        with suppress(OSError, ValueError, RuntimeError, AttributeError):  # no standard error
            faulthandler.enable()


__all__ = ["COMMANDS", "main"]
