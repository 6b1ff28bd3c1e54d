"""Words in tables that people open in spreadsheets: never taken for a formula.

A spreadsheet runs a cell that begins with =, +, - or @, and may ask the system or the net for what
it names. Patients, readers and models are called as others please.
"""

from __future__ import annotations

from typing import Final

STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK: Final = "'"
"""Spreadsheets take what follows for words; ``plain_words`` takes the mark away again."""


def safe_cell(value: object) -> object:
    """A value for a cell: words that would be a formula get a mark, all else stays as it is."""
    if not isinstance(value, str):
        return value
    begins = value[1:] if value.startswith(MARK) else value
    marked = value.startswith(MARK) and begins.startswith(MARK)
    return MARK + value if marked or begins.startswith(STARTS) else value


def plain_words(cell: str) -> str:
    """The words that a cell was made of."""
    marked = cell.startswith(MARK) and cell[1:].startswith((*STARTS, MARK))
    return cell[1:] if marked else cell
