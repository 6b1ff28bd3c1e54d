"""The chosen runs beside one another: their curves, and their settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from bcviewer.gui.models.runs_settings import RunsSettings
from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.runs_curves import RunsCurves
from bcviewer.gui.widgets.runs_lines import MOST_RUNS, run_line, swatch
from bcviewer.gui.widgets.runs_plot import drawn_run
from bcviewer.gui.widgets.runs_view import RunsSettingsView
from bcviewer.gui.workers.runs_worker import RunCurve


class RunsComparison(QObject):
    """Gives each of the chosen runs a line, and keeps two widgets on the same runs."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.slots: dict[Path, int] = {}
        self.curves = RunsCurves(tokens)
        self.settings = RunsSettings(tokens, self)
        self.settings_view = RunsSettingsView()
        self.settings_view.setModel(self.settings)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme; ``show_runs`` comes next."""
        self._tokens = tokens
        self.settings.set_tokens(tokens)
        self.curves.set_tokens(tokens)

    def show_runs(self, chosen: Sequence[RunCurve], *, no_epochs: str) -> dict[Path, QIcon]:
        """Compare runs, the first few where there are too many.

        Args:
            chosen: The runs.
            no_epochs: What to say when there is nothing to draw of them.

        Returns:
            The pictures of the lines that they are drawn with, by run folder.
        """
        self._give_slots([run.record.path for run in chosen])
        drawn = [
            drawn_run(run, run_line(self.slots[run.record.path], self._tokens))
            for run in chosen
            if run.record.path in self.slots
        ]
        marks = {each.run.record.path: swatch(each.line) for each in drawn}
        self.curves.show_runs(drawn, no_epochs=no_epochs)
        self.settings.show_runs([each.run.record for each in drawn], marks)
        self.settings_view.fit_columns()
        return marks

    def _give_slots(self, paths: Sequence[Path]) -> None:
        """A run keeps its line for as long as it stays chosen."""
        self.slots = {path: slot for path, slot in self.slots.items() if path in paths}
        free = [slot for slot in range(MOST_RUNS) if slot not in self.slots.values()]
        for path in paths:
            if path not in self.slots and free:
                self.slots[path] = free.pop(0)
