"""A disk that refuses strokes for a while, or does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import pytest

from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import PatchLine, StrokeLine
from bcviewer.errors import StorageError


class RefusingDisk:
    """The disk under a log, which may refuse strokes for a while.

    Attributes:
        trouble: Why it refuses; "" while it does not.
        patience: How long each refused stroke would have waited for others.
        awake: Not set while it does not answer.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trouble = ""
        self.patience: list[float] = []
        self.awake = threading.Event()
        self.awake.set()
        append = LabelLog.append

        def tried(log: LabelLog, line: StrokeLine, patches: Iterable[PatchLine]) -> int:
            self.awake.wait(20)
            if self.trouble:
                self.patience.append(log._patience)
                raise StorageError(self.trouble)
            return append(log, line, patches)

        monkeypatch.setattr(LabelLog, "append", tried)
