"""The label log: an SQLite file that strokes are only ever added to.

Each stroke is one transaction, flushed to the disk before it counts as written. Several processes
may write and read at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bcviewer.annotation.log_batch import read_batch
from bcviewer.annotation.log_errors import BUSY_SECONDS, damaged, in_words
from bcviewer.annotation.log_file import beside, identity, is_frozen, opened, to_wal
from bcviewer.annotation.log_lines import Batch, PatchLine, StrokeLine, stored_name
from bcviewer.annotation.log_schema import check_schema, is_new, make_schema
from bcviewer.annotation.log_writing import Ids, add_stroke
from bcviewer.errors import StorageError


class LabelLog:
    """A connection to the log, for one thread at a time.

    Args:
        path: The file; made, with its folder, when it is not there.
        read_only: Change nothing, not even to make the file.
        check: Look the file through for damage.
        patience: Seconds to wait for the writes of others.

    Raises:
        StorageError: The log cannot be opened or made, is damaged, or is of a newer version.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        check: bool = True,
        patience: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        self._patience = patience
        with self._translated():
            # It is read all the same; each stroke is refused then, in words.
            read_only = read_only or is_frozen(path)
            self._connection = opened(path, read_only=read_only, patience=patience)
            try:
                self._prepare(read_only=read_only, check=check)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, *, read_only: bool, check: bool) -> None:
        connection = self._connection
        new = not read_only and is_new(connection)
        if not new:
            self._look_through(check=check)
        if not read_only:
            # Only now: what is no sound log of ours is not touched.
            to_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")
        if new:
            make_schema(connection)
            check_schema(connection, self.path)
        self._file = identity(self.path)

    def _look_through(self, *, check: bool) -> None:
        with self._transaction("BEGIN"):  # another program may just carry on an older log
            check_schema(self._connection, self.path)
        if check:
            (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise damaged(self.path, str(found))

    def append(self, line: StrokeLine, patches: Iterable[PatchLine]) -> int:
        """Add a stroke; when this returns, it is on the disk.

        Returns:
            Its id.

        Raises:
            StorageError: It could not be written; nothing of it is.
        """
        with self._translated(), self._transaction():
            self._check_there()
            return add_stroke(self._connection, self.path, line, patches)

    def since(self, stroke: int, *, session: str = "", salvage: bool = False) -> Batch:
        """All strokes after one, 0 for all.

        Args:
            stroke: Id of the last stroke that is known.
            session: Whose strokes are known, so that their ids are enough.
            salvage: Leave strokes out that are not as they were written, instead of refusing all.

        Raises:
            StorageError: The log cannot be read, is damaged, or too large.
        """
        if salvage:
            self._connection.text_factory = _any_text
        with self._translated(), self._transaction("BEGIN"):
            return read_batch(
                self._connection, self.path, after=stroke, session=session, salvage=salvage
            )

    def extent(self) -> tuple[int, str]:
        """How many strokes there are, and the time of the last: "" for none.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            (count,) = self._connection.execute("SELECT count(*) FROM strokes").fetchone()
            last = self._connection.execute(
                "SELECT time FROM strokes ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return int(count), str(last[0]) if last else ""

    def changed(self) -> int:
        """A number that is another one after others wrote to the log; cheap.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def add_pixels(self, stroke: int, marks: Iterable[tuple[str, int, int, int]]) -> None:
        """Note what the patches of a stroke looked like: patient, x, y, crc32 of the pixels.

        Raises:
            StorageError: It could not be written.
        """
        with self._translated(), self._transaction():
            ids = Ids(self._connection, "patients")
            self._connection.executemany(
                "INSERT OR IGNORE INTO pixels (stroke, patient, x, y, crc32) "
                "VALUES (?, ?, ?, ?, ?)",
                ((stroke, ids[patient], *rest) for patient, *rest in marks),
            )

    def pixels(self, patient: str) -> dict[tuple[int, int, int], int]:
        """What a patient's patches looked like: the crc32 by stroke, x and y.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            rows = self._connection.execute(
                "SELECT stroke, x, y, crc32 FROM pixels "
                "WHERE patient = (SELECT id FROM patients NOT INDEXED WHERE name = ?)",
                (stored_name(patient),),
            )
            return {(stroke, x, y): crc for stroke, x, y, crc in rows}

    def wait_for_others(self, seconds: float) -> None:
        """Wait so long for the writes of others from now on."""
        if seconds != self._patience:
            self._patience = seconds
            with suppress(sqlite3.Error):
                self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")

    def interrupt(self) -> None:
        """Break off what another thread does with the log, where it can be."""
        self._connection.interrupt()

    def tidy(self) -> bool:
        """Bring all into the one file, so that a copy of it alone is whole; wait for nobody.

        Returns:
            Whether that is done; not while others read or write.
        """
        run = self._connection.execute
        with suppress(sqlite3.Error):
            run("PRAGMA busy_timeout = 0")
            try:
                return not run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                run(f"PRAGMA busy_timeout = {int(1000 * self._patience)}")
        return False

    def close(self) -> None:
        """Close the connection; SQLite tidies up after the last one."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def _check_there(self) -> None:
        """Look whether the file is still what was opened: SQLite would write to a lost one.

        Raises:
            StorageError: It was moved, deleted or exchanged.
        """
        if identity(self.path) != self._file:
            raise StorageError(
                f"The label log {self.path} was moved or deleted while it was open.",
                hint="Put it back, or open the data folder again.",
            )

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        connection = self._connection
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise in_words(self.path, error) from error
        except UnicodeDecodeError as error:  # even the words of an error may be damaged
            raise damaged(self.path, "it has text that is none") from error


def _any_text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def open_if_there(path: Path, *, check: bool = True) -> LabelLog | None:
    """Open a log to read it; None when there is none.

    Args:
        path: The file.
        check: Look the file through for damage.

    Raises:
        StorageError: There is one that cannot be read.
    """
    # An empty file is what a crash leaves before anything is written.
    try:
        if path.stat().st_size == 0 and not beside(path, "-wal").exists():
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise in_words(path, error) from error
    return LabelLog(path, read_only=True, check=check)
