"""Label logs with flipped bits, of other makers, and made to harm."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as some

from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_schema import APPLICATION
from tests.annotation.data import line, unsealed
from tests.fuzz.hostile import torn
from tests.fuzz.judge import Files, Judge, both_lengths, run

FILE = "labels.sqlite"


def made(*statements: str, start: bytes = b"") -> bytes:
    """A database file after some statements."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        if start:
            path.write_bytes(start)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = DELETE")
        for statement in statements:
            connection.execute(statement)
        connection.close()
        return path.read_bytes()


@cache
def log(*, sealed: bool = True) -> bytes:
    """A label log of twenty strokes, undos and redos among them; as before without digests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        written = LabelLog(path)
        for number in range(1, 15):
            name = "Ann" if number % 2 else "Ben"
            patches = [(f"p0{number % 4}", 50 * at + 1, 51, -1, at % 4) for at in range(6)]
            written.append(line(number, reader=name, blind=number % 3 == 0), patches)
            written.add_pixels(number, [(patch[0], patch[1], patch[2], 7) for patch in patches])
        for number in range(15, 21):
            kind = "undo" if number < 18 else "redo"
            written.append(line(number, kind=kind, undoes=number - 14 - 3 * (number > 17)), [])
        written.close()
        if not sealed:
            unsealed(path)
        return made(start=path.read_bytes())


@some.composite
def changed(draw: Callable[..., Any]) -> bytes:
    """A log in which somebody has written what the program never would.

    Mostly one without digests: with them it would be refused for these.
    """
    column, table = draw(
        some.sampled_from(
            [
                (name, "strokes")
                for name in ("session", "number", "reader", "time", "kind", "undoes")
            ]
            + [(name, "changes") for name in ("patient", "x", "y", "old", "new")]
            + [
                ("name", "readers"),
                ("name", "patients"),
                ("reason", "strokes"),
                ("crc32", "pixels"),
            ]
            + [("blind", "strokes"), ("id", "readers"), ("id", "strokes"), ("id", "patients")]
        )
    )
    value = draw(
        some.sampled_from(
            (
                *("0", "-1", "1", "3", "4", "127", "128", "1e300", "-9e999", "9223372036854775807"),
                *("NULL", "''", "'x'", "x'ff00'", "x'fffefd'", "'2026-13-45'", "'0001-01-01'"),
                *("char(0)", "char(27)", "printf('%.*c', 200000, 'a')", "zeroblob(100000)"),
                *("rowid % 3", "rowid * 1000000007", "'9999-12-31T23:59:59+23:59'", "random()"),
            )
        )
    )
    where = draw(some.sampled_from(("", " WHERE rowid = 3", " WHERE rowid % 2")))
    where = where if table != "changes" and table != "pixels" else where.replace("rowid", "x / 50")
    statement = f"UPDATE OR IGNORE {table} SET {column} = {value}{where}".replace(
        "rowid", "x" if table in ("changes", "pixels") else "rowid"
    )
    harms = ["PRAGMA ignore_check_constraints = ON", "PRAGMA foreign_keys = OFF"]
    harms += [f"DROP TRIGGER {table}_no_UPDATE", statement]
    back = (
        "BEFORE UPDATE ON {table}\nBEGIN SELECT RAISE(ABORT, 'the label log is append-only'); END"
    )
    harms.append(f"CREATE TRIGGER {table}_no_UPDATE {back.format(table=table)}")
    start = log(sealed=draw(some.integers(0, 9)) == 0)
    try:
        return made(*harms, start=start)
    except sqlite3.Error:
        return start


FOREIGN = (
    made("CREATE TABLE a (b)"),
    made(f"PRAGMA application_id = {APPLICATION}", "PRAGMA user_version = 1"),
    made(f"PRAGMA application_id = {APPLICATION}", "CREATE TABLE strokes (id)"),
    made("PRAGMA user_version = 1", "CREATE TABLE strokes (id)", start=log()[:0]),
    made("PRAGMA user_version = 99", start=log()),
    made("DROP TABLE pixels", start=log()),
    b"",
    b"SQLite format 3\0",
    bytes(4096),
)
logs = some.one_of(
    some.deferred(lambda: some.just(log()).flatmap(torn)),
    some.deferred(lambda: some.just(log(sealed=False)).flatmap(torn)),
    changed(),
    some.sampled_from(FOREIGN),
    some.sampled_from(FOREIGN).flatmap(torn),
)


@some.composite
def workspaces(draw: Callable[..., Any]) -> Files:
    """A log, perhaps with what a crash leaves beside it."""
    files = {FILE: draw(logs)}
    beside = draw(some.integers(0, 9))
    if beside < 2:
        files[FILE + ("-wal", "-journal")[beside]] = draw(some.binary(max_size=100))
    return files


@both_lengths
def test_any_label_log_is_read_or_told_and_left_as_it_is(judge: Judge, inputs: int) -> None:
    run(judge, "log", workspaces(), count=inputs)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_whole_log_is_taken(judge: Judge, sealed: bool) -> None:
    assert judge.ask("log", {FILE: log(sealed=sealed)}) == ("taken", "")


ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT "
)


@pytest.mark.parametrize(
    "statements",
    [
        # A log that only claims to hold its rows.
        (
            *("DROP VIEW entries", "DROP TABLE changes"),
            f"CREATE VIEW changes AS {ENDLESS} 1 stroke, 1 patient, i x, 1 y, -1 old, 1 new FROM n",
        ),
        (
            *("DROP VIEW entries", "DROP TABLE readers"),
            f"CREATE VIEW readers AS {ENDLESS} i id, 'Ann' || i name FROM n",
        ),
        # One that does something of its own with each stroke.
        (
            "CREATE TRIGGER more AFTER INSERT ON strokes BEGIN "
            "INSERT INTO readers (name) VALUES (printf('%.*c', 100000000, 'a')); END",
        ),
        ("CREATE TRIGGER no BEFORE INSERT ON strokes BEGIN SELECT RAISE(IGNORE); END",),
        # One whose name is almost that of the statistics that SQLite may add.
        ("CREATE TRIGGER sqliteXstat_x BEFORE INSERT ON changes BEGIN SELECT RAISE(IGNORE); END",),
        (
            "CREATE TRIGGER sqliteXstat_x AFTER INSERT ON changes "
            f"BEGIN SELECT (SELECT count(*) FROM ({ENDLESS} i FROM n)); END",
        ),
        ("CREATE INDEX costly ON changes (length(printf('%.*c', 1000000, new)))",),
        ("CREATE TABLE more (a)",),
        ("DROP TRIGGER strokes_no_DELETE",),
    ],
)
def test_a_log_of_another_make_is_refused(judge: Judge, statements: tuple[str, ...]) -> None:
    outcome, words = judge.ask("log", {FILE: made(*statements, start=log())})
    assert (outcome, "other tables" in words) == ("refused", True), words
