"""What a layer is called on, as Keras 2 and Keras 3 write it."""

from __future__ import annotations

import math
from typing import Any

from bcviewer.model.imported_plan import Reference, refused

Operand = Reference | float
"""What a layer is called on: what another layer gave, or a number."""

CONSTANT = "_CONSTANT_VALUE"
TENSOR = "__keras_tensor__"
MOST_CALLS = 16
MOST_OPERANDS = 64
DEEPEST = 6


def calls_of(nodes: Any, *, place: str) -> tuple[tuple[Operand, ...], ...]:
    """The operands of each call of a layer.

    Args:
        nodes: ``inbound_nodes`` of the layer.
        place: The layer, for errors.

    Raises:
        ModelError: They cannot be understood.
    """
    if not isinstance(nodes, list) or len(nodes) > MOST_CALLS:
        raise refused(f"{place}: what it is called on cannot be read.")
    found = []
    for node in nodes:
        operands = _Operands(place)
        if isinstance(node, dict):
            operands.add_of_keras_3(node)
        else:
            operands.add_of_keras_2(node)
        found.append(tuple(operands.found))
    return tuple(found)


def reference_of(value: Any, *, place: str) -> Reference:
    """A reference as ``input_layers`` and ``output_layers`` have it, for one tensor.

    Raises:
        ModelError: There is not exactly one.
    """
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
        value = value[0]
    if not _is_reference(value):
        raise refused(f"{place} must be exactly one; the file has others, or is damaged.")
    return Reference(value[0], value[1])


class _Operands:
    """Gathers the operands of one call."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.found: list[Operand] = []

    def add_of_keras_3(self, node: dict[str, Any]) -> None:
        self._add_value(node.get("args"), 0)
        self._add_named(node.get("kwargs"))

    def add_of_keras_2(self, node: Any) -> None:
        """One entry, or a list of them: [layer, call, tensor, {more}]."""
        if not isinstance(node, list) or not node:
            raise self._unreadable()
        for entry in [node] if isinstance(node[0], str) else node:
            if not isinstance(entry, list) or len(entry) not in (3, 4):
                raise self._unreadable()
            if entry[0] == CONSTANT:
                self._add(self._number(entry[2]))
            elif _is_reference(entry[:3]):
                self._add(Reference(entry[0], entry[1]))
            else:
                raise self._unreadable()
            self._add_named(entry[3] if len(entry) == 4 else None)

    def _add_named(self, named: Any) -> None:
        if named is None:
            return
        if not isinstance(named, dict):
            raise self._unreadable()
        for name, value in named.items():
            if name == "training" and value is True:
                raise refused(f"{self._place} is called as in training; such a network is refused.")
            if name not in ("training", "mask", "name"):
                self._add_value(value, 0)

    def _add_value(self, value: Any, depth: int) -> None:
        if value is None:
            return
        if depth > DEEPEST:
            raise self._unreadable()
        if isinstance(value, dict) and value.get("class_name") == TENSOR:
            config = value.get("config")
            history = config.get("keras_history") if isinstance(config, dict) else None
            self._add(reference_of(history, place=f"What {self._place} is called on"))
        elif _is_reference(value):
            self._add(Reference(value[0], value[1]))
        elif isinstance(value, list):
            for entry in value:
                self._add_value(entry, depth + 1)
        else:
            self._add(self._number(value))

    def _add(self, operand: Operand) -> None:
        self.found.append(operand)
        if len(self.found) > MOST_OPERANDS:
            raise self._unreadable()

    def _number(self, value: Any) -> float:
        if type(value) not in (int, float) or not math.isfinite(value):
            raise self._unreadable()
        return float(value)

    def _unreadable(self) -> Exception:
        return refused(f"{self._place}: what it is called on cannot be read.")


def _is_reference(value: Any) -> bool:
    """Whether it is [layer, call, tensor]; layers of several tensors are not taken."""
    return (
        isinstance(value, list)
        and len(value) == 3
        and isinstance(value[0], str)
        and type(value[1]) is int
        and type(value[2]) is int
        and value[1] >= 0
        and value[2] == 0
    )
