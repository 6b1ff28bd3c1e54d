"""What a model costs: its parameters, and how many patches it predicts in a second."""

from __future__ import annotations

import io
import math
import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.folder import ModelFolder
from bcviewer.model.imported_file import plain_parts
from bcviewer.model.prediction import Predicts
from bcviewer.progress import Cancel, stop_if

WEIGHTS = "model.weights.h5"
OPTIMIZER = "optimizer"

TIMED_PATCHES = 512
ROUNDS = 3
"""The best of so many rounds: in the others the machine was busy with something else."""

BATCH = 64

DAMAGE = (OSError, KeyError, ValueError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile)
"""What a damaged network makes zip and HDF5 raise."""


@dataclass(frozen=True)
class Cost:
    """What a model costs.

    Attributes:
        parameters: Numbers that the network has learned, its running means included; 0 where the
            file cannot be read.
        patches_per_second: On this machine, reading of pixels not counted; NaN where not measured.
    """

    parameters: int
    patches_per_second: float = math.nan


def parameters_of(model: ModelFolder) -> int:
    """The parameters of a model's network; 0 where its file cannot be read."""
    import h5py

    try:
        with zipfile.ZipFile(model.network_path) as archive:
            parts = plain_parts(archive, model.network_path)
            content = io.BytesIO(archive.read(parts[WEIGHTS]))
        with h5py.File(content, "r") as file:
            return _count(file)
    except (*DAMAGE, ModelError):
        return 0


def _count(file: object) -> int:
    """The weights of all layers; those of the optimizer are not the network's."""
    import h5py

    sizes: list[int] = []

    def note(name: str, entry: object) -> None:
        if (
            isinstance(entry, h5py.Dataset)
            and entry.dtype.kind == "f"
            and name.split("/", maxsplit=1)[0] != OPTIMIZER
        ):
            sizes.append(int(entry.size))

    file.visititems(note)  # type: ignore[attr-defined]
    return sum(sizes)


def speeds(
    predictors: Sequence[Predicts],
    pixels: NDArray[np.uint8],
    *,
    cancelled: Cancel | None = None,
) -> list[float]:
    """Patches a second of several models, in turns: a busy machine is busy for all of them.

    Args:
        predictors: The models.
        pixels: uint8[n, 50, 50, 3]; a few hundred are enough.
        cancelled: Asked between batches.

    Raises:
        Cancelled: The user asked to stop.
    """
    if not len(pixels):
        return [math.nan] * len(predictors)
    for predictor in predictors:
        predictor.probabilities(pixels[:BATCH])
    best = [math.inf] * len(predictors)
    for _ in range(ROUNDS):
        for place, predictor in enumerate(predictors):
            best[place] = min(best[place], _seconds(predictor, pixels, cancelled))
    return [len(pixels) / seconds for seconds in best]


def _seconds(predictor: Predicts, pixels: NDArray[np.uint8], cancelled: Cancel | None) -> float:
    begin = time.perf_counter()
    for start in range(0, len(pixels), BATCH):
        stop_if(cancelled)
        predictor.probabilities(pixels[start : start + BATCH])
    return time.perf_counter() - begin
