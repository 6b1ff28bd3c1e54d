"""A job as a file that trains the same elsewhere: what it would miss there is copied beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from bcviewer.annotation.reading import EffectiveLabels, save_snapshot
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import Split
from bcviewer.dataset.split_file import save_split
from bcviewer.dataset.workspace import check_apart, workspace_for
from bcviewer.errors import StorageError
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import NO_WEIGHTS, TrainingJob, write_job
from bcviewer.model.library import bundled_models, find_model
from bcviewer.model.start_model import names_model
from bcviewer.storage import atomic_file, cannot_write


def export_job(
    job: TrainingJob,
    path: Path,
    *,
    dataset: Dataset,
    split: Split,
    labels: EffectiveLabels | None = None,
) -> None:
    """Write a job file, and beside it the split, the start weights and the corrected labels.

    The data folder is named as it is here. A workspace is left out where the data folder's own is
    meant, which is another one elsewhere.

    Args:
        job: The job.
        path: Its file; the files beside it have names that begin like this one's.
        dataset: The data set that is to be trained on.
        split: The split that the job means.
        labels: What readers say of the patches; None for the labels that they came with.

    Raises:
        ModelError: The start weights are those of a model that cannot be used.
        StorageError: A file cannot be written, or lies in the data folder.
    """
    place = check_apart(path.parent, dataset.root, what="job file") / path.name
    known = job.split is None and not names_model(job.weights)  # by patient, with the job's seed
    beside = None if known else place.with_name(f"{place.stem}.split.json")
    if beside is not None:
        save_split(split, beside)
    corrected = None
    if labels is not None and labels.fingerprint:
        corrected = place.with_name(f"{place.stem}.labels.npz")
        save_snapshot(labels, dataset, corrected)
    own = job.workspace == workspace_for(dataset).folder
    changes = {
        "run": Path(f"{place.stem}-run"),
        "workspace": None if own else job.workspace,
        "split": beside and Path(beside.name),
        "labels": corrected and Path(corrected.name),
        "weights": _export_weights(job.weights, place),
    }
    write_job(place, job.model_copy(update=changes))


def _export_weights(weights: str, job_path: Path) -> str:
    """Copy start weights beside a job file; returns what the job is to call them."""
    if weights in NO_WEIGHTS:
        return weights
    if names_model(weights):
        model = find_model(weights)
        bundled = [name for name, folder in bundled_models().items() if folder == model.path]
        if bundled:
            return bundled[0]
        return _copied_model(model, job_path.with_name(f"{job_path.stem}.model")).name
    source = Path(weights).expanduser()
    return _copied_file(source, job_path.with_name(f"{job_path.stem}.weights{source.suffix}")).name


def _copied_file(source: Path, target: Path) -> Path:
    if target.exists() and target.samefile(source):
        return target
    with atomic_file(target) as beside:
        shutil.copyfile(source, beside)
    return target


def _copied_model(model: ModelFolder, target: Path) -> Path:
    """Copy a model folder; an earlier copy gives way only when this one is whole."""
    if target.exists():
        if not (target / CARD).is_file():
            raise StorageError(
                f"{target} is in the way: it is no model.",
                hint="Move it, or give the job file another name.",
            )
        if model.path.samefile(target):
            return target
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for file in model.path.iterdir():
            if file.is_file() and not file.name.startswith("."):
                shutil.copyfile(file, part / file.name)
        _put(part, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _put(folder: Path, target: Path) -> None:
    """Give a folder its name, in the place of one that may have it."""
    earlier = target.with_name(f".{target.name}.earlier")
    shutil.rmtree(earlier, ignore_errors=True)
    if target.exists():
        target.rename(earlier)
    try:
        folder.rename(target)
    except OSError:
        if earlier.exists():
            earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
