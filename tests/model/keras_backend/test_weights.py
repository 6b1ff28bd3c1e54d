"""A pretrained start is what was asked for, or an error that offers the choices."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NoReturn

import h5py
import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model.backbone_file import check_weights_file, mobilenetv2_kernels
from bcviewer.model.events import Event, Note
from bcviewer.model.keras_backend.network import build_network
from bcviewer.model.keras_backend.weights import load_start_weights
from tests.model.conftest import tiny_job

FILE = "mobilenet_v2_{}_224_no_top.weights.h5"


@pytest.fixture(autouse=True)
def keras_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own in place of Keras' cache, and no network."""

    def unreachable(*_: Any, **__: Any) -> NoReturn:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(urllib.request, "urlopen", unreachable)
    return tmp_path / "keras"


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a backbone of alpha 0.35."""
    path = tmp_path_factory.mktemp("weights") / FILE.format("0.35")
    build_network("mobilenetv2", alpha=0.35).get_layer("backbone").save_weights(path)
    return path


def start(folder: Path, weights: str, *, alpha: float = 0.35) -> tuple[str, Any, list[Event]]:
    job = tiny_job(folder, model="mobilenetv2", alpha=alpha, weights=weights)
    network = build_network(job.model, alpha=alpha)
    events: list[Event] = []
    return load_start_weights(network, job, emit=events.append), network, events


def kernels(network: Any) -> list[Any]:
    return [weight.numpy() for weight in network.get_layer("backbone").weights]


def test_a_file_fills_the_backbone_and_is_named(small_file: Path, tmp_path: Path) -> None:
    origin, network, _ = start(tmp_path, str(small_file))
    _, again, _ = start(tmp_path, str(small_file))
    assert small_file.name in origin
    for one, other in zip(kernels(network), kernels(again), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("alpha", [1.0, 0.35])
def test_what_is_looked_for_in_a_file_is_what_the_network_has(alpha: float) -> None:
    assert list(mobilenetv2_kernels(alpha)) == [
        kernel.shape
        for kernel in kernels(build_network("mobilenetv2", alpha=alpha))
        if kernel.ndim > 1
    ]


def test_a_file_that_fills_the_backbone_is_not_refused_before(
    small_file: Path, tmp_path: Path
) -> None:
    job = tiny_job(tmp_path, model="mobilenetv2", alpha=0.35, weights=str(small_file))
    check_weights_file(job)
    older = tmp_path / "older.h5"
    build_network("mobilenetv2", alpha=0.35).get_layer("backbone").save(older)
    start(tmp_path, str(older))
    check_weights_file(job.model_copy(update={"weights": str(older)}))
    with pytest.raises(ModelError, match="of width 1: it lacks"):
        check_weights_file(job.model_copy(update={"alpha": 1.0}))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_or_nothing_is_no_weights_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.h5")
    for name in ("pipe.h5", "none.h5"):
        job = tiny_job(tmp_path, model="mobilenetv2", weights=str(tmp_path / name))
        with pytest.raises(ModelError, match=f"There is no weights file .*{name}"):
            check_weights_file(job)


def test_a_file_with_an_entry_that_holds_nothing_lacks_kernels(tmp_path: Path) -> None:
    path = tmp_path / "empty.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("kernel", data=h5py.Empty("f4"))
    with pytest.raises(ModelError, match="it lacks"):
        check_weights_file(tiny_job(tmp_path, model="mobilenetv2", weights=str(path)))


def test_weights_of_another_alpha_are_refused(small_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not fit") as error:
        start(tmp_path, str(small_file), alpha=1.0)
    assert "--weights none" in error.value.hint


@pytest.mark.parametrize("keep", [0, 1000, 500_000])
def test_a_cut_off_file_is_refused(small_file: Path, tmp_path: Path, keep: int) -> None:
    cut = tmp_path / "cut.weights.h5"
    cut.write_bytes(small_file.read_bytes()[:keep])
    with pytest.raises(ModelError, match="does not fit"):
        start(tmp_path, str(cut))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no weights file"):
        start(tmp_path, str(tmp_path / "none.weights.h5"))


def test_without_a_network_the_choices_are_told_and_nothing_starts_at_random(
    tmp_path: Path,
) -> None:
    with pytest.raises(ModelError, match="no route to host") as error:
        start(tmp_path, "imagenet")
    assert "--weights FILE" in error.value.hint
    assert "--weights none" in error.value.hint


def test_a_file_in_the_users_folder_serves_without_a_network(
    small_file: Path, tmp_path: Path, user_home: Path
) -> None:
    local = user_home / "weights" / FILE.format("0.35")
    local.parent.mkdir()
    local.write_bytes(small_file.read_bytes())
    origin, _, events = start(tmp_path, "imagenet")
    assert origin == f"ImageNet, {local.name}"
    assert not any(isinstance(event, Note) for event in events)


def test_a_random_start_has_to_be_asked_for(tmp_path: Path) -> None:
    origin, _, _ = start(tmp_path, "none")
    assert origin == "random"
