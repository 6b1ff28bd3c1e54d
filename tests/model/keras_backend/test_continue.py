"""A new training that starts from a finished model: its weights, its split, and who it has seen."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from bcviewer.dataset.split_file import load_split
from bcviewer.errors import ModelError
from bcviewer.model.card import file_card, read_card, write_card
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Cancelled_, EpochDone, Event, Finished, Prepared
from bcviewer.model.folder import CARD, NETWORK, ModelFolder
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.network import build_network
from bcviewer.model.keras_backend.training import resume_run, run_job
from bcviewer.model.keras_backend.weights import load_start_weights
from bcviewer.model.run_folder import RunFolder
from tests.factories import small_dataset
from tests.model.conftest import TinyTraining


@pytest.fixture
def base(tiny_training: TinyTraining, tmp_path: Path) -> RunFolder:
    """A copy of a finished run, which a test may harm."""
    return RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "base")))


def next_job(tiny: TinyTraining, place: Path, weights: Path, **settings: object) -> TrainingJob:
    """A training of one epoch on the data of the tiny one, from these weights."""
    given = {"run": place / "next", "epochs": 1, "weights": str(weights), **settings}
    return TrainingJob.model_validate(tiny.job.model_dump() | given)


def trained(job: TrainingJob) -> list[Event]:
    events: list[Event] = []
    run_job(job, emit=events.append, commands=QueuedCommands())
    return events


def started(job: TrainingJob) -> tuple[str, Any]:
    network = build_network(job.model, alpha=job.alpha)
    return load_start_weights(network, job, emit=lambda _event: None), network


def warnings_of(events: list[Event]) -> tuple[str, ...]:
    return next(event for event in events if isinstance(event, Prepared)).warnings


def of_seen(warnings: tuple[str, ...]) -> list[str]:
    return [text for text in warnings if "not new to the start weights" in text]


@pytest.mark.parametrize("given", ["model folder", "run folder"])
def test_every_weight_is_that_of_the_model(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path, given: str
) -> None:
    chosen = base.model_path if given == "model folder" else base.path
    origin, network = started(next_job(tiny_training, tmp_path, chosen))
    assert origin == "continued from base/run"
    expected = keras.saving.load_model(base.model_path / NETWORK).get_weights()
    for mine, other in zip(network.get_weights(), expected, strict=True):
        assert np.array_equal(mine, other)


def test_the_default_of_simple_cnn_is_from_nothing(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    for weights in ("imagenet", "none"):
        assert started(next_job(tiny_training, tmp_path, Path(weights)))[0] == "random"


def test_a_continued_training_keeps_the_split_and_counts_all_patients_as_seen(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    """With another seed, which without the model would make another split."""
    job = next_job(tiny_training, tmp_path, base.path, seed=3, learning_rate=1e-4)
    events = trained(job)
    assert isinstance(events[-1], Finished)
    assert of_seen(warnings_of(events)) == []
    mine, others = (read_card(run.model_path / CARD) for run in (RunFolder(job.run), base))
    assert mine.split.fingerprint == others.split.fingerprint
    assert mine.patients_trained == others.patients_trained
    assert mine.weights_origin == "continued from base/run"
    assert mine.job["weights"] == "base"
    first = next(event for event in events if isinstance(event, EpochDone))
    fresh = next(event for event in tiny_training.events if isinstance(event, EpochDone))
    assert first.train["loss"] < fresh.train["loss"], "it knows something at its start"


def test_without_the_split_file_the_card_knows_the_patients(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    base.split_path.write_text("{")
    job = next_job(tiny_training, tmp_path, base.path, seed=3)
    assert of_seen(warnings_of(trained(job))) == []
    mine, others = (read_card(run.model_path / CARD) for run in (RunFolder(job.run), base))
    assert mine.patients_validated == others.patients_validated


def test_patients_that_change_their_part_are_told_and_stay_trained_on(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    """The data have grown, so the old split does not serve by itself."""
    other = small_dataset(tmp_path / "grown" / "data", patients=9, seed=5)
    job = next_job(
        tiny_training, tmp_path, base.path, folder=other, workspace=tmp_path / "w", seed=4
    )
    events = trained(job)
    card, before = (read_card(run.model_path / CARD) for run in (RunFolder(job.run), base))
    assert set(before.patients_trained) <= set(card.patients_trained)
    assert set(before.patients_validated) <= set(card.patients_validated)
    told = of_seen(warnings_of(events))
    assert told, "with this seed some patient changes its part"
    assert "the scores there are optimistic" in told[0]
    assert card.validation.known, "too few others are left to choose a threshold by"
    assert f"trained on {card.validation.known} of them" in card.validation_text
    assert ModelFolder.open(RunFolder(job.run).model_path).role_of("p08") in ("TRAIN", "HELD OUT")


def test_a_continued_run_is_resumed_without_its_model(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    commands = QueuedCommands()

    def cancel(event: Event) -> None:
        if isinstance(event, EpochDone):
            commands.put(Command.CANCEL)

    job = next_job(tiny_training, tmp_path, base.path, epochs=2, seed=3)
    assert run_job(job, emit=cancel, commands=commands) == Cancelled_()
    shutil.rmtree(base.path)
    events: list[Event] = []
    resume_run(job.run, emit=events.append, commands=QueuedCommands())
    card = read_card(RunFolder(job.run).model_path / CARD)
    assert card.weights_origin == "continued from base/run"
    assert card.patients_trained == read_card(tiny_training.run.model_path / CARD).patients_trained


def test_another_network_or_width_is_refused_before_anything_is_read(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    job = next_job(tiny_training, tmp_path, base.path, model="mobilenetv2", folder=tmp_path / "no")
    with pytest.raises(ModelError, match=r"is simple_cnn of width 1; .* mobilenetv2 of width 1"):
        trained(job)


def test_a_folder_without_a_model_is_refused(tiny_training: TinyTraining, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"lacks card\.json"):
        started(next_job(tiny_training, tmp_path, tmp_path / "empty"))


@pytest.mark.parametrize("there", [True, False])
def test_simple_cnn_takes_no_file_of_a_backbone(
    tiny_training: TinyTraining, tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "backbone.h5"
    if there:
        path.touch()
    words = "is of no use" if there else "no weights file and no model folder"
    with pytest.raises(ModelError, match=words):
        started(next_job(tiny_training, tmp_path, path))


def forge(run: RunFolder, entries: dict[str, bytes]) -> None:
    """Change parts of a network's file, and have the card agree to them."""
    network = run.model_path / NETWORK
    with zipfile.ZipFile(network) as old:
        content = {name: old.read(name) for name in old.namelist()} | entries
    with zipfile.ZipFile(network, "w") as new:
        for name, part in content.items():
            new.writestr(name, part)
    card = read_card(run.model_path / CARD)
    files = {**card.files, NETWORK: file_card(network)}
    write_card(run.model_path / CARD, card.model_copy(update={"files": files}))


