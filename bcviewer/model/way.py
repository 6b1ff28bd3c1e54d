"""The way a model is asked: in which numbers it computes, and whether answers are averaged.

Predictions made in one way are never mixed with those made in another: the way is part of the key
that they are kept by, and of the name of what is written from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """The numbers that a graph computes in; what goes in and comes out is the same."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    INT8 = "int8"


@dataclass(frozen=True)
class Way:
    """How a model is asked.

    Attributes:
        averaged: Whether the answers to the eight flips and rotations of a patch are averaged.
        precision: The numbers that the graph computes in.
    """

    averaged: bool = False
    precision: Precision = Precision.FLOAT32

    @property
    def suffix(self) -> str:
        """What a folder of such predictions has behind the model's name; "" for the plain way."""
        return "".join(
            f"-{word}"
            for word, there in (
                ("averaged", self.averaged),
                (self.precision, self.precision is not Precision.FLOAT32),
            )
            if there
        )

    @property
    def words(self) -> tuple[str, ...]:
        """What people are told of it; nothing for the plain way."""
        averaged = ("averaged over flips and rotations",) if self.averaged else ()
        lower = (f"in {self.precision}",) if self.precision is not Precision.FLOAT32 else ()
        return (*averaged, *lower)


PLAIN_WAY = Way()
"""Each patch as it is, in 32-bit floats."""
