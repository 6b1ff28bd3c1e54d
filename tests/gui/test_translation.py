"""The texts of the window and their translations: complete, and fit for each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.words_below import from_below
from tests.gui.translations import GERMAN, PLACE, ROOT, TRANSLATED, extraction, spoken

GUI = ROOT / "bcviewer" / "gui"
SETTERS = {
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName"),
    *("setPlaceholderText", "setSuffix", "setSpecialValueText", "addMenu", "addTab"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QMenu", "EmptyHint"),
}
"""What shows the text that it is given."""


def test_every_text_of_the_window_is_translated() -> None:
    texts = extraction().find_texts()
    assert set(texts) == set(TRANSLATED), "run make translations, and translate what it lists"
    assert not [text for text, german in TRANSLATED.items() if not german]


def test_the_script_finds_each_kind_of_text_and_refuses_what_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = extraction()
    monkeypatch.setattr(script, "ROOT", tmp_path)
    page = tmp_path / "page.py"
    page.write_text(
        'A = marked("Later")\n'
        'def f(n):\n    return tr("One {x}", x=1) + tr_count(n, "a patch", "{count} " "patches")\n'
        'def g(n):\n    return tr("Up" if n else "Down") + tr(A) + str("not shown")\n'
    )
    assert list(script.find_texts(tmp_path)) == [
        *("Later", "One {x}", "a patch", "{count} patches", "Up", "Down")
    ]
    page.write_text('def f(n):\n    return tr(f"{n} patches")\n')
    with pytest.raises(ValueError, match=r"page\.py:2: a text to translate must be a literal"):
        script.find_texts(tmp_path)


def test_translations_are_kept_when_the_texts_are_gathered_again(tmp_path: Path) -> None:
    script = extraction()
    path = tmp_path / "bcviewer_de.ts"
    texts = {"A & B <i>": "bcviewer/gui/a.py", "New\n": "bcviewer/gui/b.py"}
    path.write_text(script.ts_text("de", texts, {"A & B <i>": "Ä & B <i>", "Gone": "Weg"}))
    assert script.read_translations(path) == {"A & B <i>": "Ä & B <i>", "New\n": ""}


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """The calls of a file, each with the name of what is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else ""
            yield node, called.id if isinstance(called, ast.Name) else name


def test_nothing_is_shown_past_the_translation() -> None:
    bare = []
    for path in GUI.rglob("*.py"):
        for call, name in calls(path):
            for argument in call.args if name in SETTERS else ():
                value = argument.value if isinstance(argument, ast.Constant) else None
                if not isinstance(value, str) or value == "bcviewer":
                    continue
                if re.search(r"[A-Za-z]{2}", value):
                    bare.append(f"{path.name}:{call.lineno}: {value}")
    assert not bare


def test_each_place_in_a_text_gets_its_value() -> None:
    without = []
    for path in GUI.rglob("*.py"):
        for call, name in calls(path):
            given = {keyword.arg for keyword in call.keywords} | {"count"}
            for argument in call.args if name in ("tr", "tr_count") and None not in given else ():
                text = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(text, str) and not set(PLACE.findall(text)) <= given:
                    without.append(f"{path.name}:{call.lineno}: {text}")
    assert not without


def test_a_translation_has_what_its_source_has() -> None:
    wrong = {
        source: german
        for source, german in TRANSLATED.items()
        if parts_of(source) != parts_of(german)
    }
    assert not wrong


def parts_of(text: str) -> tuple[object, ...]:
    """What a translation shares with its source."""
    return (
        set(PLACE.findall(text)),
        text.count("&"),
        re.findall(r"</?\w+>", text),
        re.findall(r"\*\.\w+", text),
        text.endswith("…"),
        text.lstrip() == text,
        text.rstrip() == text,
    )


def test_what_qt_reads_is_what_the_translators_wrote() -> None:
    translator = QTranslator()
    assert translator.load(str(GERMAN.with_suffix(".qm")))
    for source, german in TRANSLATED.items():
        assert translator.translate("bcviewer", source) == german, "run make translations"


@given(st.text(alphabet=st.characters(exclude_characters="{}", exclude_categories=("Cs", "Cc"))))
def test_without_a_translation_the_english_comes_back_as_it_is(text: str) -> None:
    assert tr(text) == text
    assert from_below(text) == text


def test_values_take_their_places() -> None:
    assert tr("{count:,} of {total:,} at {share:.0%}", count=1234, total=5000, share=0.5) == (
        "1,234 of 5,000 at 50%"
    )
    assert tr_count(1, "1 patch", "{count:,} patches") == "1 patch"
    assert tr_count(2000, "1 patch", "{count:,} patches") == "2,000 patches"


def test_what_lower_floors_say_is_known_again_by_its_shape(qapp: QApplication) -> None:
    with spoken(qapp, "de"):
        _check_shapes()


def _check_shapes() -> None:
    assert from_below("held out") == "ungesehen"
    assert from_below("Undo not IDC: 1,200 patches of 8975") == (
        "Rückgängig: kein IDC: 1,200 Patches von 8975"
    )
    assert from_below("221 of 2,212 patches (10 %)") == "221 von 2,212 Patches (10 %)"
    assert from_below("A sentence nobody knows.") == "A sentence nobody knows."
