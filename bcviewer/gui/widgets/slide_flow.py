"""A layout that sets groups side by side and goes on in the next line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets, each as wide as its hint, all of one line of one height."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 16, line_gap: int = 4) -> None:
        super().__init__(parent)
        self._gap = gap
        self._line_gap = line_gap
        self._entries: list[QLayoutItem] = []

    def addItem(self, entry: QLayoutItem) -> None:
        """Add a layout item at the end."""
        self._entries.append(entry)

    def count(self) -> int:
        """The number of layout items."""
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The layout item at an index, or None."""
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the layout item at an index, or None."""
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Neither: lines are as long as what is in them."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything within a rectangle."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        widths = [entry.sizeHint().width() for entry in self._shown()]
        tallest = max((entry.sizeHint().height() for entry in self._shown()), default=0)
        margins = self.contentsMargins()
        width = sum(widths) + self._gap * max(len(widths) - 1, 0)
        return QSize(
            width + margins.left() + margins.right(), tallest + margins.top() + margins.bottom()
        )

    def minimumSize(self) -> QSize:
        """The widest group, in one line."""
        size = QSize()
        for entry in self._entries:
            size = size.expandedTo(entry.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        y = area.top()
        for line in self._lines(area.width()):
            height = max(entry.sizeHint().height() for entry in line)
            x = area.left()
            for entry in line:
                width = min(entry.sizeHint().width(), area.width())
                if place:
                    entry.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
                x += width + self._gap
            y += height + self._line_gap
        return y - self._line_gap + margins.bottom() - rect.top()

    def _shown(self) -> list[QLayoutItem]:
        """All but those that are hidden: they take no room and no gap."""
        return [entry for entry in self._entries if not entry.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for entry in self._shown():
            wanted = entry.sizeHint().width()
            if lines and used + self._gap + wanted <= width:
                lines[-1].append(entry)
                used += self._gap + wanted
            else:
                lines.append([entry])
                used = wanted
        return lines
