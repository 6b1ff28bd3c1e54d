"""How long it takes to evaluate 277,524 predictions, and to move the threshold afterwards.

    python benchmarks/evaluation.py

Made of chance: 279 patients of different sizes, each with a shift of its own. The processor's time
stands beside the clock's, since other work may keep the cores busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from bcviewer.evaluation.evaluation import evaluate
from bcviewer.evaluation.judged import Judged
from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables
from bcviewer.evaluation.reliability import histogram, reliability
from bcviewer.evaluation.selection import chosen_of_cell
from bcviewer.model.bootstrap import RESAMPLES, intervals
from bcviewer.model.scores import scores
from bcviewer.model.thresholds import proposed_thresholds

PATCHES, PATIENTS = 277_524, 279
REPEATS = 5


def made_judged() -> Judged:
    """Predictions that know something of the labels."""
    generator = np.random.default_rng(0)
    share = generator.dirichlet(np.full(PATIENTS, 3.0))
    patients = np.sort(generator.choice(PATIENTS, PATCHES, p=share)).astype(np.int32)
    labels = (generator.random(PATCHES) < 0.284).astype(np.int8)
    logits = 2.5 * labels - 1.5 + generator.normal(0, 1, PATIENTS)[patients]
    logits += generator.normal(0, 1, PATCHES)
    return Judged(
        rows=np.arange(PATCHES),
        labels=labels,
        probabilities=(1 / (1 + np.exp(-logits))).astype(np.float32),
        patients=patients,
        names=tuple(str(10000 + number) for number in range(PATIENTS)),
    )


def report(words: str, act: Callable[[], object]) -> None:
    """Print the median and the longest time, and the median of the processor's."""
    clock, used = [], []
    for _ in range(REPEATS):
        began, began_use = time.perf_counter(), time.process_time()
        act()
        clock.append(1000 * (time.perf_counter() - began))
        used.append(1000 * (time.process_time() - began_use))
    print(
        f"{words:55} median {np.median(clock):8.2f} ms, worst {max(clock):8.2f} ms, "
        f"processor {np.median(used):8.2f} ms"
    )


def main() -> None:
    judged = made_judged()
    given = (judged.labels, judged.probabilities)
    operating, tables = OperatingPoints(judged), PatientTables(judged)
    tables.at(0.5)
    thresholds = iter(np.linspace(0.01, 0.99, 4 * REPEATS).tolist())
    print(f"{PATCHES:,} predictions of {PATIENTS} patients")
    report("scores", lambda: scores(*given))
    report(
        f"intervals from {RESAMPLES:,} resamples",
        lambda: intervals(*given, judged.patients, threshold=0.5),
    )
    report("the whole evaluation", lambda: evaluate(*given, judged.patients, threshold=0.5))
    report("sort for the curves", lambda: OperatingPoints(judged))
    report("curves", lambda: (operating.roc(), operating.precision_recall()))
    report("reliability and histogram", lambda: (reliability(*given), histogram(judged)))
    report("proposals for the threshold", lambda: proposed_thresholds(*given))
    report("table of patients, first", lambda: PatientTables(judged).at(0.5))
    report("move the threshold: matrix and point", lambda: operating.point(next(thresholds)))
    report("move the threshold: table of patients", lambda: tables.at(next(thresholds)))
    report("patches of a cell of the matrix", lambda: chosen_of_cell(judged, 0.5, 0, 1))


if __name__ == "__main__":
    main()
