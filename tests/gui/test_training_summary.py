"""Before a training starts: who is in which part, what it will take, and what to know."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import read_effective_labels
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import split_by_patch, split_by_patient
from bcviewer.dataset.split_file import load_split, save_split
from bcviewer.errors import ModelError
from bcviewer.gui import style
from bcviewer.gui.training_planner import TrainingPlanner
from bcviewer.gui.widgets import training_summary_words as words
from bcviewer.gui.widgets.training_panel import NO_DATA, TrainingPanel
from bcviewer.gui.widgets.training_summary import ESTIMATE, STOP, TrainingSummary
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.model.events import Cancelled_, Note
from bcviewer.model.job import read_job, write_job
from tests.factories import PatchSpec, grid_specs, small_dataset, write_dataset
from tests.gui.training_events import epoch_done, prepared
from tests.model.conftest import tiny_job
from tests.model.probes import probed

WAIT_MS = 20_000
SLOW = f"import time; print({Note('Timing some steps.').to_line()!r}, flush=True); time.sleep(60)"
QUICK = f"print({probed(memory_total=16 * 10**9).to_line()!r})"
BROKEN = "import sys; sys.exit('no room')"


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingPanel:
    """The panel on screen, without data."""
    shown = TrainingPanel(style.light())
    qtbot.addWidget(shown)
    shown.resize(1280, 240)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def data(data_folder: Path, tmp_path: Path) -> OpenedData:
    """Six patients."""
    dataset, place = open_dataset(data_folder, workspace=tmp_path / "workspace")
    return OpenedData(dataset, place, PixelStore(place.pixels_folder, dataset))


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew()
    yield made
    made.stop()


def plan_with(panel: TrainingPanel, crew: Crew, probe: str = QUICK) -> TrainingPlanner:
    planner = TrainingPlanner(crew, panel, probe_command=[sys.executable, "-c", probe])
    planner.serve(panel.summary)
    panel.plan.save_requested.connect(planner.save)
    planner.saved.connect(panel.plan.show_saved)
    planner.save_failed.connect(panel.plan.show_error)
    return planner


def counted(panel: TrainingPanel, qtbot: QtBot, planner: TrainingPlanner) -> TrainingSummary:
    with qtbot.waitSignal(planner.counted, timeout=WAIT_MS):
        pass
    return panel.summary


@pytest.fixture
def summary(panel: TrainingPanel, crew: Crew, data: OpenedData, qtbot: QtBot) -> TrainingSummary:
    """The summary with six patients, counted; its probe is quick."""
    planner = plan_with(panel, crew)
    panel.set_data(data)
    return counted(panel, qtbot, planner)


def test_without_data_it_says_what_to_do_first(panel: TrainingPanel) -> None:
    assert panel.summary._empty.text() == NO_DATA
    assert panel.summary._empty.isVisible()
    assert not panel.curves.isVisible()


def test_the_parts_are_those_of_the_training(summary: TrainingSummary, data: OpenedData) -> None:
    split = split_by_patient(data.dataset, seed=0)
    for part in ("train", "validation", "test"):
        patients, patches, share = summary.parts.texts(part)
        assert patients == str(len(split.patients(part)))
        assert patches == str(len(split.rows(part)))
        assert share == "30.0 %"
    assert "2 an epoch · 20 in 10 epochs" in summary.facts.text(words.STEPS)
    assert "IDC 1.67" in summary.facts.text(words.CLASSES)
    assert summary.facts.text(words.TIME) == words.UNKNOWN


def test_warnings_come_before_the_start(panel: TrainingPanel, summary: TrainingSummary) -> None:
    assert "train part has 4 patients only" in summary.line.text
    assert not summary.notices.isVisible()
    panel.resize(1280, 500)
    assert "train part has 4 patients only" in summary.notices.text
    assert not summary.line.isVisible()


def test_official_test_cases_in_the_training_are_warned_of(
    panel: TrainingPanel, crew: Crew, qtbot: QtBot, tmp_path: Path
) -> None:
    """By a list of the user's own: the splits that are made here put them into the test part."""
    names = ("8864", "9073", "p2", "p3", "p4", "p5")
    folder = write_dataset(tmp_path / "data", {name: grid_specs(4, 4) for name in names})
    dataset, place = open_dataset(folder, workspace=tmp_path / "place")
    planner = plan_with(panel, crew)
    panel.set_data(OpenedData(dataset, place, PixelStore(place.pixels_folder, dataset)))
    assert "official" not in counted(panel, qtbot, planner).line.text
    for part, listed in (("train", names[:4:2]), ("val", names[1:4:2]), ("test", names[4:])):
        (tmp_path / f"{part}.txt").write_text("\n".join(listed))
    panel.form.split.use_file(tmp_path / "train.txt")
    line = panel.summary.line
    qtbot.waitUntil(lambda: "2 official test cases" in line.text, timeout=WAIT_MS)
    assert "(8864, 9073): results on the official test set will not count" in line.text
    assert panel.controls.start_button.isEnabled(), "a warning, and no ban"


