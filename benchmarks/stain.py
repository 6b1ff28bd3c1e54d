"""How much stains differ from patient to patient, which is what colour jitter has to imitate.

    python benchmarks/stain.py FOLDER [--workspace DIR]

Of each patient up to 60 patches are read; tissue is what absorbs (optical density over 0.15). Per
patient and channel: the mean optical density of tissue. Printed: the standard deviation over
patients of its logarithm, as a whole and apart into what all channels share and the rest.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore

PATCHES = 60
TISSUE = 0.15


def main() -> None:
    """Read the patches and print the spreads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args()
    dataset, workspace = open_dataset(given.folder, workspace=given.workspace)
    store = PixelStore(workspace.pixels_folder, dataset)
    densities = np.log([_density(store, dataset.rows(patient)) for patient in dataset.patients])
    shared = densities.mean(axis=1)
    rest = (densities - shared[:, None]).std(axis=0)
    print(f"{len(dataset.patients)} patients; standard deviation of the log optical density")
    print(f"red, green, blue: {_words(densities.std(axis=0))}")
    print(f"shared by the channels: {shared.std():.3f}; the rest: {_words(rest)}")


def _density(store: PixelStore, rows: slice) -> NDArray[np.float64]:
    """float64[3]: mean optical density of a patient's tissue."""
    few = np.arange(rows.start, rows.stop)
    pixels = store.gather(few[:: max(1, len(few) // PATCHES)]).reshape(-1, 3)
    density = -np.log(np.clip(pixels.astype(np.float64), 1, 255) / 255)
    mean: NDArray[np.float64] = density[density.mean(axis=1) > TISSUE].mean(axis=0)
    return mean


def _words(values: NDArray[np.float64]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)


if __name__ == "__main__":
    main()
