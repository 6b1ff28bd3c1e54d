"""A list of choices, each with a name of its own beside its text."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from bcviewer.gui.words import tr

LEAST_WIDTH = 120


class Choice(QComboBox):
    """Choices by name; some of them may be out of question for a while.

    Args:
        choices: Name and text of each choice.
    """

    chosen = Signal()
    """Another choice was made."""

    def __init__(self, choices: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: str | None = None
        for name, text in choices.items():
            self.addItem(tr(text), name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._activate)

    @property
    def choice(self) -> str:
        """The name of the choice."""
        return str(self.currentData())

    def choose(self, name: str) -> None:
        """Make a choice by its name."""
        self._own = None
        self.setCurrentIndex(self.findData(name))
        self._settle()

    def allow(self, names: Collection[str]) -> None:
        """Let the user choose among these.

        The first of them stands for the user's own choice while that is not among them.
        """
        model = self.model()
        for index in range(self.count()):
            item = model.item(index) if isinstance(model, QStandardItemModel) else None
            if isinstance(item, QStandardItem):
                item.setEnabled(self.itemData(index) in names)
        self.setEnabled(len(names) > 1)
        own = self._own or self.choice
        self._own = None if own in names else own
        self.setCurrentIndex(self.findData(own if own in names else next(iter(names))))

    def minimumSizeHint(self) -> QSize:
        # A long name must not widen the form.
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    @Slot(int)
    def _activate(self, index: int) -> None:
        self._own = None
        self._settle()

    def _settle(self) -> None:
        self.chosen.emit()
