"""A model learns how much neighbours say, keeps it in its folder, and shows it on wish."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.context import CONTEXT, PLAIN, ContextCard, View, read_context, write_context
from bcviewer.model.context_fit import (
    JudgedPatient,
    can_fit,
    fit_context,
    judged_patients,
    steady_threshold,
)
from bcviewer.model.context_loss import DEFAULT_PULL, DEFAULT_REACH
from bcviewer.model.context_smoothing import Cells, smooth
from bcviewer.model.context_training import context_of_model, validation_patients
from bcviewer.model.context_view import named_by_way, named_in, probabilities_in, threshold_in
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models
from bcviewer.model.scores import scores
from bcviewer.model.way import PLAIN_WAY, Way
from tests.model.conftest import TinyTraining

VIEWS = [View(context, calibrated) for context in (False, True) for calibrated in (False, True)]


def noisy_patients(
    count: int, *, side: int = 20, sparse: bool = False, seed: int = 0
) -> list[JudgedPatient]:
    """Tumours that hang together, and a network that sees them through much noise."""
    generator = np.random.default_rng(seed)
    patients = []
    for _ in range(count):
        rows, columns = np.divmod(np.arange(side * side), side)
        middle, radius = generator.uniform(5, 15, 2), generator.uniform(4, 7)
        labels = (np.hypot(rows - middle[0], columns - middle[1]) < radius).astype(np.int8)
        if sparse:
            kept = (rows % 10 == 0) & (columns % 10 == 0)
            rows, columns, labels = rows[kept], columns[kept], labels[kept]
        logits = 1.5 * labels - 0.75 + generator.normal(0, 1.5, len(labels))
        cells = Cells.of(50 * columns + 1, 50 * rows + 1)
        patients.append(JudgedPatient(labels, sigmoid(logits), cells))
    return patients


def places(cells: Cells) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return 50 * cells.column + 1, 50 * cells.row + 1


@pytest.fixture(scope="module")
def card() -> ContextCard:
    return fit_context(noisy_patients(8), graph="abc")


def test_neighbours_help_patients_that_it_was_not_fitted_to(card: ContextCard) -> None:
    found = []
    for patient in noisy_patients(4, seed=1):
        x, y = places(patient.cells)
        refined = card.apply(patient.probabilities, x, y, view=View(True, True))
        threshold = card.threshold_of(View(True, True), single=0.5)
        found.append(
            [
                scores(patient.labels, patient.probabilities)["balanced_accuracy"],
                scores(patient.labels, refined, threshold=threshold)["balanced_accuracy"],
            ]
        )
    single, context = np.mean(found, axis=0)
    assert context > single + 0.1


def test_the_card_judges_each_patient_by_the_others(card: ContextCard) -> None:
    judged = card.validation
    assert (judged.patients, judged.patches, judged.folds) == (8, 3200, 8)
    single, context = judged.single.scores, judged.context.scores
    assert context["auc"] > single["auc"] + 0.05
    assert judged.context.calibration_error[1] < 0.1
    low, high = judged.context.intervals["auc"]
    assert low < context["auc"] < high


def test_patients_without_neighbours_leave_the_defaults() -> None:
    fitted = fit_context(noisy_patients(6, sparse=True), graph="abc")
    assert fitted.reach == pytest.approx(DEFAULT_REACH, rel=0.05)
    assert fitted.pull == pytest.approx(DEFAULT_PULL, rel=0.05)


def test_scattered_patches_do_not_decide_how_neighbours_speak(card: ContextCard) -> None:
    # Their labels say that neighbours are to be heeded not at all; they have none to say it of.
    scattered = [
        JudgedPatient(1 - each.labels, each.probabilities, each.cells)
        for each in noisy_patients(20, sparse=True, seed=1)
    ]
    both = fit_context([*noisy_patients(8), *scattered], graph="abc")
    whole = noisy_patients(6, seed=2)
    labels = np.concatenate([each.labels for each in whole])
    areas = []
    for fitted in (card, both):
        flowed = [smooth(logit(each.probabilities), each.cells, fitted.smoothing) for each in whole]
        areas.append(scores(labels, sigmoid(np.concatenate(flowed)), threshold=0.5)["auc"])
    assert areas[1] > areas[0] - 0.01


def test_an_isolated_patch_changes_only_by_calibration(card: ContextCard) -> None:
    given, place = np.array([0.8], np.float32), np.array([51])
    alone = card.apply(given, place, place, view=View(context=True))
    assert alone == pytest.approx(given, abs=1e-6)
    calibrated = card.apply(given, place, place, view=View(True, True))
    assert calibrated == pytest.approx(card.context.of(given), abs=1e-6)


def test_thresholds_go_with_the_views(card: ContextCard) -> None:
    assert card.threshold_of(PLAIN, single=0.37) == 0.37
    patient = noisy_patients(1, seed=2)[0]
    x, y = places(patient.cells)
    for context in (False, True):
        positive = [
            card.apply(patient.probabilities, x, y, view=view)
            >= card.threshold_of(view, single=0.37)
            for view in (View(context, False), View(context, True))
        ]
        # Calibration keeps the order: the same patches are predicted IDC.
        assert np.mean(positive[0] != positive[1]) < 0.01


def test_too_few_patients_and_one_class_are_refused() -> None:
    two = noisy_patients(2)
    assert not can_fit(two)
    with pytest.raises(ModelError, match="at least 3 patients"):
        fit_context(two, graph="abc")
    healthy = [
        JudgedPatient(np.zeros_like(patient.labels), patient.probabilities, patient.cells)
        for patient in noisy_patients(4)
    ]
    assert not can_fit(healthy)


def test_one_class_in_all_patients_but_one_is_no_fault() -> None:
    patients = noisy_patients(4)
    patients[1:] = [
        JudgedPatient(np.zeros_like(p.labels), p.probabilities, p.cells) for p in patients[1:]
    ]
    assert fit_context(patients, graph="abc").validation.folds == 4


def test_the_steady_threshold_is_in_the_middle_of_what_is_alike() -> None:
    labels = np.repeat([0, 1], 50)
    probabilities = np.concatenate([np.linspace(0, 0.2, 50), np.linspace(0.8, 1, 50)])
    assert 0.15 < steady_threshold(labels, probabilities) <= 0.85


def test_a_context_comes_back_as_it_was_written(tmp_path: Path, card: ContextCard) -> None:
    assert read_context(tmp_path, graph="abc") is None
    write_context(tmp_path, card)
    assert read_context(tmp_path, graph="abc") == card


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "version 2"),
        ({"kind": "bcviewer-model"}, "not a bcviewer-context file"),
        ({"graph": "other"}, "fitted to another model"),
        ({"reach": -1}, "reach"),
        ({"reach": "NaN"}, "reach"),
        ({"threshold": 1.5}, "threshold"),
        ({"sweeps": 10**9}, "sweeps"),
        ({"single": {"slope": 0, "offset": 0}}, "slope"),
        ({"more": 1}, "more"),
    ],
)
def test_a_context_that_cannot_be_used_is_told(
    tmp_path: Path, card: ContextCard, change: dict[str, object], words: str
) -> None:
    write_context(tmp_path, card)
    path = tmp_path / CONTEXT
    content = json.loads(path.read_text()) | change
    del content["sha256"]  # sound, as one by another program, and still of no use
    path.write_text(json.dumps(content))
    with pytest.raises(ModelError, match=words) as caught:
        read_context(tmp_path, graph="abc")
    assert "fit-context" in caught.value.hint


def test_a_torn_context_is_told(tmp_path: Path) -> None:
    (tmp_path / CONTEXT).write_text('{"kind": ')
    with pytest.raises(ModelError, match="not a JSON file"):
        read_context(tmp_path, graph="abc")


def test_the_bundled_model_has_a_context_and_opens_without_it(tmp_path: Path) -> None:
    bundled = bundled_models()["simple_cnn"]
    model = ModelFolder.open(bundled)
    assert model.context is not None
    assert model.context.graph == model.fingerprint
    assert model.context.validation.patients == model.card.validation.patients
    old = tmp_path / "old"
    shutil.copytree(bundled, old)
    (old / CONTEXT).unlink()
    opened = ModelFolder.open(old)
    assert opened.context is None
    assert opened.fingerprint == model.fingerprint
    for view in VIEWS:
        assert threshold_in(opened, view) == opened.card.threshold
    with pytest.raises(ModelError, match="neither context nor calibration"):
        named_in(opened, View(context=True))


def test_files_tell_the_view_by_name_and_threshold() -> None:
    model = ModelFolder.open(bundled_models()["simple_cnn"])
    assert named_in(model, PLAIN).card.name == "simple_cnn (single patch, raw)"
    assert named_by_way(model, PLAIN_WAY) is model
    assert named_by_way(model, Way(averaged=True)).card.name == (
        "simple_cnn (averaged over flips and rotations)"
    )
    seen = named_in(model, View(True, True), way=Way(averaged=True))
    assert seen.card.name == (
        "simple_cnn (with context, calibrated, averaged over flips and rotations)"
    )
    assert seen.card.threshold == threshold_in(model, View(True, True))
    assert seen.fingerprint == model.fingerprint


def test_predictions_are_sorted_by_patient_without_unlabelled_and_unreadable(
    data_folder: Path, tmp_path: Path
) -> None:
    dataset, _ = open_dataset(data_folder, workspace=tmp_path / "workspace")
    rows = dataset.rows_of(dataset.patients[:2])
    probabilities = np.linspace(0, 1, len(rows))
    probabilities[3] = np.nan
    labels = dataset.labels[rows].copy()
    labels[25] = -1
    first, second = judged_patients(dataset, rows, probabilities, labels)
    assert (len(first.labels), len(second.labels)) == (19, 19)
    assert len(first.cells) == 19
    assert first.probabilities[3] == probabilities[4]


def test_a_model_that_was_trained_here_can_get_a_context(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    model = ModelFolder.open(tiny_training.run.model_path)
    dataset, place = open_dataset(tiny_training.job.folder, workspace=tmp_path / "workspace")
    assert validation_patients(model, dataset) == list(model.card.patients_validated)
    for labels, count in ((dataset.labels, 1), (np.full_like(dataset.labels, -1), 0)):
        with pytest.raises(ModelError, match=f"at least 3 patients.* there are {count}"):
            context_of_model(
                model,
                dataset,
                PixelStore(place.pixels_folder, dataset),
                predictor=Predictor(model),
                labels=labels,
            )


def test_averaging_gives_turned_patches_the_same_probability(tiny_training: TinyTraining) -> None:
    single = Predictor(ModelFolder.open(tiny_training.run.model_path))
    averaged = AveragedPredictor(single)
    pixels = np.random.default_rng(0).integers(0, 256, (20, 50, 50, 3), np.uint8)
    given = averaged.probabilities(pixels)
    for turned in (np.rot90(pixels, axes=(1, 2)), pixels[:, ::-1], pixels[:, :, ::-1]):
        np.testing.assert_allclose(averaged.probabilities(turned), given, atol=1e-5)
    assert logit(given).std() > 0
    assert averaged.probabilities(pixels[:0]).shape == (0,)


def test_without_a_context_probabilities_stay_as_they_are(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    model = ModelFolder.open(tiny_training.run.model_path)
    dataset, _ = open_dataset(tiny_training.job.folder, workspace=tmp_path / "workspace")
    given = np.linspace(0, 1, 20).astype(np.float32)
    for view in VIEWS:
        shown = probabilities_in(model, dataset, "p00", probabilities=given, view=view)
        assert shown is given
