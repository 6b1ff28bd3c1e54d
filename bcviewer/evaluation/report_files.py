"""Writing a report: the page, and the same numbers as JSON beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bcviewer.dataset.workspace import check_apart
from bcviewer.errors import StorageError
from bcviewer.evaluation.report import Report
from bcviewer.evaluation.report_html import report_html
from bcviewer.evaluation.report_json import KIND, VERSION, report_json
from bcviewer.storage import read_json, write_json, write_text

PAGE: Final = ".html"
NUMBERS: Final = ".json"


def report_paths(path: Path, data: Path) -> tuple[Path, ...]:
    """The files of a report, in the order they are written.

    Args:
        path: FILE.html for the page and FILE.json beside it; FILE.json for the numbers alone.
        data: The data folder, which is never written to.

    Raises:
        StorageError: The name ends otherwise, or lies in the data folder.
    """
    ending = path.suffix.lower()
    if ending not in (PAGE, ".htm", NUMBERS):
        raise StorageError(
            f"A report is a file that ends in {PAGE} or {NUMBERS}, not {path.name}.",
            hint=f"Name it {path.stem or 'report'}{PAGE}.",
        )
    whole = check_apart(path.parent, data, what="folder of the report") / path.name
    return (whole,) if ending == NUMBERS else (whole, whole.with_suffix(NUMBERS))


def save_report(report: Report, path: Path) -> tuple[Path, ...]:
    """Write a report; see ``report_paths``.

    Returns:
        The files, the page first.

    Raises:
        StorageError: They cannot be written, or beside the page is another file where its numbers
            would go: nobody was asked about that one.
    """
    paths = report_paths(path, report.results.dataset.root)
    for beside in paths[1:]:
        _spare_another(beside)
    for each in paths:
        if each.suffix.lower() == NUMBERS:
            write_json(each, report_json(report))
        else:
            write_text(each, report_html(report))
    return paths


def _spare_another(path: Path) -> None:
    if not path.exists():
        return
    try:
        read_json(path, kind=KIND, version=VERSION)
    except StorageError as error:
        raise StorageError(
            f"The numbers of the report would be written over {path}, which is no report.",
            hint="Choose another name for the report.",
        ) from error
