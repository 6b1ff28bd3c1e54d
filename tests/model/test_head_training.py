"""Retraining a head: from a model and labels to an ordinary run with an ordinary model."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split_file import load_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import BcviewerError, Cancelled, JobError, ModelError, StorageError
from bcviewer.model import head_material
from bcviewer.model.context import CONTEXT
from bcviewer.model.engine import Predictor
from bcviewer.model.events import EpochDone, Event, Finished, Note, Prepared
from bcviewer.model.features import Backbone
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head
from bcviewer.model.head_material import HeadLabels, rows_to_learn, split_of_model
from bcviewer.model.head_network import write_network
from bcviewer.model.head_result import HeadResult
from bcviewer.model.head_run import HeadTask, new_head_run
from bcviewer.model.head_training import retrain_head
from bcviewer.model.job import TrainingJob
from bcviewer.model.runs import read_run
from bcviewer.model.runs_changes import continued_job
from tests.faults.spoilt import place_of
from tests.model.conftest import TinyTraining
from tests.model.test_engine import keras_probabilities


@dataclass(frozen=True, eq=False)
class Bench:
    """Data, model and a workspace of the test's own."""

    dataset: Dataset
    workspace: Workspace
    model: ModelFolder

    def task(self, name: str = "head", **changes: object) -> HeadTask:
        task = HeadTask(
            dataset=self.dataset,
            pixels=PixelStore(self.workspace.pixels_folder, self.dataset),
            workspace=self.workspace,
            base=self.model,
            run=self.workspace.runs_folder / name,
        )
        return replace(task, **changes)  # type: ignore[arg-type]

    def labels(self, changed: NDArray[np.int64]) -> HeadLabels:
        """The labels with those of some rows turned round."""
        labels, marks = self.dataset.labels.copy(), np.zeros(len(self.dataset), np.bool_)
        labels[changed] = 1 - labels[changed]
        marks[changed] = True
        return HeadLabels(labels, marks, "f" * 64)

    def rows(self, part: str) -> NDArray[np.int64]:
        return split_of_model(self.model, self.dataset).rows(part)


@pytest.fixture
def bench(tiny_training: TinyTraining, tmp_path: Path) -> Bench:
    """The tiny model on a copy of its data, so that pictures may be changed."""
    data = Path(shutil.copytree(tiny_training.job.folder, tmp_path / "data"))
    dataset, workspace = open_dataset(data, workspace=tmp_path / "workspace")
    return Bench(dataset, workspace, ModelFolder.open(tiny_training.run.model_path))


