"""The head of an imported network: its last dense layer, made one that gives one probability.

A softmax over two numbers is a sigmoid of their difference, and the difference of what two columns
of weights give is what the difference of the columns gives. So the usual two-way softmax becomes
the head that bcviewer's own networks have, and features, maps and a new head come of it alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.imported_plan import HANDED_ON, LayerPlan, NetworkPlan, refused

Path = tuple[str, ...]
"""The names of the networks that a layer lies in, and its own."""

PROBABILITIES = ("softmax", "sigmoid")


@dataclass(frozen=True)
class Step:
    """A layer on the way from the output back to the input.

    Attributes:
        path: Where it is.
        layer: The layer.
        single: Whether it, all after it and the networks around are called once, on one tensor.
    """

    path: Path
    layer: LayerPlan
    single: bool


@dataclass(frozen=True)
class HeadPlan:
    """The last dense layer of a network, after which there is nothing but an activation.

    Attributes:
        path: Where it is.
        after: The layers after it.
        outputs: Numbers that it gives.
        activation: What makes probabilities of them; "linear" where nothing does.
    """

    path: Path
    after: frozenset[Path]
    outputs: int
    activation: str


def backwards(plan: NetworkPlan) -> Iterator[Step]:
    """The layers from the last one backwards, each on what it is first called on.

    No more than there are: in a damaged file they go round in a circle.

    Raises:
        ModelError: A layer is not there.
    """
    network, step = _last(plan, (), single=True)
    for _ in plan.leaves():
        yield step
        calls = step.layer.calls
        before = calls[0][0].layer if calls else ""
        network, step = _inside(before, network, step.path[:-1], single=step.single)


def head_of(plan: NetworkPlan) -> HeadPlan | None:
    """The head that can be made one of one output; None where the network ends in another way."""
    after: list[Path] = []
    activation = "linear"
    for step in backwards(plan):
        layer = step.layer
        done = activation_of(layer)
        if not step.single or (done != "linear" and activation != "linear"):
            return None
        activation = done if activation == "linear" else activation
        if layer.kind == "Dense":
            return HeadPlan(step.path, frozenset(after), layer.settings["units"], activation)
        if layer.kind not in (HANDED_ON, "Activation", "Softmax"):
            return None
        if layer.settings.get("axis", -1) not in (-1, 1):
            return None
        after.append(step.path)
    return None


def activation_of(layer: LayerPlan) -> str:
    """What a layer does to its numbers last."""
    if layer.kind == "Softmax":
        return "softmax"
    return str(layer.settings.get("activation", "linear"))


def one_output(
    kernel: NDArray[np.float32], bias: NDArray[np.float32], *, idc: int, activation: str
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The weights that give the logit of IDC alone.

    Args:
        kernel: float32[k, 1] or float32[k, 2].
        bias: float32[1] or float32[2].
        idc: Which column is IDC.
        activation: What follows, softmax or sigmoid.

    Returns:
        float32[k, 1] and float32[1], for a sigmoid.

    Raises:
        ModelError: They are too large for that.
    """
    weights = np.vstack([kernel, bias]).astype(np.float64)
    logit = weights[:, idc]
    if activation == "softmax":
        logit = logit - weights[:, 1 - idc]
    if np.abs(logit).max() > np.finfo(np.float32).max:
        raise refused("The last layer of the network has weights that are too large.")
    found = logit.astype(np.float32)
    return found[:-1, None], found[-1:]


def _last(plan: NetworkPlan, within: Path, *, single: bool) -> tuple[NetworkPlan, Step]:
    return _inside(plan.output.layer, plan, within, single=single)


def _inside(
    name: str, network: NetworkPlan, within: Path, *, single: bool
) -> tuple[NetworkPlan, Step]:
    """The layer of a name; of a network, its last one."""
    for layer in network.layers:
        if layer.name == name:
            path = (*within, name)
            once = single and [len(call) for call in layer.calls] == [1]
            if layer.inner is not None:
                return _last(layer.inner, path, single=once)
            return network, Step(path, layer, once)
    raise refused("What the network gives cannot be found in it: the file is damaged.")
