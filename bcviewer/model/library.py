"""Where models are found: bundled ones, imported ones, those of runs, and any folder."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import ModelError
from bcviewer.model.card import read_card
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_paths import run_paths
from bcviewer.storage import user_folder


def bundled_models() -> dict[str, Path]:
    """The folders of the models that come with bcviewer, by name."""
    folder = Path(str(files("bcviewer.resources"))) / "models"
    return {path.name: path for path in _model_folders(folder)}


def bundled_networks() -> dict[tuple[str, float], str]:
    """The names of the bundled models, by their architecture and width."""
    found = {}
    for name, folder in bundled_models().items():
        with suppress(ModelError):
            card = read_card(folder / CARD)
            found[card.architecture, card.alpha] = name
    return found


def imported_folder() -> Path:
    """Where models lie that were imported: beside all workspaces, so that each finds them."""
    return user_folder() / "models"


def imported_models() -> dict[str, Path]:
    """The folders of the models that the user imported, by name."""
    return {path.name: path for path in _model_folders(imported_folder())}


def run_models(workspace: Workspace) -> list[Path]:
    """The model folders of a workspace's runs, the newest run first."""
    try:
        runs = run_paths(workspace.runs_folder)
    except OSError:
        return []
    folders = [RunFolder(run).model_path for run in runs]
    finished = [folder for folder in folders if (folder / CARD).is_file()]
    return sorted(finished, key=lambda folder: (folder / CARD).stat().st_mtime, reverse=True)


def model_place(name: str) -> Path | None:
    """The folder of a model, by itself, its run's folder, or the name of a bundled or imported one.

    Returns:
        None where there is no such model. It is not opened: that takes long enough to be seen.
    """
    path = Path(name).expanduser()
    for folder in (path, RunFolder(path).model_path):
        if (folder / CARD).is_file():
            return folder
    return (imported_models() | bundled_models()).get(name)


def find_model(name: str) -> ModelFolder:
    """Open a model by its folder, its run's folder, or the name of a bundled or imported one.

    Raises:
        ModelError: There is no such model, or it cannot be used.
    """
    place, path = model_place(name), Path(name).expanduser()
    if place is not None or path.exists():
        return ModelFolder.open(place or path)
    named = imported_models() | bundled_models()
    raise ModelError(
        f"There is no model {name}.",
        hint="Give a model folder, a run folder"
        + (f", or one of: {', '.join(named)}." if named else "."),
    )


def _model_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path for path in found if (path / CARD).is_file())
