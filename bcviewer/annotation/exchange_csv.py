"""Labels as CSV: all that hold now, or the whole log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from bcviewer.annotation.exchange import (
    Offer,
    Offered,
    Problem,
    check_count,
    note,
    parse_coordinate,
    parse_label,
    read_file,
)
from bcviewer.annotation.labels import Label, LabelError
from bcviewer.annotation.records import LabelRecord, LogRecord
from bcviewer.errors import showable
from bcviewer.storage import write_bytes
from bcviewer.tables import plain_words, safe_cell

COLUMNS = LabelRecord._fields
LOG_COLUMNS = LogRecord._fields
NEEDED = ("patient", "x", "y", "label")
HINT = "A CSV file of labels begins with a line that names patient, x, y and label."


def write_labels(records: Iterable[LabelRecord], path: Path) -> None:
    """Write labels, a line each.

    Raises:
        StorageError: The file cannot be written.
    """
    _write(COLUMNS, records, path)


def write_log(records: Iterable[LogRecord], path: Path) -> None:
    """Write the log, a line for each patch of each stroke.

    Raises:
        StorageError: The file cannot be written.
    """
    _write(LOG_COLUMNS, records, path)


def read_labels(path: Path) -> Offered:
    """Read labels; lines that cannot be used are told by their number.

    Raises:
        LabelError: The file cannot be read, or is no such table.
    """
    content = read_file(path, hint=HINT)
    if b"\0" in content:
        raise LabelError(f"{path} is not a text file.", hint=HINT)
    # Names of folders may be other than UTF-8; they are kept as they are.
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", "surrogateescape", newline="")
    reader = csv.reader(text)
    offers: list[Offer] = []
    problems: list[Problem] = []
    try:
        columns = _columns(path, next(reader, []))
        for fields in reader:
            _read_line(fields, columns, reader.line_num, offers, problems)
            check_count(path, offers, hint=HINT)
    except csv.Error as error:
        raise LabelError(f"{path} is not a CSV file: {error}.", hint=HINT) from error
    return Offered(showable(path.name), offers, problems)


def _columns(path: Path, head: list[str]) -> dict[str, int]:
    columns = {name.strip().casefold(): place for place, name in enumerate(head)}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise LabelError(f"{path} has no column {missing[0]}.", hint=HINT)
    return columns


def _read_line(
    fields: list[str],
    columns: dict[str, int],
    line: int,
    offers: list[Offer],
    problems: list[Problem],
) -> None:
    if not any(field.strip() for field in fields):
        return
    if len(fields) <= max(columns[name] for name in NEEDED):
        note(problems, line, "The line is cut off.")
        return
    patient, x_text, y_text, said = (fields[columns[name]].strip() for name in NEEDED)
    patient = plain_words(patient)
    x, y, label = parse_coordinate(x_text), parse_coordinate(y_text), parse_label(said)
    if not patient:
        note(problems, line, "It names no patient.")
    elif x is None or y is None:
        note(problems, line, f"Not a place: x {x_text[:40]!r}, y {y_text[:40]!r}.")
    elif label is None:
        note(problems, line, f"Not a label: {said[:40]!r}.")
    else:
        offers.append(Offer(patient, x, y, label, line))


def _write(columns: Iterable[str], records: Iterable[tuple[object, ...]], path: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in record] for record in records)
    write_bytes(path, text.getvalue().encode("utf-8", "surrogateescape"))


def _plain(value: object) -> object:
    if isinstance(value, Label):
        return value.title
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else safe_cell(value)
