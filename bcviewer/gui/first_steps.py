"""The first steps of a new reader: which of the five is done, and which is next.

Nothing here knows the window. What is so at the moment comes as ``Facts``; what was so before, and
cannot be seen any more, is kept as ``Memory``: that the reader stood on a patch where model and
label differ cannot be told once the label is corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto


class Step(IntEnum):
    """The five, in their order."""

    PREDICT = 0
    FIND = 1
    CORRECT = 2
    RETRAIN = 3
    COMPARE = 4


class Lack(Enum):
    """What has to be there before a step can be taken."""

    DATA = auto()
    PATIENT = auto()
    MODEL = auto()
    SIGHT = auto()
    """Predictions are hidden from a reader who reads blind."""


@dataclass(frozen=True)
class Facts:
    """What is so in the window now.

    Attributes:
        data: Which data are open; "" for none.
        patient: Whose slide is on screen; "" for none.
        model: Fingerprint of the model in use; "" for none.
        blind: Whether its predictions of this slide are hidden from the reader.
        predicted: Whether the slide on screen has a prediction.
        row: The patch that is looked at, a row of the data set; -1 for none.
        differs: Whether model and label differ on it, and the reader has not answered it.
        settled: Whether the patch that was found was answered, and its label left as it was.
        corrected: The patch whose label was corrected last; -1 for none.
        learned: Whether the model in use was made with the labels as they are now.
        earlier: Whether the model before it is at hand.
        retrained: Whether the one in use was made with corrections that the one before had not.
        change_shown: Whether what it changed is on screen.
    """

    data: str = ""
    patient: str = ""
    model: str = ""
    blind: bool = False
    predicted: bool = False
    row: int = -1
    differs: bool = False
    settled: bool = False
    corrected: int = -1
    learned: bool = False
    earlier: bool = False
    retrained: bool = False
    change_shown: bool = False


@dataclass(frozen=True)
class Memory:
    """How far the reader has come.

    Attributes:
        data: Of which data.
        begun_with: Fingerprint of the model that was in use when these steps were begun anew: that
            it was retrained does not count.
        found: The patch where model and label were seen to differ; -1 for none yet.
        confirmed: Whether the last one that was found was answered, and its label left as it was.
        corrected: The patch whose label was corrected; -1 for none yet.
        retrained: Fingerprint of the model that has learned from it; "" for none yet.
        done: Whether all five are done.
    """

    data: str = ""
    begun_with: str = ""
    found: int = -1
    confirmed: bool = False
    corrected: int = -1
    retrained: str = ""
    done: bool = False


def begin(facts: Facts) -> Memory:
    """Begin anew: what was found, corrected and retrained before does not count."""
    return follow(Memory(facts.data, begun_with=facts.model), facts)


def follow(memory: Memory, facts: Facts) -> Memory:
    """Take in what is so now, by whatever way it came about."""
    if facts.data != memory.data:
        memory = Memory(facts.data)
    if memory.done:
        return memory
    memory = _follow_found(memory, facts)
    memory = _follow_retrained(memory, facts)
    if memory.retrained:
        corrected = memory.corrected if memory.corrected >= 0 else facts.corrected
        return replace(memory, corrected=corrected, done=facts.change_shown)
    # A correction that is undone is none; nor is one that the model knew when it was loaded.
    return replace(memory, corrected=-1 if facts.learned else facts.corrected)


def next_step(memory: Memory, facts: Facts) -> Step | None:
    """The first step that is not done; None when all are."""
    if memory.done:
        return None
    if memory.retrained:
        return Step.COMPARE
    if memory.corrected >= 0:
        return Step.RETRAIN
    if not facts.predicted:
        return Step.PREDICT
    return Step.FIND if memory.found < 0 else Step.CORRECT


def lack(step: Step | None, facts: Facts) -> Lack | None:
    """What is missing before a step can be taken; None for nothing."""
    if not facts.data:
        return Lack.DATA
    if step is None:
        return None
    if not facts.model:
        return Lack.MODEL
    if step >= Step.RETRAIN:
        return None
    if not facts.patient:
        return Lack.PATIENT
    return Lack.SIGHT if facts.blind else None


def _follow_found(memory: Memory, facts: Facts) -> Memory:
    if facts.differs and facts.row >= 0:
        return replace(memory, found=facts.row, confirmed=False)
    return replace(memory, found=-1, confirmed=True) if facts.settled else memory


def _follow_retrained(memory: Memory, facts: Facts) -> Memory:
    """A model with new corrections counts as long as it and the one before it are at hand."""
    if facts.model == memory.begun_with or not facts.earlier:
        return replace(memory, retrained="")
    if facts.retrained:
        return replace(memory, retrained=facts.model)
    return memory if facts.model == memory.retrained else replace(memory, retrained="")
