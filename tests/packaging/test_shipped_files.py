"""The files that go with the program agree with it, and with each other."""

from __future__ import annotations

import configparser
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from bcviewer.cli import COMMANDS

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
CATEGORIES = {"Science", "MedicalSoftware", "Biology", "Education"}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def cited(field: str) -> list[str]:
    """The values of a field of the citation file, at whatever depth."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    return re.findall(rf"^\s*(?:- )?{field}:\s*(.+?)\s*$", text, re.MULTILINE)


def test_every_resource_is_taken_into_the_wheel() -> None:
    patterns = project()["tool"]["setuptools"]["package-data"]["bcviewer.resources"]
    outside = {path for paths in data_files().values() for path in paths}
    left_out = [
        path.relative_to(RESOURCES).as_posix()
        for path in RESOURCES.rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc", ".ts")
        and path.relative_to(ROOT).as_posix() not in outside
        and not any(
            fnmatch(path.relative_to(RESOURCES).as_posix(), each)
            and each.count("/") == path.relative_to(RESOURCES).as_posix().count("/")
            for each in patterns
        )
    ]
    assert not left_out


def data_files() -> dict[str, list[str]]:
    found: dict[str, list[str]] = project()["tool"]["setuptools"]["data-files"]
    return found


def test_menu_entry_and_icon_go_where_desktops_look_for_them() -> None:
    assert data_files() == {
        "share/applications": ["resources/bcviewer.desktop"],
        "share/icons/hicolor/scalable/apps": ["resources/icons/bcviewer.svg"],
    }
    assert (ROOT / "resources/icons/bcviewer.svg").is_file()


def test_the_menu_entry_starts_the_command_and_names_the_icon() -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=", strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(RESOURCES / "bcviewer.desktop", encoding="utf-8")
    assert parser.sections() == ["Desktop Entry"]
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application"
    assert set(project()["project"]["scripts"]) == {entry["TryExec"]}
    # %f is a folder of the user's: "bcviewer FOLDER" opens it, whatever its name.
    assert entry["Exec"] == f"{entry['TryExec']} %f"
    assert entry["TryExec"] not in COMMANDS
    assert entry["Icon"] == entry["StartupWMClass"] == "bcviewer"
    assert entry["Terminal"] == "false"
    assert set(entry["Categories"].strip(";").split(";")) == CATEGORIES


def test_one_version_stands_everywhere() -> None:
    version = project()["project"]["version"]
    assert cited("version") == [version]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changes, re.MULTILINE)
    assert not released or released[0] == version
    for path in (ROOT / "bcviewer").rglob("*.py"):
        assert f'"{version}"' not in path.read_text(encoding="utf-8"), f"{path} has a copy of it"


def test_the_licence_is_the_same_in_all_places() -> None:
    licence = project()["project"]["license"]
    assert cited("license") == [licence] == ["Apache-2.0"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0" in text


def test_the_papers_of_the_data_are_cited() -> None:
    assert cited("doi") == ["10.1117/12.2043872", "10.4103/2153-3539.186902"]
    assert cited("year") == ["2014", "2016"]


def test_the_changelog_has_the_form_of_keep_a_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert versions
    for version in versions:
        assert re.fullmatch(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version)
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
