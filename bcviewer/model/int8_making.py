"""Making the int8 graph of a model: ranges of its numbers are read from real patches.

NNCF does it: activations of 8 bits by their range over some hundred patches, weights of 8 bits by
channel, and the mean error of each layer put right in its bias (post-training quantisation).
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import ModelError, StorageError
from bcviewer.model.bootstrap import drawn_patients, interval_of, resampled_scores
from bcviewer.model.card import file_card
from bcviewer.model.engine import Predictor, load_openvino, read_graph
from bcviewer.model.folder import ModelFolder
from bcviewer.model.int8 import (
    CARD,
    GRAPH,
    WEIGHTS,
    Int8Card,
    Int8Effect,
    Int8Graph,
    int8_folder,
    write_int8,
)
from bcviewer.model.scores import scores
from bcviewer.model.way import Precision
from bcviewer.progress import Cancel, Progress, stop_if
from bcviewer.storage import cannot_write

PATCHES = 512
"""Patches that ranges are read from; with 2,048 the area under the curve was the same."""

FEWEST = 64
"""Fewer do not tell what range a number has."""

_BATCH = 16
_PART = 512
"""Patches predicted between two questions whether to stop."""


def make_int8(
    folder: ModelFolder,
    dataset: Dataset,
    pixels: PixelStore,
    *,
    labels: NDArray[np.integer],
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> ModelFolder:
    """Make the int8 graph of a model and keep it in the user's folder, with its effect on scores.

    Ranges come from patches that the model was trained on, as far as it is known and they are in
    the data; labels are not looked at for that. The effect is measured on validation patients.

    Args:
        folder: The model.
        dataset: The data set.
        pixels: Its pixels.
        labels: int[N] of the data set's rows; -1 for none.
        progress: Told the patches predicted for the effect, and their number.
        cancelled: Asked between batches.

    Returns:
        The same model, with the int8 graph.

    Raises:
        ModelError: There are too few patches.
        StorageError: The files cannot be written.
        Cancelled: The user asked to stop.
    """
    chosen = _chosen(folder, dataset)
    stop_if(cancelled)
    graph = _quantised(read_graph(folder), pixels.gather(chosen))
    stop_if(cancelled)
    made = _written(folder, graph, patches=len(chosen))
    both = replace(folder, int8=made)
    effect = _effect(both, dataset, pixels, labels, progress=progress, cancelled=cancelled)
    whole = Int8Graph(made.path, made.card.model_copy(update={"effect": effect}))
    write_int8(whole)
    return replace(folder, int8=whole)


def _chosen(folder: ModelFolder, dataset: Dataset) -> NDArray[np.int64]:
    """Rows of patches to read ranges from, ascending: of training patients, where known."""
    trained = sorted(set(folder.card.patients_trained) & set(dataset.patients))
    rows = dataset.rows_of(trained or list(dataset.patients))
    if len(rows) < FEWEST:
        raise ModelError(
            f"{len(rows)} patches are too few to read the ranges of numbers from; "
            f"{FEWEST} are needed.",
            hint="Give the data that the model was trained with.",
        )
    count = min(PATCHES, len(rows))
    return np.sort(np.random.default_rng(0).choice(rows, count, replace=False))


def _quantised(graph: Any, patches: NDArray[np.uint8]) -> Any:
    """The graph in 8-bit numbers; ``patches`` are uint8[n, 50, 50, 3]."""
    load_openvino()  # before NNCF, so that neither finds the telemetry
    with _quiet():
        import nncf

        batches = [patches[start : start + _BATCH] for start in range(0, len(patches), _BATCH)]
        return nncf.quantize(graph, nncf.Dataset(batches), subset_size=len(batches))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep NNCF from drawing bars and telling what it does on the screen."""
    log = logging.getLogger("nncf")
    before = log.level
    log.setLevel(logging.ERROR)
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        try:
            yield
        finally:
            log.setLevel(before)


def _written(folder: ModelFolder, graph: Any, *, patches: int) -> Int8Graph:
    """Write graph and weights; without their card, which is written last, they do not count."""
    place = int8_folder(folder.fingerprint)
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / CARD).unlink(missing_ok=True)
        load_openvino().save_model(graph, place / GRAPH, compress_to_fp16=False)
        files = {name: file_card(place / name) for name in (GRAPH, WEIGHTS)}
    except OSError as error:
        raise cannot_write(place, error) from error
    except RuntimeError as error:  # OpenVINO's, of a disk that is full
        raise StorageError(
            f"Cannot write {place / GRAPH}.",
            hint="Check that the disk has room and that you may write there.",
        ) from error
    card = Int8Card(
        bcviewer=__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        graph=folder.fingerprint,
        files=files,
        patches=patches,
    )
    return Int8Graph(place, card)


def _effect(
    made: ModelFolder,
    dataset: Dataset,
    pixels: PixelStore,
    labels: NDArray[np.integer],
    *,
    progress: Progress | None,
    cancelled: Cancel | None,
) -> Int8Effect | None:
    """What int8 does to the scores on validation patients; None where none are in the data."""
    trained = set(made.card.patients_trained)
    judged = [name for name in made.card.patients_validated if name not in trained]
    rows = dataset.rows_of(sorted(set(judged) & set(dataset.patients)))
    rows = rows[labels[rows] >= 0]
    truth = labels[rows]
    if len(set(truth.tolist())) < 2:
        return None
    both = [Predictor(made), Predictor(made, precision=Precision.INT8)]
    found = np.empty((2, len(rows)), np.float32)
    for start in range(0, len(rows), _PART):
        stop_if(cancelled)
        part = slice(start, start + _PART)
        patches = pixels.gather(rows[part])
        for line, predictor in zip(found, both, strict=True):
            line[part] = predictor.probabilities(patches)
        if progress is not None:
            progress(min(start + _PART, len(rows)), len(rows))
    return effect_of(truth, found, dataset.patient_index[rows], threshold=made.card.threshold)


def effect_of(
    labels: NDArray[np.integer],
    found: NDArray[np.float32],
    patients: NDArray[np.integer],
    *,
    threshold: float,
) -> Int8Effect:
    """The effect of int8 on scores.

    Args:
        labels: int[n], 1 for IDC, both kinds among them.
        found: float32[2, n], probabilities in float32 and in int8.
        patients: int[n], the patient of each patch.
        threshold: The model's threshold.
    """
    names, number = np.unique(patients, return_inverse=True)
    weights = drawn_patients(len(names))
    drawn = [
        resampled_scores(labels, line, number, weights=weights, threshold=threshold)["auc"]
        for line in found
    ]
    exact, lower = (scores(labels, line)["auc"] for line in found)
    return Int8Effect(
        patients=len(names),
        patches=len(labels),
        auc=lower - exact,
        auc_interval=interval_of(drawn[1] - drawn[0]),
        moved=float(np.abs(found[1] - found[0]).mean()),
        changed_sides=float(((found[1] >= threshold) != (found[0] >= threshold)).mean()),
    )
