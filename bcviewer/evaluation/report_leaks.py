"""What a report says of leaks: whether the patients judged tell of those that were trained on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import TITLES, Split, split_from_lists
from bcviewer.errors import SplitError
from bcviewer.evaluation.leak_words import leak_sentences
from bcviewer.evaluation.leaks import check_leaks
from bcviewer.evaluation.results import Results
from bcviewer.model.folder import ModelFolder

NOT_KNOWN: Final = (
    "Not known: the model was made elsewhere, and nobody knows which patients it was trained on.",
)
BOTH_SIDES: Final = (
    "The model was trained on a split that has the same patients in several parts: its scores are "
    f"{TITLES['patch']} and say little about new patients.",
)
PICTURES: Final = "Pictures were not compared pixel by pixel for this report."


def leaks_of(results: Results) -> tuple[str, ...]:
    """What the parts of the split share, in sentences, the verdict first.

    Pixels are left out: which of them are decoded differs from one machine to the next.
    """
    split = results.chosen.based_on
    if split is None:
        if not results.model.card.split_known:
            return NOT_KNOWN
        split = split_by_roles(results.dataset, results.model)
    if split is None:
        return BOTH_SIDES
    *sentences, _ = leak_sentences(check_leaks(split))
    return (*sentences, PICTURES)


def split_by_roles(dataset: Dataset, model: ModelFolder) -> Split | None:
    """The patients of a model's parts, all others for testing.

    None where a patient is in two parts, as in a patch-wise split.
    """
    card = model.card
    seen = {*card.patients_trained, *card.patients_validated}
    try:
        split = split_from_lists(
            dataset,
            train=card.patients_trained,
            validation=card.patients_validated,
            test=[patient for patient in dataset.patients if patient not in seen],
        )
    except SplitError:
        return None
    return replace(split, by="patient") if card.split.title == TITLES["patient"] else split
