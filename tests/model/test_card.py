"""A card keeps the thresholds that the validation patients propose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import ModelError
from bcviewer.model.card import read_card
from bcviewer.model.engine import Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.prediction import predict_patients
from bcviewer.model.scores import SCORES
from bcviewer.model.thresholds import proposed_thresholds
from tests.cards import unsealed
from tests.model.conftest import TinyTraining


@pytest.fixture
def card_path(tiny_training: TinyTraining, tmp_path: Path) -> Path:
    """A copy of a model's card."""
    return Path(shutil.copy(tiny_training.run.model_path / "card.json", tmp_path))


def test_the_proposals_are_those_of_the_validation_patients(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    model = ModelFolder.open(tiny_training.run.model_path)
    dataset, place = open_dataset(tiny_training.job.folder, workspace=tmp_path / "workspace")
    patients = load_split(tiny_training.run.split_path, dataset).patients("validation")
    store = PixelStore(place.pixels_folder, dataset)
    done = list(predict_patients(dataset, store, Predictor(model), list(patients)))
    labels = np.concatenate([dataset.labels[dataset.rows(one.patient)] for one in done])
    probabilities = np.concatenate([one.probabilities for one in done])
    proposed = proposed_thresholds(labels, probabilities)
    assert model.card.thresholds == pytest.approx(proposed, abs=1e-3)
    assert set(model.card.thresholds) == {"balanced_accuracy", "f1", "sensitivity"}
    assert model.card.thresholds["balanced_accuracy"] == model.card.threshold
    assert tuple(model.card.validation.at_threshold) == SCORES
    assert tuple(model.card.validation.intervals) == SCORES


def test_a_card_from_before_there_were_proposals_is_read(card_path: Path) -> None:
    content = unsealed(card_path)
    del content["thresholds"]
    card_path.write_text(json.dumps(content))
    assert read_card(card_path).thresholds == {}


def test_thresholds_that_are_no_numbers_are_refused_by_name(card_path: Path) -> None:
    content = unsealed(card_path)
    card_path.write_text(json.dumps(content | {"thresholds": {"f1": "high"}}))
    with pytest.raises(ModelError, match="thresholds.f1"):
        read_card(card_path)


IMPORTED = {"file": "old.h5", "sha256": "0", "written_by": "Keras", "network": "3 layers"}


def test_a_card_that_told_only_what_was_assumed_is_read(card_path: Path) -> None:
    content = unsealed(card_path)
    assumed = ["values 0 to 255", "outputs the second of two is IDC", "something else"]
    content["imported"] = IMPORTED | {"assumed": assumed}
    card_path.write_text(json.dumps(content))
    imported = read_card(card_path).imported
    assert imported is not None
    assert [point.text for point in imported.points] == [
        "values: 0 to 255 (assumed)",
        "outputs: the second of two is IDC (assumed)",
        "something else (assumed)",
    ]


POINT = {"name": "values", "words": "0 to 255", "how": "assumed"}


@pytest.mark.parametrize(
    "harm",
    [{"assumed": 3}, {"assumed": [3]}, {"points": [{"how": "read"}]}, {"points": [POINT] * 21}],
)
def test_points_that_are_none_are_refused_by_name(card_path: Path, harm: dict[str, Any]) -> None:
    content = unsealed(card_path)
    card_path.write_text(json.dumps(content | {"imported": IMPORTED | harm}))
    with pytest.raises(ModelError, match=r"imported\.points"):
        read_card(card_path)