def test_the_split_is_checked_for_leaks(
    panel: TrainingPanel, summary: TrainingSummary, data: OpenedData, qtbot: QtBot
) -> None:
    unread = "No leak: no shared patients, no touching patches; pictures were not compared"
    qtbot.waitUntil(lambda: summary.facts.text(words.LEAKS) == unread, timeout=WAIT_MS)
    for patient in data.dataset.patients:
        data.store.patient(patient)
    panel.form.seed.setValue(1)
    read = "No leak: no shared patients, no touching patches, no equal pictures"
    qtbot.waitUntil(lambda: summary.facts.text(words.LEAKS) == read, timeout=WAIT_MS)
    panel.form.split.choose("patch")
    leak = "Leak from train to "
    qtbot.waitUntil(lambda: summary.facts.text(words.LEAKS).startswith(leak), timeout=WAIT_MS)


def test_other_settings_are_counted_anew(
    panel: TrainingPanel, summary: TrainingSummary, data: OpenedData, qtbot: QtBot
) -> None:
    panel.form.split.choose("patch")
    panel.form.seed.setValue(5)
    panel.form.class_weights.setChecked(False)
    split = split_by_patch(data.dataset, seed=5)
    wanted = (str(len(split.patients("test"))), str(len(split.rows("test"))))
    qtbot.waitUntil(lambda: summary.parts.texts("test")[:2] == wanted, timeout=WAIT_MS)
    assert summary.facts.text(words.CLASSES) == "off"
    assert "optimistic" in summary.line.text


def test_what_cannot_start_is_told_and_not_estimated(
    panel: TrainingPanel, summary: TrainingSummary, qtbot: QtBot, tmp_path: Path
) -> None:
    start = panel.controls.start_button
    damaged = tmp_path / "split.json"
    damaged.write_text("{")
    panel.form.split.use_file(damaged)
    qtbot.waitUntil(lambda: "split.json" in summary.problem.text, timeout=WAIT_MS)
    assert not summary.button.isEnabled()
    assert not start.isEnabled()
    assert "split.json" in start.toolTip()
    panel.form.epochs.setValue(3)
    assert not start.isEnabled(), "as many epochs as one likes do not mend a file"
    panel.form.split.choose("patient")
    assert start.isEnabled(), "nothing is known against another split yet"
    qtbot.waitUntil(lambda: not summary.problem.text, timeout=WAIT_MS)
    assert summary.button.isEnabled()
    panel.form.learning_rate.setText("quick")
    panel.form.epochs.lineEdit().setText("0")
    assert summary.problem.text.startswith("Epochs: a whole number from 1 to 1,000,000. Learning")
    assert not summary.button.isEnabled()
    assert summary.parts.texts("train")[0] == "4"


def test_a_file_that_was_mended_is_looked_at_again(
    panel: TrainingPanel, summary: TrainingSummary, data: OpenedData, qtbot: QtBot, tmp_path: Path
) -> None:
    start, path = panel.controls.start_button, tmp_path / "split.json"
    path.write_text("{")
    panel.form.split.use_file(path)
    qtbot.waitUntil(lambda: not start.isEnabled(), timeout=WAIT_MS)
    save_split(split_by_patient(data.dataset, seed=3), path)
    panel.form.split.use_file(path)
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)
    assert start.toolTip() == ""


def test_where_there_is_one_class_only_nothing_starts(
    panel: TrainingPanel, crew: Crew, qtbot: QtBot, tmp_path: Path
) -> None:
    healthy = {f"p{number}": [PatchSpec(151, 101, 0)] for number in range(9)}
    dataset, place = open_dataset(
        write_dataset(tmp_path / "healthy", healthy), workspace=tmp_path / "place"
    )
    planner = plan_with(panel, crew)
    panel.set_data(OpenedData(dataset, place, PixelStore(place.pixels_folder, dataset)))
    assert panel.controls.start_button.isEnabled()
    counted(panel, qtbot, planner)
    assert not panel.controls.start_button.isEnabled()
    assert "one class (not IDC)" in panel.controls.start_button.toolTip()


