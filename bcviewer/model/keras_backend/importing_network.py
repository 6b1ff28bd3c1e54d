"""Building an imported network anew, from its plan and its weights, of Keras' own layers only."""

from __future__ import annotations

import math
import re
from typing import Any

import keras
import numpy as np

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.imported_head import HeadPlan, head_of, one_output
from bcviewer.model.imported_layers import KINDS
from bcviewer.model.imported_meaning import Meaning
from bcviewer.model.imported_plan import HANDED_ON, LayerPlan, NetworkPlan, Reference, refused
from bcviewer.model.imported_shapes import check_size, weights_of
from bcviewer.model.imported_weights import WeightSource
from bcviewer.model.keras_backend.network import INPUT, OUTPUT

MOST_WEIGHTS = 2**27
"""So many numbers in all; VGG16, the largest network of its time, has 138 million."""

SCALES = {"0..255": (1.0, 0.0), "0..1": (1 / 255, 0.0), "-1..1": (1 / 127.5, -1.0)}


def imported_network(plan: NetworkPlan, weights: WeightSource, meaning: Meaning) -> keras.Model:
    """The network of a file with what makes patches its input and the probability its output.

    Returns:
        A model from uint8[b, 50, 50, 3] (input "patch") to float32[b, 1].

    Raises:
        ModelError: It cannot be built, or its weights do not fit.
    """
    patch = keras.Input((PATCH_SIZE, PATCH_SIZE, 3), dtype="uint8", name=INPUT)
    scale, offset = SCALES[meaning.scaling]
    flow = keras.layers.Rescaling(scale, offset=offset, name="bcviewer_values")(patch)
    if meaning.input_size != PATCH_SIZE:
        # Keras' Resizing takes training for granted and hands that on: batch normalisation after it
        # would go by the batch, in the exported graph too. Said here, it is not handed on.
        flow = keras.layers.Resizing(
            meaning.input_size,
            meaning.input_size,
            interpolation=meaning.resizing,
            name="bcviewer_size",
        )(flow, training=False)
    builder = _Builder(weights, meaning, head_of(plan))
    given = builder.network(plan, flow)
    if not builder.has_head:
        given = _probability(given, meaning)
    return keras.Model(patch, given, name="imported")


def _probability(given: Any, meaning: Meaning) -> Any:
    """float32[b, 1] of what a network gives whose head is not one of bcviewer's."""
    if tuple(given.shape) != (None, meaning.outputs):
        raise refused(
            f"The network gives the shape {tuple(given.shape[1:])} for each patch; "
            f"({meaning.outputs},) was expected."
        )
    if meaning.finish:
        given = keras.layers.Activation(meaning.finish, name="bcviewer_finish")(given)
    if meaning.outputs == 1:
        return keras.layers.Reshape((1,), name=OUTPUT)(given)
    # Both outputs in a row, of which one is cut off: layers without weights, as Keras has them.
    row = keras.layers.Reshape((2, 1), name="bcviewer_outputs")(given)
    cut = (1, 0) if meaning.idc_output == "1" else (0, 1)
    return keras.layers.Reshape((1,), name=OUTPUT)(
        keras.layers.Cropping1D(cut, name="bcviewer_idc")(row)
    )


