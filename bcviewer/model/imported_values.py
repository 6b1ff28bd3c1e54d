"""Reading single values of a configuration: each is checked for kind and size."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from bcviewer.model.imported_plan import refused

Reader = Callable[[Any], Any]
"""Gives the checked value; raises ``ValueError`` for another."""

ACTIVATIONS = (
    *("linear", "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "tanh"),
    *("sigmoid", "softmax", "softplus", "softsign", "exponential"),
)
"""Those that Keras 2 and 3 compute alike (they do not agree on hard_sigmoid)."""

MOST_CHANNELS = 16_384
FURTHEST = 64


def whole(least: int, most: int) -> Reader:
    """A whole number in a range."""

    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most} was expected")
        return value

    return read


def number(value: Any) -> float:
    """A finite number; Keras 2.2 wrote some as arrays of none dimensions."""
    if isinstance(value, dict) and value.get("type") == "ndarray":
        value = value.get("value")
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError("a finite number was expected")
    return float(value)


def flag(value: Any) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise ValueError("true or false was expected")
    return value


def one_of(*choices: str) -> Reader:
    """One of some words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(f"one of {', '.join(choices)} was expected")
        return value

    return read


def optional(inner: Reader) -> Reader:
    """A value or none."""
    return lambda value: None if value is None else inner(value)


def pair(least: int, most: int) -> Reader:
    """Two whole numbers, for height and width."""
    each = whole(least, most)

    def read(value: Any) -> tuple[int, int]:
        if type(value) is int:
            value = [value, value]
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError("two whole numbers were expected")
        return each(value[0]), each(value[1])

    return read


def margins(value: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Top and bottom, left and right; also as one number, or as two."""
    each = pair(0, FURTHEST)
    if type(value) is int:
        return each(value), each(value)
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("margins of height and width were expected")
    return each(value[0]), each(value[1])


def axis(value: Any) -> int:
    """An axis; Keras 2 also wrote it as a list of one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    result: int = whole(-4, 4)(value)
    return result


def shape(value: Any) -> tuple[int, ...]:
    """A target shape, -1 for what is left."""
    if not isinstance(value, list) or not 1 <= len(value) <= 4:
        raise ValueError("a shape of one to four numbers was expected")
    each = whole(-1, 2**22)
    return tuple(each(entry) for entry in value)


def activation(value: Any) -> str:
    """The name of a built-in activation."""
    if value is None:
        return "linear"
    if isinstance(value, dict) and value.get("class_name") == "function":
        value = value.get("config")
    result: str = one_of(*ACTIVATIONS)(value)
    return result


def numbers_or_number(value: Any) -> float | list[float]:
    """A number, or one for each channel."""
    if isinstance(value, list):
        if not 1 <= len(value) <= 4:
            raise ValueError("one number, or one for each channel, was expected")
        return [number(entry) for entry in value]
    return number(value)


def read_setting(reader: Reader, value: Any, *, place: str) -> Any:
    """Read a value; what is wrong with it is told with its place."""
    try:
        return reader(value)
    except ValueError as error:
        raise refused(f"{place}: {error}, not {_short(value)}.") from error


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
