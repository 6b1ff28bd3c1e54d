"""The architectures a training may choose from, with the words that the program shows for them."""

from __future__ import annotations

from dataclasses import dataclass

from bcviewer.errors import ModelError


@dataclass(frozen=True)
class Architecture:
    """A network that can be trained.

    Attributes:
        name: The word of job files and of the command line.
        title: The name in the window.
        description: One sentence on what it is good for.
        parameters_hint: Its size in words.
        pretrained: Whether it starts from ImageNet weights.
        alphas: The width multipliers it comes in; the first is the default.
        learning_rate: The peak rate when the job names none.
    """

    name: str
    title: str
    description: str
    parameters_hint: str
    pretrained: bool
    alphas: tuple[float, ...]
    learning_rate: float


ARCHITECTURES = (
    Architecture(
        name="mobilenetv2",
        title="MobileNetV2",
        description="Starts from ImageNet weights and is fine-tuned whole: the better scores.",
        parameters_hint="2.3 million parameters (alpha 0.35: 0.4 million)",
        pretrained=True,
        alphas=(1.0, 0.35),
        learning_rate=4e-4,
    ),
    Architecture(
        name="simple_cnn",
        title="Simple CNN",
        description="A small separable network, trained from nothing: quick to try things with.",
        parameters_hint="202 thousand parameters",
        pretrained=False,
        alphas=(1.0,),
        learning_rate=3e-3,
    ),
)


def architecture(name: str) -> Architecture:
    """The architecture of that name.

    Raises:
        ModelError: There is none of that name.
    """
    for candidate in ARCHITECTURES:
        if candidate.name == name:
            return candidate
    names = ", ".join(candidate.name for candidate in ARCHITECTURES)
    raise ModelError(f"There is no architecture {name!r}.", hint=f"Choose one of: {names}.")
