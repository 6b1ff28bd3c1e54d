"""What an imported network takes and gives: read from the file, chosen by the user, or assumed.

What cannot be known from a file is assumed and said: that patches are enlarged by the nearest pixel
(as Keras' ``flow_from_directory`` does unless told otherwise), that values are 0 to 255 (as it
hands them out), and that of two outputs the second is IDC (folders in the order of their names).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.imported_head import PROBABILITIES, activation_of, backwards
from bcviewer.model.imported_plan import HANDED_ON, NetworkPlan, refused

Scaling = Literal["0..255", "0..1", "-1..1"]
Resizing = Literal["nearest", "bilinear"]
IdcOutput = Literal["0", "1", "single"]
How = Literal["read from the file", "chosen", "assumed"]

POINTS = ("input", "resized by", "values", "a last", "outputs")
"""The names of what is found out."""

SCALINGS, RESIZINGS = get_args(Scaling), get_args(Resizing)
IDC_OUTPUTS = get_args(IdcOutput)
AUTO = "auto"
LEAST_SIZE, LARGEST_SIZE = 8, 1024

SCALING_WORDS = {"0..255": "0 to 255", "0..1": "0 to 1", "-1..1": "-1 to 1"}
RESIZING_WORDS = {"nearest": "nearest pixel", "bilinear": "bilinear"}
OUTPUT_WORDS = {
    "0": "the first of two is IDC",
    "1": "the second of two is IDC",
    "single": "one, the probability of IDC",
}

_LEAVING_COUNT = (HANDED_ON, "Flatten", "Reshape", "GlobalAveragePooling2D", "GlobalMaxPooling2D")


@dataclass(frozen=True)
class Wishes:
    """What the user says of a file; "auto" and 0 for what is to be found out."""

    input_size: int = 0
    scaling: str = AUTO
    resizing: str = AUTO
    idc_output: str = AUTO


@dataclass(frozen=True)
class Point:
    """One thing about the network, and how it is known."""

    name: str
    words: str
    how: How


@dataclass(frozen=True)
class Meaning:
    """What a network takes and gives.

    Attributes:
        input_size: Pixels of its input, across and down.
        scaling: The values that it takes.
        resizing: How patches come to its size.
        outputs: Numbers that it gives: one or two.
        idc_output: Which of them is IDC.
        finish: What is still to be done to make them probabilities; "" for nothing.
        takes: What it takes, in words.
        gives: What it gives, in words.
    """

    input_size: int
    scaling: Scaling
    resizing: Resizing
    outputs: int
    idc_output: IdcOutput
    finish: str
    takes: tuple[Point, ...]
    gives: tuple[Point, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All of it in words."""
        return (*self.takes, *self.gives)

    @property
    def preprocessing(self) -> str:
        """What happens to a patch, for the card."""
        told = ", ".join(f"{point.name} {point.words}" for point in self.takes)
        return f"RGB, uint8, {PATCH_SIZE}x{PATCH_SIZE}; inside the graph: {told}"


def meaning_of(plan: NetworkPlan, wishes: Wishes) -> Meaning:
    """Find out what a network takes and gives.

    Raises:
        ModelError: It does not take pictures or give one or two numbers, or a wish contradicts it.
    """
    size, size_point = _input_size(plan, wishes.input_size)
    scaling, scaling_point = _scaling(plan, wishes.scaling)
    resizing, resizing_point = _resizing(size, wishes.resizing)
    outputs, activation = _outputs(plan)
    idc, idc_point = _idc_output(outputs, activation, wishes.idc_output)
    finish = "" if activation in PROBABILITIES else {1: "sigmoid", 2: "softmax"}[outputs]
    takes = (size_point, *resizing_point, scaling_point)
    gives = (*_finish_points(finish), idc_point)
    return Meaning(size, scaling, resizing, outputs, idc, finish, takes, gives)


def _finish_points(finish: str) -> list[Point]:
    words = f"{finish}, since the network gives no probabilities"
    return [Point("a last", words, "assumed")] if finish else []


