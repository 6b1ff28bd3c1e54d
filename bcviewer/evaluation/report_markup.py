"""Words to markup: everything is escaped unless it was made here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

from bcviewer.slide.sheet import plain


class Markup(str):
    """Text that is markup already, and safe."""

    __slots__ = ()


def safe(text: str) -> Markup:
    """Text as it may stand anywhere in a page, between quotes too.

    Names of patients are names of folders, models are named by people: they hold anything.
    """
    return text if isinstance(text, Markup) else Markup(escape(plain(text), quote=True))


def joined(parts: Iterable[str]) -> Markup:
    """Several parts as one, each escaped that is not markup."""
    return Markup("".join(safe(part) for part in parts))


def element(tag: str, *parts: str, role: str = "") -> Markup:
    """An element around its parts.

    Args:
        tag: Its name; ours, never from outside.
        parts: What it holds.
        role: Its class.
    """
    attribute = f' class="{role}"' if role else ""
    return Markup(f"<{tag}{attribute}>{joined(parts)}</{tag}>")


def badge(words: str, kind: str = "quiet") -> Markup:
    """A word or two in a box; ``kind`` is good, quiet or warn."""
    return element("span", words, role=f"badge {kind}")


def section(title: str, *parts: str) -> Markup:
    """A part of the page under a heading."""
    return element("section", element("h2", title), *parts)


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """A list of names and what they are; pairs without a value are passed over."""
    return element(
        "dl", *(joined([element("dt", name), element("dd", told)]) for name, told in pairs if told)
    )


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", role: str = ""
) -> Markup:
    """A table; the first column names the rows, the others hold numbers."""
    head = element("thead", element("tr", *(element("th", each) for each in heads)))
    body = element("tbody", *(_row(row) for row in rows))
    title = element("caption", caption) if caption else Markup("")
    # In a box of its own, which scrolls where the page is too narrow.
    return element("div", element("table", title, head, body, role=role), role="wide")


def _row(cells: Sequence[str]) -> Markup:
    first, *rest = cells
    return element("tr", element("th", first), *(element("td", cell) for cell in rest))


def number(value: float, digits: int = 3) -> str:
    """A number, or a dash where it is not defined."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"


def percent(value: float) -> str:
    """A share in percent, or a dash."""
    return f"{100 * value:.1f} %" if math.isfinite(value) else "–"


def interval(ends: tuple[float, float], digits: int = 3) -> str:
    """An interval in words; "" where it is not defined."""
    low, high = ends
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{low:.{digits}f} to {high:.{digits}f}"


def with_interval(value: float, ends: tuple[float, float]) -> str:
    """A number with its interval, where there is one."""
    told = interval(ends)
    return f"{number(value)} ({told})" if told else number(value)
