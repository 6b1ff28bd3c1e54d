"""What a training starts from: ImageNet's weights, a model that is there by name, a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.gui import style
from bcviewer.gui.preferences import Preferences
from bcviewer.gui.session import Session
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.backbone_file import mobilenetv2_kernels
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.library import bundled_models, find_model
from bcviewer.model.start_model import start_model

WAIT_MS = 20_000
DATA, WORKSPACE, RUN = Path("data"), Path("workspace"), Path("workspace/runs/first")


def job_of(form: TrainingForm) -> TrainingJob:
    return form.job(DATA, WORKSPACE, RUN)


def choose_network(form: TrainingForm, title: str) -> None:
    form.model.setCurrentIndex(form.model.findText(title))


def offered(form: TrainingForm) -> set[str]:
    """What can be chosen, as it is read in the list."""
    weights = form.weights
    flags = [weights.model().index(row, 0).flags() for row in range(weights.count())]
    enabled = Qt.ItemFlag.ItemIsEnabled
    return {weights.itemText(row) for row, flag in enumerate(flags) if flag & enabled}


def pick(form: TrainingForm, text: str) -> None:
    """Choose from the list, as a user does."""
    assert text in offered(form)
    row = form.weights.findText(text)
    form.weights.setCurrentIndex(row)
    form.weights.activated.emit(row)


def job_from(weights: str, model: str = "simple_cnn") -> TrainingJob:
    return TrainingJob.model_validate(
        {"folder": DATA, "workspace": WORKSPACE, "run": RUN, "model": model, "weights": weights}
    )


@pytest.fixture
def form(qtbot: QtBot) -> TrainingForm:
    shown = TrainingForm()
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def desk(qtbot: QtBot, data_folder: Path) -> Iterator[TrainingDesk]:
    """The two tabs of training on screen, with six small patients open and counted."""
    dataset, workspace = open_dataset(data_folder)
    session, crew, window = Session(Preferences()), Crew(), QWidget()
    qtbot.addWidget(window)
    made = TrainingDesk(session, crew, tokens=style.light(), window=window)
    qtbot.addWidget(made.tabs)
    with qtbot.waitExposed(made.tabs):
        made.tabs.show()
    with qtbot.waitSignal(made.planner.counted, timeout=WAIT_MS):
        session.open_data(
            OpenedData(dataset, workspace, PixelStore(workspace.pixels_folder, dataset))
        )
    yield made
    made.close()
    crew.stop()


@pytest.mark.parametrize("name", ["mobilenetv2", "simple_cnn"])
def test_a_job_that_goes_on_from_a_bundled_model_is_opened_again_and_can_be_started(
    desk: TrainingDesk, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    panel, path = desk.panel, tmp_path / "mine" / "quick.json"
    panel.form.use(job_from(str(bundled_models()[name]), name))
    with qtbot.waitSignal(desk.planner.saved, timeout=WAIT_MS):
        panel.plan.save_job(path)
    assert read_job(path).weights == name, "elsewhere it is known by its name only"
    panel.plan.open_job(path)
    assert panel.form.problems == ()
    qtbot.waitUntil(panel.controls.start_button.isEnabled, timeout=WAIT_MS)
    model = start_model(job_of(panel.form))
    assert model is not None
    assert model.path == bundled_models()[name]


def test_an_imported_model_is_found_by_its_name(form: TrainingForm, user_home: Path) -> None:
    shutil.copytree(bundled_models()["simple_cnn"], user_home / "models" / "ours")
    form.use(job_from("ours"))
    assert form.problems == ()
    assert job_of(form).weights == str(user_home / "models" / "ours")


def test_a_training_goes_on_from_the_bundled_model_of_the_chosen_network(
    form: TrainingForm,
) -> None:
    pick(form, "the bundled model")
    assert job_of(form).weights == "mobilenetv2"
    assert form.problems == ()
    choose_network(form, "MobileNetV2 0.35")
    assert "the bundled model" not in offered(form), "there is none of this width"
    assert job_of(form).weights == "imagenet"
    choose_network(form, "Simple CNN")
    assert job_of(form).weights == "simple_cnn"
    assert start_model(job_of(form)) is not None
    assert "ImageNet" not in offered(form)


def test_a_job_that_names_a_bundled_model_shows_it_as_such(form: TrainingForm) -> None:
    form.use(job_from("simple_cnn"))
    assert form.weights.currentText() == "the bundled model"
    form.use(job_from(str(bundled_models()["simple_cnn"])))
    assert job_of(form).weights == "simple_cnn"


def test_a_training_goes_on_from_the_model_in_use_where_its_network_is_the_same(
    desk: TrainingDesk, tmp_path: Path
) -> None:
    form, session = desk.panel.form, desk._session
    assert "the model in use" not in offered(form), "there is none yet"
    ours = shutil.copytree(bundled_models()["simple_cnn"], tmp_path / "our-run" / "model")
    session.use_model(OpenedModel.of(find_model(str(ours)), bundled=False))
    assert "the model in use" not in offered(form), "it is of another network"
    choose_network(form, "Simple CNN")
    pick(form, "the model in use")
    assert form.weights.currentText() == "our-run…"
    assert job_of(form).weights == str(ours)
    bundled = find_model("simple_cnn")
    session.use_model(OpenedModel.of(bundled, bundled=True))
    assert job_of(form).weights == str(ours), "what was set up stays"
    pick(form, "the model in use")
    assert form.weights.currentText() == "the bundled model"


def write_kernels(path: Path, alpha: float) -> Path:
    """A file with the kernels of a MobileNetV2, all nothing."""
    with h5py.File(path, "w") as file:
        for number, shape in enumerate(mobilenetv2_kernels(alpha)):
            file.create_dataset(f"layers/{number}/vars/0", shape, "f4")
    return path


def test_a_file_that_cannot_be_start_weights_is_told_before_the_start(
    desk: TrainingDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    panel, file = desk.panel, tmp_path / "junk.h5"
    file.write_bytes(b"no kern")
    panel.form.weights.use_file(file)
    start = panel.controls.start_button
    qtbot.waitUntil(lambda: not start.isEnabled(), timeout=WAIT_MS)
    assert "junk.h5 cannot be read as weights" in panel.summary.problem.text
    assert "Choose a .h5 file" in start.toolTip()
    panel.form.weights.use_file(write_kernels(tmp_path / "narrow.h5", 0.35))
    qtbot.waitUntil(lambda: "of width 1: it lacks" in start.toolTip(), timeout=WAIT_MS)
    assert not start.isEnabled()
    panel.form.weights.use_file(write_kernels(tmp_path / "whole.h5", 1.0))
    qtbot.waitUntil(lambda: not panel.summary.problem.text, timeout=WAIT_MS)
    assert start.isEnabled()
    panel.form.weights.choose("imagenet")
    assert start.isEnabled()


def test_a_file_that_was_mended_may_be_started_from(
    desk: TrainingDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    form, start = desk.panel.form, desk.panel.controls.start_button
    whole = write_kernels(tmp_path / "whole.h5", 1.0).read_bytes()
    file = tmp_path / "mine.h5"
    file.write_bytes(whole[: len(whole) // 2])
    form.weights.use_file(file)
    qtbot.waitUntil(lambda: not start.isEnabled(), timeout=WAIT_MS)
    file.write_bytes(whole)
    form.weights.use_file(file)
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)


def test_who_closes_the_dialog_for_a_model_is_back_at_weights_that_the_network_can_have(
    form: TrainingForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    choose_network(form, "Simple CNN")
    pick(form, "from a model…")
    assert form.weights.currentText() == "none (random)"
    assert job_of(form).weights == "none"
    choose_network(form, "MobileNetV2")
    assert job_of(form).weights == "imagenet", "the user's own choice comes back"
