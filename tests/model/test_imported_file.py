"""Files of others are read with care: no code of theirs is run, and a harmed one is told in words.

Nothing here imports Keras: whatever a file holds, it is refused before that.
"""

from __future__ import annotations

import io
import json
import marshal
import math
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bcviewer.errors import ModelError
from bcviewer.model import imported_file, imported_hdf5
from bcviewer.model.imported_file import opened
from bcviewer.model.imported_meaning import Wishes, meaning_of
from bcviewer.model.imported_plan import NetworkPlan
from tests.keras_files import seed_config, write_seed_file

Harm = Callable[[dict[str, Any]], None]
SEQUENTIAL = {"class_name": "Sequential"}


def plan_of_file(path: Path) -> NetworkPlan:
    """All that is done with a file before its network is built."""
    with opened(path) as file:
        meaning_of(file.plan, Wishes())
        for layer in file.plan.leaves():
            if layer.kind == "SeparableConv2D":
                file.weights.arrays((layer.name,), {"bias": (4,)})
        return file.plan


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as refused:
        plan_of_file(path)
    assert refused.value.hint, "an error says what to do"
    return refused.value.message


def with_layer(kind: str, config: dict[str, Any], **entry: Any) -> dict[str, Any]:
    """The seed's network with another layer in the middle."""
    changed = seed_config()
    changed["config"]["layers"].insert(1, {"class_name": kind, "config": config, **entry})
    return changed


def zip_of(path: Path, parts: dict[str, bytes], *, how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def weights_file() -> bytes:
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file.create_group("layers")
    return content.getvalue()


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    plan = plan_of_file(write_seed_file(tmp_path / "seed.h5"))
    assert [layer.kind for layer in plan.layers] == [
        *("SeparableConv2D", "GlobalAveragePooling2D", "Dense")
    ]
    assert plan.input_shape == (32, 32, 3)


def test_a_lambda_layer_is_refused_and_its_code_not_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    code = compile(f"open({str(trap)!r}, 'w')", "trap", "exec")
    function = {"class_name": "__lambda__", "config": {"code": marshal.dumps(code).hex()}}
    config = with_layer("Lambda", {"name": "harm", "function": function})
    assert "code of its own, which is not run" in refusal(
        write_seed_file(tmp_path / "file.h5", config=config)
    )
    zipped = {"config.json": json.dumps(config).encode(), "model.weights.h5": weights_file()}
    assert "which is not run" in refusal(zip_of(tmp_path / "file.keras", zipped))
    assert not trap.exists()


@pytest.mark.parametrize(
    "entry",
    [
        {"module": "os", "registered_name": "system"},
        {"module": "builtins", "registered_name": None},
        {"module": ["keras"]},
        {"module": "kerasque.layers"},
        {"module": "keras.layers", "registered_name": "Custom>Dropout"},
        {"registered_name": "shop>Dropout"},
    ],
)
def test_custom_objects_are_refused(tmp_path: Path, entry: dict[str, Any]) -> None:
    config = with_layer("Dropout", {"name": "custom", "rate": 0.5}, **entry)
    assert "custom object" in refusal(write_seed_file(tmp_path / "file.h5", config=config))


@pytest.mark.parametrize(
    ("kind", "config", "words"),
    [
        ("Conv3D", {"name": "a"}, "a kind that is not known"),
        ("TFOpLambda", {"name": "a", "function": "io.write_file"}, "code of its own"),
        ("TFSMLayer", {"name": "a", "filepath": "/tmp"}, "code of its own"),
        ("Activation", {"name": "a", "activation": "hard_sigmoid"}, "one of"),
        ("Activation", {"name": "a", "activation": {"class_name": "X"}}, "one of"),
        ("Activation", {"name": "a"}, "lacks the setting activation"),
        ("Dense", {"name": "a", "units": 10**9}, "whole number"),
        ("Dense", {"name": "a", "units": True}, "whole number"),
        ("Dense", {"name": "a", "units": 4, "backdoor": 1}, "which is not known"),
        ("Flatten", {"name": "a", "data_format": "channels_first"}, "channels first"),
        ("BatchNormalization", {"name": "a", "renorm": True}, "which is not known"),
        ("Dense", "none", "no settings"),
        ("Dropout", {"name": "dense_1"}, "two layers of one name"),
        ("Dropout", {}, "no name"),
        ("Dropout", {"name": ""}, "no name"),
        ("Dropout", {"name": "a" * 201}, "no name"),
        ("shop>Dropout", {"name": "a"}, "custom object"),
        ("Dense", {"name": "a", "units": 4, "use_bias": 1}, "true or false"),
        ("LeakyReLU", {"name": "a", "alpha": math.inf}, "a finite number"),
        ("MaxPooling2D", {"name": "a", "pool_size": [2, 2, 2]}, "two whole numbers"),
        ("Reshape", {"name": "a", "target_shape": [1] * 5}, "one to four numbers"),
        ("Concatenate", {"name": "a", "axis": 5}, "whole number"),
    ],
)  # fmt: skip
def test_layers_that_are_not_known_are_named(
    tmp_path: Path, kind: str, config: Any, words: str
) -> None:
    path = write_seed_file(tmp_path / "file.h5", config=with_layer(kind, config))
    assert words in refusal(path)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("", "cannot be read"),
        ("[1]", "no object"),
        ("{" * 5000, "cannot be read"),
        ("[" * 200_000, "cannot be read"),
        ('{"class_name": "Custom"}', "only Sequential and functional"),
        ('{"class_name": "Sequential", "module": "os", "config": {}}', "custom object"),
        (json.dumps(dict(SEQUENTIAL, config={"layers": [{}] * 1001})), "1,001 layers"),
        ('{"class_name": "Sequential", "config": 1}', "no settings"),
        ('{"class_name": "Sequential", "config": {"layers": []}}', "0 layers"),
        ('{"class_name": "Sequential", "config": {"layers": [3]}}', "no list of layers"),
        ('{"class_name": "Model", "config": {"layers": []}}', "exactly one"),
    ],
)
def test_configurations_that_are_none_are_refused(tmp_path: Path, config: str, words: str) -> None:
    if not config:
        config = " "
    assert words in refusal(write_seed_file(tmp_path / "file.h5", config=config))


