"""What an import is asked for, and what it tells while it works, a line of JSON each."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bcviewer.model.imported_meaning import Wishes
from bcviewer.model.library import imported_folder

HALF = 0.5


@dataclass(frozen=True)
class ImportTask:
    """A file to import.

    Attributes:
        source: The file.
        target: The model folder to make; None for one among the user's models.
        wishes: What the user says of the network.
        name: The model's name.
        threshold: From this probability on a patch is predicted IDC.
        sha256: Digest of the file that was looked at, so that no other is taken; "" for any.
    """

    source: Path
    target: Path | None = None
    wishes: Wishes = field(default_factory=Wishes)
    name: str = ""
    threshold: float = HALF
    sha256: str = ""

    @property
    def place(self) -> Path:
        """The folder to make: as asked for, else one that is not there yet."""
        if self.target is not None:
            return self.target
        plain = re.sub(r"[^\w.-]+", "-", self.name or self.source.stem).strip(".-")[:60] or "model"
        place = imported_folder() / plain
        number = 1
        while place.exists():
            number += 1
            place = imported_folder() / f"{plain}-{number}"
        return place


@dataclass(frozen=True)
class ImportLine:
    """One line that an import tells.

    Attributes:
        event: "progress", "looked", "imported" or "failed"; the last three are endings.
        text: What is being done, or what went wrong.
        hint: What to do about it.
        done: Steps done.
        total: Of so many.
        content: What was found or made.
    """

    event: str
    text: str = ""
    hint: str = ""
    done: int = 0
    total: int = 0
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def ends(self) -> bool:
        """Whether it is the last one."""
        return self.event != "progress"

    def to_line(self) -> str:
        """The line, without its end."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def parse(cls, line: str) -> ImportLine | None:
        """The line that was told; None for anything else."""
        try:
            value = json.loads(line)
            return cls(**value) if isinstance(value, dict) and "event" in value else None
        except (ValueError, TypeError, RecursionError):
            return None
