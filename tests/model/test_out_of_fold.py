"""Out-of-fold predictions: kept whole, bound to their data, comparable between folds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import OFFICIAL_TEST_PATIENTS
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit
from bcviewer.model.card import file_card, read_card, write_card
from bcviewer.model.context import CONTEXT
from bcviewer.model.context_training import context_of_out_of_fold
from bcviewer.model.cross_validation import CrossValidation, begin, folds_of, make_settings
from bcviewer.model.cross_validation_judging import judge_out_of_fold
from bcviewer.model.folder import CARD, GRAPH, ModelFolder
from bcviewer.model.folds import NO_FOLD, deal_folds
from bcviewer.model.out_of_fold import (
    OutOfFold,
    OutOfFoldCard,
    find_out_of_fold,
    load_out_of_fold,
    newest_out_of_fold,
    out_of_fold_folder,
    save_out_of_fold,
)
from tests.factories import grid_specs, write_dataset
from tests.model.conftest import TinyTraining, tiny_job
from tests.model.made_data import made_dataset

OFFICIAL = min(OFFICIAL_TEST_PATIENTS)


def predicted(dataset: Dataset, *, name: str = "five", folds: int = 3, seed: int = 0) -> OutOfFold:
    """What networks of three folds say, each with a threshold of its own."""
    thresholds = tuple(0.2 + 0.2 * fold for fold in range(folds))
    fold_of = deal_folds(dataset, count=folds).fold_of
    generator = np.random.default_rng(seed)
    lines = np.concatenate([[0.0], logit(np.array(thresholds))])
    own = lines[fold_of][dataset.patient_index]
    logits = 3.0 * dataset.labels - 1.5 + own + generator.normal(0, 1, len(dataset))
    card = OutOfFoldCard(
        name=name,
        created="2026-01-01T00:00:00+00:00",
        bcviewer="0",
        data=dataset.fingerprint,
        recipe="r",
        labels=("",) * folds,
        models=tuple(f"m{fold}" for fold in range(folds)),
        thresholds=thresholds,
        architecture="simple_cnn",
        alpha=1.0,
        job={},
    )
    return OutOfFold(card, dataset, (1 / (1 + np.exp(-logits))).astype(np.float32), fold_of)


def test_a_set_comes_back_as_it_was(tmp_path: Path) -> None:
    dataset = made_dataset([20] * 9)
    kept = predicted(dataset)
    kept.probabilities[5] = np.nan
    path = save_out_of_fold(kept, tmp_path)
    found = load_out_of_fold(path, dataset)
    assert found.card == kept.card
    assert np.array_equal(found.probabilities, kept.probabilities, equal_nan=True)
    assert np.array_equal(found.fold_of, kept.fold_of)


def test_other_data_have_no_use_for_it(tmp_path: Path) -> None:
    path = save_out_of_fold(predicted(made_dataset([20] * 9)), tmp_path)
    with pytest.raises(ModelError, match="another state of the data set"):
        load_out_of_fold(path, made_dataset([20] * 9, seed=1))
    assert newest_out_of_fold(tmp_path, made_dataset([20] * 10)) is None


def test_the_newest_that_fits_is_taken(tmp_path: Path) -> None:
    dataset = made_dataset([20] * 9)
    assert newest_out_of_fold(tmp_path / "none", dataset) is None
    for age, (name, data) in enumerate(
        {"old": dataset, "new": dataset, "other": made_dataset([20] * 8)}.items()
    ):
        path = save_out_of_fold(predicted(data, name=name), tmp_path)
        os.utime(path, (age, age))
    (tmp_path / "torn.npz").write_bytes(b"PK\x03\x04 torn")
    found = newest_out_of_fold(tmp_path, dataset)
    assert found is not None
    assert found.card.name == "new"


def spoilt(path: Path, how: str, kept: OutOfFold) -> None:
    arrays: dict[str, NDArray[np.generic]] = {
        "card": np.frombuffer(kept.card.model_dump_json().encode(), np.uint8),
        "probabilities": kept.probabilities,
        "fold_of": kept.fold_of,
    }
    if how == "torn":
        path.write_bytes(path.read_bytes()[:200])
        return
    if how == "empty":
        path.write_bytes(b"")
        return
    if how == "no card":
        arrays["card"] = np.frombuffer(b"{}", np.uint8)
    elif how == "no fold":
        del arrays["fold_of"]
    elif how == "a fold too many":
        arrays["fold_of"] = np.full_like(kept.fold_of, 4)
    elif how == "objects":
        arrays["probabilities"] = np.array([None, 1], object)
    else:
        arrays["probabilities"] = kept.probabilities.astype(np.float64)
    with path.open("wb") as file:
        np.savez(file, allow_pickle=True, **arrays)


@pytest.mark.parametrize(
    "how", ["torn", "empty", "no card", "no fold", "a fold too many", "objects", "doubles"]
)
def test_a_damaged_set_is_told(tmp_path: Path, how: str) -> None:
    kept = predicted(made_dataset([20] * 9))
    path = save_out_of_fold(kept, tmp_path)
    spoilt(path, how, kept)
    with pytest.raises(ModelError, match="cannot be used"):
        load_out_of_fold(path, kept.dataset)


def test_a_name_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    workspace, dataset = Workspace(tmp_path), made_dataset([20] * 9)
    with pytest.raises(ModelError, match="bcviewer cross-validate"):
        find_out_of_fold("none", workspace, dataset)
    save_out_of_fold(predicted(dataset), out_of_fold_folder(workspace))
    assert find_out_of_fold("five", workspace, dataset).card.folds == 3
    for name in ("none", "../five", "", "a/b"):
        with pytest.raises(ModelError, match="five"):
            find_out_of_fold(name, workspace, dataset)


@given(st.integers(0, 1000), st.floats(0.05, 0.95))
def test_aligned_decides_as_each_fold_does_and_keeps_its_order(seed: int, to: float) -> None:
    found = predicted(made_dataset([12] * 9), seed=seed)
    aligned = found.aligned(to=to)
    for fold, threshold in enumerate(found.card.thresholds, start=1):
        rows = np.flatnonzero(found.fold_of_row == fold)
        own, other = found.probabilities[rows], aligned[rows]
        clear = np.abs(own - threshold) > 1e-5
        assert np.array_equal((own >= threshold)[clear], (other >= to)[clear])
        assert np.all(np.diff(other[np.argsort(own, kind="stable")]) >= 0)


def test_unreadable_stays_unreadable() -> None:
    found = predicted(made_dataset([12] * 9))
    found.probabilities[7] = np.nan
    assert np.flatnonzero(np.isnan(found.aligned())).tolist() == [7]


class Constant:
    """An engine that says of every patch the same, and counts what it was asked."""

    asked = 0

    def __init__(self, value: float) -> None:
        self._value = value

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        Constant.asked += len(pixels)
        return np.full(len(pixels), self._value, np.float32)


@pytest.fixture
def cross(tiny_training: TinyTraining, tmp_path: Path) -> CrossValidation:
    """Two folds whose models are like the tiny one, with cards that tell of their folds."""
    names = [OFFICIAL, *(f"p{number}" for number in range(6))]
    write_dataset(tmp_path / "data", {name: grid_specs(4, 3) for name in names})
    job = tiny_job(tmp_path)
    dataset, place = open_dataset(job.folder, workspace=job.workspace)
    cross = begin(place.runs_folder / "two", make_settings(job, folds=2), dataset)
    folds = folds_of(cross, dataset)
    for fold in cross.numbers:
        model = cross.run(fold).model_path
        shutil.copytree(tiny_training.run.model_path, model)
        split = folds.split(fold)
        (model / CONTEXT).unlink(missing_ok=True)
        with (model / GRAPH).open("a") as graph:  # another network, by its fingerprint
            graph.write(f"<!-- {fold} -->\n")
        card = read_card(model / CARD)
        update = {
            "files": {**card.files, GRAPH: file_card(model / GRAPH)},
            "patients_trained": split.patients("train"),
            "patients_validated": split.patients("validation"),
            "threshold": 0.3 + 0.1 * fold,
        }
        write_card(model / CARD, card.model_copy(update=update))
    return cross


def test_each_patient_is_judged_by_its_fold_and_official_ones_by_all(
    cross: CrossValidation,
) -> None:
    dataset, place = open_dataset(cross.settings.job.folder, workspace=cross.settings.job.workspace)
    values = iter((0.2, 0.8))
    found = judge_out_of_fold(cross, dataset, place, engine=lambda _model: Constant(next(values)))
    for fold, value in ((NO_FOLD, 0.5), (1, 0.2), (2, 0.8)):
        rows = found.fold_of_row == fold
        assert rows.any()
        assert found.probabilities[rows] == pytest.approx(value, abs=1e-6)
    assert found.card.thresholds == (0.4, 0.5)
    assert not found.in_folds[dataset.rows(OFFICIAL)].any()
    kept = find_out_of_fold("two", place, dataset)
    assert np.array_equal(kept.probabilities, found.probabilities)
    assert kept.card.recipe == cross.settings.recipe_fingerprint


def test_what_was_predicted_before_it_was_stopped_is_not_asked_again(
    cross: CrossValidation,
) -> None:
    job = cross.settings.job
    dataset, place = open_dataset(job.folder, workspace=job.workspace)
    Constant.asked = 0
    judge_out_of_fold(cross, dataset, place, engine=lambda _model: Constant(0.5))
    once = Constant.asked
    rows = dataset.rows(OFFICIAL)
    assert once == len(dataset) + rows.stop - rows.start, "official ones are asked of both"
    judge_out_of_fold(cross, dataset, place, engine=lambda _model: Constant(0.5))
    assert Constant.asked == once


def test_a_network_that_knows_a_patient_does_not_judge_it(cross: CrossValidation) -> None:
    job = cross.settings.job
    dataset, place = open_dataset(job.folder, workspace=job.workspace)
    card = cross.run(1).model_path / CARD
    known = read_card(card).model_copy(
        update={"patients_validated": folds_of(cross, dataset).patients(1)[:1]}
    )
    write_card(card, known)
    with pytest.raises(ModelError, match="knows 1 patient"):
        judge_out_of_fold(cross, dataset, place, engine=lambda _model: Constant(0.5))
    assert not out_of_fold_folder(place).exists()


def test_a_context_is_fitted_on_them_for_a_model_that_trained_on_all(
    tiny_training: TinyTraining,
) -> None:
    dataset = made_dataset([40] * 12, names=[OFFICIAL, *(f"p{n}" for n in range(11))])
    found = predicted(dataset)
    model = ModelFolder.open(tiny_training.run.model_path)
    card = context_of_out_of_fold(model, found, dataset.labels)
    assert card.graph == model.fingerprint
    assert card.validation.patients == 11, "an official test case was tuned on"
    assert card.fitted_on == "out-of-fold predictions five (3 folds by patient)"
    single = card.validation.single.scores["balanced_accuracy"]
    assert single > 0.85, "the thresholds of the folds were not brought together"


def test_predictions_of_another_network_are_refused(tiny_training: TinyTraining) -> None:
    found = predicted(made_dataset([40] * 9))
    card = found.card.model_copy(update={"architecture": "mobilenetv2", "alpha": 0.35})
    other = OutOfFold(card, found.dataset, found.probabilities, found.fold_of)
    with pytest.raises(ModelError, match="mobilenetv2"):
        context_of_out_of_fold(
            ModelFolder.open(tiny_training.run.model_path), other, found.dataset.labels
        )