class _Builder:
    """Calls layers one after the other; each is checked before it is built.

    Attributes:
        has_head: Whether the network ends in a head as bcviewer's own have it.
    """

    def __init__(self, weights: WeightSource, meaning: Meaning, head: HeadPlan | None) -> None:
        self.has_head = False
        self._weights, self._meaning, self._head = weights, meaning, head
        self._after = head.after if head is not None else frozenset()
        self._layers: dict[tuple[str, ...], Any] = {}
        self._names: set[str] = set()
        self._total = 0

    def network(self, plan: NetworkPlan, flow: Any, path: tuple[str, ...] = ()) -> Any:
        """What a network gives for ``flow``."""
        known: dict[Reference, Any] = {Reference(plan.input_name): flow}
        left = [(layer, number) for layer in plan.layers for number in range(len(layer.calls))]
        while left:
            waiting = []
            for layer, number in left:
                given = [_known(known, reference, plan) for reference in layer.calls[number]]
                if any(one is None for one in given):
                    waiting.append((layer, number))
                else:
                    known[Reference(layer.name, number)] = self._call(layer, given, path)
            if len(waiting) == len(left):
                break  # what is left waits for layers that never come
            left = waiting
        result = _known(known, plan.output, plan)
        if result is None:
            raise refused("The layers of the network do not join up: the file is damaged.")
        return result

    def _call(self, layer: LayerPlan, given: list[Any], path: tuple[str, ...]) -> Any:
        if layer.inner is not None:
            return self.network(layer.inner, given[0], (*path, layer.name))
        where = (*path, layer.name)
        if layer.kind == HANDED_ON or (self.has_head and where in self._after):
            return given[0]
        shape = check_size(layer, tuple(given[0].shape))
        try:
            if where not in self._layers:
                self._layers[where] = self._built(layer, shape, where)
            result = self._layers[where](given if len(given) > 1 else given[0])
        except (ValueError, TypeError) as error:  # Keras' own words about shapes that do not fit
            raise refused(
                f"The layer {layer.name[:60]!r} cannot be built: {_first_line(error)}"
            ) from error
        check_size(layer, tuple(result.shape))
        return result

    def _built(self, layer: LayerPlan, shape: tuple[int, ...], path: tuple[str, ...]) -> Any:
        """A layer with its weights; they are looked at before memory is taken for them."""
        wanted = weights_of(layer, shape)
        self._total += sum(math.prod(each) for each in wanted.values())
        if self._total > MOST_WEIGHTS:
            raise refused(f"The network has more than {MOST_WEIGHTS:,} weights: too many.")
        arrays = self._weights.arrays(path, wanted) if wanted else []
        if layer.kind not in KINDS:
            raise refused(f"The layer {layer.name[:60]!r} is of no known kind.")
        if self._head is not None and path == self._head.path and len(shape) == 1:
            return self._built_head(self._head, arrays)
        built = getattr(keras.layers, layer.kind)(**layer.settings, name=self._name(layer.name))
        if arrays:
            built.build((None, *shape))
            if [weight.name for weight in built.weights] != list(wanted):
                raise refused(f"The layer {layer.name[:60]!r} has other weights in this Keras.")
            built.set_weights([np.asarray(array) for array in arrays])
        return built

    def _built_head(self, head: HeadPlan, arrays: list[Any]) -> Any:
        """The last dense layer as one of one output, with the sigmoid that follows it."""
        kernel, *rest = arrays
        bias = rest[0] if rest else np.zeros(head.outputs, np.float32)
        idc = int(self._meaning.idc_output == "1")
        activation = self._meaning.finish or head.activation
        weights = one_output(kernel, bias, idc=idc, activation=activation)
        built = keras.layers.Dense(1, activation="sigmoid", name=OUTPUT)
        built.build((None, len(kernel)))
        built.set_weights(list(weights))
        self.has_head = True
        return built

    def _name(self, wanted: str) -> str:
        """A name that Keras takes, and that no other layer has."""
        plain = re.sub(r"[^A-Za-z0-9_.]", "_", wanted)[:80]
        name, number = f"net_{plain}", 1
        while name in self._names:
            number += 1
            name = f"net_{plain}_{number}"
        self._names.add(name)
        return name


def _known(known: dict[Reference, Any], reference: Reference, plan: NetworkPlan) -> Any:
    """What a reference stands for, when it is there already.

    Keras 2 also counts a network's own call before the first within another; such a number means
    the only call there is.
    """
    if reference in known:
        return known[reference]
    calls = next((layer.calls for layer in plan.layers if layer.name == reference.layer), ())
    return known.get(Reference(reference.layer)) if len(calls) == 1 else None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
