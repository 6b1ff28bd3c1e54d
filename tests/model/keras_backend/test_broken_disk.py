"""Disks that are full or gone, and files that are damaged: told in words, with no epoch lost."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bcviewer.errors import BcviewerError, DataError, JobError, StorageError, TrainingError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, EpochDone, Event, Finished, Note
from bcviewer.model.folder import ModelFolder
from bcviewer.model.keras_backend.checkpoint import load_checkpoint
from bcviewer.model.keras_backend.training import resume_run, run_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import read_history, read_run
from tests.disks import protect, resize, small_disk
from tests.faults.spoilt import place_of
from tests.model.conftest import TinyTraining, tiny_job

ROOM = 32768
"""Kilobytes that a run of the tiny training has plenty of room in."""


def unfinished(tiny: TinyTraining, place: Path) -> RunFolder:
    """A copy of the tiny run without its model, as after a kill while that was written."""
    run = RunFolder(Path(shutil.copytree(tiny.run.path, place)))
    shutil.rmtree(run.model_path)
    told = run.events_path.read_text().splitlines(keepends=True)
    run.events_path.write_text("".join(told[:-1]))
    return run


def resumed(run: RunFolder) -> list[Event]:
    events: list[Event] = []
    resume_run(run.path, emit=events.append, commands=QueuedCommands())
    return events


def after_epoch(number: int, act: Callable[[], object]) -> Callable[[Event], None]:
    """A listener that does something once an epoch is done."""

    def hear(event: Event) -> None:
        if isinstance(event, EpochDone) and event.epoch == number:
            act()

    return hear


@given(share=st.floats(0, 1, exclude_max=True), flip=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_checkpoint_that_is_harmed_anywhere_gives_way_to_the_one_before(
    tiny_training: TinyTraining,
    tmp_path_factory: pytest.TempPathFactory,
    share: float,
    flip: bool,
) -> None:
    run = unfinished(tiny_training, tmp_path_factory.mktemp("harmed") / "run")
    content = bytearray(run.last_path.read_bytes())
    place = int(share * len(content))
    if flip:
        content[place] ^= 1 << random.randrange(8)
    harmed = bytes(content if flip else content[:place])
    run.last_path.write_bytes(harmed)
    told: list[Event] = []
    found = load_checkpoint(run, emit=told.append)
    assert found.curve == read_history(tiny_training.run.path)[:1]
    (note,) = told
    assert isinstance(note, Note)
    assert "after epoch 1" in note.text
    assert not run.last_path.exists(), "or it would take the place of the good one"
    assert run.last_path.with_suffix(".damaged").read_bytes() == harmed, "it is put aside"


def test_a_disk_that_does_not_answer_for_a_moment_costs_no_epoch(
    tiny_training: TinyTraining, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = unfinished(tiny_training, tmp_path / "run")
    real = Path.open

    def unplugged(path: Path, *rest: Any, **more: Any) -> Any:
        if path == run.last_path:
            raise OSError(errno.EIO, "Input/output error")
        return real(path, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", unplugged)
        with pytest.raises(TrainingError, match="Input/output error") as error:
            load_checkpoint(run, emit=print)
    assert "resume again" in error.value.hint
    assert len(load_checkpoint(run, emit=print).curve) == 2


def test_when_both_are_harmed_the_run_says_so_and_keeps_what_it_has(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    run = unfinished(tiny_training, tmp_path / "run")
    for path in (run.last_path, run.before_last_path):
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TrainingError, match="checkpoints in .* cannot be read") as error:
        resumed(run)
    assert "new run folder" in error.value.hint
    record = read_run(run.path)
    assert record.state == "failed"
    assert "cannot be read" in record.message
    assert record.epochs_done == 2, "its curve is still there"


@pytest.mark.parametrize("kilobytes", [300, 900, 1200, 1600, 2000])
def test_a_disk_that_gets_full_while_the_model_is_written_costs_no_epoch(
    tiny_training: TinyTraining, tmp_path: Path, kilobytes: int
) -> None:
    """Network, saved model and graph come one after the other; each can be the one too many."""
    with small_disk(tmp_path / "disk", kilobytes=ROOM) as disk:
        run = unfinished(tiny_training, disk / "run")
        used = shutil.disk_usage(disk).used // 1024
        resize(disk, kilobytes=used + kilobytes)
        with pytest.raises(StorageError, match=r"cannot be written|Cannot write") as error:
            resumed(run)
        assert "has room" in error.value.hint
        assert "can be resumed" in error.value.hint
        assert "memory" not in str(error.value)
        assert not run.model_path.exists()
        assert not list(run.path.glob(".*.part"))
        resize(disk, kilobytes=ROOM)
        assert isinstance(resumed(run)[-1], Finished)
        ModelFolder.open(run.model_path)


@pytest.mark.parametrize("way", ["full", "limit"])
def test_a_disk_that_gets_full_while_it_trains_keeps_the_finished_epochs(
    data_folder: Path, tmp_path: Path, way: str
) -> None:
    with place_of(tmp_path / "disk", way, kilobytes=ROOM) as place:
        job = tiny_job(tmp_path, run=place.folder / "run", epochs=3)
        run = RunFolder(job.run)
        with ExitStack() as full:
            spoil = after_epoch(1, lambda: full.enter_context(place.spoilt()))
            with pytest.raises(StorageError, match=place.words) as error:
                run_job(job, emit=spoil, commands=QueuedCommands())
        assert "can be resumed" in error.value.hint
        assert read_run(run.path).resumable
        told = resumed(run)
        assert isinstance(told[-1], Finished)
        assert [event.epoch for event in read_history(run.path)] == [1, 2, 3]


def test_a_run_that_cannot_be_written_is_told_before_tensorflow_works(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=ROOM) as disk:
        run = unfinished(tiny_training, disk / "run")
        protect(disk)
        assert read_run(run.path).resumable
        with pytest.raises(JobError, match="cannot be written: Read-only") as error:
            resumed(run)
        assert "may write" in error.value.hint


def test_data_that_go_away_do_not_stop_a_training_but_its_resume(
    data_folder: Path, tmp_path: Path
) -> None:
    """All patches are decoded into the workspace before the first step."""
    commands = QueuedCommands()
    job, away = tiny_job(tmp_path, epochs=3), tmp_path / "unplugged"

    def unplug() -> None:
        data_folder.rename(away)

    def hear(event: Event) -> None:
        after_epoch(1, unplug)(event)
        after_epoch(2, lambda: commands.put(Command.CANCEL))(event)

    assert run_job(job, emit=hear, commands=commands) == Cancelled_()
    run = RunFolder(job.run)
    assert len(read_history(run.path)) == 2
    with pytest.raises(DataError) as error:
        resumed(run)
    assert str(data_folder) in error.value.message
    assert error.value.hint
    assert read_run(run.path).resumable, "a refusal harms nothing"
    away.rename(data_folder)
    assert isinstance(resumed(run)[-1], Finished)
    assert len(read_history(run.path)) == 3


def torn(path: Path, *, chance: random.Random) -> None:
    """Cut a file off somewhere in its last line."""
    content = path.read_bytes()
    begin = content.rstrip(b"\n").rfind(b"\n") + 1
    path.write_bytes(content[: chance.randrange(begin, len(content))])


def test_torn_lines_are_passed_over_and_mended(tiny_training: TinyTraining, tmp_path: Path) -> None:
    run = unfinished(tiny_training, tmp_path / "run")
    whole = read_history(run.path)
    chance = random.Random(7)
    for path in (run.history_path, run.events_path):
        torn(path, chance=chance)
    assert read_run(run.path).epochs_done == 1
    assert isinstance(resumed(run)[-1], Finished)
    assert read_history(run.path) == whole
    assert isinstance(read_events(run.events_path)[-1], Finished)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kind": "bcviewer-job"}', b"\xff\x00"])
def test_a_damaged_job_is_told_and_the_run_stays_listed(
    tiny_training: TinyTraining, tmp_path: Path, content: bytes
) -> None:
    run = unfinished(tiny_training, tmp_path / "run")
    run.job_path.write_bytes(content)
    with pytest.raises(BcviewerError, match=r"job\.json"):
        resumed(run)
    record = read_run(run.path)
    assert "job.json" in record.problem
    assert not record.resumable
    assert record.epochs_done == 2


def test_halves_of_files_that_a_kill_left_are_swept_up(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    run = unfinished(tiny_training, tmp_path / "run")
    half = run.last_path.with_name(".last.checkpoint.12345678.part")
    half.write_bytes(b"half")
    (run.path / ".model.part").mkdir()
    (run.path / ".model.part" / "model.keras").touch()
    resumed(run)
    assert not list(run.path.rglob(".*.part"))


def test_a_workspace_without_room_costs_only_the_cache_of_pixels(
    data_folder: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=300) as disk:
        job = tiny_job(tmp_path, workspace=disk / "workspace")
        ending = run_job(job, emit=lambda _event: None, commands=QueuedCommands())
    assert isinstance(ending, Finished)