def functional(*nodes: Any) -> dict[str, Any]:
    """A network of three layers as Keras 2 wrote it, the last one called on these."""
    shape, output = {"batch_input_shape": [None, 9, 9, 3]}, {"units": 1, "activation": "sigmoid"}
    layers = [
        {"class_name": "InputLayer", "name": "in", "config": shape},
        {
            "class_name": "GlobalAveragePooling2D",
            "name": "pool",
            "config": {},
            "inbound_nodes": [[["in", 0, 0, {}]]],
        },
        {"class_name": "Dense", "name": "last", "config": output, "inbound_nodes": list(nodes)},
    ]
    ends = {"input_layers": [["in", 0, 0]], "output_layers": [["last", 0, 0]]}
    return {"class_name": "Model", "config": {"layers": layers, **ends}}


def nested(depth: int) -> Any:
    return 1.0 if not depth else [nested(depth - 1)]


def test_a_network_of_layers_that_call_each_other_is_read(tmp_path: Path) -> None:
    path = write_seed_file(tmp_path / "file.h5", config=functional([["pool", 0, 0, {}]]))
    assert [layer.kind for layer in plan_of_file(path).layers] == [
        "GlobalAveragePooling2D",
        "Dense",
    ]


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ([["pool", 0, 1, {}]], "cannot be read"),
        ([["pool", -1, 0, {}]], "cannot be read"),
        ([["pool", 0, 0, {"training": True}]], "as in training"),
        ([["pool", 0, 0, {"more": nested(9)}]], "cannot be read"),
        ([["pool", 0, 0, {"more": [1.0] * 65}]], "cannot be read"),
        ([["pool", 0, 0, {"more": math.inf}]], "cannot be read"),
        ([["pool", 0, 0, {"more": 1.0}]], "something that is not known"),
        ([["pool", 0, 0, {}], ["pool", 0, 0, {}]], "several inputs"),
    ],
)
def test_calls_that_are_not_understood_are_refused(tmp_path: Path, node: Any, words: str) -> None:
    assert words in refusal(write_seed_file(tmp_path / "file.h5", config=functional(node)))


def test_networks_of_several_inputs_outputs_or_very_many_calls_are_refused(tmp_path: Path) -> None:
    node = [["pool", 0, 0, {}]]
    two_inputs, two_outputs, many = functional(node), functional(node), functional(*[node] * 17)
    layers = two_inputs["config"]["layers"]
    layers.append({**layers[0], "name": "other"})
    two_outputs["config"]["output_layers"].append(["pool", 0, 0])
    for config, words in (
        (two_inputs, "more than one input"),
        (two_outputs, "exactly one"),
        (many, "cannot be read"),
    ):
        assert words in refusal(write_seed_file(tmp_path / "file.h5", config=config))


def test_networks_within_networks_end_somewhere(tmp_path: Path) -> None:
    config = seed_config()
    for depth in range(8):
        config = {"class_name": "Sequential", "config": {"name": f"n{depth}", "layers": [config]}}
    assert "deep" in refusal(write_seed_file(tmp_path / "file.h5", config=config))


def test_a_circle_of_layers_is_no_network(tmp_path: Path) -> None:
    pool = {
        "class_name": "Flatten",
        "name": "a",
        "config": {},
        "inbound_nodes": [[["a", 0, 0, {}]]],
    }
    start = {
        "class_name": "InputLayer",
        "name": "in",
        "config": {"batch_input_shape": [None, 9, 9, 3]},
    }
    config = {
        "class_name": "Model",
        "config": {
            "layers": [start, pool],
            "input_layers": [["in", 0, 0]],
            "output_layers": [["a", 0, 0]],
        },
    }  # fmt: skip
    assert "no last layer" in refusal(write_seed_file(tmp_path / "file.h5", config=config))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file.attrs.__delitem__("model_config"), "no network of Keras"),
        (lambda file: file.attrs.__setitem__("model_config", 7), "where a text is expected"),
        (lambda file: file.__delitem__("model_weights"), "without weights"),
        (lambda file: _soft_link(file), "a link"),
        (lambda file: _outer_link(file), "a link"),
        (lambda file: _elsewhere(file), "another file"),
        (lambda file: _giant(file), "too many"),
        (lambda file: _objects(file), "no plain numbers"),
    ],
)
def test_weights_that_are_none_are_refused(
    tmp_path: Path, change: Callable[[h5py.File], None], words: str
) -> None:
    assert words in refusal(write_seed_file(tmp_path / "file.h5", change=change))


