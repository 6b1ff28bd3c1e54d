"""What the window remembers between starts: a text file in the user's folder."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bcviewer.errors import StorageError
from bcviewer.model.way import Precision, Way
from bcviewer.slide.palette import PALETTES
from bcviewer.storage import read_json, user_folder, write_json

KIND = "bcviewer-preferences"
VERSION = 1
MAX_RECENT = 8


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
    try:
        content = read_json(preferences_path(), kind=KIND, version=VERSION)
        loaded = Preferences.model_validate(content)
    except (StorageError, ValidationError):
        return Preferences()
    known = {palette.name for palette in PALETTES}
    if loaded.palette not in known:
        return loaded.model_copy(update={"palette": PALETTES[0].name})
    return loaded


def save_preferences(preferences: Preferences) -> None:
    """Write the preferences; that they cannot be kept is no reason to disturb anyone."""
    with suppress(StorageError):
        content = {"kind": KIND, "version": VERSION, **preferences.model_dump(mode="json")}
        write_json(preferences_path(), content)
