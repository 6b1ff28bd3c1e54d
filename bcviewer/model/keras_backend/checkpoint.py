"""Weights of a network in a file, written so that the last good file is never harmed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import keras
import numpy as np

from bcviewer.errors import TrainingError
from bcviewer.storage import atomic_file


def save_weights(network: keras.Model, path: Path) -> None:
    """Write the weights of a network.

    Raises:
        StorageError: The file cannot be written.
    """
    arrays = {str(number): weight for number, weight in enumerate(network.get_weights())}
    with atomic_file(path) as beside, beside.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_weights(network: keras.Model, path: Path) -> None:
    """Give a network the weights of a file that was saved of the same architecture.

    Raises:
        TrainingError: The file is missing, damaged or of another architecture.
    """
    try:
        # Opened here: NumPy leaves the file of a damaged archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            network.set_weights([arrays[str(number)] for number in range(len(arrays.files))])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TrainingError(
            f"The checkpoint {path} cannot be read: {error}.", hint="Train again."
        ) from error
