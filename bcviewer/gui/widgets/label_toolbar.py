"""The toolbar of annotating: tools, labels, brush, undo, confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolBar, QToolButton, QWidget

from bcviewer.gui.label_actions import LABEL_KEYS, LabelActions
from bcviewer.gui.style import GRID, tabular_font
from bcviewer.gui.words import tr, tr_count


class LabelToolbar(QToolBar):
    """Shown while annotating; the key of each label stands beside its name."""

    def __init__(self, do: LabelActions, parent: QWidget | None = None) -> None:
        super().__init__(tr("Annotating"), parent)
        self.setObjectName("Annotating")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)  # it comes and goes with annotating
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._size = QLabel()
        self._size.setFont(tabular_font())
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setMinimumWidth(self.fontMetrics().horizontalAdvance("17") + GRID)
        self._size.setToolTip(tr("Width of the brush, in patches"))
        self.addActions(list(do.tools.values()))
        self._brush = [
            self._icon_only(do.smaller),
            self.addWidget(self._size),
            self._icon_only(do.larger),
        ]
        self.addSeparator()
        for label, action in do.labels.items():
            action.setIconText(f"{action.text()}  {LABEL_KEYS[label]}")
        self.addActions(list(do.labels.values()))
        self.addSeparator()
        self.addAction(do.confirm)
        self._icon_only(do.undo)
        self._icon_only(do.redo)

    def show_brush(self, size: int, *, in_hand: bool) -> None:
        """Show the width of the brush, where the brush is in hand."""
        self._size.setText(str(size))
        self._size.setAccessibleName(tr_count(size, "Brush of 1 patch", "Brush of {count} patches"))
        for action in self._brush:
            action.setVisible(in_hand)

    def _icon_only(self, action: QAction) -> QAction:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return self.addWidget(button)
