"""The pages that people read, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder, pattern in (
        (ROOT, "*.md"),
        (ROOT / "docs", "**/*.md"),
        (ROOT / "benchmarks", "*.md"),
        (ROOT / "resources", "**/*.md"),
    )
    for path in folder.glob(pattern)
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SHELL = ("", "sh", "bash", "console")


@dataclass(frozen=True)
class Command:
    """A command line in a page; a whole one, or a mention in a sentence that may lack the rest."""

    page: Path
    line: str
    whole: bool


def name(page: Path) -> str:
    """A page, as a failing test names it."""
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    """What a page says."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text(page))


def links(page: Path) -> list[str]:
    """Where a page's links and pictures lead, within the repository."""
    found: list[str] = LINK.findall(SPAN.sub("", prose(page)))
    return [each for each in found if not re.match(r"[a-z]+:", each)]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    plain = (re.sub(r"[`*]", "", each).strip().lower() for each in HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in plain}


def commands(page: Path) -> Iterator[Command]:
    """The command lines of bcviewer in a page."""
    for language, block in FENCE.findall(text(page)):
        if language in SHELL:
            for line in block.splitlines():
                yield from _command(page, line, whole=True)
    for span in SPAN.findall(prose(page)):
        yield from _command(page, span, whole=False)


def _command(page: Path, line: str, *, whole: bool) -> Iterator[Command]:
    words = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
    if words.startswith("bcviewer "):
        yield Command(page, words, whole)
