"""Small data sets for tests: noise, purple where IDC, so that tiny trainings learn."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from bcviewer.dataset.names import PATCH_SIZE, PatchName, patch_file_name

COLOURS = {0: (228, 190, 208), 1: (150, 95, 165)}


@dataclass(frozen=True)
class PatchSpec:
    """One patch to write; ``size`` is width and height in pixels."""

    x: int
    y: int
    label: int
    size: tuple[int, int] = (PATCH_SIZE, PATCH_SIZE)


def picture_bytes(label: int, *, size: tuple[int, int] = (50, 50), seed: int = 0) -> bytes:
    """A PNG of noise about the colour of a label."""
    width, height = size
    generator = np.random.default_rng(seed)
    noise = generator.normal(0, 12, (height, width, 3))
    pixels = np.clip(np.array(COLOURS[label]) + noise, 0, 255).astype(np.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def write_dataset(
    folder: Path, patients: Mapping[str, Sequence[PatchSpec]], *, seed: int = 0
) -> Path:
    """Write patients in the data set's layout; returns the folder."""
    for number, (patient, specs) in enumerate(patients.items()):
        for label in (0, 1):
            (folder / patient / str(label)).mkdir(parents=True, exist_ok=True)
        for place, spec in enumerate(specs):
            name = patch_file_name(PatchName(patient, spec.x, spec.y, spec.label))
            content = picture_bytes(spec.label, size=spec.size, seed=seed + 1000 * number + place)
            (folder / patient / str(spec.label) / name).write_bytes(content)
    return folder


def grid_specs(columns: int, rows: int, *, column0: int = 3, row0: int = 2) -> list[PatchSpec]:
    """A full grid whose upper left quarter is IDC."""
    return [
        PatchSpec(
            x=PATCH_SIZE * (column0 + column) + 1,
            y=PATCH_SIZE * (row0 + row) + 1,
            label=int(2 * column < columns and 2 * row < rows),
        )
        for row in range(rows)
        for column in range(columns)
    ]


def small_dataset(
    folder: Path, *, patients: int = 6, columns: int = 5, rows: int = 4, seed: int = 0
) -> Path:
    """Patients "p00", "p01" ... with a full grid each and a contiguous blob of IDC."""
    specs = {f"p{number:02}": grid_specs(columns, rows) for number in range(patients)}
    return write_dataset(folder, specs, seed=seed)
