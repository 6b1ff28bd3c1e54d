"""The plan of a network that is rebuilt from a file's configuration: plain values, no code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bcviewer.errors import ModelError

HINT = "Ask for the network in built-in Keras layers only, or train a model with bcviewer."

HANDED_ON = "handed on"
"""The kind of a layer that does nothing when a network predicts, as augmentation or dropout."""

MODEL = "model"
"""The kind of a layer that is a network of its own."""


@dataclass(frozen=True)
class Reference:
    """What a layer gave when it was called for the ``call``-th time."""

    layer: str
    call: int = 0


@dataclass(frozen=True)
class LayerPlan:
    """A layer.

    Attributes:
        name: Its name in the file.
        kind: A class of ``keras.layers``, ``HANDED_ON`` or ``MODEL``.
        settings: Checked arguments of that class.
        calls: What it is called on, each time.
        inner: The network of kind ``MODEL``.
        written: Its class as the file has it.
    """

    name: str
    kind: str
    settings: dict[str, Any] = field(default_factory=dict)
    calls: tuple[tuple[Reference, ...], ...] = ()
    inner: NetworkPlan | None = None
    written: str = ""


@dataclass(frozen=True)
class NetworkPlan:
    """A network of one input and one output.

    Attributes:
        name: Its name in the file.
        layers: In the order of the file; without the input.
        input_name: The layer that stands for the input.
        input_shape: Height, width and channels; None where the file leaves them open.
        output: What the network gives.
        left_out: Kinds of layers that only matter in training and were left out.
    """

    name: str
    layers: tuple[LayerPlan, ...]
    input_name: str
    input_shape: tuple[int | None, ...] | None
    output: Reference
    left_out: tuple[str, ...] = ()

    def leaves(self) -> list[LayerPlan]:
        """All layers, those of inner networks in their place."""
        found = []
        for layer in self.layers:
            found += layer.inner.leaves() if layer.inner is not None else [layer]
        return found


def refused(text: str, *, hint: str = HINT) -> ModelError:
    """The error of a file that is not taken, for a reason."""
    return ModelError(text, hint=hint)