def _input_size(plan: NetworkPlan, wish: int) -> tuple[int, Point]:
    shape = plan.input_shape
    if shape is not None and (len(shape) != 3 or shape[2] not in (3, None)):
        raise refused(f"The network takes {_shape(shape)}; pictures of three colours are needed.")
    height, width = shape[:2] if shape is not None else (None, None)
    if height != width:
        raise refused(f"The network takes {_shape(shape)}; a square picture is needed.")
    if height is None:
        size, how = (wish, "chosen") if wish else (PATCH_SIZE, "assumed")
    elif wish not in (0, height):
        raise refused(
            f"The network takes {height}x{height} pixels, not {wish}x{wish}.",
            hint=f"Leave the input size out, or give {height}.",
        )
    else:
        size, how = height, "read from the file"
    if not LEAST_SIZE <= size <= LARGEST_SIZE:
        raise refused(f"An input of {size} pixels is not between {LEAST_SIZE} and {LARGEST_SIZE}.")
    return size, Point("input", f"{size}x{size} pixels", how)  # type: ignore[arg-type]


def _scaling(plan: NetworkPlan, wish: str) -> tuple[Scaling, Point]:
    for scaling in SCALINGS:
        if wish == scaling:
            return scaling, Point("values", SCALING_WORDS[scaling], "chosen")
    _check_auto(wish, SCALINGS, "scaling")
    scale = _own_scale(plan)
    if scale is not None and abs(scale) * 255 <= 4:
        return "0..255", Point(
            "values", "0 to 255, which the network scales itself", "read from the file"
        )
    if scale is not None and 1.5 <= abs(scale) <= 2.5:
        return "0..1", Point(
            "values", "0 to 1, which the network scales itself", "read from the file"
        )
    return "0..255", Point("values", "0 to 255", "assumed")


def _own_scale(plan: NetworkPlan) -> float | None:
    """By what the network multiplies its input before anything else; None for not at all."""
    scale: float | None = None
    for layer in plan.leaves():
        if layer.kind == "Rescaling":
            factor = layer.settings["scale"]
            scale = (scale or 1.0) * (factor[0] if isinstance(factor, list) else factor)
        elif layer.kind != HANDED_ON:
            break
    return scale


def _resizing(size: int, wish: str) -> tuple[Resizing, list[Point]]:
    if size == PATCH_SIZE:
        return "nearest", []
    for resizing in RESIZINGS:
        if wish == resizing:
            return resizing, [Point("resized by", RESIZING_WORDS[resizing], "chosen")]
    _check_auto(wish, RESIZINGS, "resizing")
    return "nearest", [Point("resized by", RESIZING_WORDS["nearest"], "assumed")]


def _idc_output(outputs: int, activation: str, wish: str) -> tuple[IdcOutput, Point]:
    possible: tuple[IdcOutput, ...] = ("single",) if outputs == 1 else ("0", "1")
    for output in possible:
        if wish == output:
            return output, Point("outputs", OUTPUT_WORDS[output], "chosen")
    if wish in IDC_OUTPUTS:
        raise refused(
            f"The network gives {outputs} number{'s' if outputs > 1 else ''}, so the IDC output "
            f"cannot be {wish!r}.",
            hint=f"Give one of: {', '.join(possible)}.",
        )
    _check_auto(wish, IDC_OUTPUTS, "IDC output")
    if outputs == 1 and activation == "softmax":
        raise refused("The network ends in a softmax over one number, which is always 1.")
    return possible[-1], Point("outputs", OUTPUT_WORDS[possible[-1]], "assumed")


def _outputs(plan: NetworkPlan) -> tuple[int, str]:
    """How many numbers the network gives, and what was done to them last."""
    activation = "linear"
    for layer in (step.layer for step in backwards(plan)):
        done = activation_of(layer)
        if done != "linear" and activation == "linear":
            activation = done
        count = layer.settings.get("units" if layer.kind == "Dense" else "filters")
        if layer.kind in ("Dense", "Conv2D") and count is not None:
            break
        if layer.kind not in (*_LEAVING_COUNT, "Activation", "Softmax"):
            raise refused(
                f"The network ends in a {layer.written[:40]} layer, and what it gives cannot be "
                "understood as the probability of IDC."
            )
    else:
        raise refused("The network has no last layer: the file is damaged.")
    if count not in (1, 2):
        raise refused(f"The network gives {count:,} numbers; one or two are needed.")
    if activation not in (*PROBABILITIES, "linear"):
        raise refused(f"The network ends in {activation}, which gives no probabilities.")
    return count, activation


def _check_auto(wish: str, choices: tuple[str, ...], what: str) -> None:
    if wish != AUTO:
        raise refused(
            f"The {what} cannot be {wish!r}.", hint=f"Give one of: auto, {', '.join(choices)}."
        )


def _shape(shape: tuple[int | None, ...] | None) -> str:
    return "x".join("?" if one is None else str(one) for one in shape or ())
