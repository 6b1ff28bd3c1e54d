"""Whom a model is judged on: every set says its split, its part, and what makes it optimistic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import split_by_patch, split_by_patient
from bcviewer.errors import DataError, SplitError
from bcviewer.evaluation.judging import ROLES_UNKNOWN, Whom, of_roles, of_split
from bcviewer.evaluation.report_leaks import split_by_roles
from bcviewer.model.card import ImportCard
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from tests.factories import small_dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return scan(small_dataset(tmp_path_factory.mktemp("judging") / "data"))


@pytest.fixture(scope="module")
def model(dataset: Dataset) -> ModelFolder:
    """A model that was trained on two patients and tuned on one."""
    found = find_model("simple_cnn")
    return trained_on(found, ("p00", "p01"), ("p02",))


def trained_on(
    model: ModelFolder, trained: tuple[str, ...], validated: tuple[str, ...]
) -> ModelFolder:
    update = {"patients_trained": trained, "patients_validated": validated}
    return replace(model, card=model.card.model_copy(update=update))


def test_held_out_patients_are_those_that_the_model_never_saw(
    dataset: Dataset, model: ModelFolder
) -> None:
    chosen = of_roles(dataset, model, dataset.labels)
    assert chosen.patients == ("p03", "p04", "p05")
    assert (chosen.split, chosen.part) == ("by patient", "held out")
    assert not chosen.optimistic
    assert chosen.warning == ""
    assert np.array_equal(chosen.rows, dataset.rows_of(chosen.patients))


@pytest.mark.parametrize(
    ("whom", "count", "seen"), [(Whom.TRAIN, 2, 2), (Whom.VALIDATION, 1, 1), (Whom.ALL, 6, 3)]
)
def test_patients_of_the_training_are_never_mixed_in_in_silence(
    dataset: Dataset, model: ModelFolder, whom: Whom, count: int, seen: int
) -> None:
    chosen = of_roles(dataset, model, dataset.labels, whom=whom)
    assert (len(chosen.patients), len(chosen.seen)) == (count, seen)
    assert chosen.optimistic
    assert f"trained or tuned on {seen} of these patients" in chosen.warning


def test_a_patch_wise_split_is_stamped_whoever_was_trained_on_it(
    dataset: Dataset, model: ModelFolder
) -> None:
    stranger = trained_on(model, ("x",), ("y",))
    chosen = of_split(split_by_patch(dataset), stranger, dataset.labels)
    assert chosen.split == "patch-wise (optimistic)"
    assert chosen.seen == ()
    assert chosen.optimistic
    by_patient = of_split(split_by_patient(dataset), stranger, dataset.labels)
    assert not by_patient.optimistic


def test_of_a_model_made_elsewhere_all_are_judged_with_a_warning(
    dataset: Dataset, model: ModelFolder
) -> None:
    about = ImportCard(file="a.h5", sha256="0", written_by="Keras", network="a network")
    imported = replace(model, card=model.card.model_copy(update={"imported": about}))
    chosen = of_roles(dataset, imported, dataset.labels)
    assert len(chosen.patients) == 6
    assert (chosen.split, chosen.part) == ("not known", ROLES_UNKNOWN)
    assert "nobody knows" in chosen.warning


def test_what_cannot_be_judged_is_refused_in_words(dataset: Dataset, model: ModelFolder) -> None:
    everyone = trained_on(model, dataset.patients, ())
    with pytest.raises(DataError, match="trained on every patient"):
        of_roles(dataset, everyone, dataset.labels)
    with pytest.raises(DataError, match="no patient that is validation"):
        of_roles(dataset, everyone, dataset.labels, whom=Whom.VALIDATION)
    with pytest.raises(DataError, match="label to judge by"):
        of_roles(dataset, model, np.full(len(dataset), -1, np.int8))
    with pytest.raises(SplitError, match="no part 'rest'"):
        of_split(split_by_patient(dataset), model, dataset.labels, part="rest")
    empty = split_by_patient(dataset, fractions=(0.5, 0.5, 0))
    with pytest.raises(SplitError, match="has no patch"):
        of_split(empty, model, dataset.labels)


@given(st.integers(0, 10_000))
def test_rows_have_labels_and_belong_to_the_patients(
    dataset: Dataset, model: ModelFolder, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.integers(-1, 2, len(dataset)).astype(np.int8)
    chosen = of_roles(dataset, model, labels, whom=Whom.ALL)
    assert (labels[chosen.rows] >= 0).all()
    assert len(chosen.rows) == (labels >= 0).sum()
    names = {dataset.patients[number] for number in dataset.patient_index[chosen.rows]}
    assert set(chosen.patients) == names


def test_the_roles_of_a_model_are_its_split_unless_it_was_patch_wise(
    dataset: Dataset, model: ModelFolder
) -> None:
    split = split_by_roles(dataset, model)
    assert split is not None
    assert split.title == "by patient"
    assert split.patients("test") == ("p03", "p04", "p05")
    assert split_by_roles(dataset, trained_on(model, ("p00", "p01"), ("p01",))) is None


def test_a_set_among_some_patients_holds_no_others(dataset: Dataset, model: ModelFolder) -> None:
    chosen = of_roles(dataset, model, dataset.labels, whom=Whom.ALL, among=["p05", "p00"])
    assert chosen.patients == ("p00", "p05")
    assert chosen.seen == ("p00",)
