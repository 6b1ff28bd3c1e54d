"""The report of a problem: a text that its user looks through, and sends or does not send."""

from __future__ import annotations

import getpass
import importlib.metadata
import os
import platform
import socket
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bcviewer import __version__
from bcviewer.diagnosis.log_files import log_tail
from bcviewer.diagnosis.redaction import redacted

LINES = 200
LIBRARIES = (
    *("numpy", "scipy", "scikit-learn", "pillow", "pydantic", "platformdirs", "openvino", "keras"),
    *("tensorflow", "h5py", "PySide6-Essentials", "shiboken6", "pyqtgraph", "typer"),
)

HEAD = """\
Report of a problem with bcviewer

What happened, and what was done before:
(please write it here)

Below: versions, settings, and the end of the log. Names of patients, readers and folders, and the
numbers and quotes in messages, were taken out as far as a program can know them. Look it through:
nothing is sent by the program.
"""


@dataclass(frozen=True)
class Facts:
    """What the window knows.

    Attributes:
        window: What the window is, such as its screen and colours, by name.
        opened: What is open, in counts, by name.
        settings: The user's choices, by name; none that tells who or what.
        names: Of patients, readers and runs, that must not be told.
        faults: What the interpreter said when it last crashed.
        training: The end of the log of the last training that failed.
    """

    window: Mapping[str, object] = field(default_factory=dict)
    opened: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    faults: str = ""
    training: tuple[str, ...] = ()


def report_of(facts: Facts, folder: Path) -> str:
    """The text of a report.

    Args:
        facts: What the window knows.
        folder: Where the log lies.
    """
    names = {*facts.names, *_names_of_machine()}
    parts = [
        HEAD,
        _part("Versions", _versions()),
        _part("Machine", _machine()),
        _part("Window", facts.window),
        _part("Open", facts.opened),
        _part("Settings", facts.settings),
    ]
    if facts.faults:
        parts.append(_listed("The last crash", redacted(facts.faults.splitlines()[:LINES], names)))
    if facts.training:
        parts.append(_listed("The last training that failed", redacted(facts.training, names)))
    parts.append(_listed("End of the log", redacted(log_tail(folder, lines=LINES), names)))
    return "\n".join(parts)


def _part(title: str, values: Mapping[str, object]) -> str:
    return _listed(title, [f"{name}: {value}" for name, value in values.items()])


def _listed(title: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    return "\n".join([f"[{title}]", *(listed or ["nothing"]), ""])


def _versions() -> dict[str, object]:
    found: dict[str, object] = {"bcviewer": __version__, "Python": platform.python_version()}
    for name in LIBRARIES:
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def _machine() -> dict[str, object]:
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": platform.machine(),
        "cores": os.cpu_count() or 0,
        "64 bit": sys.maxsize > 2**32,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _names_of_machine() -> set[str]:
    names = {Path.home().name}
    with suppress(OSError, KeyError, ImportError):
        names.add(getpass.getuser())
    with suppress(OSError):
        names.add(socket.gethostname())
    return names
