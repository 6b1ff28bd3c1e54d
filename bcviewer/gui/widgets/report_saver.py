"""Asks where an evaluation report goes, shows how far it is, and opens it in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
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

KINDS: Final = marked("Report (*.html);;Numbers only (*.json)")
ABOUT: Final = marked(
    "One page that works offline, with scores and intervals, curves, every patient, maps of the "
    "worst and the best, and the model card. The same numbers go to a JSON file beside it."
)
_WIDTH: Final = 480
_HEIGHT: Final = 250


class ReportSaver(QDialog):
    """Not modal: the window goes on while the report is made.

    Signals:
        save_requested: The path of the report.
        cancel_requested: Stop what runs.
    """

    save_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save evaluation report"))
        self._busy = False
        self._possible = False
        self._page: Path | None = None
        place = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        self._name = "evaluation.html"
        self._create()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def note(self) -> str:
        """What is said of how it goes."""
        return self._note.text()

    def show_wish(self, title: str, name: str, *, possible: bool) -> None:
        """Say what would be reported on.

        Args:
            title: In words.
            name: Of the file that is proposed.
            possible: Whether it can be had now.
        """
        self._title.setText(title)
        self._name, self._possible = name, possible
        self._refresh()

    def begin(self) -> None:
        """Show that a report is being made."""
        self._busy, self._page = True, None
        self.bar.setRange(0, 0)
        self._say(tr("Beginning…"), "caption")

    @Slot(str)
    def show_phase(self, words: str) -> None:
        """Say what is being done."""
        self.bar.setRange(0, 0)
        self._say(words, "caption")

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how much of the phase is done."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def end(self, text: str) -> None:
        """Say how it ended."""
        self._busy, self._page = False, None
        self._say(text, "caption")

    def show_saved(self, paths: tuple[Path, ...]) -> None:
        """Say where the report is, and offer to open the first of its files."""
        self._busy, self._page = False, paths[0]
        self._say(tr("Saved: {paths}", paths=" and ".join(path.name for path in paths)), "caption")
        self._place.setText(tr("in {folder}", folder=paths[0].parent))
        self._place.setToolTip(unmarked(str(paths[0].parent)))

    def show_error(self, error: BcviewerError) -> None:
        """Say what went wrong, and what to do."""
        self._busy, self._page = False, None
        self._say(str(error), "danger")

    def _create(self) -> None:
        self._title = QLabel(wordWrap=True)
        self._about = QLabel(tr(ABOUT), wordWrap=True)
        self._about.setProperty("role", "caption")
        self._note = QLabel(wordWrap=True)
        self._place = ElidedLabel()
        self._place.setProperty("role", "caption")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the report"))
        self.bar.setProperty("slim", "true")
        # The dialog keeps its size: nothing moves or is cut off when they come and go.
        for widget in (self.bar, self._place):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self._note.setMinimumHeight(self._note.fontMetrics().lineSpacing())
        self.save = QPushButton(tr("Save report…"))
        self.save.setProperty("primary", "true")
        self.save.setDefault(True)
        self.open_ = QPushButton(tr("Open"))
        self.stop = QPushButton(tr("Stop"))
        self.close_ = QPushButton(tr("Close"))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        for widget in (self._title, self._about, self.bar, self._note, self._place):
            whole.addWidget(widget)
        whole.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        for button in (self.stop, self.close_, self.open_, self.save):
            buttons.addWidget(button)
        whole.addLayout(buttons)
        self.setMinimumSize(_WIDTH, _HEIGHT)

    def _connect(self) -> None:
        self.save.clicked.connect(self._choose)
        self.open_.clicked.connect(self._open)
        self.stop.clicked.connect(self.cancel_requested)
        self.close_.clicked.connect(self.close)

    def _say(self, text: str, role: str) -> None:
        set_role(self._note, role)
        self._note.setText(text)
        self._refresh()

    def _refresh(self) -> None:
        self.bar.setVisible(self._busy)
        self.stop.setVisible(self._busy)
        self.open_.setVisible(self._page is not None)
        self.save.setEnabled(self._possible and not self._busy)
        self._place.setVisible(self._page is not None)

    @Slot()
    def _choose(self) -> None:
        proposed = str(self._folder / self._name)
        chosen, kind = QFileDialog.getSaveFileName(
            self, tr("Save evaluation report"), proposed, tr(KINDS)
        )
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(".json" if "json" in kind else ".html")
        self._folder = path.parent
        self.save_requested.emit(path)

    @Slot()
    def _open(self) -> None:
        if self._page is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._page)))
