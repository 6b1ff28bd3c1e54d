"""Which files of the slide on screen to write, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError, unmarked
from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.slide_export_worker import SlideExportWish
from bcviewer.model.export_files import ExportKind, path_alone
from bcviewer.slide.picture import Layer

WORDS: Final = {
    ExportKind.PNG: (
        marked("Picture, PNG"),
        marked("The slide as it is on screen, with legend and provenance."),
    ),
    ExportKind.SVG: (
        marked("Picture, SVG"),
        marked("The same; words, lines and cells stay sharp and editable."),
    ),
    ExportKind.VALUES: (
        marked("Values, CSV"),
        marked("A line a patch: place, probability in each view, uncertainty, truth, model, role."),
    ),
    ExportKind.TILES: (
        marked("QuPath GeoJSON, a polygon a patch"),
        marked("With the same numbers of each."),
    ),
    ExportKind.REGIONS: (
        marked("QuPath GeoJSON, regions"),
        marked("Patches predicted IDC, neighbours joined."),
    ),
    ExportKind.MOSAIC: (
        marked("Tissue alone, PNG"),
        marked("At full size; the GeoJSON lies exactly over it."),
    ),
}
NO_PREDICTION: Final = marked(
    "There is no prediction of this patient: only the tissue can be exported."
)
_WIDTH: Final = 460


class SlideExportDialog(QDialog):
    """Asks what to export; not modal, and shows how far the export is.

    Signals:
        export_requested: The ``SlideExportWish``.
        cancel_requested: Stop the export that runs.
    """

    export_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export this slide"))
        self._patient = ""
        self._predicted = False
        self._layer = Layer.PREDICTION
        self._busy = False
        place = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        self._create()
        self._lay_out()
        self._connect()
        self.use_folder(self._folder)
        self.end()

    @property
    def kinds(self) -> tuple[ExportKind, ...]:
        """The files that are wanted and can be had."""
        return tuple(
            kind for kind, box in self.boxes.items() if box.isChecked() and box.isEnabled()
        )

    @property
    def note(self) -> str:
        """What is said in the dialog's last line."""
        return self._note.text()

    def show_patient(
        self, patient: str, title: str, *, predicted: bool, layer: Layer = Layer.PREDICTION
    ) -> None:
        """Offer a patient's slide; "" for none.

        Args:
            patient: The patient.
            title: What would be exported, in words.
            predicted: Whether it has a prediction.
            layer: What pictures would show.
        """
        self._patient, self._predicted, self._layer = patient, predicted, layer
        self._title.setText(title)
        for kind, box in self.boxes.items():
            box.setEnabled(predicted or not kind.needs_prediction)
        if not self._busy:
            self._say("" if predicted or not patient else tr(NO_PREDICTION), "caption")
        self._refresh()

    def use_folder(self, folder: Path) -> None:
        """Write to another folder."""
        self._folder = folder
        self._place.setText(str(folder))
        self._place.setToolTip(unmarked(str(folder)))
        self._refresh()

    def begin(self) -> None:
        """Show that an export runs."""
        self._busy = True
        self.bar.setRange(0, 0)
        self._say(tr("Writing…"), "caption")
        self._refresh()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are written."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def end(self, text: str = "") -> None:
        """Say how the export ended."""
        self._busy = False
        self._say(text, "caption")
        self._refresh()
        self._replaced.hide()  # they are this export's own

    def show_error(self, error: BcviewerError) -> None:
        """Say what went wrong, and what to do."""
        self._busy = False
        self._say(str(error), "danger")
        self._refresh()

    def _create(self) -> None:
        self._title = QLabel(wordWrap=True)
        self.boxes = {kind: QCheckBox(tr(title)) for kind, (title, _) in WORDS.items()}
        self.boxes[ExportKind.PNG].setChecked(True)
        self._place = ElidedLabel()
        self._choose = QPushButton(tr("Choose a folder…"))
        self._replaced = QLabel(wordWrap=True)
        self._replaced.setProperty("role", "caption")
        self._note = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.bar.setProperty("slim", "true")
        self.export = QPushButton(tr("Export"))
        self.export.setProperty("primary", "true")
        self.export.setDefault(True)
        self.stop = QPushButton(tr("Stop"))
        self.close_ = QPushButton(tr("Close"))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        whole.addWidget(self._title)
        whole.addLayout(self._lay_out_kinds())
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._place, 1)
        row.addWidget(self._choose)
        whole.addSpacing(GRID)
        whole.addLayout(row)
        for widget in (self._replaced, self.bar, self._note):
            whole.addWidget(widget)
        whole.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.stop, self.close_, self.export):
            buttons.addWidget(button)
        whole.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    def _lay_out_kinds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GRID // 4)
        grid.setColumnMinimumWidth(0, GROUP + GRID)
        grid.setColumnStretch(1, 1)
        for number, (kind, (_, about)) in enumerate(WORDS.items()):
            words = QLabel(tr(about), wordWrap=True)
            words.setProperty("role", "caption")
            words.setContentsMargins(0, 0, 0, GRID // 2)
            self.boxes[kind].setToolTip(tr(about))
            grid.addWidget(self.boxes[kind], 2 * number, 0, 1, 2)
            grid.addWidget(words, 2 * number + 1, 1)
        return grid

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(self._refresh)
        self._choose.clicked.connect(self._choose_folder)
        self.export.clicked.connect(self._export)
        self.stop.clicked.connect(self.cancel_requested)
        self.close_.clicked.connect(self.close)

    @Slot()
    def _refresh(self) -> None:
        self.bar.setVisible(self._busy)
        self.stop.setVisible(self._busy)
        self.export.setEnabled(bool(self._patient and self.kinds) and not self._busy)
        there = [
            path.name
            for path in (
                path_alone(self._folder, self._patient, kind, self._layer) for kind in self.kinds
            )
            if path.exists()
        ]
        self._replaced.setText(
            tr("Will be replaced there: {names}.", names=", ".join(there)) if there else ""
        )
        self._replaced.setVisible(bool(there) and not self._busy)

    def _say(self, text: str, role: str) -> None:
        set_role(self._note, role)
        self._note.setText(text)
        self._note.setVisible(bool(text))

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Export to the folder"), str(self._folder)
        )
        if chosen:
            self.use_folder(Path(chosen))

    @Slot()
    def _export(self) -> None:
        self.export_requested.emit(SlideExportWish(self.kinds, self._folder))
