"""What a reader can do, each with its name, shortcut and icon."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from bcviewer.annotation.labels import Label
from bcviewer.gui.icons import icon
from bcviewer.gui.widgets.slide_tools import Tool
from bcviewer.gui.words import marked, tr

LABEL_KEYS = {
    Label.IDC: "1",
    Label.NOT_IDC: "2",
    Label.UNSURE: "3",
    Label.EXCLUDED: "4",
    Label.CLEARED: "0",
}
LABEL_NAMES = {
    Label.IDC: marked("IDC"),
    Label.NOT_IDC: marked("Not IDC"),
    Label.UNSURE: marked("Unsure"),
    Label.EXCLUDED: marked("Exclude"),
    Label.CLEARED: marked("Clear"),
}
LABEL_ICONS = {
    Label.IDC: "label-idc",
    Label.NOT_IDC: "label-not-idc",
    Label.UNSURE: "label-unsure",
    Label.EXCLUDED: "label-excluded",
    Label.CLEARED: "label-clear",
}
LABEL_TIPS = {
    Label.IDC: marked("Label as IDC"),
    Label.NOT_IDC: marked("Label as not IDC"),
    Label.UNSURE: marked("Say that you are unsure; left out of trainings"),
    Label.EXCLUDED: marked("Exclude, as a fold or a blur; left out of trainings"),
    Label.CLEARED: marked("Go back to the original label"),
}
TOOLS = {
    Tool.SELECT: (
        marked("Select"),
        "S",
        marked("Click a patch to look at it; a label's key then labels it"),
    ),
    Tool.CLICK: (marked("Click"), "C", marked("Label the patch that is clicked")),
    Tool.BRUSH: (marked("Brush"), "B", marked("Label the patches that are brushed over")),
    Tool.RECTANGLE: (marked("Rectangle"), "R", marked("Label the patches of a rectangle")),
    Tool.LASSO: (marked("Lasso"), "O", marked("Label the patches that a line is drawn around")),
}


class LabelActions(QObject):
    """The actions of annotating; all but ``annotate`` and undo work while annotating only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.annotate = self._make(
            tr("&Annotate"), "A", tr("Show the tools that label patches"), icon_name="annotate"
        )
        self.annotate.setCheckable(True)
        self.tools = {
            tool: self._make(tr(text), key, tr(tip), icon_name=tool.value)
            for tool, (text, key, tip) in TOOLS.items()
        }
        self.labels = {
            label: self._make(
                tr(LABEL_NAMES[label]), key, tr(LABEL_TIPS[label]), icon_name=LABEL_ICONS[label]
            )
            for label, key in LABEL_KEYS.items()
        }
        self.smaller = self._make(
            tr("Smaller brush"), "[", tr("A smaller brush"), icon_name="minus"
        )
        self.larger = self._make(tr("Larger brush"), "]", tr("A larger brush"), icon_name="plus")
        self.confirm = self._make(
            tr("&Confirm and go on"),
            "Return",
            tr("Confirm the label of the patch and go to the next"),
            icon_name="confirm",
        )
        self.confirm.setIconText(tr("Confirm  ↵"))
        self.confirm.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        self.undo = self._make(tr("&Undo"), "Ctrl+Z", tr("Undo the last stroke"), icon_name="undo")
        self.redo = self._make(tr("&Redo"), "Ctrl+Shift+Z", tr("Redo the stroke"), icon_name="redo")
        self._group(list(self.tools.values())).setExclusive(True)
        self._group(list(self.labels.values()))
        self.tools[Tool.SELECT].setChecked(True)
        self.labels[Label.IDC].setChecked(True)

    @property
    def while_annotating(self) -> list[QAction]:
        """Those that work only while annotating."""
        return [
            *self.tools.values(),
            *self.labels.values(),
            *(self.smaller, self.larger, self.confirm),
        ]

    def _make(self, text: str, shortcut: str, tip: str, *, icon_name: str) -> QAction:
        action = QAction(icon(icon_name), text, self)
        action.setShortcut(QKeySequence(shortcut))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({keys})")
        action.setStatusTip(action.toolTip())
        return action

    def _group(self, actions: list[QAction]) -> QActionGroup:
        group = QActionGroup(self)
        for action in actions:
            action.setCheckable(True)
            group.addAction(action)
        return group
