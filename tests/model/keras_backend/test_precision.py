"""Bfloat16 is chosen where it helps, and leaves no trace in what a training makes."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from bcviewer.model.commands import QueuedCommands
from bcviewer.model.events import Event, Finished, Prepared
from bcviewer.model.folder import ModelFolder
from bcviewer.model.keras_backend import precision
from bcviewer.model.keras_backend.checkpoint import load_checkpoint
from bcviewer.model.keras_backend.device import device_name
from bcviewer.model.keras_backend.precision import computed_in, fast_in_bfloat16
from bcviewer.model.keras_backend.training import run_job
from bcviewer.model.run_folder import RunFolder
from tests.model.conftest import tiny_job


def cpu(vendor: str, *flags: str) -> str:
    """What Linux tells of a processor of two cores."""
    core = f"vendor_id\t: {vendor}\nflags\t\t: fpu {' '.join(flags)}\nbugs\t\t: amx_bf16\n"
    return f"processor\t: 0\n{core}\nprocessor\t: 1\n{core}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cpu("AuthenticAMD", "avx512f", "avx512_bf16"), True),
        (cpu("AuthenticAMD", "avx2"), False),
        (cpu("GenuineIntel", "avx512_bf16"), False),  # there a product takes as long as two
        (cpu("GenuineIntel", "avx512_bf16", "amx_bf16"), True),
        ("", False),
    ],
)
def test_a_processor_says_whether_it_is_faster_in_bfloat16(
    tmp_path: Path, text: str, expected: bool
) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(text)
    assert fast_in_bfloat16(file) is expected


def test_where_it_cannot_be_told_it_is_not(tmp_path: Path) -> None:
    assert not fast_in_bfloat16(tmp_path / "none")


@pytest.mark.parametrize("there", [True, False])
def test_what_is_asked_for_is_done_and_auto_goes_by_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(precision, "fast_in_bfloat16", lambda: there)
    assert computed_in(tiny_job(tmp_path, precision="float32")) == "float32"
    assert computed_in(tiny_job(tmp_path, precision="bfloat16")) == "bfloat16"
    auto = tiny_job(tmp_path, precision="auto")
    assert computed_in(auto) == ("bfloat16" if there else "float32")
    mobile = tiny_job(tmp_path, precision="auto", model="mobilenetv2", alpha=0.35)
    assert computed_in(mobile) == "float32"


def test_a_gpu_is_named_and_what_the_processor_is_good_at_no_longer_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "fast_in_bfloat16", lambda: True)
    assert device_name().startswith("CPU (")
    seen = [tf.config.PhysicalDevice("/physical_device:GPU:0", "GPU")]
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: seen)
    details = {"device_name": "Fast Card 9"}
    monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda _: details)
    assert device_name() == "GPU (Fast Card 9)"
    assert computed_in(tiny_job(tmp_path, precision="auto")) == "float32"


def test_what_is_kept_of_a_bfloat16_training_is_float32(data_folder: Path, tmp_path: Path) -> None:
    told: list[Event] = []
    job = tiny_job(tmp_path, precision="bfloat16")
    run_job(job, emit=told.append, commands=QueuedCommands())
    prepared, finished = told[0], told[-1]
    assert isinstance(prepared, Prepared)
    assert prepared.device.endswith("bfloat16")
    assert isinstance(finished, Finished)
    assert finished.validation["auc"] > 0.9
    folder = ModelFolder.open(finished.model_folder)
    assert folder.card.device == prepared.device
    network = keras.models.load_model(folder.network_path)
    backbone = network.get_layer("backbone")
    assert backbone.output.dtype == "float32"
    assert keras.layers.BatchNormalization in {type(layer) for layer in backbone.layers}
    past = load_checkpoint(RunFolder(job.run), emit=told.append)
    for arrays in (past.network, past.optimizer, past.best.weights):
        assert all(array.dtype != np.float16 and array.dtype.itemsize >= 4 for array in arrays)
