"""What was dragged onto the window: a data folder, a model, a file to import, or nothing of use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from bcviewer.errors import showable
from bcviewer.gui.words import tr
from bcviewer.model.folder import CARD, CHECKED

KERAS_FILES: Final = (".keras", ".h5", ".hdf5")
LONGEST: Final = 40


class Kind(Enum):
    """What is done with it."""

    DATA = auto()
    MODEL = auto()
    IMPORT = auto()
    REFUSED = auto()


@dataclass(frozen=True)
class Dropped:
    """Something that is held over the window.

    Attributes:
        kind: What would be done with it.
        path: The folder or file; empty where it is refused.
        words: What would be done, or why nothing can be.
    """

    kind: Kind
    path: Path
    words: str


def look_at(paths: Sequence[Path]) -> Dropped:
    """Tell what can be done with files and folders that are dragged together."""
    if not paths:
        return _refused(tr("Only files and folders of this computer can be dropped here."))
    if len(paths) > 1:
        return _refused(
            tr("Drop one thing at a time: the folder that holds all patients, or one model.")
        )
    path = paths[0]
    name = _shown(path)
    if path.is_dir():
        model = _model_folder(path)
        if model is None:
            return Dropped(Kind.DATA, path, tr("Open the folder {name}", name=name))
        return Dropped(Kind.MODEL, path, tr("Use the model {name}", name=name))
    if path.name in (CARD, *CHECKED) and (path.parent / CARD).is_file():
        return Dropped(
            Kind.MODEL, path.parent, tr("Use the model {name}", name=_shown(path.parent))
        )
    if path.suffix.lower() in KERAS_FILES and path.is_file():
        return Dropped(Kind.IMPORT, path, tr("Import the Keras model {name}", name=name))
    return _refused(
        tr(
            "“{name}” cannot be opened. Drop a folder of patients, the folder of a model, or a "
            "Keras model (.keras, .h5).",
            name=name,
        )
    )


def _model_folder(path: Path) -> Path | None:
    """The folder of the model that a folder is, or that it holds as a run does."""
    return next((each for each in (path, path / "model") if (each / CARD).is_file()), None)


def _refused(words: str) -> Dropped:
    return Dropped(Kind.REFUSED, Path(), words)


def _shown(path: Path) -> str:
    name = showable(path.name or str(path))
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
