"""The training panel: from "no data" to a model, each state with its words and its buttons."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import JobError, TrainingError
from bcviewer.gui import style
from bcviewer.gui.widgets.training_panel import NO_DATA, TrainingPanel, new_run_folder
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.model.events import (
    Cancelled_,
    Exporting,
    Failed,
    Finished,
    Note,
    Paused,
    Resumed,
    Validating,
)
from bcviewer.model.job import TrainingJob
from tests.factories import small_dataset
from tests.gui.training_events import epoch_done, prepared, step

VALIDATING = Validating(epoch=1, done=640, total=2410, seconds_left=61.0)
BUTTONS = ("start", "pause", "finish", "cancel")


def opened(folder: Path, workspace: Path) -> OpenedData:
    dataset, place = open_dataset(folder, workspace=workspace)
    return OpenedData(dataset, place, PixelStore(place.pixels_folder, dataset))


@pytest.fixture
def empty(qtbot: QtBot) -> TrainingPanel:
    """The panel on screen, without data."""
    shown = TrainingPanel(style.light())
    qtbot.addWidget(shown)
    shown.resize(1280, 220)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def panel(empty: TrainingPanel, data_folder: Path, tmp_path: Path) -> TrainingPanel:
    """The panel with six patients to train on."""
    empty.set_data(opened(data_folder, tmp_path / "workspace"))
    return empty


@pytest.fixture
def running(panel: TrainingPanel) -> TrainingPanel:
    """The panel at the first steps of a training."""
    click(panel, "start")
    panel.handle_event(prepared())
    panel.handle_event(step(1, 31))
    return panel


def click(panel: TrainingPanel, name: str) -> None:
    QTest.mouseClick(getattr(panel.controls, f"{name}_button"), Qt.MouseButton.LeftButton)


def enabled(panel: TrainingPanel) -> set[str]:
    return {name for name in BUTTONS if getattr(panel.controls, f"{name}_button").isEnabled()}


def said(panel: TrainingPanel) -> tuple[str, str]:
    return panel.controls.status.text(), panel.controls.best.text()


def test_without_data_it_says_what_to_do_first(empty: TrainingPanel) -> None:
    assert enabled(empty) == set()
    assert empty.curves._empty.text() == NO_DATA
    assert empty.controls.start_button.toolTip() == NO_DATA
    assert not empty.controls.bar.isVisible()


def test_start_asks_for_the_job_of_the_form(panel: TrainingPanel, qtbot: QtBot) -> None:
    panel.form.epochs.setValue(3)
    assert enabled(panel) == {"start"}
    with qtbot.waitSignal(panel.start_requested) as asked:
        click(panel, "start")
    (job,) = asked.args
    assert isinstance(job, TrainingJob)
    assert job.epochs == 3
    assert job.workspace is not None
    assert job.run.parent == job.workspace / "runs"
    assert not job.run.exists()
    assert enabled(panel) == {"cancel"}
    assert said(panel)[0].startswith("Starting")
    assert panel.controls.bar.isVisible()
    assert panel.controls.bar.maximum() == 0


def test_a_second_start_is_not_possible(running: TrainingPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(running.start_requested):
        click(running, "start")


def test_a_wrong_setting_holds_the_start_back_and_says_why(panel: TrainingPanel) -> None:
    panel.form.learning_rate.setText("quick")
    assert enabled(panel) == set()
    assert "Learning rate" in panel.controls.start_button.toolTip()
    panel.form.learning_rate.setText("0.01")
    assert enabled(panel) == {"start"}


def test_a_running_training_tells_where_it_is(running: TrainingPanel) -> None:
    assert said(running) == (
        "epoch 1 of 20 · step 31 of 300 · 410 patches/s · 0:00 run · 1:42 left",
        "no epoch is finished yet",
    )
    assert enabled(running) == {"pause", "finish", "cancel"}
    assert not running.form.model.isEnabled()
    assert running.controls.bar.value() == round(1000 * 31 / 300 / 20)
    running.handle_event(VALIDATING)
    assert said(running)[0] == (
        "epoch 1 of 20 · validating 640 of 2,410 patches · 0:00 run · 1:01 left"
    )
    running.handle_event(epoch_done(1, balanced=0.71))
    running.handle_event(epoch_done(2, balanced=0.86))
    running.handle_event(epoch_done(3, balanced=0.80, best=2))
    assert said(running)[1] == (
        "best epoch 2 (AUC 0.93, balanced accuracy 0.86, validation: 41 patients, by patient)"
    )
    assert running.curves._title.text() == "validation: 41 patients, by patient"


def test_an_epoch_moves_the_bar_and_the_words_without_a_step(running: TrainingPanel) -> None:
    """A window that begins to follow is told the epochs at first, and steps a while later."""
    for number in (1, 2, 3):
        running.handle_event(epoch_done(number))
    assert said(running)[0].startswith("epoch 3 of 20 is done · 1:33 run · 0:31 an epoch")
    assert running.controls.bar.value() == round(1000 * 3 / 20)
    running.handle_event(replace(VALIDATING, epoch=3))
    assert "is done" in said(running)[0], "what a file told late is passed over"


def test_the_figures_of_a_training_are_told(running: TrainingPanel) -> None:
    """Run time, mean time of an epoch, patience and the lowest validation loss."""
    running.handle_event(epoch_done(1, loss=0.3))
    running.handle_event(
        replace(epoch_done(2, loss=0.5, best=1), epochs_without_progress=1, patience=3)
    )
    running.handle_event(step(3, 1))
    assert "1:02 run · 0:31 an epoch · 1:42 left" in said(running)[0]
    assert running.controls.losses.text() == (
        "on CPU (2 threads) · 1 of 3 epochs without progress · "
        "validation loss 0.600, lowest 0.400 in epoch 1"
    )


def test_what_it_computes_on_and_in_is_told_for_as_long_as_it_trains(
    panel: TrainingPanel,
) -> None:
    click(panel, "start")
    device = "GPU (NVIDIA H200), bfloat16"
    panel.handle_event(replace(prepared(), device=device))
    for event in (step(1, 31), VALIDATING, epoch_done(1), step(2, 1), Paused()):
        panel.handle_event(event)
        assert panel.controls.losses.text().startswith(f"on {device}")
        assert panel.controls.losses.isVisible()


def test_a_warning_about_the_curve_stays(running: TrainingPanel) -> None:
    """The training notes it too; the next step would write over the note."""
    waiting = replace(epoch_done(6, best=1), epochs_without_progress=5)
    running.handle_event(waiting)
    assert running.notices.text.startswith("Stalled: 5 epochs without progress.")
    running.handle_event(Note(running.notices.warnings[0]))
    assert "Stalled" not in said(running)[0]
    running.handle_event(step(7, 1))
    running.handle_event(replace(waiting, epoch=7, epochs_without_progress=6))
    assert running.notices.isVisible()
    assert running.notices.text.count("Stalled") == 1


def test_a_run_whose_job_is_unreadable_is_shown_without_settings_and_not_with_the_forms(
    panel: TrainingPanel, data_folder: Path, tmp_path: Path
) -> None:
    settings = panel.settings
    panel.begin_run("cv/fold-1")
    panel.show_job(TrainingJob(folder=data_folder, run=tmp_path, model="simple_cnn", epochs=33))
    assert settings.of_run is not None
    assert settings.of_run.isVisible()
    assert settings.of_run.epochs.value() == 33
    panel.begin_run("cv/fold-2")
    assert not settings.of_run.isVisible(), "not with those of the run before, either"
    panel.show_job(None)
    assert settings.title.text() == "The settings of cv/fold-2 cannot be read"
    assert not settings.of_run.isVisible()
    assert not panel.form.isVisible()
    panel.handle_event(Cancelled_())
    assert panel.form.isVisible()


def test_a_resumed_training_shows_all_of_its_curve(running: TrainingPanel) -> None:
    for number in (1, 2):
        running.handle_event(epoch_done(number))
    running.handle_event(Cancelled_())
    running.begin()
    running.handle_event(prepared())
    for number in (1, 2):
        running.handle_event(epoch_done(number))
    running.handle_event(step(3, 5))
    assert [event.epoch for event in running.curves._epochs.events] == [1, 2]
    assert "1:02 run" in said(running)[0]


def test_what_is_saved_names_the_patients_and_the_split(running: TrainingPanel) -> None:
    running.handle_event(epoch_done(1))
    table = list(csv.DictReader(running.curves.table().splitlines()))
    assert table[0]["split"] == "by patient"
    assert table[0]["validation_patients"] == "41"
    assert table[0]["run"] == "MobileNetV2"


def test_notes_are_told_while_it_starts(panel: TrainingPanel) -> None:
    click(panel, "start")
    panel.handle_event(Note("Reading patches: 12 of 207 patients."))
    assert said(panel)[0] == "Reading patches: 12 of 207 patients."


def test_pause_and_go_on(running: TrainingPanel, qtbot: QtBot) -> None:
    button = running.controls.pause_button
    with qtbot.waitSignal(running.pause_requested):
        click(running, "pause")
    assert said(running)[0].startswith("Pausing")
    assert enabled(running) == {"finish", "cancel"}
    running.handle_event(step(1, 32))
    assert said(running)[0].startswith("Pausing")
    running.handle_event(Paused())
    assert said(running)[0] == "Paused · epoch 1 of 20 · step 32 of 300 · 0:00 run · 1:42 left"
    running.handle_event(Note("something else"))
    assert said(running)[0].startswith("Paused")
    assert button.text() == "Go on"
    assert enabled(running) == {"pause", "finish", "cancel"}
    with (
        qtbot.waitSignal(running.resume_requested),
        qtbot.assertNotEmitted(running.pause_requested),
    ):
        click(running, "pause")
    running.handle_event(Resumed())
    running.handle_event(step(1, 33))
    assert button.text() == "Pause"
    assert "step 33 of 300" in said(running)[0]


def test_finish_goes_on_to_the_end_of_the_epoch(running: TrainingPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(running.finish_requested):
        click(running, "finish")
    assert said(running)[0].startswith("Finishing this epoch")
    assert enabled(running) == {"cancel"}
    running.handle_event(step(1, 299))
    assert said(running)[0] == (
        "Finishing this epoch · epoch 1 of 20 · step 299 of 300 · 410 patches/s · 0:00 run"
    )
    running.handle_event(VALIDATING)
    assert said(running)[0].startswith("Finishing this epoch · epoch 1 of 20 · validating 640")
    running.handle_event(Note("something else"))
    assert said(running)[0].startswith("Finishing this epoch")
    running.handle_event(epoch_done(1))
    running.handle_event(Exporting())
    running.handle_event(VALIDATING)
    assert running.controls.bar.maximum() == 0, "nobody knows how long it takes"
    assert "Writing the model" in said(running)[0]
    assert enabled(running) == {"cancel"}


@pytest.mark.parametrize(("ask", "words"), [("finish", "epoch 1 of 20"), ("cancel", "Paused")])
def test_what_was_not_heard_is_taken_back(running: TrainingPanel, ask: str, words: str) -> None:
    if words == "Paused":
        running.handle_event(Paused())
    click(running, ask)
    running.show_unheard(TrainingError("It takes no commands.", hint="Try again."))
    assert enabled(running) == {"pause", "finish", "cancel"}
    assert running.notices.text == "It takes no commands.\nTry again."
    running.handle_event(step(1, 40))
    assert said(running)[0].startswith(words)


def test_finish_in_a_pause_stays_a_finish(running: TrainingPanel) -> None:
    """The training leaves its pause to finish, and tells that it goes on."""
    click(running, "pause")
    running.handle_event(Paused())
    click(running, "finish")
    running.handle_event(Resumed())
    running.handle_event(step(1, 40))
    assert said(running)[0].startswith("Finishing this epoch")
    assert enabled(running) == {"cancel"}


def test_cancel_is_acknowledged_at_once_and_told_when_done(
    running: TrainingPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(running.cancel_requested):
        click(running, "cancel")
    assert said(running)[0] == "Cancelling…"
    assert enabled(running) == set()
    running.handle_event(step(1, 32))
    running.handle_event(Paused())
    assert said(running)[0] == "Cancelling…"
    running.handle_event(Cancelled_())
    assert "stays as it was" in said(running)[0]
    assert enabled(running) == {"start"}
    assert running.form.model.isEnabled()
    assert not running.training


def test_a_cancel_while_it_starts_is_not_forgotten(panel: TrainingPanel) -> None:
    click(panel, "start")
    click(panel, "cancel")
    panel.handle_event(prepared())
    assert said(panel)[0] == "Cancelling…"
    assert enabled(panel) == set()


def test_a_cancel_while_the_model_is_written_is_possible_and_not_forgotten(
    running: TrainingPanel, qtbot: QtBot
) -> None:
    running.handle_event(Exporting())
    with qtbot.waitSignal(running.cancel_requested):
        click(running, "cancel")
    assert said(running)[0] == "Cancelling…"
    running.show_unheard(TrainingError("It takes no commands.", hint="Try again."))
    assert "Writing the model" in said(running)[0]
    click(running, "cancel")
    running.handle_event(Exporting())
    assert said(running)[0] == "Cancelling…"
    assert enabled(running) == set()
    running.handle_event(Cancelled_())
    assert enabled(running) == {"start"}


def test_the_end_says_what_was_kept_and_where(running: TrainingPanel) -> None:
    running.handle_event(epoch_done(1))
    running.handle_event(
        Finished(Path("runs/first/model"), 1, {"balanced_accuracy": 0.861}, 75.0, False)
    )
    assert said(running) == (
        "Finished after 1:15: kept epoch 1 "
        "(balanced accuracy 0.86, validation: 41 patients, by patient).",
        f"The model is in {Path('runs/first/model')}",
    )
    assert enabled(running) == {"start"}
    assert not running.controls.bar.isVisible()


def test_a_failure_stands_in_the_panel_with_what_to_do(running: TrainingPanel) -> None:
    running.handle_event(epoch_done(1))
    running.handle_event(Failed("It ran out of memory.", "Try a smaller batch size."))
    assert running.notices.isVisible()
    assert running.notices.text == "It ran out of memory.\nTry a smaller batch size."
    assert running.findChildren(QMessageBox) == []
    assert said(running)[0] == "No model was made."
    assert enabled(running) == {"start"}
    assert len(running.curves._epochs) == 1


def test_a_start_that_failed_can_be_tried_again(panel: TrainingPanel) -> None:
    click(panel, "start")
    panel.show_error(JobError("The folder is full.", hint="Make room."))
    assert panel.notices.text == "The folder is full.\nMake room."
    assert enabled(panel) == {"start"}
    click(panel, "start")
    assert not panel.notices.isVisible()


def test_warnings_are_listed_quietly(running: TrainingPanel) -> None:
    warnings = tuple(f"Warning {number}." for number in range(6))
    running.resize(1280, 400)
    running.handle_event(prepared(warnings=warnings))
    assert running.notices.text.splitlines() == [
        "Warning 0.",
        "Warning 1.",
        "Warning 2.",
        "Warning 3. And 2 more.",
    ]
    assert running.notices.toolTip().splitlines() == list(warnings)
    running.resize(1280, 220)
    assert len(running.notices.text.splitlines()) == 1
    assert "Warning 5." in running.notices.text
    running.handle_event(prepared())
    assert not running.notices.isVisible()


def test_another_data_set_takes_the_last_training_off(
    running: TrainingPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    running.handle_event(epoch_done(1))
    same = running._data
    other = opened(small_dataset(tmp_path / "other", patients=3), tmp_path / "elsewhere")
    running.set_data(other)
    assert len(running.curves._epochs) == 1, "a training that runs stays on the panel"
    running.set_data(same)
    running.handle_event(Cancelled_())
    running.set_data(same)
    assert len(running.curves._epochs) == 1
    running.set_data(other)
    assert len(running.curves._epochs) == 0
    assert said(running) == ("", "")
    with qtbot.waitSignal(running.start_requested) as asked:
        click(running, "start")
    assert asked.args[0].folder == other.dataset.root


@pytest.mark.parametrize("size", [(1440, 240), (1280, 220), (720, 240), (640, 240)])
def test_nothing_is_cut_off(running: TrainingPanel, qtbot: QtBot, size: tuple[int, int]) -> None:
    """720 pixels are a screen of 1440 at 200 %."""
    running.resize(*size)
    running.handle_event(epoch_done(1))
    qtbot.waitUntil(lambda: running.minimumSizeHint().width() <= running.width())
    QApplication.processEvents()
    assert (running.width(), running.height()) == size
    for name in BUTTONS:
        button = getattr(running.controls, f"{name}_button")
        assert button.width() >= button.sizeHint().width()
        corner = button.mapTo(running, button.rect().bottomRight())
        assert running.rect().contains(corner)
    status = running.controls.status
    assert running.rect().contains(status.mapTo(running, status.rect().bottomRight()))
    assert status.shown_text() == status.text()


def test_the_words_begin_where_the_curves_begin(running: TrainingPanel) -> None:
    running.resize(1440, 240)
    begin = [
        each.mapTo(running, each.rect().topLeft()).x()
        for each in (running.controls.status, running.curves)
    ]
    assert begin[0] == begin[1]


def test_runs_of_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    first = new_run_folder(tmp_path, "simple_cnn")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{6}-simple_cnn", first.name)
    assert str(datetime.now().year) in first.name
    first.mkdir()
    (first.with_name(f"{first.name}-2")).mkdir()
    folders = {first, new_run_folder(tmp_path, "simple_cnn"), first.with_name(f"{first.name}-2")}
    assert len(folders) == 3
