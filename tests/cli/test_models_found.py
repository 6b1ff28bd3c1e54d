"""A model is found by its folder, by its run, or by the name of a bundled one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import ModelError
from bcviewer.model.library import bundled_models, find_model, run_models
from tests.model.conftest import TinyTraining


def test_the_run_and_its_model_folder_name_the_same_model(tiny_training: TinyTraining) -> None:
    by_run = find_model(str(tiny_training.run.path))
    by_folder = find_model(str(tiny_training.run.model_path))
    assert by_run.fingerprint == by_folder.fingerprint


def test_every_bundled_model_can_be_opened_by_name() -> None:
    assert "simple_cnn" in bundled_models()
    for name in bundled_models():
        card = find_model(name).card
        assert not card.data.synthetic
        assert card.split.title == "by patient"
        assert card.validation.intervals["auc"][0] > 0.5


def test_nothing_by_that_name_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model nothing.*simple_cnn"):
        find_model("nothing")
    with pytest.raises(ModelError, match=r"lacks card\.json"):
        find_model(str(tmp_path))


def test_a_workspace_lists_its_finished_runs(tiny_training: TinyTraining, tmp_path: Path) -> None:
    assert run_models(Workspace(tmp_path)) == []
    runs = tmp_path / "runs"
    runs.mkdir()
    (runs / "unfinished").mkdir()
    (runs / "done").symlink_to(tiny_training.run.path, target_is_directory=True)
    assert run_models(Workspace(tmp_path)) == [runs / "done" / "model"]