BIAS = "model_weights/separable_conv2d_1/separable_conv2d_1/bias:0"


def _soft_link(file: h5py.File) -> None:
    del file[BIAS]
    file[BIAS] = h5py.SoftLink("/model_weights/dense_1/dense_1/bias:0")


def _outer_link(file: h5py.File) -> None:
    del file[BIAS]
    file[BIAS] = h5py.ExternalLink("/etc/passwd", "/bias")


def _elsewhere(file: h5py.File) -> None:
    del file[BIAS]
    file.create_dataset(BIAS, (4,), "f4", external=[("/etc/passwd", 0, 16)])


def _giant(file: h5py.File) -> None:
    del file[BIAS]
    file.create_dataset(BIAS, (2**40,), "f4", chunks=(1024,), fillvalue=0)


def _objects(file: h5py.File) -> None:
    del file[BIAS]
    file.create_dataset(BIAS, (4,), h5py.string_dtype())


def test_a_file_of_weights_alone_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "weights.h5"
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [b"dense"]
    with pytest.raises(ModelError, match=r"only weights.*model\.save"):
        plan_of_file(path)


def test_archives_are_not_unpacked_and_must_be_plain(tmp_path: Path) -> None:
    good = {
        "config.json": json.dumps(seed_config()).encode(),
        "model.weights.h5": weights_file(),
    }
    for name in ("../../evil", "/etc/evil", "assets/code.py", "model.weights.h5/../evil"):
        path = zip_of(tmp_path / "file.keras", {**good, name: b"x"})
        assert "a plain network does not" in refusal(path)
    bomb = {**good, "config.json": b" " * 2**23}
    path = zip_of(tmp_path / "bomb.keras", bomb, how=zipfile.ZIP_DEFLATED)
    assert "would unfold" in refusal(path)
    for how in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):  # they unfold whatever they say of themselves
        path = zip_of(tmp_path / "bomb.keras", good, how=how)
        assert "packed in a way" in refusal(path)
    assert "lacks" in refusal(zip_of(tmp_path / "half.keras", {"config.json": b"{}"}))
    # Which of the two is read is another one for each program.
    archive = zipfile.ZipFile(zip_of(tmp_path / "file.keras", good), "a")
    with archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("config.json", b"{}")
    assert "the part 'config.json'" in refusal(tmp_path / "file.keras")
    locked = bytearray(zip_of(tmp_path / "file.keras", good).read_bytes())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "file.keras").write_bytes(locked)
    assert "a password" in refusal(tmp_path / "file.keras")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        *("bomb.keras", "file.keras", "half.keras")
    ]


def test_what_is_larger_than_any_network_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write_seed_file(tmp_path / "old.h5")
    parts = {"config.json": json.dumps(seed_config()).encode(), "model.weights.h5": weights_file()}
    new = zip_of(tmp_path / "new.keras", parts)
    with monkeypatch.context() as fewer:
        fewer.setattr(imported_hdf5, "MOST_NAMES", 2)
        assert "more names" in refusal(old)
    monkeypatch.setattr(imported_file, "MOST_TEXT", 1000)
    assert "configuration" in refusal(old)
    assert "would unfold" in refusal(new)
    monkeypatch.setattr(imported_file, "MOST_BYTES", 1000)
    for path in (old, new):
        assert "no file of at most" in refusal(path)


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("trapped",)


def test_what_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.h5"
    for content in (b"", b"hello", pickle.dumps(_Trap()), b"PK\x03\x04", b"\x89HDF\r\n\x1a\n"):
        path.write_bytes(content)
        assert str(path) in refusal(path)
    assert not (tmp_path / "trapped").exists()
    assert "cannot be read" in refusal(tmp_path / "missing.h5")
    assert "no file" in refusal(tmp_path)


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-3, 2000) | some.floats() | some.text(max_size=9),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(["config", "name", "layers", "class_name"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_harmed_configurations_are_read_or_refused(tmp_path: Path, data: some.DataObject) -> None:
    config = with_layer(
        "Sequential", {"name": "in", "layers": [{"class_name": "ReLU", "config": {"name": "r"}}]}
    )
    at: Any = config
    while True:
        key = data.draw(some.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        inner = at[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(some.booleans()):
            at[key] = data.draw(VALUES)
            break
        at = inner
    try:
        plan_of_file(write_seed_file(tmp_path / "file.h5", config=json.dumps(config)))
    except ModelError as refused:
        assert refused.message
