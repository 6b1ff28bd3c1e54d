"""The int8 graph of a model: where it is kept, and what is known of it.

It is the model's graph in 8-bit whole numbers. It is made of the graph that a model is known by,
kept in the user's folder by that graph's fingerprint, and made anew where it is damaged or gone.
See docs/decisions/0002-engine.md.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bcviewer.counting import counted
from bcviewer.errors import StorageError
from bcviewer.model.card import FileCard, is_as_told
from bcviewer.storage import read_json, user_folder, write_sealed_json

CARD = "int8.json"
GRAPH: Final = "int8.xml"
WEIGHTS: Final = "int8.bin"
KIND = "bcviewer-int8"
VERSION = 1

log = logging.getLogger(__name__)


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Int8Effect(_Page):
    """What 8-bit numbers do to a model on its validation patients.

    ``auc`` is the area under the curve in int8 less that in float32, with its 95 % interval from a
    paired bootstrap over patients; ``moved`` how far a probability moves on average, and
    ``changed_sides`` the share of patches that land on the other side of the model's threshold.
    """

    patients: int
    patches: int
    auc: float
    auc_interval: tuple[float, float]
    moved: float
    changed_sides: float

    @property
    def words(self) -> str:
        """In a sentence, as tables and tips say it."""
        low, high = self.auc_interval
        return (
            f"AUC {self.auc:+.4f} ({low:+.4f} to {high:+.4f}) on "
            f"{counted(self.patients, 'VALIDATION patient')}; {self.changed_sides:.1%} of "
            f"{self.patches:,} patches change sides"
        )


class Int8Card(_Page):
    """The content of ``int8.json``.

    ``graph`` is the fingerprint of the model that it was made of, ``files`` are graph and weights,
    ``patches`` how many patches the ranges of the numbers were read from.
    """

    kind: Literal["bcviewer-int8"] = "bcviewer-int8"
    version: Literal[1] = 1
    bcviewer: str
    created: str
    graph: str
    files: dict[Literal["int8.xml", "int8.bin"], FileCard]
    patches: int = Field(ge=1)
    effect: Int8Effect | None = None


@dataclass(frozen=True)
class Int8Graph:
    """An int8 graph that can be used.

    Attributes:
        path: Its folder.
        card: What is known of it.
    """

    path: Path
    card: Int8Card

    @property
    def graph_path(self) -> Path:
        """The graph; its weights lie beside it."""
        return self.path / GRAPH

    @property
    def fingerprint(self) -> str:
        """Digest of the model's graph and this one: predictions are kept by it."""
        files = self.card.files
        told = self.card.graph + files[GRAPH].sha256 + files[WEIGHTS].sha256
        return hashlib.sha256(told.encode("utf-8")).hexdigest()


def int8_folder(graph: str) -> Path:
    """Where the int8 graph of a model is kept.

    Args:
        graph: Fingerprint of the model.
    """
    return user_folder() / "int8" / graph[:32]


def read_int8(graph: str) -> Int8Graph | None:
    """The int8 graph of a model; None where there is none, or none that is whole.

    Args:
        graph: Fingerprint of the model.
    """
    folder = int8_folder(graph)
    if not (folder / CARD).exists():
        return None
    try:
        card = Int8Card.model_validate(read_json(folder / CARD, kind=KIND, version=VERSION))
        whole = card.files.keys() == {GRAPH, WEIGHTS} and all(
            is_as_told(folder / name, told) for name, told in card.files.items()
        )
    except (StorageError, ValidationError, OSError) as error:
        log.warning("The int8 graph %r is of no use: %s", str(folder), type(error).__name__)
        return None
    if card.graph != graph or not whole:
        log.warning("The int8 graph %r is damaged, or of another model.", str(folder))
        return None
    return Int8Graph(folder, card)


def write_int8(made: Int8Graph) -> None:
    """Write what is known of an int8 graph, after its files: only then it counts.

    Raises:
        StorageError: The file cannot be written.
    """
    write_sealed_json(made.path / CARD, json.loads(made.card.model_dump_json()))
