"""Whom the window judges a model on: the choices, when each can be had, and their patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import TITLES, Split, split_from_lists
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import DataError, SplitError
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles, of_split
from bcviewer.gui.words import marked, tr
from bcviewer.model.folder import ModelFolder
from bcviewer.model.run_folder import RunFolder


class Part(StrEnum):
    """Whom to judge on."""

    HELD_OUT = "held out"
    VALIDATION = "validation"
    TEST = "test"
    OPEN = "open patient"
    ALL = "all"

    @property
    def words(self) -> str:
        """The choice, as the window names it."""
        return tr(_TITLES[self])

    @property
    def in_sentence(self) -> str:
        """The same, for the middle of a sentence."""
        return tr(_IN_SENTENCE[self])

    @property
    def help(self) -> str:
        """What the choice is worth."""
        return tr(_HELP[self])


_TITLES: Final = {
    Part.HELD_OUT: marked("Held-out patients"),
    Part.VALIDATION: marked("Validation patients"),
    Part.TEST: marked("Test part of the split"),
    Part.OPEN: marked("Open patient"),
    Part.ALL: marked("All predicted (optimistic)"),
}
_IN_SENTENCE: Final = {
    Part.HELD_OUT: marked("held-out patients"),
    Part.VALIDATION: marked("validation patients"),
    Part.TEST: marked("test part of the split"),
    Part.OPEN: marked("open patient"),
    Part.ALL: marked("all predicted (optimistic)"),
}
_HELP: Final = {
    Part.HELD_OUT: marked("Patients that the model has never seen: what counts"),
    Part.VALIDATION: marked(
        "Patients that chose the model's best epoch and its threshold: a little optimistic"
    ),
    Part.TEST: marked("The patches that the model's own split kept for testing"),
    Part.OPEN: marked("The patient on screen alone: too few for an interval"),
    Part.ALL: marked(
        "Every patient with a prediction, those of the training among them: optimistic"
    ),
}

NO_SPLIT: Final = marked("The split that the model was trained on is not known for these data")
NO_TEST: Final = marked("The model's own split kept no patient for testing")
NO_PATIENT: Final = marked("No patient is open")
NO_HELD_OUT: Final = marked("The model was trained on patches of every patient here")
NO_VALIDATION: Final = marked("None of these patients chose the model's threshold")
NO_ROLES: Final = marked("The model was trained elsewhere: nobody knows on which patients")


def reasons_against(
    dataset: Dataset, model: ModelFolder, patient: str | None, *, has_split: bool
) -> dict[Part, str]:
    """Why choices cannot be had; those that can are not in it.

    Args:
        dataset: The open data.
        model: The model in use.
        patient: The open patient.
        has_split: Whether the model's split may be known for these data.
    """
    found = {Part.OPEN: tr(NO_PATIENT)} if patient is None else {}
    if not model.card.split_known:
        return found | dict.fromkeys((Part.HELD_OUT, Part.VALIDATION, Part.TEST), tr(NO_ROLES))
    roles = {model.role_of(each) for each in dataset.patients}
    if "HELD OUT" not in roles:
        found[Part.HELD_OUT] = tr(NO_HELD_OUT)
    if "VALIDATION" not in roles:
        found[Part.VALIDATION] = tr(NO_VALIDATION)
    if not has_split:
        found[Part.TEST] = tr(NO_SPLIT)
    elif "HELD OUT" not in roles and _is_by_patient(model):
        found[Part.TEST] = tr(NO_TEST)
    return found


def _is_by_patient(model: ModelFolder) -> bool:
    """Whether each patient is in one part of the model's split alone."""
    return not set(model.card.patients_trained) & set(model.card.patients_validated)


def best_part(against: dict[Part, str]) -> Part:
    """The most honest choice that can be had."""
    return next(
        part
        for part in (Part.HELD_OUT, Part.TEST, Part.VALIDATION, Part.ALL)
        if part not in against
    )


def may_have_split(dataset: Dataset, model: ModelFolder) -> bool:
    """Whether it is worth looking for the split of a model: it was made for these data."""
    return model.card.split_known and model.card.data.fingerprint == dataset.fingerprint


def split_of_model(dataset: Dataset, model: ModelFolder) -> Split:
    """The split that a model was trained on, known again by its fingerprint.

    Raises:
        SplitError: It is not at hand.
    """
    for split in (_kept(dataset, model), _by_card(dataset, model)):
        if split is not None and split.fingerprint == model.card.split.fingerprint:
            return split
    raise SplitError(f"{tr(NO_SPLIT)}.", hint=tr("Choose the held-out patients."))


def judged_set(
    part: Part,
    dataset: Dataset,
    model: ModelFolder,
    *,
    labels: NDArray[np.int8],
    predicted: Sequence[str],
    patient: str | None,
) -> JudgedSet:
    """The patches of a choice.

    Args:
        part: The choice.
        dataset: The open data.
        model: The model in use.
        labels: int8[N], 0 or 1, -1 for patches without a label to judge by.
        predicted: Patients that have a prediction.
        patient: The open patient.

    Raises:
        DataError: There is no such patient, or none has a label.
        SplitError: The model's split is not known, or has no such part.
    """
    if part is Part.TEST:
        return of_split(split_of_model(dataset, model), model, labels)
    if part is Part.OPEN:
        if patient is None:
            raise DataError(f"{tr(NO_PATIENT)}.", hint=tr("Choose one in the list of patients."))
        found = of_roles(dataset, model, labels, whom=Whom.ALL, among=[patient])
        return replace(found, part=f"patient {patient}")
    if part is Part.ALL:
        return of_roles(dataset, model, labels, whom=Whom.ALL, among=predicted or None)
    whom = Whom.HELD_OUT if part is Part.HELD_OUT else Whom.VALIDATION
    return of_roles(dataset, model, labels, whom=whom)


def _kept(dataset: Dataset, model: ModelFolder) -> Split | None:
    """The split file of the run that the model lies in."""
    path = RunFolder(model.path.resolve().parent).split_path
    try:
        return load_split(path, dataset) if path.is_file() else None
    except SplitError:
        return None


def _by_card(dataset: Dataset, model: ModelFolder) -> Split | None:
    """The split by the patients that the card lists, the rest for testing."""
    card = model.card
    known = {*card.patients_trained, *card.patients_validated}
    try:
        split = split_from_lists(
            dataset,
            train=card.patients_trained,
            validation=card.patients_validated,
            test=[patient for patient in dataset.patients if patient not in known],
        )
    except SplitError:  # patch-wise: a patient is in two lists
        return None
    return replace(split, by="patient") if card.split.title == TITLES["patient"] else split
