"""Files of backbone weights, looked into without the network: whether one could fill it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bcviewer.errors import ModelError
from bcviewer.model.imported_hdf5 import check_tree
from bcviewer.model.job import NO_WEIGHTS, TrainingJob
from bcviewer.model.start_model import names_model

HINT = "Choose a .h5 file of MobileNetV2 weights without a top, or other start weights."

FIRST, LAST = 32, 1280
BLOCKS = ((1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3), (6, 160, 3), (6, 320, 1))
"""Expansion, channels and repeats of MobileNetV2's blocks (Sandler et al. 2018, table 2)."""

Shape = tuple[int, ...]


def check_weights_file(job: TrainingJob) -> None:
    """Look whether the file of start weights that a job names could fill its backbone.

    It is refused early, before TensorFlow is started; that its numbers are numbers is seen when
    they are loaded.

    Raises:
        ModelError: It cannot be read, or lacks kernels that the network has.
    """
    if job.weights in NO_WEIGHTS or names_model(job.weights):
        return
    path = Path(job.weights).expanduser()
    wanted = Counter(mobilenetv2_kernels(job.alpha))
    missing = (wanted - _kernels_in(path)).total()
    if missing:
        raise ModelError(
            f"The weights file {path} does not fit MobileNetV2 of width {job.alpha:g}: it lacks "
            f"{missing} of {wanted.total()} kernels.",
            hint=HINT,
        )


def mobilenetv2_kernels(alpha: float) -> Iterator[Shape]:
    """The shapes of the kernels of MobileNetV2 without its top: height, width, in, out."""
    channels = _rounded(FIRST * alpha)
    yield (3, 3, 3, channels)
    for expansion, wide, repeats in BLOCKS:
        for _ in range(repeats):
            inside = expansion * channels
            if expansion > 1:
                yield (1, 1, channels, inside)
            yield (3, 3, inside, 1)
            channels = _rounded(wide * alpha)
            yield (1, 1, inside, channels)
    yield (1, 1, channels, LAST)


def _rounded(channels: float) -> int:
    """Channels as MobileNetV2 has them: a multiple of 8, and not much less than was asked for."""
    near = max(8, int(channels + 4) // 8 * 8)
    return near + 8 if near < 0.9 * channels else near


def _kernels_in(path: Path) -> Counter[Shape]:
    """The shapes of all kernels of a file, and how often it has each."""
    import h5py

    found: Counter[Shape] = Counter()

    def note(_: str, entry: object) -> None:
        shape = entry.shape if isinstance(entry, h5py.Dataset) else None
        if shape is not None and len(shape) == 4:
            found[shape] += 1

    # HDF5 would wait for a pipe to be written to, and all of the program with it.
    if not path.is_file():
        raise ModelError(f"There is no weights file {path}.", hint=HINT)
    try:
        with h5py.File(path, "r") as file:
            check_tree(file)
            file.visititems(note)
    # Of a damaged file HDF5 says this or that, depending on where it is damaged.
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"The file {path} cannot be read as weights: it is damaged, or of another kind.",
            hint=HINT,
        ) from error
    return found
