"""The user's choices on their way to the disk: soon after each, in a thread of their own."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from bcviewer.gui.preferences import Preferences, preferences_path, save_preferences

SOON_MS = 300
"""A slider that is drawn makes many choices; a kill costs those of this time at most."""


class KeptChoices(QObject):
    """Writes the choices that changed; the window does not wait for the disk.

    Args:
        preferences: All choices as they are.
        parent: The owner.
    """

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._changed: set[str] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._write_aside)

    def note(self, preferences: Preferences) -> None:
        """Take over choices; those that are others than before are written soon."""
        before, now = dict(self._preferences), dict(preferences)
        self._preferences = preferences
        with self._lock:
            self._changed |= {name for name, value in now.items() if value != before[name]}
        if self._changed and not self._soon.isActive():
            self._soon.start()

    def save(self) -> None:
        """Write what is not yet written, now."""
        self._soon.stop()
        if self._thread is not None:
            self._thread.join()
        if self._changed:
            self._write(self._preferences, self._take_changed(), preferences_path())

    @Slot()
    def _write_aside(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._soon.start()
            return
        self._thread = threading.Thread(
            target=self._write,
            args=(self._preferences, self._take_changed(), preferences_path()),
            name="preferences",
            daemon=True,
        )
        self._thread.start()

    def _take_changed(self) -> set[str]:
        """What is to be written, taken with its values: what is chosen meanwhile comes next."""
        with self._lock:
            changed, self._changed = self._changed, set()
        return changed

    def _write(self, preferences: Preferences, changed: set[str], path: Path) -> None:
        if not save_preferences(preferences, changed, path=path):
            with self._lock:  # with the next choice, or when the window closes
                self._changed |= changed
