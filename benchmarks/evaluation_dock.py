"""How quick the evaluation follows the threshold, over 277,524 patches of 279 patients.

    python benchmarks/evaluation_dock.py

Needs no data: labels and probabilities are drawn by chance. Measured are the page of the scores
(matrix, table, four plots) and the table of patients, from the new threshold to the painted
frame, and the work of the worker before that. On a busy machine the processor's time tells more
than the clock's.
"""

from __future__ import annotations

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication, QTabWidget

from bcviewer.evaluation.judged import Judged
from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables
from bcviewer.evaluation.reliability import histogram, reliability
from bcviewer.gui.evaluation_measured import MeasuredView
from bcviewer.gui.style import apply, light
from bcviewer.gui.widgets.evaluation_page import ScoresPage
from bcviewer.gui.widgets.evaluation_patients import PatientsPage
from bcviewer.gui.workers.evaluation_worker import evaluation_of
from bcviewer.model.context import PLAIN
from bcviewer.model.scores import scores

PATCHES, PATIENTS = 277_524, 279
MOVES = 100


def judged_by_chance() -> Judged:
    generator = np.random.default_rng(0)
    labels = (generator.random(PATCHES) < 0.284).astype(np.int8)
    logits = generator.normal(1.6 * (2.0 * labels - 1), 1.5)
    return Judged(
        rows=np.arange(PATCHES),
        labels=labels,
        probabilities=(1 / (1 + np.exp(-logits))).astype(np.float32),
        patients=np.sort(generator.integers(0, PATIENTS, PATCHES)).astype(np.int32),
        names=tuple(f"{number:05}" for number in range(PATIENTS)),
    )


def measured(judged: Judged) -> MeasuredView:
    operating = OperatingPoints(judged)
    tables = PatientTables(judged)
    tables.at(0.5)
    return MeasuredView(
        view=PLAIN,
        threshold=0.5,
        judged=judged,
        operating=operating,
        roc=operating.roc(),
        precision_recall=operating.precision_recall(),
        reliability=reliability(judged.labels, judged.probabilities),
        histogram=histogram(judged),
        patients=tables,
        scores=scores(judged.labels, judged.probabilities, threshold=0.5),
    )


def moved(app: QApplication, page: ScoresPage, patients: PatientsPage, tabs: QTabWidget) -> None:
    shown = page.views[0]
    roles = ("HELD OUT",) * PATIENTS
    for name, page_number in (("scores", 0), ("patients", 1)):
        tabs.setCurrentIndex(page_number)
        app.processEvents()
        taken, worked = [], []
        for threshold in np.linspace(0.05, 0.95, MOVES):
            began, busy = time.perf_counter(), time.process_time()
            if page_number == 0:
                page.show_threshold(float(threshold))
            else:
                patients.show_table(shown.patients.at(float(threshold)), roles, "00005")
            app.processEvents()
            taken.append(1000 * (time.perf_counter() - began))
            worked.append(1000 * (time.process_time() - busy))
        print(
            f"{name}: threshold to painted frame: median {np.median(taken):.1f} ms, "
            f"95 % {np.percentile(taken, 95):.1f}, longest {max(taken):.1f}; "
            f"processor: median {np.median(worked):.1f} ms, longest {max(worked):.1f}"
        )


def main() -> None:
    app = QApplication([])
    apply(app, light())
    judged = judged_by_chance()
    began = time.perf_counter()
    view = measured(judged)
    print(f"counted once, in the worker: {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    evaluation_of(view, 0.5)
    print(f"intervals, in the worker: {time.perf_counter() - began:.2f} s")
    page, patients, tabs = ScoresPage(light()), PatientsPage(light()), QTabWidget()
    tabs.addTab(page, "Scores")
    tabs.addTab(patients, "Patients")
    tabs.resize(1440, 240)
    tabs.show()
    page.show_views((view,), shown=view, threshold=0.5)
    moved(app, page, patients, tabs)


if __name__ == "__main__":
    main()
