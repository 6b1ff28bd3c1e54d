"""Wheel and sdist are built, installed apart from the repository, and started from there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build", "dist"
)
BESIDE = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "mkdocs.yml", "pyproject.toml")
WINDOW = """
import time
from PySide6.QtWidgets import QApplication
import bcviewer
from bcviewer.gui.app import make_window, start
from bcviewer.gui.icons import icon, icon_names

app = QApplication([])
window = make_window(app, None)
window.show()
start(window, None, demo=True)
end = time.monotonic() + 120
session = window.session
while session.slide is None or session.model is None:
    assert time.monotonic() < end, "neither slide nor model came"
    app.processEvents()
    time.sleep(0.01)
assert not any(icon(name).pixmap(16, 16).isNull() for name in icon_names())
print(bcviewer.__file__, session.slide.patient, session.model.folder.card.name, sep="|")
window.close()
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made of it."""
    tree = tmp_path_factory.mktemp("source") / "bcviewer"
    shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
    dist = tmp_path_factory.mktemp("dist")
    # Without options it makes the wheel from the sdist: so that the sdist is known to be whole.
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, tree, cwd=dist)
    return dist


@pytest.fixture(scope="module")
def bin_folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheel, and the requirements of this one."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(home, symlinks=os.name != "nt")
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    wheel = next(built.glob("*.whl"))
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=built)
    # Only the folder: the editable bcviewer in it hangs on a .pth file, which is not read there.
    requirements = sysconfig.get_path("purelib")
    site = _run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=built
    ).strip()
    (Path(site) / "requirements.pth").write_text(requirements + "\n", encoding="utf-8")
    return bin_folder


def _run(*words: str | Path, cwd: Path) -> str:
    """What a command says; it finds neither the repository nor a display."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"QT_QPA_PLATFORM": "offscreen", "BCVIEWER_HOME": str(cwd / "home")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_all_packages_and_resources_and_nothing_else(built: Path) -> None:
    wheel = next(built.glob("*.whl"))
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bcviewer").rglob("*.py")}
    resources = {
        f"bcviewer/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in (".desktop", ".pyc", ".ts")
    }
    assert code | resources | {"bcviewer/py.typed"} <= names
    others = {name.split("/")[0] for name in names} - {"bcviewer"}
    assert all(name.endswith((".dist-info", ".data")) for name in others)
    assert any(name.endswith(".data/data/share/applications/bcviewer.desktop") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_sdist_holds_what_an_engineer_needs(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {*BESIDE, "tests/conftest.py", "docs/index.md", "resources/bcviewer.desktop"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(".venv")]


def test_the_installed_commands_work_away_from_the_repository(
    bin_folder: Path, tmp_path: Path
) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    command = bin_folder / "bcviewer"
    assert _run(command, "--version", cwd=tmp_path) == f"bcviewer {version}\n"
    python = bin_folder / "python"
    assert _run(python, "-m", "bcviewer", "--version", cwd=tmp_path).strip().endswith(version)
    models = json.loads(_run(command, "models", "--json", cwd=tmp_path))
    assert "simple_cnn" in json.dumps(models)
    _run(command, "demo", tmp_path / "tissue", "--json", cwd=tmp_path)
    scanned = json.loads(_run(command, "scan", tmp_path / "tissue", "--json", cwd=tmp_path))
    assert scanned["patients"] == 6


def test_the_installed_window_opens_the_demo_with_its_model(
    bin_folder: Path, tmp_path: Path
) -> None:
    said = _run(bin_folder / "python", "-c", WINDOW, cwd=tmp_path)
    place, patient, model = said.strip().splitlines()[-1].split("|")
    assert Path(place).is_relative_to(bin_folder.parent)
    assert patient.startswith("demo")
    assert model
