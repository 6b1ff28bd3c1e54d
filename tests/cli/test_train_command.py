"""The command train on a terminal: settings, Ctrl-C once and twice, and going on with a run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bcviewer.cli import main, train_command
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import split_by_patch
from bcviewer.model.child import CANCELLED
from bcviewer.model.event_log import read_events
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Failed,
    Finished,
    Note,
    Probed,
    StepDone,
    Validating,
    parse_event,
)
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob, make_job, read_job, write_job
from bcviewer.model.job_export import export_job
from bcviewer.model.library import bundled_models
from bcviewer.model.run_commands import latest_step
from bcviewer.model.run_folder import RunFolder, claim_run_folder

Start = Callable[..., "subprocess.Popen[str]"]


def run(*arguments: object) -> int:
    """Run a command line in this process; returns its exit code."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return int(caught.value.code or 0)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a command line in a process of its own, as a terminal does."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "bcviewer", *map(str, arguments)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read what a process says up to a line with these words."""
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line)
        if words in line:
            return
    pytest.fail(f"never said {words!r}: {''.join(heard)}")


def rest(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code, and what was said up to the end."""
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def small(data: Path, run: Path, *, steps: int = 3, epochs: int = 1000) -> list[object]:
    settings = {"--epochs": epochs, "--steps-per-epoch": steps, "--batch-size": 16}
    pairs = [word for pair in settings.items() for word in pair]
    places = ["--run", run, "--workspace", run.parent / "workspace"]
    return ["train", data, "--model", "simple_cnn", *places, *pairs]


def test_options_become_the_settings_of_the_job(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[TrainingJob] = []
    monkeypatch.setattr(train_command, "_train_for_a_person", lambda job, resume: jobs.append(job))
    places = ["train", data_folder, "--run", tmp_path / "run"]
    assert run(*places, "--model", "simple_cnn") == 0
    chosen = ["--patience", 3, "--schedule", "constant", "--freeze-backbone", "--seed", 4]
    chosen += ["--alpha", 0.35, "--no-augmentation", "--batch-size", 7, "--learning-rate", 0.1]
    assert run(*places, "--model", "mobilenetv2", *chosen) == 0
    where = {"folder": data_folder, "run": tmp_path / "run"}
    assert jobs[0] == make_job({**where, "model": "simple_cnn"})
    assert jobs[1] == make_job(
        {
            **where,
            "model": "mobilenetv2",
            "patience": 3,
            "schedule": "constant",
            "fine_tune": False,
            "seed": 4,
            "alpha": 0.35,
            "augmentation": False,
            "batch_size": 7,
            "learning_rate": 0.1,
        }
    )


def test_a_backbone_that_is_not_there_cannot_be_frozen(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*small(data_folder, tmp_path / "run"), "--freeze-backbone") == 1
    assert "simple_cnn has no pretrained backbone" in capsys.readouterr().err


@pytest.mark.parametrize("holder", ["--job", "--resume"])
def test_settings_beside_a_job_or_a_run_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], holder: str
) -> None:
    assert run("train", holder, tmp_path, "--epochs", 3) == 2
    assert "epochs" in capsys.readouterr().err


def test_best_goes_with_a_run_that_is_resumed(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*small(data_folder, tmp_path / "run"), "--best") == 2
    assert "--resume RUN" in capsys.readouterr().err


