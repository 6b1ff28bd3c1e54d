"""Cards of models, changed by hand: without the seal, by which a changed one would be noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bcviewer.storage import SEAL


def unsealed(path: Path) -> dict[str, Any]:
    """What a sealed file tells, without its seal."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    content.pop(SEAL, None)
    return content
