"""A job file says everything a training needs, and says in words what is wrong with it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.errors import JobError
from bcviewer.model.catalog import ARCHITECTURES
from bcviewer.model.job import TrainingJob, make_job, read_job, write_job

GOOD: dict[str, object] = {"folder": "data", "run": "runs/one", "model": "simple_cnn"}

names = st.text(
    st.characters(codec="utf-8", exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1
).filter(lambda name: name.strip())
places = names.map(Path)


@st.composite
def jobs(draw: st.DrawFn) -> TrainingJob:
    chosen = draw(st.sampled_from(ARCHITECTURES))
    return TrainingJob.model_validate(
        {
            "folder": draw(places),
            "workspace": draw(st.none() | places),
            "run": draw(places.map(Path("runs").joinpath)),
            "model": chosen.name,
            "alpha": draw(st.sampled_from(chosen.alphas)),
            "weights": draw(st.sampled_from(["imagenet", "none"]) | names),
            "split": draw(st.none() | places.map(Path("splits").joinpath)),
            "labels": draw(st.none() | places.map(Path("labels").joinpath)),
            "epochs": draw(st.integers(1, 1000)),
            "steps_per_epoch": draw(st.none() | st.integers(1, 10_000)),
            "batch_size": draw(st.integers(1, 4096)),
            "learning_rate": draw(st.none() | st.floats(1e-8, 1)),
            "schedule": draw(st.sampled_from(["cosine", "constant"])),
            "patience": draw(st.none() | st.integers(1, 100)),
            "fine_tune": draw(st.booleans()) or not chosen.pretrained,
            "class_weights": draw(st.booleans()),
            "augmentation": draw(st.booleans()),
            "seed": draw(st.integers(0, 2**32 - 1)),
        }
    )


@given(jobs())
def test_a_job_comes_back_from_its_file_as_it_was(job: TrainingJob) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        write_job(path, job)
        assert read_job(path) == job


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("folder", "", "folder: should not be empty"),
        ("folder", 3, "folder: "),
        ("run", " ", "run: should not be empty"),
        ("workspace", "", "workspace: should not be empty"),
        ("split", "", "split: should not be empty"),
        ("model", "resnet", "model: should be 'mobilenetv2' or 'simple_cnn', not \"resnet\""),
        ("alpha", 0.35, "alpha: should be 1.0 for simple_cnn, not 0.35"),
        ("weights", "", "weights: string should have at least 1 character"),
        ("epochs", 0, "epochs: should be greater than or equal to 1, not 0"),
        ("epochs", "ten", 'epochs: should be a valid integer, not "ten"'),
        ("steps_per_epoch", 0, "steps_per_epoch: should be greater than or equal to 1"),
        ("batch_size", 1.5, "batch_size: should be a valid integer, not 1.5"),
        ("batch_size", 5000, "batch_size: should be less than or equal to 4096, not 5000"),
        ("learning_rate", 0, "learning_rate: should be greater than 0"),
        ("learning_rate", float("nan"), "learning_rate: should be a finite number"),
        ("schedule", "warp", "schedule: should be 'cosine' or 'constant', not \"warp\""),
        ("patience", 0, "patience: should be greater than or equal to 1, not 0"),
        ("fine_tune", False, "fine_tune: simple_cnn has no pretrained backbone to freeze"),
        ("class_weights", "yes", "class_weights: should be a valid boolean"),
        ("augmentation", 1, "augmentation: should be a valid boolean"),
        ("seed", -1, "seed: should be greater than or equal to 0"),
        ("speed", 1, "speed: is not a setting of this version"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(
    setting: str, value: object, words: str
) -> None:
    with pytest.raises(JobError) as error:
        make_job({**GOOD, setting: value})
    assert words in error.value.message


@pytest.mark.parametrize("setting", ["folder", "run", "model"])
def test_a_missing_setting_is_named(setting: str) -> None:
    with pytest.raises(JobError, match=f"{setting}: is missing"):
        make_job({name: value for name, value in GOOD.items() if name != setting})


def test_all_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(JobError) as error:
        make_job({**GOOD, "epochs": 0, "batch_size": 0})
    assert "epochs" in error.value.message
    assert "batch_size" in error.value.message


def test_a_job_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"kind": "bcviewer-job", "version": 2, **GOOD}))
    with pytest.raises(JobError, match="version 2"):
        read_job(path)


def test_a_wrong_setting_in_a_file_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"kind": "bcviewer-job", "version": 1, **GOOD, "epochs": 0}))
    with pytest.raises(JobError, match=r"job\.json.*epochs"):
        read_job(path)


def test_a_file_that_is_not_there_is_a_job_error(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="Cannot read"):
        read_job(tmp_path / "none.json")


def test_the_learning_rate_is_the_architectures_unless_given() -> None:
    job = make_job(GOOD)
    assert job.peak_learning_rate > 0
    assert make_job({**GOOD, "learning_rate": 0.5}).peak_learning_rate == 0.5


def test_a_file_from_before_schedule_and_patience_trains_as_it_did(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    write_job(path, make_job(GOOD))
    old = json.loads(path.read_text())
    for setting in ("schedule", "patience", "fine_tune"):
        del old[setting]
    path.write_text(json.dumps(old))
    job = read_job(path)
    assert (job.schedule, job.patience, job.fine_tune) == ("cosine", None, True)


def test_what_is_named_without_a_folder_lies_beside_the_job_file(tmp_path: Path) -> None:
    """So that a folder can be passed on with the job, and all that it needs."""
    names = {"split": "split.json", "labels": "said.npz", "run": "run", "weights": "mine.h5"}
    write_job(tmp_path / "made.json", make_job({**GOOD, **names}))
    job = read_job(tmp_path / "made.json")
    assert (job.split, job.run) == (tmp_path / "split.json", tmp_path / "run")
    assert job.labels == tmp_path / "said.npz"
    assert job.weights == "mine.h5", "there is none: it may be the name of a model"
    (tmp_path / "mine.h5").touch()
    assert read_job(tmp_path / "made.json").weights == str(tmp_path / "mine.h5")