def estimate(summary: TrainingSummary, qtbot: QtBot) -> None:
    click(summary)
    qtbot.waitUntil(lambda: summary.button.text() == ESTIMATE, timeout=WAIT_MS)


def click(summary: TrainingSummary) -> None:
    QTest.mouseClick(summary.button, Qt.MouseButton.LeftButton)


def test_an_estimate_stands_until_a_setting_changes_that_matters(
    panel: TrainingPanel, summary: TrainingSummary, qtbot: QtBot
) -> None:
    estimate(summary, qtbot)
    # 8 s before the second step, and ten epochs of two steps and twenty patches to judge.
    assert summary.facts.text(words.TIME) == "≈ 13 s · 0.5 s an epoch · 256 patches/s"
    assert summary.facts.text(words.MEMORY) == "1.5 GB of 16 GB · CPU (2 threads)"
    panel.form.learning_rate.setText("0.1")
    panel.form.epochs.setValue(100)
    qtbot.waitUntil(lambda: "≈ 60 s" in summary.facts.text(words.TIME), timeout=WAIT_MS)
    panel.form.batch_size.setValue(32)
    assert summary.facts.text(words.TIME) == words.UNKNOWN
    panel.form.batch_size.setValue(64)
    assert "≈" in summary.facts.text(words.TIME)


def test_a_probe_can_be_stopped(
    panel: TrainingPanel, crew: Crew, data: OpenedData, qtbot: QtBot
) -> None:
    planner = plan_with(panel, crew, SLOW)
    panel.set_data(data)
    summary = counted(panel, qtbot, planner)
    click(summary)
    assert summary.button.text() == STOP
    assert summary.facts.text(words.TIME) == words.MEASURING
    qtbot.waitUntil(lambda: summary.state.text() == "Timing some steps.", timeout=WAIT_MS)
    click(summary)
    qtbot.waitUntil(lambda: summary.state.text() == words.STOPPED, timeout=WAIT_MS)
    assert not planner.probing
    assert summary.facts.text(words.TIME) == words.UNKNOWN


def test_a_probe_that_fails_says_why(
    panel: TrainingPanel, crew: Crew, data: OpenedData, qtbot: QtBot
) -> None:
    planner = plan_with(panel, crew, BROKEN)
    panel.set_data(data)
    summary = counted(panel, qtbot, planner)
    estimate(summary, qtbot)
    assert "no room" in summary.state.text()


def test_a_training_ends_the_probe_and_none_begins_beside_it(
    panel: TrainingPanel, crew: Crew, data: OpenedData, qtbot: QtBot
) -> None:
    planner = plan_with(panel, crew, SLOW)
    panel.set_data(data)
    summary = counted(panel, qtbot, planner)
    click(summary)
    qtbot.waitUntil(lambda: summary.state.text() == "Timing some steps.", timeout=WAIT_MS)
    QTest.mouseClick(panel.controls.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not planner.probing, timeout=WAIT_MS)
    assert not summary.button.isEnabled()
    assert panel.curves.isVisible()
    assert not summary.isVisible()


def test_between_two_trainings_curves_and_summary_are_a_choice(
    panel: TrainingPanel, summary: TrainingSummary
) -> None:
    assert not panel.views._switch.isVisible()
    QTest.mouseClick(panel.controls.start_button, Qt.MouseButton.LeftButton)
    panel.handle_event(prepared())
    panel.handle_event(epoch_done(1))
    assert not panel.views._switch.isVisible()
    panel.handle_event(Cancelled_())
    assert panel.curves.isVisible()
    QTest.mouseClick(panel.views._choice.button(0), Qt.MouseButton.LeftButton)
    assert summary.isVisible()
    QTest.mouseClick(panel.views._choice.button(1), Qt.MouseButton.LeftButton)
    assert panel.curves.isVisible()
    QTest.mouseClick(panel.controls.start_button, Qt.MouseButton.LeftButton)
    assert not panel.views._switch.isVisible()


def test_another_data_set_takes_the_estimate_off(
    panel: TrainingPanel, summary: TrainingSummary, qtbot: QtBot, tmp_path: Path
) -> None:
    estimate(summary, qtbot)
    folder = small_dataset(tmp_path / "other", patients=12, columns=2, rows=2)
    dataset, place = open_dataset(folder, workspace=tmp_path / "place")
    panel.set_data(OpenedData(dataset, place, PixelStore(place.pixels_folder, dataset)))
    assert not summary.parts.isVisible()
    qtbot.waitUntil(lambda: summary.parts.isVisible(), timeout=WAIT_MS)
    assert summary.facts.text(words.TIME) == words.UNKNOWN
    panel.set_data(None)
    assert summary._empty.isVisible()


