"""How long the search for the nearest patches of other patients takes, and what it finds.

``python benchmarks/neighbours.py FOLDER [--model MODEL] [--workspace DIR] [--queries 20]``

The features are made first where they are not kept in the workspace; that is told apart. The
label's agreement is the share of the neighbours that have the label of the patch, over random
patches of patients that the model did not train on. Memory is the peak of the process less what
it held before the first search.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.library import find_model
from bcviewer.model.neighbours import NeighbourSearch


def main() -> None:
    given = _arguments()
    dataset, workspace = open_dataset(given.folder, workspace=given.workspace)
    model = find_model(given.model)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    search = NeighbourSearch(dataset, pixels, workspace=workspace, folder=model)
    began = time.perf_counter()
    ready = len(search.ready())
    print(f"looking for kept features, every picture's time: {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    search.complete()
    made = len(dataset.patients) - ready
    print(f"features of {made} patients: {time.perf_counter() - began:.1f} s")
    roles = np.array([model.role_of(patient) for patient in dataset.patients])
    unseen = np.flatnonzero((roles != "TRAIN")[dataset.patient_index])
    chosen = np.random.default_rng(0).choice(unseen, given.queries, replace=False)
    held = _peak()
    times, processor, agreed = [], [], []
    for number, row in enumerate([chosen[0], *chosen.tolist()]):
        began, used = time.perf_counter(), time.process_time()
        found = search.find(row)
        seconds = time.perf_counter() - began
        if number == 0:
            print(f"first search, with the scale of the features: {seconds:.2f} s")
            continue
        times.append(seconds)
        processor.append(time.process_time() - used)
        agreed.append(float((dataset.labels[found.rows] == dataset.labels[row]).mean()))
    print(
        f"{model.card.architecture}: one search among {found.patches:,} patches of "
        f"{found.patients} patients: median {statistics.median(times):.2f} s, worst "
        f"{max(times):.2f} s, processor {statistics.median(processor):.2f} s"
    )
    print(f"peak of memory {_peak():.0f} MB, {_peak() - held:.0f} MB of it for the search")
    print(f"neighbours with the label of the patch: {np.mean(agreed):.3f}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="simple_cnn")
    parser.add_argument("--workspace", type=Path, default=None)
    parser.add_argument("--queries", type=int, default=20)
    given = parser.parse_args()
    given.workspace = given.workspace or Path(tempfile.mkdtemp(prefix="neighbours-"))
    return given


if __name__ == "__main__":
    main()
