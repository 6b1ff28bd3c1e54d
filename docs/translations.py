"""Gather the texts of the window into the files for translators, and make what Qt reads.

Run it with `make translations` whenever a text of the window has changed. Translations that are
there are kept; a text that is gone is dropped; a new one is left empty and told.

    python docs/translations.py            write the .ts files and the .qm files
    python docs/translations.py --check    only say what is not up to date
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
WINDOW = ROOT / "bcviewer" / "gui"
CONTEXT = "bcviewer"
LITERALS = {"tr": slice(0, 1), "marked": slice(0, 1), "tr_count": slice(1, 3)}
"""The functions of `bcviewer/gui/words.py`, and which of their arguments are texts."""

Texts = dict[str, str]
"""English texts in the order in which they are found, each with the first file that has it."""


def find_texts(folder: Path = WINDOW) -> Texts:
    """All texts of the window.

    Raises:
        ValueError: `marked` or `tr_count` is given something else than a literal.
    """
    found: Texts = {}
    for path in sorted(folder.rglob("*.py")):
        for text in _texts_of(path):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def read_translations(path: Path) -> dict[str, str]:
    """What a .ts file has: English and its translation, "" where there is none yet."""
    if not path.exists():
        return {}
    root = Xml.parse(path).getroot()
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in root.iter("message")
    }


def ts_text(language: str, texts: Texts, translations: dict[str, str]) -> str:
    """The content of a .ts file."""
    root = Xml.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = Xml.SubElement(root, "context")
    Xml.SubElement(context, "name").text = CONTEXT
    for text, file in texts.items():
        message = Xml.SubElement(context, "message")
        Xml.SubElement(message, "location", filename=f"../../{file}")
        Xml.SubElement(message, "source").text = text
        translated = translations.get(text, "")
        about = {} if translated else {"type": "unfinished"}
        Xml.SubElement(message, "translation", about).text = translated
    Xml.indent(root, " " * 4)
    body = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def release(path: Path) -> None:
    """Make the .qm file of a .ts file, which Qt reads."""
    import PySide6

    tool = Path(PySide6.__path__[0]) / "lrelease"
    command = [str(tool), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True)


def main() -> int:
    """Write the files, or check them; 1 where something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    texts = find_texts()
    missing = 0
    for path in sorted(FOLDER.glob("bcviewer_*.ts")):
        language = path.stem.removeprefix("bcviewer_")
        known = read_translations(path)
        without = [text for text in texts if not known.get(text)]
        stale = [text for text in known if text not in texts]
        missing += len(without) + (len(stale) if check else 0)
        print(f"{path.name}: {len(texts)} texts, {len(without)} to translate, {len(stale)} gone")
        for text in without:
            print(f"  to translate: {text!r}")
        if not check:
            path.write_text(ts_text(language, texts, known), encoding="utf-8")
            release(path)
    return 1 if missing else 0


def _texts_of(path: Path) -> Iterator[str]:
    calls = [
        (node, node.func.id)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    for node, name in sorted(calls, key=lambda each: (each[0].lineno, each[0].col_offset)):
        for argument in node.args[LITERALS[name]] if name in LITERALS else ():
            yield from _literals(argument, path, known=name != "marked")


def _literals(argument: ast.expr, path: Path, *, known: bool) -> Iterator[str]:
    """The text of an argument; none for a name, if it is `known` to be marked elsewhere."""
    match argument:
        case ast.Constant(value=str(text)):
            if text:
                yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _literals(first, path, known=known)
            yield from _literals(second, path, known=known)
        case ast.BoolOp(values=several):
            for each in several:
                yield from _literals(each, path, known=known)
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call() if known:
            return
        case _:
            raise ValueError(f"{path}:{argument.lineno}: a text to translate must be a literal")


if __name__ == "__main__":
    sys.exit(main())
