"""Another head for a network that Keras has saved, without Keras.

A ``.keras`` file is an archive with the weights as an HDF5 file in it; only the head's two arrays
in that file change.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head
from bcviewer.model.imported_file import plain_parts
from bcviewer.model.imported_hdf5 import check_tree

WEIGHTS = "model.weights.h5"
HEAD_NAME = "idc"
"""What ``keras_backend.network`` calls the last layer."""
SAME = 1e-5
"""Network and graph are the same to this, of weights about 1."""


def write_network(folder: ModelFolder, old: Head, new: Head, path: Path) -> None:
    """Write the network of a model with another head.

    Args:
        folder: The model.
        old: Its head as its graph has it.
        new: The head to put in its place.
        path: The file to write, *.keras.

    Raises:
        ModelError: The model's network cannot be read, or has another head than its graph.
        OSError: The file cannot be written.
    """
    try:
        with zipfile.ZipFile(folder.network_path) as archive:
            parts = plain_parts(archive, folder.network_path)
            members = [(member, archive.read(member)) for member in parts.values()]
        weights = {member.filename: content for member, content in members}[WEIGHTS]
        changed = _with_head(weights, folder, old, new)
    except (MemoryError, ModelError):
        raise
    except Exception as error:  # zip and HDF5 raise nearly anything of a damaged file
        raise ModelError(
            f"The network {folder.network_path} cannot be read: {error}.",
            hint="Restore the model folder from a copy, or train the model again.",
        ) from error
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members:
            archive.writestr(member, changed if member.filename == WEIGHTS else content)


def _with_head(weights: bytes, folder: ModelFolder, old: Head, new: Head) -> bytes:
    import h5py  # comes with Keras, and does not bring it along

    content = io.BytesIO(weights)
    with h5py.File(content, "r+") as file:
        check_tree(file)
        kernel, bias = _head_of(file, folder)
        _replace(kernel, old.kernel, new.kernel, folder)
        _replace(bias, np.full(1, old.bias, np.float32), np.full(1, new.bias, np.float32), folder)
    return content.getvalue()


def _head_of(file: Any, folder: ModelFolder) -> tuple[Any, Any]:
    """The two arrays of the layer that bears the head's name."""
    for layer in file["layers"].values():
        variables = layer.get("vars")
        if variables is not None and variables.attrs.get("name") == HEAD_NAME:
            return variables["0"], variables["1"]
    raise ModelError(
        f"The network {folder.network_path} has no last layer named {HEAD_NAME}.",
        hint="Choose a model that was trained with bcviewer.",
    )


def _replace(
    stored: Any, old: NDArray[np.float32], new: NDArray[np.float32], folder: ModelFolder
) -> None:
    known = np.asarray(stored).reshape(-1)
    if known.shape != old.shape or np.abs(known - old).max() > SAME * max(1, np.abs(old).max()):
        raise ModelError(
            f"The network {folder.network_path} has another head than the graph beside it.",
            hint="Restore the model folder from a copy, or train the model again.",
        )
    stored[...] = new.reshape(stored.shape)
