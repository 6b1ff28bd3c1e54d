"""Run folders made up of files, as trainings leave them, for the tests of what lists runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from bcviewer.model.events import EpochDone, Event, Prepared
from bcviewer.model.job import TrainingJob, write_job
from bcviewer.model.library import bundled_models
from bcviewer.model.run_folder import RunFolder

PATIENTS = {"train": 145, "validation": 21, "test": 41}


def epochs_done(scores: Sequence[float], *, epochs: int = 10) -> list[EpochDone]:
    """An epoch for each balanced accuracy; the AUC lies 0.05 above it."""
    return [
        EpochDone(
            epoch=number,
            epochs=epochs,
            seconds=30.0,
            train={"loss": 1 - score, "accuracy": score},
            validation={
                "loss": 1.1 - score,
                "accuracy": score - 0.01,
                "balanced_accuracy": score,
                "auc": score + 0.05,
            },
            best_epoch=1 + max(range(number), key=lambda index: scores[index]),
        )
        for number, score in enumerate(scores, start=1)
    ]


def prepared(*, split_title: str = "by patient", epochs: int = 10) -> Prepared:
    """A training on 145 patients, validated on 21."""
    return Prepared(
        model="simple_cnn",
        patients=PATIENTS,
        patches={"train": 17_000, "validation": 2_400, "test": 4_800},
        steps_per_epoch=300,
        epochs=epochs,
        split_title=split_title,
        device="CPU",
    )


def write_run(
    folder: Path,
    scores: Sequence[float] = (),
    /,
    *,
    events: Sequence[Event] = (),
    checkpoint: bool = True,
    card: bool = False,
    **settings: object,
) -> Path:
    """Write a run with an epoch for each score; without ``events`` it is one of an older version.

    Returns:
        The run folder.
    """
    chosen: dict[str, object] = {"folder": "data", "run": folder, "model": "simple_cnn"}
    job = TrainingJob.model_validate(chosen | settings)
    run = RunFolder(folder)
    write_job(run.job_path, job)
    history = epochs_done(scores, epochs=job.epochs)
    run.history_path.write_text("".join(f"{event.to_line()}\n" for event in history))
    if events:
        lines = [event.to_line() for event in events]
        run.events_path.write_text("".join(f"{line}\n" for line in lines))
    else:
        listed = {part: [f"{part}{n}" for n in range(count)] for part, count in PATIENTS.items()}
        run.split_path.write_text(json.dumps({"title": "by patient", "patients": listed}))
    if checkpoint:
        run.last_path.parent.mkdir()
        run.last_path.write_bytes(b"weights")
    if card:
        shutil.copytree(bundled_models()["simple_cnn"], run.model_path)
    return folder
