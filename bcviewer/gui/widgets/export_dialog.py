"""Which labels to write, in which form and where."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.exchange_worker import ExportWish, Form

FORMS: Final[dict[Form, tuple[str, str]]] = {
    "csv": (
        marked("Table (CSV)"),
        marked("A line for each label: patient, place, label, reader, time and reason."),
    ),
    "tiles": (
        marked("QuPath GeoJSON, a polygon a patch"),
        marked("A file for each patient; comes back exactly."),
    ),
    "regions": (
        marked("QuPath GeoJSON, merged regions"),
        marked("A file for each patient; neighbours joined."),
    ),
    "folders": (
        marked("Pictures in folders 0 and 1"),
        marked(
            "Copies of all pictures under their corrected labels, in a new folder; unsure and "
            "excluded ones are left out."
        ),
    ),
}
WITH_ORIGINAL = marked("With the original label where no reader says anything")


class ExportDialog(QDialog):
    """Asks what to export; not modal, and shows how far the export is.

    Signals:
        export_requested: The ``ExportWish``.
        cancel_requested: Stop the export that runs.
    """

    export_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export labels"))
        self._patient = ""
        self._create()
        self._lay_out()
        self._choices.idClicked.connect(self._show_form)
        self.export.clicked.connect(self._export)
        self.stop.clicked.connect(self.cancel_requested)
        self.close_.clicked.connect(self.close)
        self._show_form()
        self.end("")

    def _create(self) -> None:
        self.forms: dict[Form, QRadioButton] = {}
        self._choices = QButtonGroup(self)
        for number, (form, (title, _)) in enumerate(FORMS.items()):
            self.forms[form] = QRadioButton(tr(title))
            self._choices.addButton(self.forms[form], number)
        self.forms["csv"].setChecked(True)
        self.this_patient = QCheckBox(tr("This patient only"))
        self.with_original = QCheckBox(tr(WITH_ORIGINAL))
        self._note = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.bar.setProperty("slim", "true")
        self.export = QPushButton(tr("Export…"))
        self.export.setProperty("primary", "true")
        self.export.setDefault(True)
        self.stop = QPushButton(tr("Stop"))
        self.close_ = QPushButton(tr("Close"))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID // 2)
        for form, (_, about) in FORMS.items():
            whole.addWidget(self.forms[form])
            words = QLabel(tr(about), wordWrap=True)
            words.setProperty("role", "caption")
            words.setContentsMargins(GROUP + GRID, 0, 0, GRID // 2)
            words.setMinimumWidth(380)
            whole.addWidget(words)
        whole.addSpacing(GRID)
        whole.addWidget(self.this_patient)
        whole.addWidget(self.with_original)
        whole.addSpacing(GRID)
        whole.addWidget(self.bar)
        whole.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.stop, self.close_, self.export):
            buttons.addWidget(button)
        whole.addLayout(buttons)

    @property
    def form(self) -> Form:
        """The form that is chosen."""
        return next(form for form, button in self.forms.items() if button.isChecked())

    @property
    def note(self) -> str:
        """What is said of the last export."""
        return self._note.text()

    def set_patient(self, patient: str) -> None:
        """Offer to export one patient alone; "" for none."""
        self._patient = patient
        self.this_patient.setEnabled(bool(patient))
        named = tr("This patient only ({patient})", patient=patient)
        self.this_patient.setText(named if patient else tr("This patient only"))

    def begin(self) -> None:
        """Show that an export runs."""
        self._working(True)
        self.bar.setRange(0, 0)
        self._say(tr("Writing…"), "muted")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def end(self, text: str, *, failed: bool = False) -> None:
        """Say how the export ended."""
        self._working(False)
        self._say(text, "danger" if failed else "")

    def wish(self, target: Path) -> ExportWish:
        """What is to be written to a place."""
        patient = self._patient if self.this_patient.isChecked() else ""
        original = self.with_original.isChecked() and self.with_original.isEnabled()
        return ExportWish(self.form, target, patient=patient, with_original=original)

    def _working(self, on: bool) -> None:
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.export.setEnabled(not on)

    def _say(self, text: str, role: str) -> None:
        set_role(self._note, role)
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._make_room()

    def _make_room(self) -> None:
        """Grow for what is said: a dialog that is shown takes the room from its words instead."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    @Slot()
    def _show_form(self) -> None:
        self.with_original.setEnabled(self.form in ("tiles", "regions"))

    @Slot()
    def _export(self) -> None:
        target = self._choose_target()
        if target is not None:
            self.export_requested.emit(self.wish(target))

    def _choose_target(self) -> Path | None:
        home = Path.home()
        if self.form in ("tiles", "regions"):
            chosen = QFileDialog.getExistingDirectory(self, tr("Export to the folder"), str(home))
        else:
            table = self.form == "csv"
            title = tr("Export to the file") if table else tr("Export to the new folder")
            name = "labels.csv" if table else "corrected-labels"
            kinds = tr("Table (*.csv)") if table else ""
            chosen, _ = QFileDialog.getSaveFileName(self, title, str(home / name), kinds)
        return Path(chosen) if chosen else None
