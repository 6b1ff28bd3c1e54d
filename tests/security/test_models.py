"""Models and the program's own files are data: whatever is in them, no code of theirs is run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from bcviewer.annotation.reading import load_snapshot
from bcviewer.dataset.index import load_index
from bcviewer.errors import ModelError, StorageError
from bcviewer.model import imported_hdf5
from bcviewer.model.engine import Predictor, load_openvino, read_graph
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import find_head, read_head
from bcviewer.model.head_network import write_network
from bcviewer.model.import_process import look_at_file
from bcviewer.model.imported_hdf5 import check_tree
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.library import bundled_models
from bcviewer.model.prediction_store import PredictionStore
from tests.annotation.data import plain_dataset
from tests.keras_files import seed_config, write_seed_file
from tests.security.traps import archive, array_file, changed_model, lambda_layer, pickled

GRAPH = (bundled_models()["simple_cnn"] / "graph.xml").read_text()


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder that is made when code of a file is run."""
    return tmp_path / "trapped"


def imported(path: Path) -> str:
    """What the command says of a file that it refuses."""
    done = subprocess.run(
        [sys.executable, "-m", "bcviewer", "import-model", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_lambda_layers_are_refused_by_look_and_import(tmp_path: Path, trap: Path) -> None:
    config = seed_config()
    config["config"]["layers"].insert(1, lambda_layer(trap))
    old = write_seed_file(tmp_path / "old.h5", config=config)
    parts = {"config.json": json.dumps(config).encode(), "model.weights.h5": b"x"}
    new = archive(tmp_path / "new.keras", parts)
    for path in (old, new):
        with pytest.raises(ModelError, match="which is not run"):
            look_at_file(ImportTask(path))
        assert "which is not run" in imported(path)
    assert not trap.exists()


@pytest.mark.parametrize("name", ["model.h5", "model.keras", "model.pkl"])
def test_pickles_are_no_models(tmp_path: Path, trap: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(pickled(trap))
    with pytest.raises(ModelError, match="neither"):
        look_at_file(ImportTask(path))
    assert not trap.exists()


def test_arrays_of_our_own_files_are_never_unpickled(tmp_path: Path, trap: Path) -> None:
    dataset = plain_dataset()
    names = ("starts", "x", "y", "labels", "names", "about")
    index = load_index(array_file(tmp_path / "index.npz", trap, names), Path("nowhere"))
    assert index.patients == {}
    assert index.trouble
    kept = array_file(tmp_path / "labels.npz", trap, ("data", "rows", "labels"))
    with pytest.raises(StorageError, match="cannot be used"):
        load_snapshot(kept, dataset)
    predictions = PredictionStore(tmp_path / "predictions", "f" * 32)
    array_file(
        tmp_path / "predictions" / ("f" * 32) / "p00.npz", trap, ("probabilities", "signature")
    )
    assert predictions.load("p00", 12) is None
    features = FeatureStore(tmp_path / "features", "f" * 32)
    array_file(
        tmp_path / "features" / ("f" * 32) / "p00.npz",
        trap,
        ("steps", "least", "step"),
        signature=np.frombuffer(b"now", np.uint8),
    )
    assert features.load("p00", (12, 3), signature="now") is None
    assert not trap.exists()


def with_first(kind: str, version: str = "opset1", inside: str = "") -> str:
    """The bundled graph with another operation in the place of its first ReLU."""
    at = GRAPH.index('type="ReLU"')
    start, end = GRAPH.rindex("<layer ", 0, at), GRAPH.index(">", at)
    layer = f'<layer id="98765" name="harm" type="{kind}" version="{version}">{inside}'
    return GRAPH[:start] + layer + GRAPH[end + 1 :]


def layers(count: int) -> Iterator[str]:
    """So many layers, each with a number of its own."""
    for number in range(count):
        yield f'<layer id="{number}" type="Add" version="opset1"/>'


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        (with_first("MyKernel", "extension"), "extension.MyKernel"),
        (with_first("ReLU", "extension"), "extension.ReLU"),
        (with_first("FrameworkNode", "util"), "util.FrameworkNode"),
        (with_first("Loop", "opset5", "<body/>"), "opset5.Loop"),
        (with_first("TensorIterator", "opset1", "<body/>"), "opset1.TensorIterator"),
        (with_first("If", "opset8"), "opset8.If"),
        (with_first("ReadValue", "opset3"), "opset3.ReadValue"),
        (with_first("StringTensorUnpack", "opset15"), "StringTensorUnpack"),
        (with_first("ReLU", "opset1", "<body/>"), "a graph within the graph"),
        ("<!DOCTYPE net [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + GRAPH[21:], "entities"),
        ("<!DOCTYPE net [<!ENTITY a 'aaaa'>]><net>&a;</net>", "entities"),
        ("<net>" + "<a>" * 100 + "</a>" * 100 + "</net>", "nested too deeply"),
        ("<onnx/>", "begins with 'onnx'"),
        ("graph_def { }", "no XML"),
        (f"<net>{''.join(layers(20_001))}</net>", "more than 20,000"),
    ],
)
def test_graphs_of_other_than_plain_operations_are_refused(
    tmp_path: Path, graph: str, words: str
) -> None:
    model = changed_model(tmp_path / "model", graph_xml=graph.encode())
    with pytest.raises(ModelError) as refused:
        Predictor(model)
    assert words in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("length", ["1000000", "2000000000", "9000000000000000000"])
def test_graphs_that_would_fill_the_memory_are_refused(tmp_path: Path, length: str) -> None:
    huge = re.sub(r'pads_begin="\d+', f'pads_begin="{length}', GRAPH)
    huge = re.sub(r'auto_pad="\w+"', 'auto_pad="explicit"', huge)
    assert huge != GRAPH
    model = changed_model(tmp_path / "model", graph_xml=huge.encode())
    with pytest.raises(ModelError):
        Predictor(model)


def test_a_graph_of_many_large_tensors_is_refused_before_they_are_made(tmp_path: Path) -> None:
    """Each of them is small enough; together they would fill the memory."""
    load_openvino()
    from openvino import opset8

    patch, total = mean_brightness()
    for number in range(12):
        wide = opset8.broadcast(np.float32(number), np.array([4096, 4096]))
        total = opset8.add(total, opset8.reduce_max(wide, np.array([0, 1])))
    with pytest.raises(ModelError, match="takes too much memory"):
        Predictor(with_graph_of(tmp_path, total, patch))


def test_a_graph_that_would_compute_for_minutes_is_refused(tmp_path: Path) -> None:
    load_openvino()
    from openvino import opset8

    patch, total = mean_brightness()
    square = opset8.constant(np.zeros((2000, 2000), np.float32))
    wide = opset8.multiply(opset8.unsqueeze(total, np.array(2)), square)
    for _ in range(9):  # one weight serves them all
        wide = opset8.matmul(wide, square, False, False)
    most = opset8.reduce_max(wide, np.array([1, 2]))
    total = opset8.add(total, opset8.reshape(most, np.array([-1, 1]), special_zero=False))
    with pytest.raises(ModelError, match="takes too long"):
        Predictor(with_graph_of(tmp_path, total, patch))


def mean_brightness() -> tuple[Any, Any]:
    """The input of a graph, and a number for each patch, [b, 1]."""
    from openvino import opset8

    patch = opset8.parameter([-1, 50, 50, 3], np.uint8)
    mean = opset8.reduce_mean(opset8.convert(patch, "f32"), np.array([1, 2, 3]))
    return patch, opset8.reshape(mean, np.array([-1, 1]), special_zero=False)


def with_graph_of(folder: Path, logit: Any, patch: Any) -> ModelFolder:
    """A model with a graph that was made here."""
    from openvino import Model, opset8

    path = folder / "made.xml"
    load_openvino().save_model(
        Model([opset8.sigmoid(logit)], [patch]), path, compress_to_fp16=False
    )
    xml, weights = path.read_bytes(), path.with_suffix(".bin").read_bytes()
    return changed_model(folder / "model", graph_xml=xml, graph_bin=weights)


LINKS: tuple[Callable[[h5py.File, Path], None], ...] = (
    lambda file, other: file.__setitem__("a", h5py.ExternalLink(str(other), "/")),
    lambda file, other: file.__setitem__("a", h5py.SoftLink("/layers")),
    lambda file, other: file.create_dataset("a", (4,), "f4", external=[(str(other), 0, 16)]),
    lambda file, other: file.create_virtual_dataset("a", _virtual(other)),
)


def _virtual(other: Path) -> h5py.VirtualLayout:
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource(str(other), "weights", (4,))
    return layout


@pytest.mark.parametrize("link", LINKS)
def test_weights_that_lie_elsewhere_are_refused(
    tmp_path: Path, link: Callable[[h5py.File, Path], None]
) -> None:
    other = tmp_path / "other.h5"
    with h5py.File(other, "w") as file:
        file["weights"] = np.ones(4, np.float32)
    with h5py.File(tmp_path / "weights.h5", "w") as file:
        file.create_group("layers/inner")
        link(file["layers/inner"], other)
    with (
        h5py.File(tmp_path / "weights.h5") as file,
        pytest.raises(ModelError, match=r"a link|another file"),
    ):
        check_tree(file)


def test_groups_within_themselves_end(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "weights.h5", "w") as file:
        file["a/b"] = 1.0
        file["a/again"] = file["a"]
        check_tree(file)


@pytest.mark.parametrize("name", ["a{0}", "a/b{0}", "{1}/{0}"])
def test_more_parts_than_any_network_has_are_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(imported_hdf5, "MOST_NAMES", 5)
    with h5py.File(tmp_path / "weights.h5", "w") as file:
        for number in range(6):
            place = name.format(number, number // 3)
            _ = file.create_group(place) if "{1}" in name else file.create_dataset(place, data=1.0)
        with pytest.raises(ModelError, match="more parts"):
            check_tree(file)


@pytest.mark.parametrize("name", ["../../evil", "assets/code.py", "/etc/evil"])
def test_a_head_is_not_put_into_a_network_with_other_parts(tmp_path: Path, name: str) -> None:
    parts = {"config.json": b"{}", "model.weights.h5": b"x", name: b"x"}
    content = archive(tmp_path / "a.keras", parts).read_bytes()
    model = changed_model(tmp_path / "model", model_keras=content)
    graph = read_graph(model)
    head = read_head(find_head(graph, model))
    with pytest.raises(ModelError, match="a plain network does not"):
        write_network(model, head, head, tmp_path / "out.keras")
    assert not (tmp_path / "out.keras").exists()
