"""From the configuration in a file to a plan: nothing but checked values gets through."""

from __future__ import annotations

import json
from typing import Any

from bcviewer.model.imported_layers import (
    MERGES,
    ONLY_IN_TRAINING,
    check_origin,
    settings_of,
)
from bcviewer.model.imported_nodes import Operand, calls_of, reference_of
from bcviewer.model.imported_plan import MODEL, LayerPlan, NetworkPlan, Reference, refused

MOST_LAYERS = 1000
DEEPEST = 4
SEQUENTIAL = ("Sequential",)
FUNCTIONAL = ("Functional", "Model")
WHOLE = "The network"

FUNCTIONS = {
    "math.truediv": "TrueDivide",
    "math.divide": "TrueDivide",
    "__operators__.truediv": "TrueDivide",
    "math.subtract": "Subtract",
    "__operators__.subtract": "Subtract",
    "math.multiply": "Multiply",
    "__operators__.mul": "Multiply",
    "math.add": "Add",
    "__operators__.add": "Add",
}
"""Functions of Keras 2 that are plain arithmetic, and what Keras 3 calls them."""

ARITHMETIC = ("TrueDivide", "Divide", "Subtract", "Multiply", "Add")


def plan_of(text: str) -> NetworkPlan:
    """The plan of the network that a configuration describes.

    Args:
        text: JSON, as Keras writes it.

    Raises:
        ModelError: It is no such configuration, or has something that is not taken.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused(f"The configuration of the network cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise refused("The configuration of the network cannot be read: it is no object.")
    return _network(value, place=WHOLE, depth=0)


def _network(entry: dict[str, Any], *, place: str, depth: int) -> NetworkPlan:
    kind = check_origin(entry, place=place)
    if depth > DEEPEST:
        raise refused(f"{place} has networks within networks, more than {DEEPEST} deep.")
    config = entry.get("config")
    if kind in SEQUENTIAL:
        if isinstance(config, list):  # Keras before 2.2.3
            config = {"layers": config}
        return _sequential(_object(config, place), place=place, depth=depth)
    if kind in FUNCTIONAL:
        return _functional(_object(config, place), place=place, depth=depth)
    raise refused(
        f"{place} is of the class {kind[:60]!r}; only Sequential and functional networks can be "
        "rebuilt without running code."
    )


def _sequential(config: dict[str, Any], *, place: str, depth: int) -> NetworkPlan:
    at = Reference("")
    shape = _shape(config.get("build_input_shape"))
    layers: list[LayerPlan] = []
    left_out: list[str] = []
    for number, entry in enumerate(_layers(config, place)):
        inside = _object(entry.get("config"), place) if not _is_network(entry) else {}
        given = _shape(inside.get("batch_input_shape") or inside.get("batch_shape"))
        shape = given or shape if number == 0 else shape
        if entry.get("class_name") == "InputLayer":
            continue
        layer, dropped = _layer(entry, ((at,),), depth=depth)
        left_out += dropped
        layers.append(layer)
        at = Reference(layer.name)
        if number == 0 and layer.inner is not None:
            shape = shape or layer.inner.input_shape
    _check_names(layers, place)
    return NetworkPlan(_name(config), tuple(layers), "", shape, at, _unique(left_out))


def _functional(config: dict[str, Any], *, place: str, depth: int) -> NetworkPlan:
    start = reference_of(config.get("input_layers"), place=f"{place}'s input")
    output = reference_of(config.get("output_layers"), place=f"{place}'s output")
    shape: tuple[int | None, ...] | None = None
    layers: list[LayerPlan] = []
    left_out: list[str] = []
    for entry in _layers(config, place):
        if entry.get("class_name") == "InputLayer":
            inside = _object(entry.get("config"), place)
            if entry.get("name", inside.get("name")) != start.layer:
                raise refused(f"{place} has more than one input.")
            shape = _shape(inside.get("batch_input_shape") or inside.get("batch_shape"))
            continue
        name = entry.get("name")
        calls = calls_of(entry.get("inbound_nodes"), place=f"The layer {str(name)[:60]!r}")
        layer, dropped = _layer(entry, calls, depth=depth)
        left_out += dropped
        layers.append(layer)
    _check_names(layers, place)
    return NetworkPlan(_name(config), tuple(layers), start.layer, shape, output, _unique(left_out))


def _layer(
    entry: dict[str, Any], calls: tuple[tuple[Operand, ...], ...], *, depth: int
) -> tuple[LayerPlan, tuple[str, ...]]:
    """The plan of a layer, and the kinds that were left out."""
    name = entry.get("name")
    if not isinstance(name, str):
        inside = entry.get("config")
        name = inside.get("name") if isinstance(inside, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= 200:
        raise refused("A layer of the network has no name: the file is damaged.")
    place = f"The layer {name[:60]!r}"
    written = str(entry.get("class_name"))
    if _is_network(entry):
        inner = _network(entry, place=place, depth=depth + 1)
        return LayerPlan(name, MODEL, {}, _references(calls, place), inner, written), inner.left_out
    kind = _function(check_origin(entry, place=place), entry, place)
    if kind in ARITHMETIC and any(isinstance(one, float) for call in calls for one in call):
        settings, references = _scaling(kind, calls, place)
        return LayerPlan(name, "Rescaling", settings, references, None, written), ()
    built, settings = settings_of(kind, _settings(entry, kind, place), place=place)
    references = _references(calls, place)
    if built not in MERGES and any(len(call) != 1 for call in references):
        raise refused(f"{place} is called on several inputs, or on none.")
    dropped = (kind,) if kind in ONLY_IN_TRAINING else ()
    return LayerPlan(name, built, settings, references, None, written), dropped


def _function(kind: str, entry: dict[str, Any], place: str) -> str:
    """The plain arithmetic that a function of Keras 2 stands for."""
    if kind != "TFOpLambda":
        return kind
    called = _object(entry.get("config"), place).get("function")
    return FUNCTIONS.get(called, kind) if isinstance(called, str) else kind


def _settings(entry: dict[str, Any], kind: str, place: str) -> dict[str, Any]:
    config = _object(entry.get("config"), place)
    if entry.get("class_name") == "TFOpLambda" and kind != "TFOpLambda":
        return {}
    return config


def _scaling(
    kind: str, calls: tuple[tuple[Operand, ...], ...], place: str
) -> tuple[dict[str, Any], tuple[tuple[Reference, ...], ...]]:
    """Arithmetic of a tensor and a number, as scale and offset."""
    (call,) = calls if len(calls) == 1 else ((),)
    if len(call) != 2 or all(isinstance(one, float) for one in call):
        raise refused(f"{place} computes in a way that is not known.")
    first, second = call
    if isinstance(first, Reference) and isinstance(second, float):
        if kind in ("TrueDivide", "Divide") and second:
            return {"scale": 1 / second, "offset": 0.0}, ((first,),)
        if kind == "Subtract":
            return {"scale": 1.0, "offset": -second}, ((first,),)
        if kind in ("Multiply", "Add"):
            scale, offset = (second, 0.0) if kind == "Multiply" else (1.0, second)
            return {"scale": scale, "offset": offset}, ((first,),)
    if isinstance(second, Reference) and isinstance(first, float) and "Divide" not in kind:
        scale, offset = {
            "Subtract": (-1.0, first),
            "Multiply": (first, 0.0),
            "Add": (1.0, first),
        }[kind]
        return {"scale": scale, "offset": offset}, ((second,),)
    raise refused(f"{place} computes in a way that is not known.")


def _references(
    calls: tuple[tuple[Operand, ...], ...], place: str
) -> tuple[tuple[Reference, ...], ...]:
    found = []
    for call in calls:
        references = tuple(one for one in call if isinstance(one, Reference))
        if len(references) != len(call) or not call:
            raise refused(f"{place} is called on something that is not known.")
        found.append(references)
    return tuple(found)


def _is_network(entry: dict[str, Any]) -> bool:
    return entry.get("class_name") in (*SEQUENTIAL, *FUNCTIONAL)


def _layers(config: dict[str, Any], place: str) -> list[dict[str, Any]]:
    layers = config.get("layers")
    if not isinstance(layers, list) or not all(isinstance(entry, dict) for entry in layers):
        raise refused(f"{place} has no list of layers: the file is damaged.")
    if not 0 < len(layers) <= MOST_LAYERS:
        raise refused(f"{place} has {len(layers):,} layers; 1 to {MOST_LAYERS:,} are taken.")
    return layers


def _check_names(layers: list[LayerPlan], place: str) -> None:
    if len({layer.name for layer in layers}) != len(layers):
        raise refused(f"{place} has two layers of one name: the file is damaged.")


def _shape(value: Any) -> tuple[int | None, ...] | None:
    """Height, width and channels of a batch shape; None when it says nothing."""
    if value is None:
        return None
    known = isinstance(value, list) and 2 <= len(value) <= 5
    if not known or not all(one is None or type(one) is int for one in value):
        raise refused("The shape of the network's input cannot be read: the file is damaged.")
    return tuple(value[1:])


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refused(f"{place} has no settings: the file is damaged.")
    return value


def _name(config: dict[str, Any]) -> str:
    name = config.get("name")
    return name[:100] if isinstance(name, str) else ""


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
