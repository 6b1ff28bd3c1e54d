"""Data sets without files, for what needs places and labels only."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import numpy as np

from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.stroke import Kind
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE


def plain_dataset(*, patients: int = 3, columns: int = 4, rows: int = 3, first: int = 0) -> Dataset:
    """Patients "p00", "p01" ... with a full grid each; every third patch is IDC."""
    names = tuple(f"p{number:02}" for number in range(first, first + patients))
    area = columns * rows
    y, x = np.divmod(np.arange(area), columns)
    count = patients * area
    return Dataset(
        root=Path("nowhere"),
        patients=names,
        folders=tuple(Path("nowhere") / name for name in names),
        starts=np.arange(0, count + 1, area, dtype=np.int64),
        x=np.tile(x * PATCH_SIZE + 1, patients).astype(np.int32),
        y=np.tile(y * PATCH_SIZE + 1, patients).astype(np.int32),
        labels=(np.arange(count) % 3 == 0).astype(np.int8),
        names=np.array([f"{row}.png".encode() for row in range(count)]),
    )


def line(number: int = 1, **about: object) -> StrokeLine:
    """A stroke to write to a log."""
    kind: Kind = "label"
    plain = StrokeLine(
        0, "test", number, "Ann", "2026-01-01T10:00:00+00:00", kind, "", "", "", False, 0
    )
    return plain._replace(**about)  # type: ignore[arg-type]


def copy_of(path: Path, folder: Path) -> Path:
    """A log as somebody copies it who knows of the one file only."""
    return Path(shutil.copy(path, folder / "copy.sqlite"))


def log_of(path: Path, strokes: int = 3) -> Path:
    """A log with some strokes of patient p00, closed."""
    log = LabelLog(path)
    for number in range(1, strokes + 1):
        log.append(line(number), [("p00", 50 * number + 1, 1, -1, 1)])
    log.close()
    return path


def unsealed(path: Path) -> Path:
    """A log as the version before left it: without digests."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("DROP TRIGGER strokes_have_digests")
    raw.execute("DROP TABLE digests")
    raw.execute("PRAGMA user_version = 1")
    raw.close()
    return path


def change_behind_its_back(path: Path, table: str, statement: str) -> Path:
    """Change rows of a log that bcviewer only adds to."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    acts = ("UPDATE", "DELETE")
    triggers = [
        raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_no_{act}",))
        for act in acts
    ]
    again = [sql for found in triggers for (sql,) in found]
    for act in acts:
        raw.execute(f"DROP TRIGGER {table}_no_{act}")
    raw.execute(statement)
    for sql in again:
        raw.execute(sql)
    raw.close()
    return path
