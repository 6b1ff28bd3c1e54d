"""What the commands say, and how: JSON, tables, progress bars, one line for an error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from bcviewer.progress import Progress

NAMED_ERROR = 1
INTERRUPTED = 130
CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def fail(text: str, *, code: int = NAMED_ERROR) -> NoReturn:
    """Say in one line what went wrong, and exit."""
    print(f"bcviewer: {' '.join(text.split())}", file=sys.stderr)
    sys.exit(code)


def stop_at_once(text: str) -> NoReturn:
    """Say how far it came and exit, without the half second that libraries take to tidy up.

    For Ctrl-C, when all that matters is on the disk and no thread is at work.
    """
    print(f"bcviewer: {text}", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)


def say(text: str) -> None:
    """Say something to the person at the terminal."""
    print(harmless(text))


def patients_words(count: int) -> str:
    """So many patients: "1 patient", "1,234 patients"."""
    return "1 patient" if count == 1 else f"{count:,} patients"


def patches_words(count: int) -> str:
    """So many patches: "1 patch", "1,234 patches"."""
    return "1 patch" if count == 1 else f"{count:,} patches"


def harmless(text: str) -> str:
    """Words that any terminal takes: names of files may steer it, or be no text at all."""
    return text.translate(CONTROLS).encode("utf-8", "replace").decode("utf-8")


def say_json(value: object) -> None:
    """Report as JSON; NaN is null, as JSON has no such number."""
    text = json.dumps(_finite(value), indent=2, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # names of files that are no text; as escapes they come back
        text = json.dumps(_finite(value), indent=2)
    print(text)


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value


def say_table(heads: list[str], rows: list[list[str]]) -> None:
    """Show a table; numbers (cells that start with a digit) stand to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, head in enumerate(heads):
        numbers = bool(rows) and all(row[column][:1].isdigit() for row in rows)
        table.add_column(head, justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*map(harmless, row))
    Console(highlight=False, markup=False).print(table)


@contextmanager
def progress_bar(what: str, *, unit: str = "") -> Iterator[Progress]:
    """A progress bar with time left on a terminal; silent elsewhere.

    Args:
        what: What is being done.
        unit: What is counted, where the speed is to be shown too.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(
        *columns,
        *((TextColumn(f"{{task.fields[speed]}} {unit}/s"),) if unit else ()),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None, speed="…")

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            speed = bar.tasks[0].speed
            bar.update(task, speed=f"{speed:,.0f}" if speed else "…")

        yield show
