"""Where the weights of a layer lie in a file, in the two ways in which Keras has kept them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.imported_hdf5 import Group
from bcviewer.model.imported_plan import NetworkPlan, refused

Shapes = dict[str, tuple[int, ...]]
Arrays = list[NDArray[np.float32]]

CALLED_BEFORE = {"kernel": ("kernel", "depthwise_kernel")}
"""Keras 2 called the kernel of a depthwise convolution so."""


class WeightSource(Protocol):
    """Gives the weights of layers."""

    def arrays(self, path: tuple[str, ...], wanted: Shapes) -> Arrays:
        """The weights of the layer at ``path``, in the order of ``wanted``."""

    def read_through(self, plan: NetworkPlan) -> None:
        """Read all that ``arrays`` may come to read, whether it is right or not.

        What HDF5 survives here it survives again.
        """


class NamedWeights:
    """The weights of an ``.h5`` file: a group for each outer layer, names within it."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._names: dict[str, list[str]] = {}

    def arrays(self, path: tuple[str, ...], wanted: Shapes) -> Arrays:
        """The weights of a layer.

        Args:
            path: The names of the networks that it lies in, and its own.
            wanted: Names and shapes.

        Raises:
            ModelError: They are missing or of another shape.
        """
        group = self._group.group(path[0])
        if group is None:
            raise refused(f"The file has no weights for the layer {path[0][:60]!r}.")
        if path[0] not in self._names:
            self._names[path[0]] = group.texts("weight_names") or []
        names = self._names[path[0]]
        chosen = [self._name(names, path, name) for name in wanted]
        if len(path) == 1 and None in chosen and len(names) == len(wanted):
            chosen = list(names)  # in the order of the layer, whatever they are called
        found = [group.array(name) for name in chosen if name is not None]
        if len(found) != len(wanted):
            raise refused(f"The file lacks weights of the layer {path[-1][:60]!r}.")
        return _checked(found, wanted, path[-1])

    def read_through(self, plan: NetworkPlan) -> None:
        """Read whatever the layers have; as ``WeightSource.read_through``."""
        for layer in plan.layers:
            with suppress(ModelError):
                group = self._group.group(layer.name)
                names = group.texts("weight_names") if group is not None else None
                _read_each(group, names or [])

    def _name(self, names: list[str], path: tuple[str, ...], name: str) -> str | None:
        """The name that a weight has in the file; None when there is not exactly one."""
        variables = CALLED_BEFORE.get(name, (name,))
        ends = [re.escape(variable) for variable in variables]
        # Keras 2 numbered the scope when a network was built twice: Conv1_1/kernel:0.
        for scope in (re.escape(path[-1]), re.escape(path[-1]) + r"_\d+"):
            within = rf"(.*/)?{scope}/" if len(path) > 1 else r"(.*/)?"
            wanted = re.compile(rf"{within}({'|'.join(ends)})(:0)?")
            matching = [one for one in names if wanted.fullmatch(one)]
            if len(matching) == 1:
                return matching[0]
        return None


class NumberedWeights:
    """The weights of a ``.keras`` file: groups by kind and number, arrays by number."""

    def __init__(self, group: Group, plan: NetworkPlan) -> None:
        self._root = group
        self._keys = dict(_keys(plan, ()))

    def arrays(self, path: tuple[str, ...], wanted: Shapes) -> Arrays:
        """The weights of a layer; as ``NamedWeights.arrays``."""
        values = self._values(path)
        if values is None:
            raise refused(f"The file has no weights for the layer {path[-1][:60]!r}.")
        if len(values.names()) != len(wanted):
            raise refused(
                f"The layer {path[-1][:60]!r} has {len(values.names())} weights in the file; "
                f"{len(wanted)} were expected."
            )
        found = [values.array(str(number)) for number in range(len(wanted))]
        return _checked(found, wanted, path[-1])

    def read_through(self, plan: NetworkPlan) -> None:
        """Read whatever the layers have; as ``WeightSource.read_through``."""
        for path in self._keys:
            with suppress(ModelError):
                values = self._values(path)
                count = len(values.names()) if values is not None else 0
                _read_each(values, [str(number) for number in range(count)])

    def _values(self, path: tuple[str, ...]) -> Group | None:
        at: Group | None = self._root
        for depth in range(len(path)):
            inside = at.group("layers") if at is not None else None
            at = self._child(inside, path[: depth + 1]) if inside is not None else None
        return at.group("vars") if at is not None else None

    def _child(self, inside: Group, path: tuple[str, ...]) -> Group | None:
        key = self._keys.get(path, "")
        found = inside.group(key) if key else None
        kept = found.group("vars") if found is not None else None
        told = kept.text("name") if kept is not None else None
        if told is not None and told != path[-1]:
            raise refused(
                f"The weights of {path[-1][:60]!r} are those of {told[:60]!r}: the file is damaged."
            )
        return found


def _keys(plan: NetworkPlan, within: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Path and group of each layer: its class in small letters, numbered within its network."""
    counts: dict[str, int] = {}
    for layer in plan.layers:
        word = _small(layer.written)
        number = counts.get(word, 0)
        counts[word] = number + 1
        path = (*within, layer.name)
        yield path, f"{word}_{number}" if number else word
        if layer.inner is not None:
            yield from _keys(layer.inner, path)


def _small(kind: str) -> str:
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()


def _read_each(group: Group | None, names: list[str]) -> None:
    for name in names:
        with suppress(ModelError):
            if group is not None:
                group.array(name)


def _checked(found: Arrays, wanted: Shapes, layer: str) -> Arrays:
    for array, (name, shape) in zip(found, wanted.items(), strict=True):
        if array.shape != shape:
            raise refused(
                f"The layer {layer[:60]!r} needs a {name} of the shape {shape}; the file has "
                f"{array.shape}."
            )
        if not np.isfinite(array).all():
            raise refused(f"The layer {layer[:60]!r} has weights that are no numbers.")
    return found
