"""The floors of the house: each imports only from those below it, and TensorFlow has one room."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bcviewer"
FLOORS = (
    {
        *("archives", "counting", "errors", "file_lock", "progress", "resources"),
        *("storage", "tables", ""),
    },
    {"diagnosis"},
    {"dataset"},
    {"slide"},
    {"annotation"},
    {"model"},
    {"evaluation"},
    {"gui", "cli", "__main__"},
)
LEARNING = {"keras", "tensorflow"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor_of(name: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if name in floor)


def room_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE).parts
    return "" if inside == ("__init__.py",) else inside[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """All modules that a file imports, anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_floor_and_below(path: Path) -> None:
    here = floor_of(room_of(path))
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "bcviewer":
            there = parts[1] if len(parts) > 1 else ""
            assert floor_of(there) <= here, f"{path} imports {name} from a floor above"
            if room_of(path) == "gui":
                assert there != "cli"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_window_knows_qt_and_only_the_backend_knows_tensorflow(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    if room_of(path) != "gui":
        assert not used & {"PySide6", "pyqtgraph"}
    if "keras_backend" not in path.parts:
        assert not used & LEARNING


def test_every_package_is_installed() -> None:
    """A package that setuptools is not told of would be missing from the wheel."""
    told = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    )
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    assert told == found | {"bcviewer.resources"}


IMPORT_ALL_OF = """
import importlib, pkgutil, sys
import {package}
for found in pkgutil.walk_packages({package}.__path__, "{package}."):
    if "keras_backend" not in found.name:
        importlib.import_module(found.name)
print(" ".join(name for name in {heavy} if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("package", "heavy"),
    [
        ("bcviewer.gui", ["keras", "tensorflow", "sklearn", "openvino"]),
        ("bcviewer.cli", ["keras", "tensorflow", "sklearn", "openvino", "PySide6"]),
        ("bcviewer.model", ["keras", "tensorflow", "sklearn", "openvino", "PySide6"]),
        ("bcviewer.dataset", ["keras", "tensorflow", "sklearn", "openvino", "PySide6"]),
    ],
)
def test_importing_stays_light(package: str, heavy: list[str]) -> None:
    """Heavy packages are imported when they are needed, by those who need them."""
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL_OF.format(package=package, heavy=heavy)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert result.stdout.split() == []