def test_what_was_counted_for_an_earlier_plan_is_passed_over(
    panel: TrainingPanel, summary: TrainingSummary
) -> None:
    shown = summary.facts.text(words.STEPS)
    panel.form.steps.setValue(77)
    summary.show_error(ModelError("No model.", hint="Choose one."))
    assert "No model." in summary.problem.text
    assert summary.facts.text(words.STEPS) == shown


@pytest.mark.parametrize("patch_wise", [False, True])
def test_a_job_file_is_saved_and_opened_again(
    panel: TrainingPanel,
    crew: Crew,
    data: OpenedData,
    qtbot: QtBot,
    tmp_path: Path,
    patch_wise: bool,
) -> None:
    planner = plan_with(panel, crew)
    panel.set_data(data)
    panel.form.epochs.setValue(7)
    panel.form.seed.setValue(2)
    panel.form.split.choose("patch" if patch_wise else "patient")
    path = tmp_path / "mine" / "quick.json"
    with qtbot.waitSignal(planner.saved, timeout=WAIT_MS):
        panel.plan.save_job(path)
    said = "Saved: quick.json, with what it needs elsewhere beside it."
    assert panel.form.word("job_file") == said
    job = read_job(path)
    assert (job.epochs, job.folder) == (7, data.dataset.root)
    assert job.run == path.parent / "quick-run"
    assert not job.run.exists()
    if patch_wise:
        assert job.split == path.with_name("quick.split.json")
        made = load_split(job.split, data.dataset)
        assert made.fingerprint == split_by_patch(data.dataset, seed=2).fingerprint
    panel.form.epochs.setValue(1)
    assert panel.form.word("job_file") == ""
    panel.plan.open_job(path)
    assert panel.form.epochs.value() == 7
    assert panel.form.split.choice == ("file" if patch_wise else "patient")


def test_a_job_file_that_is_none_is_told(
    panel: TrainingPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "job.json"
    path.write_text("[]")
    panel.plan.open_job(path)
    assert "job.json" in panel.form.word("job_file")
    (told,) = (each for each in panel.form.findChildren(QLabel) if "job.json" in each.text())
    qtbot.waitUntil(lambda: told.visibleRegion().boundingRect() == told.rect(), timeout=WAIT_MS)
    assert not panel.form.job_file.save_button.isEnabled()
    write_job(path, tiny_job(tmp_path, epochs=9))
    panel.plan.open_job(path)
    assert panel.form.epochs.value() == 9
    assert panel.form.word("job_file") == "", "what was said of the other file is over"


def test_a_saved_job_takes_corrected_labels_along(
    panel: TrainingPanel, crew: Crew, data: OpenedData, qtbot: QtBot, tmp_path: Path
) -> None:
    book = LabelBook(data.workspace.labels_path, data.dataset, reader="Ann")
    book.label(np.flatnonzero(data.dataset.labels == 1)[:2], Label.NOT_IDC)
    book.label(np.flatnonzero(data.dataset.labels == 0)[:1], Label.UNSURE)
    book.close()
    planner = plan_with(panel, crew)
    panel.set_data(data)
    with qtbot.waitSignal(planner.saved, timeout=WAIT_MS):
        panel.plan.save_job(tmp_path / "mine" / "job.json")
    assert "with 3 corrected labels" in panel.form.word("job_file")
    kept = read_job(tmp_path / "mine" / "job.json").labels
    found = read_effective_labels(data.workspace, data.dataset, kept=kept)
    assert (found.corrected, found.left_out) == (2, 1)
    panel.plan.open_job(tmp_path / "mine" / "job.json")
    assert "trains with those of its own workspace" in panel.form.word("job_file")
    with qtbot.waitSignal(planner.save_failed, timeout=WAIT_MS):
        panel.plan.save_job(data.dataset.root / "job.json")
    assert "never written to" in panel.form.word("job_file")


@pytest.mark.parametrize("width", [1280, 900, 640])
def test_nothing_is_cut_off(panel: TrainingPanel, summary: TrainingSummary, width: int) -> None:
    panel.resize(width, 240)
    QTest.qWait(20)
    assert summary.minimumSizeHint().width() <= summary.width()
    button = summary.button
    assert button.width() == button.sizeHint().width()
    assert summary.rect().contains(button.mapTo(summary, button.rect().bottomRight()))