def test_a_job_of_another_machine_is_trained_in_places_of_this_one(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[TrainingJob] = []
    monkeypatch.setattr(train_command, "_train_for_a_person", lambda job, resume: jobs.append(job))
    file = tmp_path / "job.json"
    there = make_job({"folder": "/there", "run": "/there/run", "model": "simple_cnn", "epochs": 3})
    write_job(file, there)
    places = {"folder": data_folder, "run": tmp_path / "run", "workspace": tmp_path / "place"}
    options = ["--run", places["run"], "--workspace", places["workspace"]]
    assert run("train", data_folder, "--job", file, *options) == 0
    assert run("train", "--job", file) == 0
    files = {"split": tmp_path / "split.json", "weights": str(tmp_path / "mine.h5")}
    (tmp_path / "mine.h5").touch()
    monkeypatch.chdir(tmp_path)
    assert run("train", "--job", file, "--split", "split.json", "--weights", "mine.h5") == 0
    changes: tuple[dict[str, Any], ...] = (places, {}, files)
    assert jobs == [make_job({**there.model_dump(), **each}) for each in changes]


def test_a_probe_tells_one_finding_and_keeps_nothing(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--model", "simple_cnn", "--batch-size", 16, "--workspace", tmp_path / "workspace"]
    assert run("train", data_folder, *chosen, "--probe", "--json") == 0
    *notes, found = map(parse_event, capsys.readouterr().out.splitlines())
    assert all(isinstance(event, Note) for event in notes)
    assert isinstance(found, Probed)
    assert found.steps_per_epoch == 5
    file = tmp_path / "job.json"
    write_job(
        file,
        make_job(
            {
                "folder": data_folder,
                "run": tmp_path / "run",
                "model": "simple_cnn",
                "workspace": tmp_path / "workspace",
            }
        ),
    )
    assert run("train", "--job", file, "--probe") == 0
    assert "patches/s" in capsys.readouterr().out
    assert not (tmp_path / "run").exists()


def test_a_probe_of_a_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("train", "--resume", tmp_path, "--probe") == 2
    assert "probe" in capsys.readouterr().err


def test_a_finished_run_is_not_resumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job({"folder": tmp_path / "data", "run": tmp_path / "run", "model": "simple_cnn"})
    folder = claim_run_folder(job)
    shutil.copytree(bundled_models()["simple_cnn"], folder.model_path)
    assert run("train", "--resume", folder.path) == 1
    assert "is finished" in capsys.readouterr().err
    assert run("train", "--resume", folder.path, "--json") == 1
    (event,) = map(parse_event, capsys.readouterr().out.splitlines())
    assert isinstance(event, Failed)
    assert "is finished" in event.message
    (folder.model_path / CARD).write_text("")
    assert run("train", "--resume", folder.path) == 1
    assert "is damaged, and there is no checkpoint" in capsys.readouterr().err


def test_ctrl_c_finishes_the_epoch_and_keeps_the_best(
    data_folder: Path, tmp_path: Path, start: Start
) -> None:
    process = start(*small(data_folder, tmp_path / "run"))
    wait_for(process, "Epoch 1 of 1000")
    assert isinstance(latest_step(tmp_path / "run"), StepDone | Validating), "a window may follow"
    process.send_signal(signal.SIGINT)
    code, said = rest(process)
    assert code == 0, said
    assert "Finishing this epoch, keeping the best; Ctrl-C again cancels." in said
    assert "ended early" in said
    assert "Traceback" not in said
    folder = RunFolder(tmp_path / "run")
    assert ModelFolder.open(folder.model_path).card.architecture == "simple_cnn"
    ending = read_events(folder.events_path)[-1]
    assert isinstance(ending, Finished)
    assert ending.stopped_early


def test_ctrl_c_twice_cancels(data_folder: Path, tmp_path: Path, start: Start) -> None:
    process = start(*small(data_folder, tmp_path / "run", steps=100_000))
    wait_for(process, "simple_cnn on")
    process.send_signal(signal.SIGINT)
    wait_for(process, "Finishing this epoch")
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    code, said = rest(process)
    assert code == CANCELLED, said
    assert "Training cancelled." in said
    assert "Traceback" not in said
    folder = RunFolder(tmp_path / "run")
    assert not folder.model_path.exists()
    assert read_events(folder.events_path)[-1] == Cancelled_()


def test_a_killed_run_is_resumed_although_its_data_have_moved(
    data_folder: Path, tmp_path: Path, start: Start
) -> None:
    process = start(*small(data_folder, tmp_path / "run", epochs=4, steps=40))
    wait_for(process, "Epoch 1 of 4")
    os.kill(process.pid, signal.SIGKILL)
    assert rest(process)[0] == -signal.SIGKILL
    folder = RunFolder(tmp_path / "run")
    assert run("train", "--resume", tmp_path / "none") == 1
    moved = data_folder.rename(tmp_path / "another drive")
    again = start("train", moved, "--resume", folder.path)
    wait_for(again, "Going on after epoch")
    code, said = rest(again)
    assert code == 0, said
    told: list[Any] = read_events(folder.events_path)
    assert [event.epoch for event in told if isinstance(event, EpochDone)] == [1, 2, 3, 4]
    assert isinstance(told[-1], Finished)
    assert read_job(folder.job_path).folder == moved


def test_a_job_file_is_trained_by_where_it_was_moved_to_and_hears_ctrl_c(
    data_folder: Path, tmp_path: Path, start: Start
) -> None:
    dataset, _ = open_dataset(data_folder, workspace=tmp_path / "workspace")
    settings = {"epochs": 1000, "steps_per_epoch": 1, "model": "simple_cnn", "split": "any.json"}
    job = make_job({**settings, "folder": data_folder, "run": tmp_path / "run"})
    split = split_by_patch(dataset, seed=3)
    export_job(job, tmp_path / "here" / "job.json", dataset=dataset, split=split)
    there = (tmp_path / "here").rename(tmp_path / "there")
    data = data_folder.rename(tmp_path / "moved")
    places = ["--workspace", tmp_path / "other"]
    process = start("train", data, "--job", there / "job.json", "--json", *places)
    wait_for(process, "epoch_done")
    process.send_signal(signal.SIGINT)
    code, said = rest(process)
    assert code == 0, said
    ending = parse_event(said.splitlines()[-1])
    assert isinstance(ending, Finished)
    assert ending.stopped_early
    card = ModelFolder.open(there / "job-run" / "model").card
    assert card.split.fingerprint == split.fingerprint


INTERRUPTED = """
import signal
from bcviewer.cli.interrupts import Interrupts
from bcviewer.model.commands import Command, QueuedCommands
commands, told = QueuedCommands(), []
before = signal.getsignal(signal.SIGINT)
with Interrupts(commands, told=told.append):
    for _ in range(3):
        signal.raise_signal(signal.SIGINT)
assert [commands.next() for _ in told] == [Command.FINISH, Command.CANCEL, Command.CANCEL]
assert told == [1, 2, 3]
assert signal.getsignal(signal.SIGINT) is before
"""


def test_ctrl_c_finishes_at_first_and_then_cancels() -> None:
    # In a process of its own: a Ctrl-C that goes astray would end all tests.
    subprocess.run([sys.executable, "-c", INTERRUPTED], check=True, timeout=60)
