"""The program's own files: atomic writes, versioned reads, the user's folder.

A save never harms the last good file: content goes to a file beside it, is flushed to the disk and
renamed over the old one.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from platformdirs import user_data_path

from bcviewer.errors import StorageError

HOME_VARIABLE = "BCVIEWER_HOME"

SEAL = "sha256"
"""The name of the digest that a sealed JSON file has of all else in it."""

_DATABASE = b"SQLite format 3\0"

HALF = ".part"
"""How the name of a file ends that is being written; it begins with a dot."""

_HALF = re.compile(rf"\.[0-9a-f]{{8}}{re.escape(HALF)}$")

HALF_SECONDS = 3600
"""No file takes so long to write: what is older was left by a kill."""

MOST_JSON_BYTES = 2**26
"""A split by patch of the whole data set takes 20 MB; nothing else takes one."""

MOST_JSON_VALUES = 4_000_000
"""Python takes some hundred bytes for each: a file of ``[],[],`` grows twentyfold."""


def user_folder() -> Path:
    """The folder where bcviewer keeps workspaces and weights (``BCVIEWER_HOME`` overrides it)."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_data_path("bcviewer", appauthor=False)


@contextmanager
def atomic_file(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a file beside ``path`` to write to; rename it to ``path`` when the block succeeds.

    Args:
        path: The file to write; its folder is made.
        durable: Flush to the disk before the rename. False for caches that carry a checksum: they
            are made again when a crash tears them.

    Raises:
        StorageError: The folder or the file cannot be written (no room, no permission), or there
            is a database, such as a label log, which no other file may take the place of.
    """
    _spare_databases(path)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{HALF}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        if durable:
            with beside.open("rb+") as written:
                os.fsync(written.fileno())
        beside.replace(path)
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _spare_databases(path: Path) -> None:
    begins = b""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                begins = file.read(len(_DATABASE))
    if begins == _DATABASE:
        raise StorageError(
            f"{path} is a database, such as a label log: no other file is written over it.",
            hint="Choose another name.",
        )


def place_folder(part: Path, target: Path, *, aside: bool = False) -> None:
    """Give a folder that was written beside its place its name, with all that is in it on the disk.

    Args:
        part: The folder.
        target: Its place.
        aside: Put aside what is in the place already.

    Raises:
        OSError: It cannot be written to the disk, or moved; or the place is taken.
    """
    for path in part.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    _sync_folder(part)
    if aside and target.exists():
        target.replace(target.with_name(f"{target.name}-before-{uuid.uuid4().hex[:8]}"))
    part.replace(target)
    _sync_folder(target.parent)


def sweep_halves(folder: Path) -> None:
    """Remove the halves of files that kills left in a folder; others may be writing in it."""
    for half in folder.glob(f".*{HALF}"):
        with suppress(OSError):  # another may sweep too
            if _HALF.search(half.name) and time.time() - half.stat().st_mtime > HALF_SECONDS:
                half.unlink()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file atomically.

    Raises:
        StorageError: The file cannot be written.
    """
    with atomic_file(path) as beside:
        beside.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically, as UTF-8."""
    write_bytes(path, text.encode("utf-8"))


def write_sealed_json(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON file with a digest: ``read_json`` notices when a bit of it is another one."""
    write_json(path, {**value, SEAL: _digest(value)})


def write_json(path: Path, value: object) -> None:
    """Write a JSON file atomically, indented so that people can read it."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # names of files may be; as escapes they come back as they were
        text = json.dumps(value, indent=2, allow_nan=False)
    write_text(path, text + "\n")


def read_json(path: Path, *, kind: str, version: int) -> dict[str, Any]:
    """Read a JSON file of ours and check what it says it is; of a sealed one, that it is whole.

    Raises:
        StorageError: The file cannot be read, is not JSON, is of another kind or version, or is
            not what was written.
    """
    content = read_bounded(path, most=MOST_JSON_BYTES)
    try:
        value = parse_json(content)
    except ValueError as error:
        raise StorageError(
            f"{path} is not a JSON file: {error}.",
            hint="It may be damaged: restore it from a copy or make it again.",
        ) from error
    if not isinstance(value, dict) or value.get("kind") != kind:
        raise StorageError(f"{path} is not a {kind} file.", hint="Choose another file.")
    found = value.get("version")
    if found != version:
        raise StorageError(
            f"{path} is of version {repr(found)[:40]}; this bcviewer reads {version}.",
            hint="Use the bcviewer that wrote it, or make the file again with this one.",
        )
    if SEAL in value and value.pop(SEAL) != _digest(value):
        raise StorageError(
            f"{path} is not as it was written: it is damaged or was changed.",
            hint=f"Restore it from a copy or make it again; if you changed it, remove its {SEAL}.",
        )
    return value


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file to read its bytes.

    Raises:
        OSError: It cannot be read, or is no plain file: to open a pipe waits until somebody writes.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no plain file", str(path))
    return path.open("rb")


def read_bounded(path: Path, *, most: int) -> bytes:
    """All bytes of a plain file that is not larger than it may be.

    Raises:
        StorageError: It cannot be read, is no plain file (a pipe may never end), or is too large.
    """
    hint = "Choose another file, or check that you may read it."
    try:
        # Looked at before it is opened: to open a pipe waits until somebody writes to it.
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise StorageError(f"Cannot read {path}: it is no plain file.", hint=hint)
        content = b"" if about.st_size > most else _read(path, about.st_size, most)
    except OSError as error:
        raise StorageError(f"Cannot read {path}: {_reason(error)}.", hint=hint) from error
    except ValueError as error:  # a null byte in its name
        raise StorageError(f"Cannot read {path}: {error}.", hint=hint) from error
    if max(about.st_size, len(content)) > most:
        raise StorageError(
            f"{path} is larger than {most // 10**6} MB, which no such file is.", hint=hint
        )
    return content


def parse_json(content: bytes) -> Any:
    """The value of a JSON text in UTF-8, perhaps with a mark of its encoding.

    Raises:
        ValueError: It is none, is nested too deeply, or has too many values to be held.
    """
    if content.count(b",") + content.count(b"[") + content.count(b"{") > MOST_JSON_VALUES:
        raise ValueError(f"it has more than {MOST_JSON_VALUES:,} values")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is no text in UTF-8") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _read(path: Path, size: int, most: int) -> bytes:
    """The bytes of a file, or one more than ``most``; some files tell no size."""
    with path.open("rb") as file:
        content = file.read(size + 1)  # a call for ``most`` would take the memory for it at once
        return content if len(content) <= size else content + file.read(most + 1 - len(content))


def _digest(value: dict[str, Any]) -> str:
    # Escapes, as names of files may be no UTF-8; through JSON, as a tuple comes back as a list.
    text = json.dumps(json.loads(json.dumps(value)), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def cannot_write(path: Path, error: OSError) -> StorageError:
    """Translate an error of the operating system about writing into words."""
    return StorageError(
        f"Cannot write {path}: {_reason(error)}.",
        hint="Check that the disk has room and that you may write there.",
    )


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last; not every system can open a folder for this."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
