"""Data sets without files, for what only counts patients and patches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bcviewer.dataset.dataset import Dataset


def made_dataset(
    sizes: Sequence[int], *, names: Sequence[str] | None = None, share: float = 0.3, seed: int = 0
) -> Dataset:
    """Patients of so many patches each, in a line; about a ``share`` of them is IDC."""
    chosen = names or [f"p{number:03}" for number in range(len(sizes))]
    order = sorted(range(len(sizes)), key=lambda number: chosen[number])
    counts = [sizes[number] for number in order]
    total = sum(counts)
    labels = (np.random.default_rng(seed).random(total) < share).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    x = np.concatenate([50 * np.arange(count) + 1 for count in counts]).astype(np.int32)
    patients = tuple(chosen[number] for number in order)
    return Dataset(
        root=Path("data"),
        patients=patients,
        folders=tuple(Path("data") / patient for patient in patients),
        starts=starts,
        x=x,
        y=np.ones(total, np.int32),
        labels=labels,
        names=np.full(total, b"x.png"),
    )
