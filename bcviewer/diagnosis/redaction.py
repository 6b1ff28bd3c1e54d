"""Words of a log without what they tell of patients, readers and places.

What a fault is about stays: kinds of errors, lines of the program, numbers of threads and times.
"""

from __future__ import annotations

import errno
import os
import re
import signal
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

PATIENT, PLACE, NAME, VALUE = "<patient>", "<path>", "<name>", "<value>"

STAMP: Final = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \d+ (?P<thread>\S+) (?P<logger>[\w.]+): "
)
"""What begins a line of the log; see ``log_files.FORM``."""

FRAME: Final = re.compile(r'^\s*File "(?P<path>[^"]+)", line (?P<line>\d+)(?P<rest>.*)$')
KIND: Final = re.compile(r"^(?P<kind>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit)): ")
SOURCE: Final = re.compile(r"(?:bcviewer|site-packages|python3?[\d.]*|lib)[/\\].*\.py$")
PATCH: Final = re.compile(r"\S*_idx\d+_x\d+_y\d+_class\d\S*", re.IGNORECASE)
PATH: Final = re.compile(r"(?:[A-Za-z]:)?[\\/][^\s'\"<>|]*[\\/][^\s'\"<>|,;:]*|~[\\/][^\s'\"]*")
QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
NUMBER: Final = re.compile(r"\d+")
WORD: Final = re.compile(r"<\w+>|[^\W\d_]{2,}")
FAULTS: Final = (
    "Fatal Python error: Segmentation fault, Aborted, Bus error, Floating point exception, Illegal "
    "instruction, Stack overflow. Traceback: most recent call last. Current thread. "
    "Extension modules. argument attribute object has unexpected keyword positional required "
    "unsupported operand type iterable callable subscriptable unpack expected got tuple dictionary "
    "index range shape broadcast cannot convert integer string literal base maximum recursion depth"
)
"""What the interpreter and NumPy say in the program's name."""

INITIAL: Final = re.compile(r"(?<!\w)[A-Z]\.(?=\s|[A-Z]\.|$)")
BEGIN_AFTER: Final = ".:;!?[]("
LOOK_BACK: Final = 100
"""Letters before a word; to look at the whole of a long line for each word takes minutes."""

PROPER: Final = frozenset(("Python", "Linux", "Windows", "Keras", "Errno", "File", "Thread"))

OF_PROGRAM: Final = re.compile(r"^ {4,}\S")


def redacted(lines: Iterable[str], names: Iterable[str]) -> list[str]:
    """Lines of a log or of a trace, fit to be shown to others.

    Args:
        lines: As they are.
        names: Known names of patients, readers, runs, machines and users.
    """
    known = _pattern(names)
    told: list[str] = []
    in_frame = False
    for line in lines:
        frame = FRAME.match(line)
        if frame is None:
            # Below its place, a trace has the program's own text; elsewhere nobody knows what.
            in_frame = in_frame and OF_PROGRAM.match(line) is not None
            told.append(line if in_frame else _words(line, known))
            continue
        source = _source(frame["path"])
        in_frame = source != PLACE
        told.append(f'  File "{source}", line {frame["line"]}{frame["rest"]}')
    return told


def _words(line: str, known: re.Pattern[str] | None) -> str:
    head = STAMP.match(line) or KIND.match(line)
    return head[0] + _message(line[head.end() :], known) if head else _message(line, known)


def _message(words: str, known: re.Pattern[str] | None) -> str:
    """What may quote anything: names, paths, and in numbers and quotes whatever is left."""
    words = PATCH.sub(PATIENT, words)
    words = PATH.sub(PLACE, words)
    if known is not None:
        words = known.sub(NAME, words)
    words = QUOTED.sub(VALUE, words)
    return NUMBER.sub("#", WORD.sub(_own, INITIAL.sub(NAME, words)))


def _own(word: re.Match[str]) -> str:
    """A word as it is where the program itself uses it so; else it may be anybody's name.

    Many names are words of the language, too, such as Green or Long: a word with a capital stays
    only where the program begins a sentence with it.
    """
    told = word[0]
    if told.startswith("<"):
        return told
    known = vocabulary()
    if told.lower() not in known.words:
        return NAME
    seen = word.string[max(0, word.start() - LOOK_BACK) : word.start()]
    before = seen.rstrip()
    begins = before[-1] in BEGIN_AFTER if before else len(seen) < LOOK_BACK
    if told[1:].islower() and told[0].isupper():
        return told if told in PROPER or (begins and told in known.begin) else NAME
    return told


class Vocabulary(NamedTuple):
    """The words of the program's own files and of the system's errors.

    After a crash nobody knows which names the log has: what was open then is not open now.
    """

    words: frozenset[str]
    """In small letters."""

    begin: frozenset[str]
    """Those that a text begins with, with their capital."""


@cache
def vocabulary() -> Vocabulary:
    """All that is known to be the program's own."""
    told = [FAULTS, *map(os.strerror, errno.errorcode)]
    told += [signal.strsignal(number) or "" for number in signal.valid_signals()]
    words = set(_words_of(" ".join(told)))
    begin = set(re.findall(r"\b[A-Z][a-z]+", " ".join(told)))
    for file in Path(__file__).parents[1].rglob("*.py"):
        try:
            text = file.read_text(encoding="utf-8")
        except OSError:
            continue
        words.update(_words_of(text))
        begin.update(re.findall(r"""["'] ?([A-Z][a-z]+)""", text))
    return Vocabulary(frozenset(words), frozenset(begin))


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.lower())


def _source(path: str) -> str:
    """The place of a file of the program or of a library, without where that lies."""
    found = SOURCE.search(path)
    return found[0] if found else PLACE


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not words:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
