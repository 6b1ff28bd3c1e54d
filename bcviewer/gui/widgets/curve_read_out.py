"""The small table of values that follows the pointer over curves."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.curve_plot import TITLES
from bcviewer.gui.widgets.step_losses import StepLoss
from bcviewer.gui.words import tr
from bcviewer.model.events import EpochDone
from bcviewer.model.training_status import loss_figure


class CurveReadOut(QLabel):
    """Stands beside the pointer, inside of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("read_out")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.setStyleSheet(
            f"#read_out {{ background: {tokens.raised}; color: {tokens.text}; padding: 4px 6px;"
            f" font-size: 11px; border: 1px solid {tokens.control_line}; }}"
        )

    def show_at(self, here: QPoint, text: str) -> None:
        """Show values beside a place of the parent."""
        self.setText(text)
        self.adjustSize()
        left = here.x() + 2 * GRID
        if left + self.width() > self._around.width():
            left = here.x() - 2 * GRID - self.width()
        lowest = max(0, self._around.height() - self.height())
        self.move(max(0, left), min(max(0, here.y() - self.height() // 2), lowest))
        self.show()
        self.raise_()


def epoch_table(event: EpochDone, *, best: bool) -> str:
    """All values of a finished epoch, as rich text."""
    rows = "".join(
        f"<tr><td>{tr(TITLES[metric])}&nbsp;&nbsp;</td>"
        f"<td align='right'>{_figure_of(event.train, metric)}&nbsp;&nbsp;</td>"
        f"<td align='right'>{_figure_of(event.validation, metric)}</td></tr>"
        for metric in TITLES
    )
    head = tr("epoch {epoch}", epoch=event.epoch) + (tr(" (best)") if best else "")
    return (
        f"<table cellspacing='0'><tr><td><b>{head}</b>&nbsp;&nbsp;</td>"
        f"<td align='right'>{tr('training')}&nbsp;&nbsp;</td>"
        f"<td align='right'>{tr('validation')}</td></tr>"
        f"{rows}</table>"
    )


def step_table(found: StepLoss) -> str:
    """The loss of a step, as rich text."""
    head = tr("epoch {epoch}, step {step:,}", epoch=found.epoch, step=found.step)
    return (
        f"<table cellspacing='0'><tr><td colspan='2'><b>{head}</b></td></tr>"
        f"<tr><td>{tr(TITLES['loss'])}&nbsp;&nbsp;</td>"
        f"<td align='right'>{figure(found.loss, 'loss')}</td></tr></table>"
    )


def figure(value: float, metric: str) -> str:
    """A value of a metric: a loss may be small, the others are shares."""
    if not math.isfinite(value):
        return tr("not a number")
    return loss_figure(value) if metric == "loss" else f"{value:.3f}"


def _figure_of(values: dict[str, float], metric: str) -> str:
    return figure(values[metric], metric) if metric in values else "–"
