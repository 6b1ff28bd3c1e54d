"""Where the patients' folders lie under the folder that the user opened."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from bcviewer.counting import counted
from bcviewer.dataset.findings import Finding
from bcviewer.errors import TAG, DataError

LABEL_FOLDERS = ("0", "1")
MARKER = "SYNTHETIC.txt"
"""A file of this name in a data folder says that its tissue is bcviewer's own demo."""

# The Kaggle archive holds the set twice, as PATIENT and as IDC_regular_ps50_idx5/PATIENT; unpackers
# add a folder of their own. Deeper nesting is not a data set's, and a limit ends symlink loops.
MAX_DEPTH = 3
MAX_FOLDERS = 20_000

STRANGE = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029]|{TAG.pattern}")
"""In a name that is shown they would steer a terminal, or be drawn as markup."""


@dataclass(frozen=True)
class PatientFolders:
    """The patients found under a folder.

    Attributes:
        folders: The folder of each patient, by id, sorted.
        findings: What was found on the way that is no patient.
    """

    folders: dict[str, Path]
    findings: tuple[Finding, ...]


def check_folder(folder: Path) -> Path:
    """Resolve a folder the user named, or say why it cannot be one.

    Raises:
        DataError: It does not exist, is a file, or may not be read.
    """
    try:
        resolved = folder.expanduser().resolve()
        if not resolved.exists():
            raise DataError(f"There is no folder {folder}.", hint="Check the path.")
        if not resolved.is_dir():
            raise DataError(
                f"{folder} is a file, not a folder.",
                hint="Open the folder that holds the patients' folders (unpack an archive first).",
            )
        os.scandir(resolved).close()
    except OSError as error:
        raise DataError(
            f"Cannot read the folder {folder}: {error.strerror or error}.",
            hint="Check its permissions, or copy the data where you may read it.",
        ) from error
    except (RuntimeError, ValueError) as error:  # a symlink loop, a null byte
        raise DataError(f"{folder!s} is not a usable path: {error}.") from error
    return resolved


def find_patients(root: Path) -> PatientFolders:
    """Find every patient once: nearer folders win over deeper second copies.

    A patient's folder is one with a folder ``0`` or ``1`` in it; ``root`` itself may be one.
    """
    folders: dict[str, Path] = {}
    findings: list[Finding] = []
    copies: dict[Path, int] = {}
    level, seen = [root], 0
    for depth in range(MAX_DEPTH + 1):
        deeper: list[Path] = []
        for folder in level:
            seen += 1
            children = _child_folders(folder, root, findings)
            if any(child.name in LABEL_FOLDERS for child in children):
                if STRANGE.search(folder.name):
                    text = "A patient's name has no tags and no control characters. Rename it."
                    findings.append(Finding(_relative(folder, root), "strange_name", text))
                elif folder.name in folders:
                    copies[folder.parent] = copies.get(folder.parent, 0) + 1
                else:
                    folders[folder.name] = folder
            elif depth == MAX_DEPTH or (not children and folder != root):
                findings.append(Finding(_relative(folder, root), "no_patches", "Has no 0 or 1."))
            else:
                deeper.extend(children)
            if seen + len(deeper) > MAX_FOLDERS:
                raise DataError(
                    f"{root} has more than {MAX_FOLDERS:,} folders and looks like no data set.",
                    hint="Open the folder that holds the patients' folders itself.",
                )
        level = deeper
    for parent, count in sorted(copies.items()):
        stand = "stands" if count == 1 else "stand"
        text = f"{counted(count, 'patient')} {stand} a second time here; this copy is left out."
        findings.append(Finding(_relative(parent, root), "second_copy", text))
    return PatientFolders(dict(sorted(folders.items())), tuple(findings))


def _child_folders(folder: Path, root: Path, findings: list[Finding]) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if not entry.name.startswith(".") and _is_dir(entry) and not _leads_up(entry)
            )
    except OSError as error:
        text = f"Cannot be read: {error.strerror or error}."
        findings.append(Finding(_relative(folder, root), "unreadable", text))
        return []
    return [folder / name for name in names]


def _leads_up(entry: os.DirEntry[str]) -> bool:
    """Whether it is a link to a folder that it lies in: there is nothing new behind it."""
    if not entry.is_symlink():
        return False
    here, there = Path(entry.path).parent.resolve(), Path(entry.path).resolve()
    return there == here or there in here.parents


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
