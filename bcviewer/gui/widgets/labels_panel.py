"""Who labels, whose labels are shown, how many there are, and the history of the strokes."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.label_counts import LabelCounts
from bcviewer.gui.widgets.label_history_view import LabelHistoryView
from bcviewer.gui.words import marked, tr

ALL_READERS = marked("All readers")
BLIND_TIP = marked(
    "Hide each prediction until you have labelled or confirmed its patch. "
    "The log notes which answers were given blind."
)
SHOW_TIP = marked(
    "Show all predictions of this patient. It is recorded; later answers do not count as blind."
)


class LabelsPanel(QWidget):
    """Shows the session's labels; what is chosen here is told by signals.

    Signals:
        reader_chosen: The name of who labels from now on.
        filter_chosen: Show the labels of this reader; "" for all.
        blind_toggled: Predictions are to be hidden or not.
        show_requested: The predictions of the patient on screen are to be shown.
    """

    reader_chosen = Signal(str)
    filter_chosen = Signal(str)
    blind_toggled = Signal(bool)
    show_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = ""
        self._create()
        self._lay_out()
        self._connect()
        self._show_labels()
        self._show_blindness()

    def _create(self) -> None:
        self.reader = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        self.reader.setAccessibleName(tr("Reader: who labels"))
        self.reader.setToolTip(tr("Who labels; type a new name and press Enter to add a reader"))
        self.shown = QComboBox()
        self.shown.setAccessibleName(tr("Show the labels of"))
        self.shown.setToolTip(tr("Whose labels are marked on the slide"))
        for box in (self.reader, self.shown):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(8)
        self.blind = QCheckBox(tr("Read blind"))
        self.blind.setToolTip(tr(BLIND_TIP))
        self.show_predictions = QPushButton(tr("Show predictions"))
        self.show_predictions.setToolTip(tr(SHOW_TIP))
        self.fault = QLabel(wordWrap=True)
        self.fault.setProperty("role", "danger")
        self.fault.hide()
        self.counts = LabelCounts()
        self.history = LabelHistoryView()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for row, (text, box) in enumerate(((tr("Reader"), self.reader), (tr("Show"), self.shown))):
            caption = QLabel(text)
            caption.setProperty("role", "muted")
            caption.setBuddy(box)
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.blind, 2, 0, 1, 2)
        grid.addWidget(self.show_predictions, 2, 1, Qt.AlignmentFlag.AlignRight)
        title = QLabel(tr("History"))
        title.setProperty("role", "caption")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(grid)
        whole.addWidget(self.fault)
        whole.addWidget(self.counts)
        whole.addWidget(title)
        whole.addWidget(self.history, 1)

    def _connect(self) -> None:
        self.reader.activated.connect(self._choose_reader)
        line = self.reader.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._choose_reader)
        self.shown.activated.connect(self._choose_shown)
        self.blind.toggled.connect(self.blind_toggled)
        self.show_predictions.clicked.connect(self.show_requested)
        session = self._session
        session.labels_changed.connect(self._show_labels)
        session.slide_changed.connect(self._show_labels)
        session.slide_changed.connect(self._show_blindness)
        session.blindness_changed.connect(self._show_blindness)

    def show_reader(self, reader: str) -> None:
        """Show who labels."""
        self._reader = reader
        self._show_readers()

    def show_fault(self, text: str) -> None:
        """Say what went wrong with the labels, and what to do; "" for nothing."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self._fit_fault()

    @Slot()
    def _show_labels(self) -> None:
        session = self._session
        self.setEnabled(session.labels is not None)
        self._show_readers()
        if session.labels is None or session.dataset is None:
            return
        rows = slice(0)
        if session.slide is not None:
            rows = session.dataset.rows(session.slide.patient)
        self.counts.show_labels(session.shown_labels(), session.dataset.labels, rows)

    @Slot()
    def _show_blindness(self) -> None:
        session = self._session
        with QSignalBlocker(self.blind):
            self.blind.setChecked(session.blindness.on)
        slide = session.slide
        hidden = slide is not None and session.blindness.hides(slide.patient)
        self.show_predictions.setVisible(session.blindness.on)
        self.show_predictions.setEnabled(hidden)

    def _show_readers(self) -> None:
        session = self._session
        known = () if session.labels is None else session.labels.readers
        readers = sorted({*known, self._reader} - {""})
        if [self.reader.itemText(at) for at in range(self.reader.count())] != readers:
            with QSignalBlocker(self.reader), QSignalBlocker(self.shown):
                self.reader.clear()
                self.reader.addItems(readers)
                self.shown.clear()
                self.shown.addItem(tr(ALL_READERS), "")
                for reader in readers:
                    self.shown.addItem(reader, reader)
        with QSignalBlocker(self.reader), QSignalBlocker(self.shown):
            self.reader.setCurrentText(self._reader)
            self.shown.setCurrentIndex(max(self.shown.findData(session.label_filter), 0))

    @Slot()
    def _choose_reader(self) -> None:
        name = " ".join(self.reader.currentText().split())
        if name and name != self._reader:
            self.reader_chosen.emit(name)
        elif not name:
            self._show_readers()

    @Slot()
    def _choose_shown(self) -> None:
        self.filter_chosen.emit(str(self.shown.currentData()))

    def _fit_fault(self) -> None:
        """Show all lines of a fault: tabs ask no layout in them how high it gets at their width."""
        height = self.fault.heightForWidth(self.width() - 2 * GRID)
        self.fault.setMinimumHeight(max(height, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fault whole."""
        super().resizeEvent(event)
        self._fit_fault()
