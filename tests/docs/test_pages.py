"""Links lead somewhere, commands exist, and menus are called what the pages call them."""

from __future__ import annotations

import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
from PySide6.QtWidgets import QMenu

from bcviewer.cli import COMMANDS
from bcviewer.cli.app import app
from bcviewer.gui.main_window import MainWindow
from tests.docs.pages import PAGES, ROOT, Command, anchors, commands, links, name, prose, text
from tests.gui.conftest import window

__all__ = ["window"]

LINES = [command for page in PAGES for command in commands(page)]
MENU_WORDS = re.compile(r"\*(\w+) › ([^*]+)\*(?: \(`([^`]+)`\))?")
MOST_LINES = 60
"""Of the README: one screen, its picture aside."""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for link in links(page):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT)
        if anchor:
            assert anchor in anchors(target), f"{link}: there is no such heading"


@pytest.mark.parametrize("command", LINES, ids=lambda each: f"{name(each.page)}: {each.line}")
def test_a_command_line_is_one_that_bcviewer_takes(command: Command) -> None:
    words = shlex.split(command.line, comments=True)[1:]
    if words and words[0] not in COMMANDS and not words[0].startswith("-"):
        assert not words[0].islower() or command.whole, f"there is no command {words[0]}"
        words = ["gui", *words]
    parse(words, whole=command.whole and "..." not in words)


def parse(words: list[str], *, whole: bool) -> None:
    """Read a command line as the program does, and do nothing."""
    group: Any = typer.main.get_command(app)
    if words and words[0] == "--demo":
        words = ["gui", *words]
    while words and words[0] in getattr(group, "commands", {}):
        group, words = group.commands[words[0]], words[1:]
    known = {option for each in group.params for option in (*each.opts, *each.secondary_opts)}
    unknown = {word.partition("=")[0] for word in words if word.startswith("-")} - known
    assert not unknown - {"-h", "--help"}, f"no such option: {unknown}"
    if whole and not getattr(group, "commands", {}):
        group.make_context("bcviewer", list(words))


def test_there_are_pages_with_commands_to_check() -> None:
    assert len({command.page for command in LINES}) >= 10
    for wrong in (["scan"], ["train", "A", "--model", "resnet"]):
        with pytest.raises(typer.BadParameter):
            parse(wrong, whole=True)
    with pytest.raises(AssertionError):
        parse(["scan", "A", "--fast"], whole=False)


def test_every_command_is_in_the_page_about_commands() -> None:
    page = text(ROOT / "docs/how-to/command-line.md")
    assert not [command for command in COMMANDS if f"bcviewer {command}" not in page]


def test_make_knows_what_the_pages_tell_to_make() -> None:
    made = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        told = re.findall(r"(?:^|`)make (\w+)", text(page), re.MULTILINE)
        assert set(told) <= made, name(page)


def test_menus_and_keys_are_those_that_the_pages_tell(window: MainWindow) -> None:
    key_of = {
        (plain(menu.title()), plain(action.text())): action.shortcut().toString()
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }
    told = [each for page in PAGES for each in MENU_WORDS.findall(prose(page))]
    assert len(told) >= 8
    for menu, words, key in told:
        assert (menu, words) in key_of, f"there is no {menu} › {words}"
        assert not key or key_of[menu, words] == key


def plain(words: str) -> str:
    return words.replace("&", "")


def test_the_readme_is_one_screen() -> None:
    assert len(text(ROOT / "README.md").splitlines()) <= MOST_LINES


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    told = set(re.findall(r"([\w./-]+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE))
    docs = ROOT / "docs"
    assert told == {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}


def test_the_drawings_are_well_formed_and_fetch_nothing() -> None:
    for drawing in (ROOT / "docs").rglob("*.svg"):
        tree = ET.parse(drawing)
        assert not [each for each in tree.iter() if each.tag.endswith(("script", "image", "use"))]


def test_a_word_is_explained_once() -> None:
    rows = re.findall(r"^\| ([^|]+?) \|", text(ROOT / "CONTEXT.md"), re.MULTILINE)
    words = [row for row in rows if row not in ("word", "---")]
    assert len(words) == len({word.casefold() for word in words})