def test_what_a_network_file_says_of_code_is_never_run(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    code = {"class_name": "function", "config": f"open({str(trap)!r}, 'w')", "module": "builtins"}
    layer = {"class_name": "Lambda", "module": "keras.layers", "config": {"function": code}}
    model = {"class_name": "Sequential", "module": "keras", "config": {"layers": [layer]}}
    forge(base, {"config.json": json.dumps(model).encode()})
    assert started(next_job(tiny_training, tmp_path, base.path))[0].startswith("continued")
    assert not trap.exists()


@pytest.mark.parametrize("harm", ["no weights", "a layer less", "another shape", "not a number"])
def test_weights_that_do_not_fit_are_refused(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path, harm: str
) -> None:
    name = "model.weights.h5"
    with zipfile.ZipFile(base.model_path / NETWORK) as file:
        path = Path(file.extract(name, tmp_path))
    if harm == "no weights":
        path.write_bytes(b"")
    else:
        with h5py.File(path, "r+") as weights:
            head = weights["layers/dense/vars"] if "layers/dense" in weights else None
            assert head is not None, list(weights["layers"])
            shape = head["0"].shape
            values = {"another shape": np.zeros((3, 3)), "not a number": np.full(shape, np.nan)}
            del head["0"]
            if harm in values:
                head["0"] = values[harm].astype(np.float32)
    forge(base, {name: path.read_bytes()})
    with pytest.raises(ModelError, match=r"do not fit simple_cnn|are no numbers"):
        started(next_job(tiny_training, tmp_path, base.path))


def test_a_damaged_model_is_told(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    network = base.model_path / NETWORK
    network.write_bytes(network.read_bytes()[:-10])
    with pytest.raises(ModelError, match="damaged or changed"):
        started(next_job(tiny_training, tmp_path, base.path))


def test_the_split_of_the_next_run_is_in_its_folder(
    tiny_training: TinyTraining, base: RunFolder, tmp_path: Path
) -> None:
    from bcviewer.dataset.opening import open_dataset

    job = next_job(tiny_training, tmp_path, base.path, seed=3)
    trained(job)
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    mine, others = (load_split(run.split_path, dataset) for run in (RunFolder(job.run), base))
    assert mine.fingerprint == others.fingerprint
