"""What a training starts from: ImageNet's weights, a model that is there by name, a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
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
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.library import bundled_models
from bcviewer.model.start_model import start_model

WAIT_MS = 20_000
DATA, WORKSPACE, RUN = Path("data"), Path("workspace"), Path("workspace/runs/first")


def job_of(form: TrainingForm) -> TrainingJob:
    return form.job(DATA, WORKSPACE, RUN)


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
