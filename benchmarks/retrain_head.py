"""How long a new head takes on kept features, and the heatmap after it.

``python benchmarks/retrain_head.py FOLDER [--model MODEL] [--patient 8975] [--workspace DIR]``

MODEL is a model folder, a run folder or a bundled model, trained on patients of FOLDER. The first
retraining makes the features; it is told apart. The fit is also timed on exactly 20,000 patches,
drawn with repetition from the kept ones. All times are on the clock; ``cpu`` is the time of all
threads of the process, which on a busy machine says more.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.engine import Predictor
from bcviewer.model.feature_source import FeatureSource
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.features import Backbone
from bcviewer.model.head_fit import LabelledFeatures, fit_head
from bcviewer.model.head_material import HeadLabels, rows_to_judge, rows_to_learn, split_of_model
from bcviewer.model.head_result import HeadResult
from bcviewer.model.head_run import HeadTask, new_head_run
from bcviewer.model.head_training import retrain_head
from bcviewer.model.library import find_model

PATCHES = 20_000
TIMES = 5


class Clock:
    """Times on the clock and of the processor since it was made."""

    def __init__(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        seconds = time.perf_counter() - self._began
        return f"{seconds:.2f} s (cpu {time.process_time() - self._cpu:.2f} s)"


def main() -> None:
    given = _arguments()
    model = find_model(given.model)
    dataset, place = open_dataset(given.folder, workspace=given.workspace)
    pixels = PixelStore(place.pixels_folder, dataset)
    for patient in dataset.patients:  # decoding is no part of this
        pixels.patient(patient)
        pixels.release(patient)

    def retrain() -> HeadResult:
        run = new_head_run(place.runs_folder, model)
        task = HeadTask(dataset, pixels, place, model, run, also=(given.patient,))
        return retrain_head(task)

    clock = Clock()
    first = retrain()
    print(f"{model.card.architecture}: first time, with features: {clock}")
    kept = sum(file.stat().st_size for file in place.features_folder.rglob("*.npz"))
    print(f"kept features of all backbones: {kept / 1e6:.1f} MB")
    for _ in range(TIMES):
        clock = Clock()
        result = retrain()
        print(f"again: {clock}, of it features {result.features_seconds:.2f} s, fit", end=" ")
        print(f"{result.fit_seconds:.2f} s on {result.patches:,} patches")
        _refresh(result, given.patient)
    print(first.words)
    _fit(FeatureSource(dataset, pixels, Backbone(model), _store(place.features_folder, model)))


def _refresh(result: HeadResult, patient: str) -> None:
    """From the written model to the probabilities of a patient: what a window does."""
    clock = Clock()
    Predictor(result.model)
    compiled = str(clock)
    clock = Clock()
    found = result.prediction(patient)
    count = 0 if found is None else len(found)
    print(f"  heatmap of {patient}: graph {compiled}, {count:,} probabilities {clock}")


def _store(folder: Path, model: object) -> FeatureStore:
    return FeatureStore(folder, Backbone(model).fingerprint)  # type: ignore[arg-type]


def _fit(source: FeatureSource) -> None:
    """The fit alone, on 20,000 patches."""
    dataset, backbone = source.dataset, source.backbone
    labels, split = HeadLabels.of(dataset), split_of_model(backbone.folder, dataset)
    rows, features, _ = source.gather(rows_to_learn(split, labels, seed=0))
    judged, others, _ = source.gather(rows_to_judge(split, labels))
    drawn = np.random.default_rng(0).integers(0, len(rows), PATCHES)
    train = LabelledFeatures(features[drawn], dataset.labels[rows[drawn]])
    validation = LabelledFeatures(others, dataset.labels[judged])
    clocks, cpu = [], []
    for _ in range(TIMES):
        began, used = time.perf_counter(), time.process_time()
        fit_head(backbone.head, train, validation)
        clocks.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    print(
        f"fit on {PATCHES:,} patches of {backbone.features:,} features: median "
        f"{statistics.median(clocks):.2f} s, worst {max(clocks):.2f} s, "
        f"cpu median {statistics.median(cpu):.2f} s"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="simple_cnn")
    parser.add_argument("--patient", default="8975")
    parser.add_argument("--workspace", type=Path, default=None)
    given = parser.parse_args()
    given.workspace = given.workspace or Path(tempfile.mkdtemp(prefix="retrain-head-"))
    return given


if __name__ == "__main__":
    main()
