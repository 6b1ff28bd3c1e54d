"""The process that reads hostile files, bounded in time and memory for each of them.

A line of JSON comes in for each input, and the outcome goes out: "taken", "refused" (a named error
that may be shown), or "fault" (anything else that was raised). An input that takes too long, or
crashes the interpreter, ends the process. Linux only: other systems do not bound memory.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import resource
import sys
import traceback
from pathlib import Path

from bcviewer.errors import BcviewerError
from tests.fuzz.readings import READINGS, prepare

CPU_SECONDS = 10
"""Of the processor, not of the clock: the machine may be busy. The longest inputs take 0.5 s."""

MEMORY_BYTES = 2**28
"""What an input may take on top of what the process has: 256 MB, for files of some kilobytes."""

LONGEST_WORDS = 2000
"""No message is longer: what it quotes of a file is cut."""

APART = ("network",)
"""Readings in a process of their own each time: HDF5 may leave anything behind."""


def serve() -> None:
    """Judge inputs until there are no more."""
    faulthandler.disable()
    logging.disable()  # of what is of no use
    prepare()
    for line in sys.stdin:
        asked = json.loads(line)
        reading, folder = asked["reading"], Path(asked["folder"])
        bounds = asked.get("memory", MEMORY_BYTES), asked.get("seconds", CPU_SECONDS)
        judge = _judged_apart if reading in APART else _judged
        sys.stdout.write(json.dumps(judge(reading, folder, *bounds)) + "\n")
        sys.stdout.flush()


def _judged(reading: str, folder: Path, memory: int, seconds: int) -> tuple[str, str]:
    _bound(memory, seconds)
    try:
        READINGS[reading](folder)
    except BcviewerError as error:
        return _named(error)
    except BaseException:  # noqa: BLE001  (whatever it is, it is the find)
        return "fault", traceback.format_exc()[-6000:]
    return "taken", ""


def _judged_apart(reading: str, folder: Path, memory: int, seconds: int) -> tuple[str, str]:
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(said, json.dumps(_judged(reading, folder, memory, seconds)).encode())
        os._exit(0)
    os.close(said)
    with open(heard, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if not answer:
        return "ended", f"exit code {os.waitstatus_to_exitcode(status)}"
    outcome, words = json.loads(answer)
    return outcome, words


def _bound(memory: int, seconds: int) -> None:
    """Bound what the process may take from now on."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    used = resource.getrusage(resource.RUSAGE_SELF)
    ends = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (ends, resource.RLIM_INFINITY))


def _named(error: BcviewerError) -> tuple[str, str]:
    """Whether an error says what a user needs, in words that may be shown."""
    words = str(error)
    if not error.message or not error.hint:
        return "fault", f"no message or no hint: {error!r}"
    if len(words) > LONGEST_WORDS or not words.isprintable():
        return "fault", f"words that should not be shown: {words[:LONGEST_WORDS]!r}"
    return "refused", words


if __name__ == "__main__":
    serve()