class Telling:
    """What a retraining told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.progress: list[tuple[int, int]] = []
        self.predicted: dict[str, NDArray[np.float32]] = {}

    def run(self, task: HeadTask) -> HeadResult:
        return retrain_head(
            task,
            emit=self.events.append,
            progress=lambda *now: self.progress.append(now),
            predicted=lambda patient, found, _: self.predicted.update({patient: found}),
        )

    @property
    def patches(self) -> int:
        """Patches whose features were made."""
        return self.progress[-1][0] if self.progress else 0


def test_a_retrained_head_is_an_ordinary_model_in_an_ordinary_run(bench: Bench) -> None:
    telling = Telling()
    result = telling.run(bench.task())
    model = ModelFolder.open(result.model.path)
    card, base = model.card, bench.model.card
    assert model.fingerprint == result.model.fingerprint != bench.model.fingerprint
    assert (card.head_of, card.head_of_fingerprint) == (base.name, bench.model.fingerprint)
    assert "only the head was retrained" in card.weights_origin
    assert card.patients_trained == base.patients_trained
    assert card.patients_validated == base.patients_validated
    assert card.split == base.split
    assert card.validation.patches == 20
    assert set(card.validation.intervals) == set(base.validation.intervals)
    assert card.thresholds["balanced_accuracy"] == card.threshold
    assert card.thresholds != base.thresholds
    assert "/" not in json.dumps(card.job)
    kinds = [type(event) for event in telling.events]
    assert (kinds[0], kinds[-1]) == (Prepared, Finished)
    assert EpochDone in kinds
    record = read_run(model.path.parent)
    assert (record.state, record.epochs_done, record.has_model) == ("finished", 1, True)
    assert record.split_title == base.split.title
    assert record.best["auc"] == pytest.approx(card.validation.at_half["auc"])
    split = load_split(model.path.parent / "split.json", bench.dataset)
    assert split.patients("train") == base.patients_trained


def test_a_new_head_gets_context_and_calibration_of_its_own(bench: Bench) -> None:
    parts = {"patients_trained": ("p00", "p01"), "patients_validated": ("p02", "p03", "p04")}
    base = replace(bench.model, card=bench.model.card.model_copy(update=parts))
    result = Telling().run(bench.task(base=base))
    model = ModelFolder.open(result.model.path)
    assert model.context is not None
    assert model.context == result.model.context
    assert model.context.graph == model.fingerprint
    fitted, judged = model.context.validation, model.card.validation
    assert (fitted.patients, fitted.patches) == (3, judged.patches)
    assert fitted.single.scores["auc"] == pytest.approx(judged.at_half["auc"], abs=1e-3)
    assert "context" not in result.words


def test_without_validation_patients_enough_it_says_that_there_is_none(bench: Bench) -> None:
    result = Telling().run(bench.task())
    assert result.model.context is None
    assert not (result.model.path / CONTEXT).exists()
    assert "too few for context and calibration" in result.words


def test_network_graph_and_kept_features_agree(bench: Bench) -> None:
    result = Telling().run(bench.task(also=("p05",)))
    rows = bench.dataset.rows("p05")
    pixels = bench.task().pixels.gather(np.arange(rows.start, rows.stop))
    by_graph = Predictor(result.model).probabilities(pixels)
    by_features = result.prediction("p05")
    assert by_features is not None
    assert np.abs(by_graph - keras_probabilities(result.model, pixels)).max() < 1e-4
    assert np.abs(by_graph - by_features).max() < 1e-3
    assert np.abs(by_graph - Predictor(bench.model).probabilities(pixels)).max() > 1e-3


def test_features_are_made_once_and_shared_by_all_heads_of_a_backbone(bench: Bench) -> None:
    first, second, third = Telling(), Telling(), Telling()
    made = first.run(bench.task())
    assert first.progress[-1] == (100, 100)
    assert set(first.predicted) == {
        *made.base.card.patients_trained,
        *made.base.card.patients_validated,
    }
    second.run(bench.task("again"))
    assert second.progress == []
    third.run(bench.task("of the head", base=made.model))
    assert third.progress == []


def test_changed_pictures_cost_that_patient_only(bench: Bench) -> None:
    Telling().run(bench.task())
    patient = bench.model.card.patients_trained[0]
    rows = bench.dataset.rows(patient)
    bench.dataset.path(rows.start).write_bytes(bench.dataset.path(rows.stop - 1).read_bytes())
    telling = Telling()
    telling.run(bench.task("again"))
    assert set(telling.predicted) == {patient}


def test_damaged_features_are_made_again(bench: Bench) -> None:
    Telling().run(bench.task())
    kept = sorted(bench.workspace.features_folder.rglob("*.npz"))
    content = bytearray(kept[0].read_bytes())
    content[len(content) // 2] ^= 1
    kept[0].write_bytes(content)
    kept[1].write_bytes(b"")
    telling = Telling()
    result = telling.run(bench.task("again"))
    names = [kept[0].stem, kept[1].stem]
    assert sorted(telling.predicted) == names
    assert f"The kept features were damaged and made again, of: {', '.join(names)}." in (
        result.warnings
    )


def test_without_a_place_for_features_it_works_and_says_so(bench: Bench) -> None:
    bench.workspace.features_folder.write_text("a file in the way")
    result = Telling().run(bench.task(also=("p05",)))
    assert any("could not be kept" in text for text in result.warnings)
    assert result.prediction("p05") is not None
    assert result.prediction("p00") is None


@pytest.mark.parametrize("way", ["full", "limit"])
def test_a_disk_that_gets_full_while_a_head_is_retrained_leaves_no_half_model(
    bench: Bench, tmp_path: Path, way: str
) -> None:
    with place_of(tmp_path / "disk", way, kilobytes=8192) as place, ExitStack() as full:

        def hear(event: Event) -> None:
            if isinstance(event, Prepared):
                full.enter_context(place.spoilt())

        task = bench.task(run=place.folder / "head")
        with pytest.raises(StorageError, match=place.words) as told:
            retrain_head(task, emit=hear)
        assert "has room" in told.value.hint
        full.close()
        assert not any("model" in name for name in place.files()), "not even a half one"
        again = retrain_head(replace(task, run=place.folder / "again"))
        ModelFolder.open(again.model.path)


def test_unreadable_patches_are_left_out(bench: Bench) -> None:
    row = int(bench.rows("train")[0])
    bench.dataset.path(row).write_bytes(b"no picture")
    result = Telling().run(bench.task(also=(bench.dataset.patients[0],)))
    assert result.patches == len(bench.rows("train")) - 1
    assert any("1 patch cannot be read" in text for text in result.warnings)


def test_corrections_of_training_patients_are_learned(bench: Bench) -> None:
    rows = bench.rows("train")
    wrong = rows[::2]
    result = Telling().run(bench.task(labels=bench.labels(wrong)))
    plain = Telling().run(bench.task("plain"))
    assert result.changed == result.changed_fitted == len(wrong)
    assert result.changed_judged == 0
    assert f"Of {len(wrong)} corrections it learned {len(wrong)}." in result.words
    assert result.model.card.labels == "f" * 64
    assert plain.model.card.labels == ""
    assert np.abs(result.head.kernel - plain.head.kernel).max() > 1e-3


def test_corrections_of_other_patients_change_scores_and_not_the_head(bench: Bench) -> None:
    judged, held_out = bench.rows("validation")[:3], bench.rows("test")[:2]
    labels = bench.labels(np.concatenate([judged, held_out]))
    plain = Telling().run(bench.task("plain", labels=bench.labels(held_out)))
    result = Telling().run(bench.task(labels=labels))
    assert (result.changed, result.changed_fitted, result.changed_judged) == (5, 0, 3)
    assert "3 changed the scores; 2 of other patients did not count" in result.words
    assert result.pull == plain.pull
    assert np.array_equal(result.head.kernel, plain.head.kernel)
    assert result.before.at_threshold != plain.before.at_threshold


def test_patches_that_are_left_out_are_neither_learned_nor_judged(bench: Bench) -> None:
    labels = bench.labels(np.empty(0, np.int64))
    labels.labels[bench.rows("train")[:7]] = -1
    labels.labels[bench.rows("validation")[:4]] = -1
    result = Telling().run(bench.task(labels=labels))
    assert result.patches == len(bench.rows("train")) - 7
    assert result.after.patches == len(bench.rows("validation")) - 4


def test_of_very_many_patches_a_choice_is_learned_with_all_corrections(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head_material, "MOST_PATCHES", 20)
    changed = bench.rows("train")[5:25:3]
    split = split_of_model(bench.model, bench.dataset)
    rows = rows_to_learn(split, bench.labels(changed), seed=0)
    assert len(rows) == 20
    assert set(changed) <= set(rows.tolist())
    assert np.array_equal(rows, np.unique(rows))


def test_a_cancel_ends_it_keeps_features_and_leaves_no_model(bench: Bench) -> None:
    asked = iter([False] * 8)
    with pytest.raises(Cancelled):
        retrain_head(bench.task(), cancelled=lambda: next(asked, True))
    record = read_run(bench.task().run)
    assert (record.state, record.has_model) == ("cancelled", False)
    telling = Telling()
    telling.run(bench.task("again"))
    assert 0 < telling.patches < 100


def test_a_folder_that_is_not_empty_is_refused(bench: Bench) -> None:
    run = bench.task().run
    run.mkdir(parents=True)
    (run / "precious").write_text("mine")
    with pytest.raises(JobError, match="holds precious"):
        retrain_head(bench.task())
    assert [path.name for path in run.iterdir()] == ["precious"]


def test_a_model_of_other_patients_is_refused(bench: Bench) -> None:
    card = bench.model.card.model_copy(update={"patients_trained": ("8863",)})
    with pytest.raises(JobError, match="No patient that .* trained on") as error:
        retrain_head(bench.task(base=replace(bench.model, card=card)))
    assert error.value.hint
    assert not bench.workspace.runs_folder.exists()


def test_a_patch_wise_model_is_refused(bench: Bench) -> None:
    split = bench.model.card.split.model_copy(update={"title": "patch-wise (optimistic)"})
    card = bench.model.card.model_copy(update={"split": split})
    with pytest.raises(JobError, match="patch-wise"):
        retrain_head(bench.task(base=replace(bench.model, card=card)))


def test_patients_of_both_roles_take_no_part(bench: Bench) -> None:
    card = bench.model.card
    mixed = card.model_copy(
        update={"patients_validated": (*card.patients_validated, card.patients_trained[0])}
    )
    split = split_of_model(replace(bench.model, card=mixed), bench.dataset)
    assert split.patients("train") == card.patients_trained[1:]
    assert split.patients("validation") == card.patients_validated
    assert split.part_of_patient(card.patients_trained[0]) == ""


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (np.zeros(3, np.int8), "labels for 3 patches"),
        (np.full(120, 2, np.int8), "1 for IDC"),
        (np.zeros(120, np.int8), "one class"),
        (np.full(120, -1, np.int8), "no readable patch"),
    ],
)
def test_labels_that_teach_nothing_are_refused(
    bench: Bench, labels: NDArray[np.int8], words: str
) -> None:
    wrong = HeadLabels(labels, np.zeros(len(labels), np.bool_))
    with pytest.raises(BcviewerError, match=words):
        retrain_head(bench.task(labels=wrong))


def test_a_network_with_another_head_than_its_graph_is_refused(
    bench: Bench, tmp_path: Path
) -> None:
    head = Backbone(bench.model).head
    other = Head(head.kernel + np.float32(0.1), head.bias)
    with pytest.raises(ModelError, match="another head"):
        write_network(bench.model, other, head, tmp_path / "model.keras")


def test_a_network_that_is_no_archive_is_refused(bench: Bench, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(bench.model.path, tmp_path / "model"))
    (copied / "model.keras").write_bytes(b"no archive")
    head = Backbone(bench.model).head
    with pytest.raises(ModelError, match="cannot be read"):
        write_network(replace(bench.model, path=copied), head, head, tmp_path / "model.keras")


def test_runs_of_one_second_get_folders_of_their_own(bench: Bench) -> None:
    first = new_head_run(bench.workspace.runs_folder, bench.model)
    first.mkdir(parents=True)
    second = new_head_run(bench.workspace.runs_folder, bench.model)
    assert first != second
    assert read_run(first).short_name.startswith("simple_cnn-head ")


def test_a_training_that_goes_on_from_a_new_head_has_the_usual_settings(
    bench: Bench, tmp_path: Path
) -> None:
    """Not those of the retraining: one epoch, nothing varied, hardly anything learned."""
    made = read_run(Telling().run(bench.task()).model.path.parent)
    job = continued_job(made, tmp_path / "next")
    usual = TrainingJob(folder=bench.dataset.root, run=tmp_path / "next", model="simple_cnn")
    assert job == usual.model_copy(
        update={
            "workspace": bench.workspace.folder,
            "alpha": bench.model.card.alpha,
            "weights": str(made.model_path),
            "split": made.path / "split.json",
            "seed": bench.model.card.job["seed"],
        }
    )


def test_each_pull_that_was_tried_is_noted(bench: Bench) -> None:
    telling = Telling()
    telling.run(bench.task())
    notes = [event.text for event in telling.events if isinstance(event, Note)]
    assert sum("chosen" in text for text in notes) == 1
    assert "Balanced accuracy on 1 validation patient" in notes[-1]
