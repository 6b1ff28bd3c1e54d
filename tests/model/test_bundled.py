"""The models in the box: whole, small enough, honest about whom they know, and repeatable."""

from __future__ import annotations

import json

import pytest

from bcviewer.dataset.official import official_test_among
from bcviewer.model.catalog import ARCHITECTURES
from bcviewer.model.job import read_job
from bcviewer.model.library import bundled_models, find_model

NAMES = sorted(bundled_models())
MEGABYTE = 10**6


def test_both_architectures_are_there() -> None:
    assert {architecture.name for architecture in ARCHITECTURES} <= set(NAMES)


def test_together_they_are_small_enough_for_a_repository() -> None:
    files = [path for folder in bundled_models().values() for path in folder.iterdir()]
    assert sum(path.stat().st_size for path in files) <= 20 * MEGABYTE


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_whole_and_says_what_it_is_worth(name: str) -> None:
    model = find_model(name)
    card = model.card
    assert model.context is not None
    assert card.validation.patients == len(card.patients_validated) > 1
    assert card.threshold == pytest.approx(card.thresholds["balanced_accuracy"], abs=1e-3)
    low, high = card.validation.intervals["auc"]
    assert 0.5 < low < card.validation.at_threshold["auc"] < high
    assert not card.data.synthetic


@pytest.mark.parametrize("name", NAMES)
def test_no_official_test_case_was_trained_or_tuned_on(name: str) -> None:
    card = find_model(name).card
    known = (*card.patients_trained, *card.patients_validated)
    assert len(known) > 100
    assert not official_test_among(known)
    assert not set(card.patients_trained) & set(card.patients_validated)


@pytest.mark.parametrize("name", NAMES)
def test_the_recipe_beside_it_is_what_made_it(name: str) -> None:
    folder = bundled_models()[name]
    card = find_model(name).card
    job = read_job(folder / "recipe.json")
    settings = job.model_dump(mode="json")
    told = {key: value for key, value in card.job.items() if key != "weights"}
    assert {key: settings[key] for key in told} == told
    assert job.split == folder / "split.json"
    split = json.loads(job.split.read_text())
    assert tuple(split["patients"]["train"]) == card.patients_trained
    assert tuple(split["patients"]["validation"]) == card.patients_validated


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_card_in_words(name: str) -> None:
    words = (bundled_models()[name] / "README.md").read_text(encoding="utf-8")
    for part in ("Not for diagnosis", "CC0", "Where it fails", "patients"):
        assert part in words
