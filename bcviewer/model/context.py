"""Context: what a model's ``context.json`` keeps, and how it changes the probabilities shown.

Single-patch probabilities are what is stored; those with context are made of them in milliseconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bcviewer.errors import ModelError, StorageError
from bcviewer.model.calibration import Calibration, logit, sigmoid
from bcviewer.model.context_smoothing import Cells, Smoothing, smooth
from bcviewer.storage import read_json, write_sealed_json

CONTEXT = "context.json"
KIND = "bcviewer-context"
VERSION = 1

_HINT = "Fit it again with: bcviewer fit-context FOLDER --model MODEL; or remove the file."


@dataclass(frozen=True)
class View:
    """Which probabilities are shown: of single patches or with context, raw or calibrated."""

    context: bool = False
    calibrated: bool = False

    @property
    def title(self) -> str:
        """In words, as legends and tables say it."""
        seen = "with context" if self.context else "single patch"
        return f"{seen}, {'calibrated' if self.calibrated else 'raw'}"


PLAIN = View()
"""What the network says, and nothing else."""


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class ViewScores(_Page):
    """Scores of a view on the validation patients.

    ``scores`` with their 95 % ``intervals`` over patients; ``calibration_error`` of the raw
    and of the calibrated probabilities.
    """

    scores: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    calibration_error: tuple[float, float]


class ContextScores(_Page):
    """Both ways side by side; each patient was judged by what was fitted to the others."""

    patients: int
    patches: int
    folds: int
    single: ViewScores
    context: ViewScores


class ContextCard(_Page):
    """The content of ``context.json``.

    ``graph`` is the fingerprint of the model that it belongs to; ``reach``, ``pull`` and ``sweeps``
    are those of ``Smoothing``; ``threshold`` belongs to the raw probabilities with context.
    ``fitted_on`` says on what, where that are not the model's own validation patients.
    """

    kind: Literal["bcviewer-context"] = "bcviewer-context"
    version: Literal[1] = 1
    bcviewer: str
    created: str
    graph: str
    reach: float = Field(gt=0, le=8, allow_inf_nan=False)
    pull: float = Field(ge=0, le=100, allow_inf_nan=False)
    sweeps: int = Field(ge=0, le=100)
    threshold: float = Field(ge=0, le=1, allow_inf_nan=False)
    single: Calibration
    context: Calibration
    validation: ContextScores
    fitted_on: str = ""

    @property
    def smoothing(self) -> Smoothing:
        """How neighbours speak."""
        return Smoothing(self.reach, self.pull, self.sweeps)

    def apply(
        self,
        probabilities: NDArray[np.floating],
        x: NDArray[np.integer],
        y: NDArray[np.integer],
        *,
        view: View,
    ) -> NDArray[np.float32]:
        """What is shown of a patient.

        Args:
            probabilities: float[n], what the network says; NaN where it says nothing.
            x: int[n], left edges of the patient's patches in slide pixels.
            y: int[n], top edges, likewise.
            view: What is wanted.

        Returns:
            float32[n]; NaN where the network says nothing.
        """
        if view == PLAIN:
            return np.asarray(probabilities, np.float32)
        logits = logit(probabilities)
        if view.context:
            logits = smooth(logits, Cells.of(x, y), self.smoothing)
        if not view.calibrated:
            return sigmoid(logits)
        return self.calibration(view).of_logits(logits)

    def calibration(self, view: View) -> Calibration:
        """The line that calibrates the raw probabilities of a view."""
        return self.context if view.context else self.single

    def threshold_of(self, view: View, *, single: float) -> float:
        """The threshold that belongs to a view.

        Args:
            view: The view.
            single: The model's own threshold, for raw single patches.
        """
        raw = self.threshold if view.context else single
        return self.calibration(view).of_one(raw) if view.calibrated else raw


def read_context(folder: Path, *, graph: str) -> ContextCard | None:
    """Read the context of a model folder; None where it has none.

    Args:
        folder: The model folder.
        graph: Fingerprint of its graph.

    Raises:
        ModelError: It is damaged, of another version, or belongs to another model.
    """
    path = folder / CONTEXT
    if not path.exists():
        return None
    try:
        card = ContextCard.model_validate(read_json(path, kind=KIND, version=VERSION))
    except StorageError as error:
        raise ModelError(error.message, hint=_HINT) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{path} cannot be used: {place}: {first['msg']}.", hint=_HINT) from error
    if card.graph != graph:
        raise ModelError(f"{path} was fitted to another model than that beside it.", hint=_HINT)
    return card


def write_context(folder: Path, card: ContextCard) -> None:
    """Write the context of a model.

    Raises:
        StorageError: The file cannot be written.
    """
    write_sealed_json(folder / CONTEXT, json.loads(card.model_dump_json()))
