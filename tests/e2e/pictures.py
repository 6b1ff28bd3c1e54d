"""Pictures of the display at the telling moments of a story, to be looked at by people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

KEPT = "BCVIEWER_STORY_PICTURES"
"""The environment variable that names the folder where pictures stay."""

SETTLED_MS = 150


class Pictures:
    """Numbers the pictures of one story.

    Args:
        folder: Where they are written.
        story: What their names begin with.
    """

    def __init__(self, folder: Path, story: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._story, self._count = folder, story, 0

    def take(self, moment: str) -> NDArray[np.uint8]:
        """Keep what is truly on the display now, with every dialog; returns uint8[h, w, 3]."""
        QTest.qWait(SETTLED_MS)
        self._count += 1
        screen = QGuiApplication.primaryScreen().grabWindow(0)
        screen.save(str(self._folder / f"{self._story}-{self._count}-{moment}.png"))
        image = screen.toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
        return pixels[:, : image.width(), 2::-1].copy()
