"""The report of a problem: what helps is in it, and nobody's name."""

from __future__ import annotations

import getpass
import logging
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bcviewer.diagnosis.log_files import log_folder, start_log, stop_log
from bcviewer.diagnosis.redaction import redacted
from bcviewer.diagnosis.report import Facts, report_of

NAMES = frozenset({"8975", "p 00", "Dr. Ada Byron", "ward-7", "study"})
SECRETS = ("8975", "p 00", "Ada", "Byron", "ward-7", "/home/ada", "C:\\Users", "study", "10253")

LINES = [
    "2026-01-02 10:00:00,123 ERROR 41 Thread-3 bcviewer.gui.workers.worker: unexpected error in X",
    "Traceback (most recent call last):",
    '  File "/home/ada/work/.venv/lib/python3.11/site-packages/bcviewer/gui/app.py", line 12, in f',
    "    raise ValueError(patient)",
    "    ~~~~~^^^",
    "ValueError: '8975' of /home/ada/study/8975/0/8975_idx5_x1_y51_class0.png",
    "KeyError: '10253'",
    "bcviewer.errors.StorageError: Cannot write C:\\Users\\ada\\labels.sqlite: full. Dr. Ada Byron",
    "2026-01-02 10:00:01,000 WARNING 41 MainThread bcviewer.x: 34 patches of 10253 for p 00",
    'File "/home/ada/script.py", line 3, in <module>',
    "    from a_script import what",
    "ValueError: the first line",
    "    10253 of a second line that looks like a program's",
]


def test_a_trace_keeps_what_is_about_the_program_and_nothing_else() -> None:
    told = redacted(LINES, NAMES)
    text = "\n".join(told)
    assert told[0] == LINES[0]
    assert 'lib/python3.11/site-packages/bcviewer/gui/app.py", line 12, in f' in told[2]
    assert told[3:5] == LINES[3:5]
    assert told[5] == "ValueError: <value> of <patient>"
    assert told[6] == "KeyError: <value>"
    assert told[7].startswith("bcviewer.errors.StorageError: Cannot write <path>")
    assert told[8].endswith("bcviewer.x: # patches of # for <name>")
    assert '"<path>", line 3' in told[9]
    for secret in SECRETS:
        assert secret not in text, secret
    assert told[10:] == [
        LINES[10],
        LINES[11],
        "    # of a second line that looks like a program's",
    ]


AFTER_A_CRASH = [
    "2026-01-02 10:00:00,123 WARNING 41 Thread-3 bcviewer.model: The kept prediction of Mueller is "
    "of no use: it is damaged.",
    "OSError: [Errno 28] No space left on device: /mnt/study/Patient Mueller/ws/predictions",
    "FileNotFoundError: C:\\Users\\Eva Maria Schmidt\\runs\\Müller-Lüdenscheidt",
    "ValueError: no patient Mueller",
    "Mueller",
]


def test_names_that_nobody_knows_any_more_are_taken_out(user_home: Path) -> None:
    """After a crash nothing is open, so none of the names in the log is known."""
    told = redacted(AFTER_A_CRASH, ())
    text = "\n".join(told)
    for secret in ("Mueller", "Eva", "Maria", "Schmidt", "Müller", "Lüdenscheidt"):
        assert secret not in text, secret
    assert "The kept prediction of <name> is of no use: it is damaged." in told[0]
    assert told[1].startswith("OSError: [Errno #] No space left on device: <path>")
    assert told[3:] == ["ValueError: no patient <name>", "<name>"]


NAMES_THAT_ARE_WORDS = [
    "2026-01-02 10:11:12,123 ERROR 12 Thread-1 bcviewer.gui: The pictures of Green cannot be read.",
    "ValueError: it is not Mark Will nor J. K. Long",
    "KeyError: Baker",
    "bcviewer.errors.DataError: Klein and Long are no patients. Young is.",
]


def test_names_that_are_words_of_the_language_are_taken_out() -> None:
    told = redacted(NAMES_THAT_ARE_WORDS, ())
    text = "\n".join(told)
    for secret in ("Green", "Mark", "Will", "J.", "K.", "Long", "Baker", "Klein", "Young"):
        assert secret not in text, secret
    assert told[0].endswith("The pictures of <name> cannot be read.")
    assert told[1].startswith("ValueError: it is not <name> <name> nor <name>")


names = some.text(some.characters(categories=["Lu", "Ll", "Nd"]), min_size=2, max_size=12)


@given(name=names, before=some.text(max_size=20), after=some.text(max_size=20))
def test_no_known_name_passes_in_whatever_words(name: str, before: str, after: str) -> None:
    for line in (
        f"ValueError: {before} {name} {after}",
        f"2026-01-02 10:00:00,123 ERROR 41 MainThread bcviewer: {before} '{name}' {after}",
        f"OSError: [Errno 2] No such file: '/data/{name}/0/{name}_idx5_x1_y1_class0.png'",
        f"{before} {name}",
    ):
        (told,) = redacted([line], [name])
        fixed = line.split(": ")[0] if line[0] in "VO2" else ""
        assert name.casefold() not in told.casefold().split() or name in fixed


def test_the_report_has_versions_settings_and_the_log_but_no_names(user_home: Path) -> None:
    folder = log_folder()
    handler = start_log(folder)
    try:
        raise ValueError("8975")
    except ValueError:
        logging.getLogger("bcviewer.gui").exception("it broke for Dr. Ada Byron in /home/ada/study")
    finally:
        stop_log(handler)
    facts = Facts(
        window={"Qt": "6.10"},
        opened={"patients": 279},
        settings={"opacity": 0.45},
        names=NAMES,
        faults='Fatal Python error: Segmentation fault\n  File "/home/ada/x.py", line 3 in f',
    )
    text = report_of(facts, folder)
    for part in ("[Versions]", "numpy: ", "PySide6-Essentials: ", "patients: 279", "opacity: 0.45"):
        assert part in text
    assert "ValueError: <name>" in text
    assert "test_report.py" not in text, "only files of the program are told"
    assert "Fatal Python error: Segmentation fault" in text
    assert "nothing is sent" in text
    for secret in (*SECRETS, str(user_home), socket.gethostname(), str(Path.home())):
        assert secret not in text, secret
    user = getpass.getuser()
    assert user not in text.split("[End of the log]")[1].split()


@pytest.mark.parametrize("names", [frozenset[str](), frozenset({"", "a"})])
def test_a_report_without_a_log_says_so(tmp_path: Path, names: frozenset[str]) -> None:
    text = report_of(Facts(names=names), tmp_path / "none")
    assert text.rstrip().endswith("[End of the log]\nnothing")
