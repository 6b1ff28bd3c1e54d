"""What the window remembers between starts: a text file in the user's folder."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bcviewer.errors import StorageError
from bcviewer.file_lock import take
from bcviewer.model.way import Precision, Way
from bcviewer.slide.palette import PALETTES
from bcviewer.storage import read_json, user_folder, write_json

KIND = "bcviewer-preferences"
VERSION = 1
MAX_RECENT = 8
PATIENCE_SECONDS = 0.5


class FirstSteps(StrEnum):
    """How far a user has come with the first steps."""

    NEW = "new"
    """Never seen: they are shown with the first data."""

    LEFT = "left"
    DONE = "done"


def _known(value: object) -> object:
    """What is no word of these was damaged, which is no reason to forget all other choices."""
    return value if value in tuple(FirstSteps) else FirstSteps.NEW


class Preferences(BaseModel):
    """Choices of the user.

    Attributes:
        palette: Name of the heatmap's palette.
        opacity: Of the heatmap, 0 to 1.
        predict_on_open: Whether a patient is predicted when it is opened.
        recent: Data folders, the latest first.
        reader: In whose name labels are given; "" until the user has chosen one.
        context: Whether neighbours speak, for models that have learned how.
        calibrated: Whether probabilities are calibrated, likewise.
        averaged: Whether predictions are averaged over flips and rotations.
        precision: What graphs compute in, where the processor can.
        blind: Whether predictions are hidden from the reader until he or she has committed.
        first_steps: How far the user has come with the first steps.
        language: Code of the window's language; "" for that of the system.
        scheme: Of the window's colours: light, dark, or "" for that of the system.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    palette: str = PALETTES[0].name
    opacity: float = Field(0.45, ge=0, le=1)
    predict_on_open: bool = True
    recent: tuple[str, ...] = ()
    reader: str = ""
    blind: bool = False
    language: str = ""
    scheme: str = ""
    context: bool = False
    calibrated: bool = False
    averaged: bool = False
    precision: Precision = Precision.FLOAT32
    first_steps: Annotated[FirstSteps, BeforeValidator(_known)] = FirstSteps.NEW

    @property
    def way(self) -> Way:
        """How models are asked."""
        return Way(self.averaged, self.precision)

    def with_recent(self, folder: Path) -> Preferences:
        """The preferences with a folder as the latest."""
        others = [entry for entry in self.recent if entry != str(folder)]
        return self.model_copy(update={"recent": (str(folder), *others)[:MAX_RECENT]})


def preferences_path() -> Path:
    """The file of the preferences."""
    return user_folder() / "preferences.json"


def load_preferences() -> Preferences:
    """Read the preferences; the defaults where there are none or they are damaged."""
    return _read(preferences_path()) or Preferences()


def save_preferences(
    preferences: Preferences, changed: Collection[str] = (), *, path: Path | None = None
) -> bool:
    """Write choices of a window into those on the disk: other windows make choices as well.

    That they cannot be kept is no reason to disturb anyone.

    Args:
        preferences: All choices of the window; they are written where there are none yet.
        changed: The names of those that the user changed.
        path: The file; None for that of the user.

    Returns:
        Whether they are written.
    """
    path = path or preferences_path()
    with suppress(StorageError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.with_suffix(".lock")):
            kept = _read(path) or preferences
            merged = kept.model_copy(update={name: getattr(preferences, name) for name in changed})
            content = {"kind": KIND, "version": VERSION, **merged.model_dump(mode="json")}
            write_json(path, content)
        return True
    return False


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other windows from writing meanwhile; one that takes too long is not waited for."""
    with lock.open("ab") as file:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not take(file) and time.monotonic() < ends:
            time.sleep(PATIENCE_SECONDS / 50)
        yield


def _read(path: Path) -> Preferences | None:
    """What is on the disk; None where that is nothing, or damaged."""
    try:
        loaded = Preferences.model_validate(read_json(path, kind=KIND, version=VERSION))
    except (StorageError, ValidationError):
        return None
    known = {palette.name for palette in PALETTES}
    if loaded.palette not in known:
        return loaded.model_copy(update={"palette": PALETTES[0].name})
    return loaded
