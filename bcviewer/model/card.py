"""The card of a model: what it is, what it was trained and judged on, how well it does."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bcviewer.errors import ModelError, StorageError, showable
from bcviewer.model.catalog import architecture
from bcviewer.model.imported_meaning import POINTS, How
from bcviewer.storage import read_json, write_sealed_json

KIND = "bcviewer-model"
VERSION = 1
MOST_FILE_BYTES = 2**30
"""No file of a model is larger."""


def _shown(value: object) -> object:
    """Without letters that steer a terminal: cards come from others, too."""
    return showable(value) if isinstance(value, str) else value


Count = Annotated[int, Field(ge=0, le=10**12)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Patient = Annotated[str, Field(max_length=300)]
Name = Annotated[str, BeforeValidator(_shown), Field(max_length=300)]
"""As long as a name of a folder may be, and some: names are shown where there is little room."""


class _Page(BaseModel):
    # nan stands for what could not be measured (the auc of one class); JSON gets "NaN" for it.
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class SplitCard(_Page):
    """The split a model was trained on; ``patients`` counts for each part."""

    title: Name
    fingerprint: Name
    patients: dict[Name, Count]


class DataCard(_Page):
    """The data set a model was trained on."""

    fingerprint: Name
    patients: Count
    patches: Count
    synthetic: bool


class ValidationCard(_Page):
    """Scores on the validation part, which also chose the epoch and the threshold.

    ``at_half`` are scores at 0.5, ``at_threshold`` at the model's own threshold; ``intervals``
    are the 95 % intervals (low, high) of the latter, from a bootstrap over patients. The network
    was trained on ``known`` of the patients too, by the model that it goes on from or by the split.
    """

    patients: Count
    patches: Count
    at_half: dict[str, float]
    at_threshold: dict[str, float]
    intervals: dict[str, tuple[float, float]] = {}
    known: Count = 0


class PointCard(_Page):
    """One thing that an imported network takes or gives, and how it is known."""

    name: Name
    words: Name
    how: How

    @property
    def text(self) -> str:
        """All of it, as in "values: 0 to 255 (assumed)"."""
        return f"{self.name}: {self.words} ({self.how})".removeprefix(": ")


class ImportCard(_Page):
    """The file that an imported model was made from, and what its network takes and gives."""

    file: Name
    sha256: Name
    written_by: Name
    network: Name
    points: Annotated[tuple[PointCard, ...], Field(max_length=20)] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_older(cls, told: Any) -> Any:
        """Older cards told only what was assumed, a text each."""
        if not isinstance(told, dict) or "assumed" not in told:
            return told
        points = told["assumed"]
        if isinstance(points, list):
            points = [_assumed(text) for text in points]
        return {"points": points, **{key: told[key] for key in told if key != "assumed"}}


def _assumed(text: object) -> dict[str, object]:
    """The point that an older card told, as in "values 0 to 255"."""
    known = [name for name in POINTS if isinstance(text, str) and text.startswith(f"{name} ")]
    name = known[0] if known else ""
    words = text[len(name) :].strip() if isinstance(text, str) else text
    return {"name": name, "words": words, "how": "assumed"}


class FileCard(_Page):
    """A file of the model folder, to notice damage."""

    bytes: Count
    sha256: Name


class ModelCard(_Page):
    """The content of ``card.json``.

    ``head_of`` is the name of the model whose head was retrained to make this one, and
    ``head_of_fingerprint`` that model's fingerprint; both empty for a model trained whole.
    ``labels`` is the fingerprint of the corrected labels that it learned from; empty where the
    labels were those that came with the data. ``labels_corrected`` of the data set's labels were
    others then, and ``labels_left_out`` patches were left out as unsure or excluded.
    ``imported`` tells of a model that was made elsewhere: its split, its patients and its scores
    are not known, so those fields are empty.
    ``network_input_size`` are the pixels that patches are enlarged to inside the graph.
    ``thresholds`` are those that the validation patients propose, by name as in
    ``bcviewer.model.thresholds``; of the network's own probabilities. Empty in older cards.
    ``device`` computed the training, and tells in which numbers if not float32. Empty likewise.
    """

    kind: Literal["bcviewer-model"] = "bcviewer-model"
    version: Literal[1] = 1
    name: Name
    architecture: Name
    alpha: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
    created: Name
    input_size: Literal[50] = 50
    network_input_size: Annotated[int, Field(ge=1, le=10_000)] = 50
    preprocessing: Annotated[str, Field(max_length=2000)]
    threshold: Share
    split: SplitCard
    data: DataCard
    patients_trained: tuple[Patient, ...]
    patients_validated: tuple[Patient, ...]
    weights_origin: Annotated[str, BeforeValidator(_shown)]
    best_epoch: Count
    validation: ValidationCard
    versions: dict[str, str]
    job: dict[str, Any]
    files: dict[str, FileCard]
    head_of: Name = ""
    head_of_fingerprint: Name = ""
    labels: Name = ""
    labels_corrected: Count = 0
    labels_left_out: Count = 0
    imported: ImportCard | None = None
    thresholds: dict[Name, Share] = {}
    device: Name = ""

    @property
    def split_known(self) -> bool:
        """Whether it is known what the model was trained on."""
        return self.imported is None

    @property
    def validation_text(self) -> str:
        """How good the model is, with its interval, its patients and its split."""
        if not self.split_known:
            return "not known, since the model was trained elsewhere"
        judged = self.validation
        score = judged.at_threshold.get("balanced_accuracy", math.nan)
        low, high = judged.intervals.get("balanced_accuracy", (math.nan, math.nan))
        interval = "" if math.isnan(low) else f" (95 %: {low:.3f} to {high:.3f})"
        patients = "1 patient" if judged.patients == 1 else f"{judged.patients} patients"
        optimistic = f"; optimistic: it was trained on {judged.known} of them" * bool(judged.known)
        return (
            f"balanced accuracy {score:.3f}{interval}; {patients}, {judged.patches:,} patches, "
            f"split {self.split.title}{optimistic}"
        )


def read_card(path: Path) -> ModelCard:
    """Read a card.

    Raises:
        ModelError: The card cannot be read, is of another version, lacks something, or is of an
            architecture that there is not.
    """
    try:
        card = ModelCard.model_validate(read_json(path, kind=KIND, version=VERSION))
        if card.imported is None:
            architecture(card.architecture)
    except StorageError as error:
        raise ModelError(error.message, hint=error.hint) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ModelError(
            f"The model card {path} cannot be used: {place}: {first['msg']}.",
            hint="Use another model, or train it again.",
        ) from error
    return card


def write_card(path: Path, card: ModelCard) -> None:
    """Write a card.

    Raises:
        StorageError: The file cannot be written.
    """
    # Through text: only there does nan become "NaN", and JSON has no number for it.
    write_sealed_json(path, json.loads(card.model_dump_json()))


def file_card(path: Path) -> FileCard:
    """Size and digest of a file.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileCard(bytes=path.stat().st_size, sha256=digest)


def is_as_told(path: Path, told: FileCard) -> bool:
    """Whether a file is the one that a card tells of.

    Raises:
        OSError: The file cannot be read.
    """
    # Its size first: to read what somebody made of a terabyte of nothing would take hours.
    size = path.stat().st_size
    return size == told.bytes <= MOST_FILE_BYTES and file_card(path) == told
