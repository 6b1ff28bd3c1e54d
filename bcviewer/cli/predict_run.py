"""What the command predict does patient by patient: what is left, asked, kept and written."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bcviewer.cli.console import progress_bar
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.model.engine import predictor_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.prediction import PatientPrediction, predict_patients
from bcviewer.model.prediction_output import PredictionOutput
from bcviewer.model.prediction_record import Counts
from bcviewer.model.prediction_store import PredictionStore


@dataclass
class Run:
    """What came of a run so far.

    Attributes:
        patients: Who was asked for.
        before: How many of them were done already.
        written: How many were written.
        counts: Patches of all patients that are done.
        predicted: Patches that the graph was asked for.
        seconds: How long that took, with reading and writing.
    """

    patients: int
    before: int = 0
    written: int = 0
    counts: Counts = field(default_factory=Counts)
    predicted: int = 0
    seconds: float = 0.0


def left_to_do(
    output: PredictionOutput, patients: Sequence[str], done: Run, *, again: bool
) -> list[str]:
    """The patients whose files are not all there; the others are counted as done."""
    left = []
    with progress_bar("Looking for what is done") as progress:
        for number, patient in enumerate(patients):
            counts = None if again else output.done(patient)
            if counts is None:
                left.append(patient)
            else:
                done.before += 1
                done.counts += counts
            progress(number + 1, len(patients))
    return left


def predict_and_write(
    output: PredictionOutput, patients: list[str], place: Workspace, done: Run, *, again: bool
) -> None:
    """Write the files of patients; what the workspace keeps of them is not predicted again."""
    against: dict[str, NDArray[np.float32]] = {}
    asked = _Asked(output, place, done, again)
    if output.against is not None:
        what = "Predicting with the other model"
        with closing(asked.said(output.against, patients, what)) as predictions:
            for said in predictions:
                against[said.patient] = said.probabilities
                output.pixels.release(said.patient)
    # Closed at Ctrl-C too, so that its threads end at once.
    with closing(asked.said(output.plain, patients, "Predicting")) as predictions:
        for said in predictions:
            done.counts += output.write(said, against=against.get(said.patient))
            done.written += 1
            output.pixels.release(said.patient)


@dataclass(frozen=True)
class _Asked:
    """Asks models of patients, and keeps what they say in the workspace."""

    output: PredictionOutput
    place: Workspace
    done: Run
    again: bool

    def said(
        self, model: ModelFolder, patients: list[str], what: str
    ) -> Generator[PatientPrediction]:
        """What a model says, first of those patients of whom the workspace keeps it."""
        output, done, way = self.output, self.done, self.output.way
        keep = PredictionStore(
            self.place.predictions_folder,
            model.predicts_by(way.precision),
            averaged=way.averaged,
            precision=way.precision,
        )
        unknown = []
        for patient in patients:
            kept = None if self.again else _kept(keep, output, patient)
            if kept is None:
                unknown.append(patient)
            else:
                yield kept
        if not unknown:
            return
        predictor = predictor_of(model, way)
        begin = time.perf_counter()
        with (
            progress_bar(what, unit="patches") as progress,
            closing(
                predict_patients(
                    output.dataset, output.pixels, predictor, unknown, progress=progress
                )
            ) as predictions,
        ):
            for said in predictions:
                with suppress(StorageError):  # a workspace that is full or not ours is no reason
                    keep.save(said.patient, said.probabilities, signature=said.signature)
                yield said
                done.predicted += int(np.isfinite(said.probabilities).sum())
                done.seconds += time.perf_counter() - begin
                begin = time.perf_counter()


def _kept(
    keep: PredictionStore, output: PredictionOutput, patient: str
) -> PatientPrediction | None:
    rows, signature = output.dataset.rows(patient), output.pixels.signature(patient)
    found = keep.load(patient, rows.stop - rows.start, signature=signature)
    return None if found is None else PatientPrediction(patient, found, 0.0, signature)
