"""The German words of the window, for tests."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from PySide6.QtWidgets import QApplication

from bcviewer.gui.language import install_language

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "resources" / "translations" / "bcviewer_de.ts"
PLACE = re.compile(r"\{(\w+)[^}]*\}")


def extraction() -> ModuleType:
    """The script that gathers the texts."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "docs/translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRANSLATED: dict[str, str] = extraction().read_translations(GERMAN)


@contextmanager
def spoken(app: QApplication, choice: str) -> Iterator[None]:
    """Qt speaks a language for a while."""
    translators = install_language(app, choice)
    try:
        yield
    finally:
        for each in translators:
            app.removeTranslator(each)
