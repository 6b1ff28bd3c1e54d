"""Inputs that no honest program writes: harmed bytes, harmed JSON, hostile values."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as some

NUMBERS = (0, 1, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 2**31 - 1, 2**32 - 1, 2**63 - 1, 2**64 - 1)
DEEP = "\ue000deep\ue000"
HUGE = "\ue000huge\ue000"
"""Stand for what ``json.dumps`` cannot write."""

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 50, 51, 1e-320, 0.5, 1e308, -1e308),
    *(2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**18, 10**400),
    *(float("nan"), float("inf"), -float("inf")),
    *("", " ", "0", "1", "NaN", "p00", "null", "..", "../../evil", "/etc/passwd", "C:\\evil"),
    *("=cmd|' /C calc'!A0", "<script>", "\x00", "\x1b[2J", "\ud800", "\u202e", "a" * 5000),
    *([], {}, [[]], [[[]]], [0], [None], [{}], {"": None}, {"a": {"a": {}}}),
    *([1, 1], [[1, 1], [1, 51]], [float("nan")] * 2, [10**12, -1], ["p00"] * 100, list(range(300))),
    *(DEEP, HUGE),
)

values = some.sampled_from(VALUES).map(copy.deepcopy) | some.recursive(
    some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@some.composite
def torn(draw: Callable[..., Any], content: bytes, *, most: int = 4) -> bytes:
    """Bytes with bits flipped, parts cut, put twice, zeroed, or replaced by numbers."""
    harmed = bytearray(content)
    for _ in range(draw(some.integers(1, most))):
        end = len(harmed)
        at = draw(some.integers(0, max(0, end - 1)))
        length = draw(some.sampled_from((1, 2, 4, 8, 16, 64, 512)))
        act = draw(
            some.sampled_from(("flip", "flip", "flip", "cut", "put", "twice", "zero", "end"))
        )
        if act == "flip" and end:
            harmed[at] ^= 1 << draw(some.integers(0, 7))
        elif act == "put" and end:
            number = draw(some.sampled_from(NUMBERS))
            width = draw(some.sampled_from((1, 2, 4, 8)))
            order = draw(some.sampled_from(("little", "big")))
            harmed[at : at + width] = (number % (1 << 8 * width)).to_bytes(width, order)
        elif act == "cut":
            del harmed[at : at + length]
        elif act == "twice":
            harmed[at:at] = harmed[at : at + length]
        elif act == "zero":
            harmed[at : at + length] = bytes(min(length, end - at))
        elif act == "end":
            del harmed[at:]
    return bytes(harmed)


@some.composite
def json_bytes(draw: Callable[..., Any], valid: Any, *, bytes_too: bool = True) -> bytes:
    """A valid document with some values replaced, left out or added, perhaps with torn bytes."""
    harmed = json.loads(json.dumps(valid))
    for _ in range(draw(some.integers(0, 3))):
        harmed = _harmed(draw, harmed)
    text = json.dumps(harmed, ensure_ascii=draw(some.booleans()))
    text = text.replace(json.dumps(DEEP), "[" * 100_000).replace(f'"{DEEP}"', '{"a":' * 50_000)
    text = text.replace(json.dumps(HUGE), "9" * 5000).replace(f'"{HUGE}"', "1" + "0" * 5000)
    content = text.encode("utf-8", "surrogatepass")
    if bytes_too and draw(some.integers(0, 3)) == 0:
        content = draw(torn(content))
    return content


def _harmed(draw: Callable[..., Any], value: Any) -> Any:
    """Replace, remove, add or repeat something, anywhere in the value."""
    if not isinstance(value, dict | list) or not value or draw(some.integers(0, 7)) == 0:
        return draw(values)
    keys = sorted(value) if isinstance(value, dict) else range(min(len(value), 20))
    key = draw(some.sampled_from(list(keys)))
    act = draw(some.sampled_from(("go in", "go in", "go in", "go in", "remove", "add", "replace")))
    if act == "remove":
        del value[key]
    elif act == "add" and isinstance(value, dict):
        value[draw(some.text(max_size=8))] = draw(values)
    elif act == "add" and isinstance(value, list):
        value.insert(key, draw(values))
    elif act == "replace":
        value[key] = draw(values)
    else:
        value[key] = _harmed(draw, value[key])
    return value
