"""Code that shows when it is run: it makes a folder."""

from __future__ import annotations

import marshal
import os
import pickle
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.card import file_card, write_card
from bcviewer.model.context import write_context
from bcviewer.model.folder import CARD, CHECKED, ModelFolder, graph_fingerprint
from bcviewer.model.library import bundled_models


class Pickled:
    """Makes the folder when it is unpickled."""

    def __init__(self, trap: Path) -> None:
        self._trap = trap

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._trap),)


def pickled(trap: Path) -> bytes:
    """The pickle of it."""
    return pickle.dumps(Pickled(trap))


def pickled_array(trap: Path) -> NDArray[Any]:
    """An array that NumPy would unpickle."""
    return np.array([Pickled(trap)], dtype=object)


def array_file(path: Path, trap: Path, names: tuple[str, ...], **others: NDArray[Any]) -> Path:
    """An archive of arrays in which some are pickled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    traps = {name: pickled_array(trap) for name in names}
    np.savez(path, **traps, **others)  # type: ignore[arg-type]
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz").rename(path)


def lambda_layer(trap: Path) -> dict[str, Any]:
    """A layer whose function makes the folder."""
    code = compile(f"import os; os.mkdir({str(trap)!r})", "trap", "exec")
    body = {"code": marshal.dumps(code).hex(), "defaults": None, "closure": None}
    function = {"class_name": "__lambda__", "config": body}
    return {"class_name": "Lambda", "config": {"name": "harm", "function": function}}


def archive(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip archive."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return path


def changed_model(folder: Path, **parts: bytes) -> ModelFolder:
    """The bundled model with other parts, and a card that fits them.

    Args:
        folder: Where to.
        parts: By name, with "_" for the dot: ``graph_xml``, ``graph_bin``, ``model_keras``.
    """
    base = ModelFolder.open(bundled_models()["simple_cnn"])
    shutil.copytree(base.path, folder)
    for name, content in parts.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    files = {name: file_card(folder / name) for name in CHECKED}
    if base.context is not None:
        graph = graph_fingerprint(files)
        write_context(folder, base.context.model_copy(update={"graph": graph}))
    write_card(folder / CARD, base.card.model_copy(update={"files": files}))
    return ModelFolder.open(folder)
