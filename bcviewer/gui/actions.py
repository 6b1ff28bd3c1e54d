"""What the user can do, each with its name, shortcut and icon; menus and toolbar show these."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from bcviewer.gui.icons import icon

SHORT = {
    "&Open folder…": "Open",
    "Open &demo": "Demo",
    "&Load model…": "Model",
    "&Predict this patient": "Predict",
    "Predict &all patients": "Predict all",
    "&Fit the slide": "Fit",
    "Red/green or blue/&orange": "Palette",
    "&Report on the data…": "Report",
}
"""What the toolbar calls the actions of the menus."""


class Actions:
    """The actions of the main window; it connects them."""

    def __init__(self, parent: QObject) -> None:
        make = _Maker(parent)
        self.open = make("&Open folder…", "open-folder", "Ctrl+O", "Open a folder of patients")
        self.demo = make("Open &demo", "demo", "", "Open synthetic tissue, to try things out")
        self.kaggle = make(
            "&Get the Kaggle data set…", "download", "", "What it is; then download it"
        )
        self.report = make(
            "&Report on the data…", "report", "Ctrl+R", "What cannot be used, and why"
        )
        self.quit = make("&Quit", "", "Ctrl+Q", "Close the window")
        self.previous = make("&Previous patient", "", "PgUp", "Open the patient above")
        self.next = make("&Next patient", "", "PgDown", "Open the patient below")
        self.fit = make("&Fit the slide", "fit", "Ctrl+0", "Show the whole slide")
        self.zoom_in = make("Zoom &in", "zoom-in", "Ctrl++", "Zoom in")
        self.zoom_out = make("Zoom &out", "zoom-out", "Ctrl+-", "Zoom out")
        self.palette = make(
            "Red/green or blue/&orange", "palette", "Ctrl+B", "Switch the colours of the heatmap"
        )
        self.eyes = make(
            "Colours to other &eyes…",
            "",
            "Ctrl+Shift+B",
            "Choose the palette; see it as colour-blind eyes and a printer do",
        )
        self.slide_only = make("&Slide only", "slide", "F11", "Hide everything but the slide")
        self.slide_only.setCheckable(True)
        self.load_model = make("&Load model…", "model", "Ctrl+L", "Use another model")
        self.import_model = make(
            "&Import a Keras model…", "", "", "Make a model of an .h5 or .keras file"
        )
        self.predict = make("&Predict this patient", "predict", "Ctrl+P", "Predict this patient")
        self.predict_all = make(
            "Predict &all patients", "predict-all", "Ctrl+Alt+P", "Predict all patients"
        )
        self.retrain_head = make(
            "Retrain the &head", "train", "Ctrl+H", "Fit the last layer to the labels: seconds"
        )
        self.commands = make(
            "Find a &command…", "find", "Ctrl+Shift+P", "Type some letters of any command"
        )
        self.keys = make("&Keys", "keys", "F1", "All keys on one sheet")
        self.keys.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        self.about = make("&About bcviewer", "info", "", "Version, licence, and what it is for")


class _Maker:
    def __init__(self, parent: QObject) -> None:
        self._parent = parent

    def __call__(self, text: str, icon_name: str, shortcut: str, tip: str) -> QAction:
        action = QAction(text, self._parent)
        action.setIconText(SHORT.get(text, ""))
        if icon_name:
            action.setIcon(icon(icon_name))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            tip = f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tip)
        action.setStatusTip(tip)
        return action
