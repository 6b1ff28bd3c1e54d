"""A model is a folder: network, compiled graph, card and curve, checked when it is opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bcviewer.errors import ModelError
from bcviewer.model.card import FileCard, ModelCard, is_as_told, read_card
from bcviewer.model.context import ContextCard, read_context
from bcviewer.model.int8 import Int8Graph, read_int8
from bcviewer.model.way import Precision

NETWORK = "model.keras"
GRAPH = "graph.xml"
GRAPH_WEIGHTS = "graph.bin"
CARD = "card.json"
HISTORY = "history.jsonl"
CHECKED = (NETWORK, GRAPH, GRAPH_WEIGHTS)

Role = Literal["TRAIN", "VALIDATION", "HELD OUT", "UNKNOWN"]

ROLE_UNKNOWN = "unknown role: the model may have been trained on this patient"
"""What is shown in place of a role, for a model that was trained elsewhere."""


@dataclass(frozen=True)
class ModelFolder:
    """A model that can be used.

    Attributes:
        path: The folder.
        card: What the model is.
        fingerprint: Digest of the graph: two models that predict alike have the same.
        context: What its neighbourhood adds to a patch, and calibration; None where not fitted.
        int8: Its graph in 8-bit numbers; None where none was made.
    """

    path: Path
    card: ModelCard
    fingerprint: str
    context: ContextCard | None = None
    int8: Int8Graph | None = None

    @classmethod
    def open(cls, path: Path) -> ModelFolder:
        """Open a model folder and check that it is whole.

        Raises:
            ModelError: It is no model folder, lacks a part, is damaged or of another version.
        """
        if not path.is_dir():
            raise ModelError(
                f"{path} is not a folder; a model is a folder with {CARD} in it.",
                hint="Choose the folder named model inside a run.",
            )
        for name in (CARD, *CHECKED, HISTORY):
            if not (path / name).is_file():
                raise ModelError(
                    f"The model folder {path} lacks {name}.",
                    hint="Choose another model, or restore the file from a copy.",
                )
        card = read_card(path / CARD)
        for name in CHECKED:
            _check(path / name, card.files.get(name))
        fingerprint = graph_fingerprint(card.files)
        context = read_context(path, graph=fingerprint)
        return cls(path, card, fingerprint, context, read_int8(fingerprint))

    @staticmethod
    def seems_whole(path: Path) -> bool:
        """Whether a folder has all that its card tells of, by the sizes: quick, and not sure."""
        try:
            told = read_card(path / CARD).files
            return all((path / name).stat().st_size == told[name].bytes for name in CHECKED)
        except (ModelError, OSError, KeyError):
            return False

    @property
    def graph_path(self) -> Path:
        """The compiled graph; its weights lie beside it."""
        return self.path / GRAPH

    def predicts_by(self, precision: Precision) -> str:
        """The digest that predictions in a precision are kept by.

        That of the int8 graph is its own: made anew from other patches, it predicts otherwise.
        """
        if precision is Precision.INT8 and self.int8 is not None:
            return self.int8.fingerprint
        return self.fingerprint

    @property
    def network_path(self) -> Path:
        """The network as Keras keeps it, to train on."""
        return self.path / NETWORK

    def role_of(self, patient: str) -> Role:
        """What part a patient had in the training: a score on TRAIN says nothing about others.

        Patient ids are those of the published data set, so a patient keeps the role in any
        folder that holds it. Of a model that was trained elsewhere nobody knows its patients.
        """
        if not self.card.split_known:
            return "UNKNOWN"
        if patient in self.card.patients_trained:
            return "TRAIN"
        return "VALIDATION" if patient in self.card.patients_validated else "HELD OUT"


def role_words(role: str) -> str:
    """A role in a sentence: what the patient is for a model."""
    return f"of {ROLE_UNKNOWN}" if role == "UNKNOWN" else role


def graph_fingerprint(files: dict[str, FileCard]) -> str:
    """The digest of graph and weights together."""
    parts = files[GRAPH].sha256 + files[GRAPH_WEIGHTS].sha256
    return hashlib.sha256(parts.encode("ascii")).hexdigest()


def _check(path: Path, expected: FileCard | None) -> None:
    try:
        size = path.stat().st_size
        whole = expected is not None and is_as_told(path, expected)
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read: {error.strerror or error}.",
            hint="Check that you may read the model folder.",
        ) from error
    if not whole:
        told = (
            f" ({size} bytes, not {expected.bytes})" if expected and size != expected.bytes else ""
        )
        raise ModelError(
            f"{path} is not the file that the model card tells of{told}: it is damaged or changed.",
            hint="Restore the model folder from a copy, or train the model again.",
        )
