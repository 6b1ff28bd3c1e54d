"""What every test has: a screenless Qt, a user folder of its own, and small data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes any deadline a coin toss.
settings.register_profile("bcviewer", deadline=None)
settings.load_profile("bcviewer")

if "BCVIEWER_TEST_DISPLAY" not in os.environ:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.factories import small_dataset  # noqa: E402  (Qt reads the variable when imported)


@pytest.fixture(autouse=True)
def user_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own in place of the user's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BCVIEWER_HOME", str(home))
    return home


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Six patients of twenty patches each."""
    return small_dataset(tmp_path / "data")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real patches that ``BCVIEWER_DATA`` names."""
    folder = os.environ.get("BCVIEWER_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("real patches are not at hand: set BCVIEWER_DATA to their folder")
    return Path(folder)
