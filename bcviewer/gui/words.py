"""The words of the window in the language of its user.

Every text that the window shows goes through `tr`. It is written in English where it is shown;
without a translation the English comes back as it stands. Tables that are made when a module is
imported, before any language is known, are written with `marked` and translated where they are
shown. `docs/translations.py` finds both.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "bcviewer"
"""The one context of all texts: the same English is the same word everywhere in the window."""


def tr(text: str, /, **values: object) -> str:
    """A text in the language of the window.

    Args:
        text: The English text, with a `{name}` for each value; a format may follow the name, as
            in `{count:,}`. It is a literal, or a text that was `marked`.
        **values: What takes the places of the names.

    Returns:
        The translation, or the text itself where there is none.
    """
    found = QCoreApplication.translate(CONTEXT, text) if text else text
    return found.format(**values) if values else found


def tr_count(count: int, one: str, many: str, /, **values: object) -> str:
    """A text about so many things, in the language of the window.

    Args:
        count: How many; `{count}` in the texts.
        one: The English text for one thing.
        many: The English text for any other number.
        **values: What takes the places of other names.
    """
    return tr(one if count == 1 else many, count=count, **values)


def marked(text: str, /) -> str:
    """A text that is translated later, where it is shown; returned as it is."""
    return text
