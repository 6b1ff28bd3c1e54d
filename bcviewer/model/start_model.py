"""A training that starts from a finished model: which one, what it has seen, and which split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import official_test_among
from bcviewer.dataset.split import Split, split_from_lists
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import ModelError, SplitError
from bcviewer.model.card import ModelCard
from bcviewer.model.folder import ModelFolder
from bcviewer.model.job import NO_WEIGHTS, TrainingJob
from bcviewer.model.library import bundled_models, find_model, imported_models
from bcviewer.model.run_folder import RunFolder

NAMED = 5
"""So many patients are named in a warning."""


@dataclass(frozen=True)
class Heritage:
    """What the start weights of a training have seen, through all trainings before it.

    Attributes:
        trained: Patients that they were trained on.
        validated: Patients that chose their epoch and threshold.
    """

    trained: tuple[str, ...] = ()
    validated: tuple[str, ...] = ()


def start_model(job: TrainingJob) -> ModelFolder | None:
    """The model that a job starts from; None for ImageNet's weights, a file of them, or none.

    Raises:
        ModelError: The folder holds no model, or one of another architecture or width.
    """
    if not names_model(job.weights):
        return None
    model = find_model(job.weights)
    _check_same_network(model, job)
    return model


def names_model(weights: str) -> bool:
    """Whether start weights are those of a model: its folder, that of its run, a bundled name."""
    if weights in NO_WEIGHTS:
        return False
    return (
        Path(weights).expanduser().is_dir()
        or weights in bundled_models()
        or weights in imported_models()
    )


def settings_to_continue(weights: str) -> dict[str, str | float]:
    """The settings of a job that a model brings with it: its place, its network, its width.

    Returns:
        Nothing for other start weights.

    Raises:
        ModelError: The model cannot be used.
    """
    if not names_model(weights):
        return {}
    path = Path(weights).expanduser()
    model = find_model(weights)
    _check_own(model)
    place = str(path.absolute()) if path.is_dir() else weights
    return {"weights": place, "model": model.card.architecture, "alpha": model.card.alpha}


def heritage_of(model: ModelFolder | None) -> Heritage:
    """What a model has seen; nothing without one."""
    if model is None:
        return Heritage()
    return Heritage(model.card.patients_trained, model.card.patients_validated)


def origin_words(model: ModelFolder) -> str:
    """Where weights come from, for the card of a model that goes on from this one."""
    name = model.card.name
    run = model.path.resolve().parent.name
    own = _run_of(model) is None or run == name
    return f"continued from {name}" if own else f"continued from {run}/{name}"


def weights_name(weights: str) -> str:
    """The start weights of a job in a word or two, without the folders that they lie in."""
    path = Path(weights)
    in_run = path.name == RunFolder(path).model_path.name and path.parent.name
    return path.parent.name if in_run else path.name


def split_of_start_model(job: TrainingJob, dataset: Dataset) -> Split | None:
    """The split of the model that a job starts from, so that no patient changes its part.

    Returns:
        None without such a model, when it was trained on other data, or when its split is not
        known.

    Raises:
        ModelError: The model cannot be used.
    """
    model = start_model(job)
    if model is None or model.card.data.fingerprint != dataset.fingerprint:
        return None
    return _split_file_of(model, dataset) or _split_by_card(model.card, dataset)


def mixed_roles(split: Split, heritage: Heritage) -> tuple[str, ...]:
    """What to know of patients whose part in a split is another than before, in words."""
    trained, validated = set(heritage.trained), set(heritage.validated) - set(heritage.trained)
    if split.optimistic:  # then no patient is new anyway, which is told
        return tuple(filter(None, [_official(sorted(trained | validated))]))
    found = [
        _seen(split, "validation", trained, "trained on"),
        _seen(split, "test", trained, "trained on"),
        _seen(split, "test", validated, "chosen by"),
        _official(sorted(trained | validated)),
    ]
    return tuple(text for text in found if text)


def _check_same_network(model: ModelFolder, job: TrainingJob) -> None:
    card = model.card
    _check_own(model)
    if (card.architecture, card.alpha) == (job.model, job.alpha):
        return
    raise ModelError(
        f"The model {model.path} is {_network(card.architecture, card.alpha)}; the training is to "
        f"be of {_network(job.model, job.alpha)}.",
        hint="Choose the same network, or other start weights.",
    )


def _check_own(model: ModelFolder) -> None:
    """Look whether a model is of a network that bcviewer trains."""
    if model.card.imported is not None:
        raise ModelError(
            f"The training cannot go on from {model.card.name}: it was imported, with a network "
            "that bcviewer does not train, and nobody knows which patients it has seen.",
            hint="Start from ImageNet weights or from a model that was trained with bcviewer.",
        )


def _network(architecture: str, alpha: float) -> str:
    return f"{architecture} of width {alpha:g}"


def _run_of(model: ModelFolder) -> RunFolder | None:
    """The run that a model lies in; None for one that was copied or came with the program."""
    run = RunFolder(model.path.resolve().parent)
    return run if run.model_path == model.path.resolve() and run.job_path.is_file() else None


def _split_file_of(model: ModelFolder, dataset: Dataset) -> Split | None:
    run = _run_of(model)
    if run is None:
        return None
    try:
        split = load_split(run.split_path, dataset)
    except SplitError:  # gone or damaged: the card knows the patients too
        return None
    # A split file may have been put there since.
    return split if split.fingerprint == model.card.split.fingerprint else None


def _split_by_card(card: ModelCard, dataset: Dataset) -> Split | None:
    """The patients as the card lists them; none where one stands in two parts."""
    known = {*card.patients_trained, *card.patients_validated}
    try:
        split = split_from_lists(
            dataset,
            train=card.patients_trained,
            validation=card.patients_validated,
            test=[patient for patient in dataset.patients if patient not in known],
        )
    except SplitError:
        return None
    return split if len(split.rows("train")) and len(split.rows("validation")) else None


def _seen(split: Split, part: str, patients: set[str], how: str) -> str:
    again = [patient for patient in split.patients(part) if patient in patients]
    if not again:
        return ""
    count = "1 patient" if len(again) == 1 else f"{len(again)} patients"
    verb = "is" if len(again) == 1 else "are"
    return (
        f"{count} of the {part} part {verb} not new to the start weights, which were {how} them "
        f"({_some(again)}): the scores there are optimistic. To judge fairly, split as the model "
        "was split that this training starts from."
    )


def _official(seen: Sequence[str]) -> str:
    used = official_test_among(seen)
    if not used:
        return ""
    cases = "1 official test case" if len(used) == 1 else f"{len(used)} official test cases"
    return (
        f"The start weights have seen {cases} ({_some(used)}): results on the official test set "
        "will not count."
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
