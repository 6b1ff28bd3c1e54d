"""What the user can do, each with its name, shortcut and icon; menus and toolbar show these."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from bcviewer.gui.icons import icon
from bcviewer.gui.words import marked, tr

SHORT = {
    "&Open folder…": marked("Open"),
    "Open &demo": marked("Demo"),
    "&Load model…": marked("Model"),
    "&Predict this patient": marked("Predict"),
    "Predict &all patients": marked("Predict all"),
    "&Fit the slide": marked("Fit"),
    "Red/green or blue/&orange": marked("Palette"),
    "&Report on the data…": marked("Report"),
}
"""What the toolbar calls the actions of the menus."""


class Actions:
    """The actions of the main window; it connects them."""

    def __init__(self, parent: QObject) -> None:
        make = _Maker(parent)
        self.open = make(
            marked("&Open folder…"), "open-folder", "Ctrl+O", marked("Open a folder of patients")
        )
        self.demo = make(
            marked("Open &demo"), "demo", "", marked("Open synthetic tissue, to try things out")
        )
        self.kaggle = make(
            marked("&Get the Kaggle data set…"),
            "download",
            "",
            marked("What it is; then download it"),
        )
        self.report = make(
            marked("&Report on the data…"),
            "report",
            "Ctrl+R",
            marked("What cannot be used, and why"),
        )
        self.quit = make(marked("&Quit"), "", "Ctrl+Q", marked("Close the window"))
        self.previous = make(
            marked("&Previous patient"), "", "PgUp", marked("Open the patient above")
        )
        self.next = make(marked("&Next patient"), "", "PgDown", marked("Open the patient below"))
        self.fit = make(marked("&Fit the slide"), "fit", "Ctrl+0", marked("Show the whole slide"))
        self.zoom_in = make(marked("Zoom &in"), "zoom-in", "Ctrl++", marked("Zoom in"))
        self.zoom_out = make(marked("Zoom &out"), "zoom-out", "Ctrl+-", marked("Zoom out"))
        self.palette = make(
            marked("Red/green or blue/&orange"),
            "palette",
            "Ctrl+B",
            marked("Switch the colours of the heatmap"),
        )
        self.eyes = make(
            marked("Colours to other &eyes…"),
            "",
            "Ctrl+Shift+B",
            marked("Choose the palette; see it as colour-blind eyes and a printer do"),
        )
        self.slide_only = make(
            marked("&Slide only"), "slide", "F11", marked("Hide everything but the slide")
        )
        self.slide_only.setCheckable(True)
        self.load_model = make(
            marked("&Load model…"), "model", "Ctrl+L", marked("Use another model")
        )
        self.import_model = make(
            marked("&Import a Keras model…"),
            "",
            "",
            marked("Make a model of an .h5 or .keras file"),
        )
        self.predict = make(
            marked("&Predict this patient"), "predict", "Ctrl+P", marked("Predict this patient")
        )
        self.predict_all = make(
            marked("Predict &all patients"),
            "predict-all",
            "Ctrl+Alt+P",
            marked("Predict all patients"),
        )
        self.retrain_head = make(
            marked("Retrain the &head"),
            "train",
            "Ctrl+H",
            marked("Fit the last layer to the labels: seconds"),
        )
        self.commands = make(
            marked("Find a &command…"),
            "find",
            "Ctrl+Shift+P",
            marked("Type some letters of any command"),
        )
        self.keys = make(marked("&Keys"), "keys", "F1", marked("All keys on one sheet"))
        self.keys.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        self.about = make(
            marked("&About bcviewer"), "info", "", marked("Version, licence, and what it is for")
        )


class _Maker:
    def __init__(self, parent: QObject) -> None:
        self._parent = parent

    def __call__(self, text: str, icon_name: str, shortcut: str, tip: str) -> QAction:
        action = QAction(tr(text), self._parent)
        action.setIconText(tr(SHORT.get(text, "")))
        tip = tr(tip)
        if icon_name:
            action.setIcon(icon(icon_name))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            tip = f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tip)
        action.setStatusTip(tip)
        return action
