"""What batch sizes, steps in one call and threads do to the speed of a training.

    python benchmarks/training_settings.py FOLDER [--model simple_cnn] [--rounds 6]

Settings take turns, some steps each, so that other work on the machine slows all of them; told is
the median time a patch. Numbers of threads can be set once a process only, so each has a process
of its own, in turns as well. The feed is on, the precision is what "auto" means here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from training_speed import _compiled, _feed

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split, split_by_patient
from bcviewer.model.keras_backend.network import build_network, for_training
from bcviewer.model.keras_backend.precision import GAINS, Computed, fast_in_bfloat16

BATCHES = (32, 64, 128, 256)
STEPS_IN_A_CALL = (4, 16)
THREADS = ((0, 0), (1, 1), (1, 2), (2, 1), (2, 2), (4, 2))
"""Within an operation, and between operations; 0 for TensorFlow's own choice."""

PATCHES = 1024
"""Patches a turn; the first call of a turn is not timed."""


class Setting:
    """A network with a batch size and steps in one call, and its milliseconds a patch."""

    def __init__(self, data: tuple[Split, PixelStore], name: str, *, size: int, steps: int) -> None:
        split, store = data
        computed: Computed = "bfloat16" if name in GAINS and fast_in_bfloat16() else "float32"
        self.network = _compiled(for_training(build_network(name), computed))
        self.network.steps_per_execution = steps
        self.network.make_train_function(force=True)
        self.batches = iter(_feed(split, store, size).batches())
        self.patches = size * steps
        self.taken: list[float] = []

    def take_turn(self) -> None:
        """Train for a turn."""
        for number in range(1 + max(1, PATCHES // self.patches)):
            began = time.perf_counter()
            float(self.network.train_function(self.batches)["loss"])
            if number:
                self.taken.append(1000 * (time.perf_counter() - began) / self.patches)


def measure(arguments: argparse.Namespace, settings: list[tuple[int, int]]) -> list[float]:
    """The median milliseconds a patch of each setting, batch size and steps in one call."""
    with tempfile.TemporaryDirectory() as nowhere:
        workspace = arguments.workspace or Path(nowhere)
        dataset, place = open_dataset(arguments.folder, workspace=workspace)
        split = split_by_patient(dataset)
        store = PixelStore(place.pixels_folder, dataset)
        store.gather(split.rows("train"))  # decoded beforehand, as a training does
        data = (split, store)
        made = [Setting(data, arguments.model, size=size, steps=steps) for size, steps in settings]
        for number in range(1 + arguments.rounds):
            for each in made:
                each.take_turn()
                if number == 0:  # the first turn traces the network
                    each.taken.clear()
    return [float(np.median(each.taken)) for each in made]


def with_threads(within: int, between: int) -> float:
    """The same of the usual setting, in a process with so many threads."""
    threads = ["--threads", str(within), str(between)]
    done = subprocess.run(
        [sys.executable, __file__, *sys.argv[1:], *threads],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="simple_cnn")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--workspace", type=Path, help="keep the decoded pixels here")
    parser.add_argument("--threads", type=int, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.threads is not None:
        within, between = arguments.threads
        tf.config.threading.set_intra_op_parallelism_threads(within)
        tf.config.threading.set_inter_op_parallelism_threads(between)
        print(json.dumps(measure(arguments, [(64, 1)])[0]))
        return
    settings = [(size, 1) for size in BATCHES] + [(64, steps) for steps in STEPS_IN_A_CALL]
    found = dict(zip(settings, measure(arguments, settings), strict=True))
    for (size, steps), each in found.items():
        share = found[64, 1] / each
        print(f"batch {size:3}, {steps:2} steps a call: {each:.3f} ms a patch, speed {share:.2f}")
    rounds = {threads: [with_threads(*threads)] for threads in THREADS}
    for threads in THREADS:
        rounds[threads].append(with_threads(*threads))
    usual = min(rounds[THREADS[0]])
    for (within, between), taken in rounds.items():
        print(f"threads {within}, {between}: {min(taken):.3f} ms a patch, {usual / min(taken):.2f}")


if __name__ == "__main__":
    main()
