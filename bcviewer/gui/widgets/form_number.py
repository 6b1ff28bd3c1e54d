"""A number in a form: what is typed stays as it was typed, and is told where it cannot be used."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

Number = int | Decimal

SPACES = " \u00a0\u202f"
# What has more digits is far out of bounds, and Python reads no more than 4,300 of them.
WHOLE = re.compile(r"[0-9]{1,30}")
FRACTION = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class NumberField(QAbstractSpinBox):
    """Unlike Qt's spin boxes it puts no other number in the place of one that is out of bounds.

    Args:
        least: The least number.
        most: The largest number.
        value: The number at first.
        step: What the arrows add.
        special: A word that stands for the least number, as does an empty field; "" for none.
        units: What follows a number that is one, and any other number.
        whole: Whether there are no fractions.
    """

    changed = Signal()
    """Another text is in the field, and so another number or none."""

    def __init__(
        self,
        least: int,
        most: int,
        *,
        value: int,
        step: int = 1,
        special: str = "",
        units: tuple[str, str] = ("", ""),
        whole: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.least, self.most, self.special, self.whole = least, most, special, whole
        self._step = step
        self._units = units
        self._usable: Number = value
        self.setValue(value)
        self.lineEdit().textChanged.connect(self._note)
        self.editingFinished.connect(self._tidy)

    def value(self) -> Number | str:
        """The number, which may be out of bounds; what is typed where that is none."""
        text = self.text().strip(SPACES)
        if self.special and text in ("", self.special):
            return self.least
        for unit in self._units:
            text = text.removesuffix(unit.strip(SPACES)) if unit else text
        text = text.strip(SPACES)
        if self.special and not text:
            return self.least
        return self._read(text)

    @property
    def number(self) -> Number | None:
        """The number; None where none can be used."""
        value = self.value()
        return None if isinstance(value, str) or not self.least <= value <= self.most else value

    def setValue(self, number: Number) -> None:
        """Show a number."""
        self.lineEdit().setText(self._words_of(number))

    def stepBy(self, steps: int) -> None:
        # From what cannot be used it goes back to the last number that could.
        number = self._usable + steps * self._step
        self.setValue(min(max(number, self.least), self.most))
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flag = QAbstractSpinBox.StepEnabledFlag
        up = flag.StepUpEnabled if self._usable < self.most else flag.StepNone
        return up | flag.StepDownEnabled if self._usable > self.least else up

    def _read(self, text: str) -> Number | str:
        if not self.whole:
            return Decimal(text.replace(",", ".")) if FRACTION.fullmatch(text) else text
        plain = text
        for mark in (",", self.locale().groupSeparator(), *SPACES):
            if re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", text):
                plain = text.replace(mark, "")
        return int(plain) if WHOLE.fullmatch(plain) else text

    def _words_of(self, number: Number) -> str:
        if self.special and number == self.least:
            return self.special
        digits = f"{number:,}" if isinstance(number, int) else f"{number.normalize():f}"
        return digits + self._units[number != 1]

    @Slot()
    def _note(self) -> None:
        number = self.number
        if number is not None:
            self._usable = number
        self.changed.emit()

    @Slot()
    def _tidy(self) -> None:
        """Write a number that can be used as all are written."""
        number = self.number
        if number is not None and self._words_of(number) != self.text():
            self.setValue(number)
