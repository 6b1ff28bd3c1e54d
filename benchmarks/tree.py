"""Make a tree of the full data set's size from a small one: hard links under other names.

    python benchmarks/tree.py SOURCE TARGET [--patches 277524] [--patients 279]

The patients of SOURCE are repeated under new ids until the numbers are reached; each picture is a
hard link to a real one, so the tree costs no room and its patches decode as real ones do.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np

from bcviewer.dataset.names import PatchName, patch_file_name
from bcviewer.dataset.scan import scan

COLUMNS = 60


def make_tree(source: Path, target: Path, *, patches: int, patients: int) -> None:
    """Write TARGET/PATIENT/{0,1} with hard links to the pictures of SOURCE."""
    dataset = scan(source)
    places = np.array_split(np.arange(patches), patients)
    for number, indices in enumerate(places):
        patient = str(20000 + number)
        for label in ("0", "1"):
            (target / patient / label).mkdir(parents=True)
        for place, index in enumerate(indices):
            row = int(index) % len(dataset)
            name = PatchName(
                patient,
                50 * (place % COLUMNS) + 1,
                50 * (place // COLUMNS) + 1,
                int(dataset.labels[row]),
            )
            os.link(dataset.path(row), target / patient / str(name.label) / patch_file_name(name))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--patches", type=int, default=277_524)
    parser.add_argument("--patients", type=int, default=279)
    chosen = parser.parse_args()
    make_tree(chosen.source, chosen.target, patches=chosen.patches, patients=chosen.patients)
