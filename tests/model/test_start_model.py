"""What is said of patients that the start weights have seen, and what a model brings with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import Split, split_by_patch, split_from_lists
from bcviewer.model.start_model import (
    Heritage,
    mixed_roles,
    names_model,
    settings_to_continue,
    weights_name,
)


@pytest.fixture
def split(data_folder: Path) -> Split:
    """Trained on p00 to p02, validated on p03, tested on p04 and p05."""
    dataset, _ = open_dataset(data_folder)
    return split_from_lists(
        dataset, train=["p00", "p01", "p02"], validation=["p03"], test=["p04", "p05"]
    )


def test_without_a_change_of_part_nothing_is_said(split: Split) -> None:
    same = Heritage(trained=("p00", "p01", "elsewhere"), validated=("p03",))
    assert mixed_roles(split, Heritage()) == mixed_roles(split, same) == ()
    assert mixed_roles(split, Heritage(trained=(), validated=("p00",))) == ()


def test_each_way_to_mix_the_parts_is_told_with_its_patients(split: Split) -> None:
    seen = Heritage(trained=("p03", "p04"), validated=("p04", "p05"))
    validation, tested, chosen = mixed_roles(split, seen)
    assert validation.startswith("1 patient of the validation part is not new")
    assert "trained on them (p03)" in validation
    assert "trained on them (p04)" in tested
    assert "chosen by them (p05)" in chosen
    assert "split as the model was split" in chosen


def test_a_patch_wise_split_is_told_once_and_not_here(split: Split) -> None:
    mixed = split_by_patch(split.dataset)
    assert mixed_roles(mixed, Heritage(trained=split.dataset.patients)) == ()


def test_official_test_cases_that_were_seen_are_told(split: Split) -> None:
    (text,) = mixed_roles(split, Heritage(trained=("8864",)))
    assert "1 official test case (8864)" in text


def test_a_bundled_model_is_known_by_its_name() -> None:
    assert names_model("simple_cnn")
    assert settings_to_continue("simple_cnn") == {
        "weights": "simple_cnn",
        "model": "simple_cnn",
        "alpha": 1.0,
    }


@pytest.mark.parametrize("weights", ["imagenet", "none", "/nowhere/backbone.h5"])
def test_other_weights_bring_no_settings(weights: str) -> None:
    assert not names_model(weights)
    assert settings_to_continue(weights) == {}


def test_a_name_tells_the_run_and_not_the_folders_above(tmp_path: Path) -> None:
    assert weights_name(str(tmp_path / "one" / "model")) == "one"
    assert weights_name(str(tmp_path / "backbone.h5")) == "backbone.h5"
    assert weights_name("imagenet") == "imagenet"
