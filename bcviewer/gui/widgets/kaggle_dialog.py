"""What the data set of Kaggle is, how large, and under which licence; it loads when asked to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.dataset.kaggle import (
    HANDLE,
    INSTALL,
    LICENCE,
    PAGE,
    UNPACKED_BYTES,
    ZIP_BYTES,
    Arrived,
    gigabytes,
    kagglehub_installed,
    room_needed,
)
from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import marked, tr

SIZE: Final = marked(
    "About {zip} to download, {unpacked} unpacked; {free} free until it is unpacked"
)
NEEDS: Final = marked(
    "A network. Nothing of yours is sent; Kaggle sees that the set is downloaded."
)
MISSING: Final = marked(
    'kagglehub is not installed. Install it with "{install}" into the Python that runs bcviewer, '
    "and come back here. Or download the zip from the page above, unpack it, and open its folder."
)
LINK: Final = f'<a href="{PAGE}">{HANDLE}</a>'
STOPPED: Final = marked("Stopped. What has come is kept: the next download goes on from there.")
STAGES: Final = {
    "connecting": marked("Asking Kaggle…"),
    "unpacking": marked("Unpacking 555,048 files: some minutes…"),
}
_BARS: Final = 1000


class KaggleDialog(QDialog):
    """Asks before anything is downloaded; not modal, and can be closed while it downloads.

    Signals:
        download_requested: The ``Path`` of the folder to download to.
        stop_requested: Stop the download that runs.
    """

    download_requested = Signal(object)
    stop_requested = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Get the Kaggle data set"))
        self._target = folder
        self._running = False
        self._create()
        self._lay_out()
        self.download.clicked.connect(self._ask)
        self.stop.clicked.connect(self.stop_requested)
        self.close_.clicked.connect(self.close)
        self.change.clicked.connect(self._choose)
        self.end()

    @property
    def target(self) -> Path:
        """Where the data set goes."""
        return self._target

    def set_target(self, folder: Path) -> None:
        """Download to another folder."""
        self._target = folder
        self.folder.setText(str(folder))

    def begin(self) -> None:
        """Show that the download runs."""
        self._show_running(True)
        self.show_arrived(Arrived("connecting"))

    @Slot(object)
    def show_arrived(self, arrived: Arrived) -> None:
        """Show how much has come."""
        if arrived.stage == "downloading":
            self.bar.setRange(0, _BARS)
            self.bar.setValue(_BARS * arrived.done // max(arrived.total, 1))
            self._say(
                tr(
                    "{done} of about {total}",
                    done=gigabytes(arrived.done),
                    total=gigabytes(arrived.total),
                )
            )
        else:
            self.bar.setRange(0, 0)
            self._say(tr(STAGES[arrived.stage]))

    def end(self, words: str = "", *, failed: bool = False) -> None:
        """Show that no download runs, and how the last one ended."""
        self._show_running(False)
        self._say(words, "danger" if failed else "")

    def _create(self) -> None:
        self.folder = ElidedLabel(str(self._target))
        self.change = QPushButton(tr("Change…"))
        self.change.setAutoDefault(False)
        self.change.setAccessibleName(tr("Change the folder to download to"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setProperty("slim", "true")
        self.bar.setAccessibleName(tr("How much of the data set has come"))
        self.words = QLabel(wordWrap=True)
        self.download = QPushButton(tr("Download"))
        self.download.setProperty("primary", "true")
        self.download.setDefault(True)
        self.stop = QPushButton(tr("Stop"))
        self.close_ = QPushButton(tr("Close"))

    def _lay_out(self) -> None:
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GROUP)
        about = QFormLayout()
        about.setHorizontalSpacing(GROUP)
        about.setVerticalSpacing(GRID)
        about.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        page = self._page = QLabel(LINK, openExternalLinks=True)
        page.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        page.setAccessibleName(tr("Page of the data set, {page}", page=PAGE))
        rows = {
            tr("What"): QLabel(tr("277,524 patches of 279 patients, with labels"), wordWrap=True),
            tr("Size"): QLabel(_size(), wordWrap=True),
            tr("Licence"): QLabel(LICENCE),
            tr("Page"): page,
            tr("Needs"): QLabel(tr(NEEDS), wordWrap=True),
        }
        for name, words in rows.items():
            about.addRow(_muted(name), words)
        about.addRow(_muted(tr("To")), _row(self.folder, self.change, stretch=0))
        whole.addLayout(about)
        whole.addWidget(self.bar)
        whole.addWidget(self.words)
        whole.addStretch()
        whole.addWidget(_row(QWidget(), self.stop, self.close_, self.download, stretch=0))
        self.setMinimumWidth(520)

    def _show_running(self, on: bool) -> None:
        self._running = on
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.download.setVisible(not on)
        self.change.setEnabled(not on)

    def _say(self, words: str, role: str = "") -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        set_role(self.words, role)
        self._grow()

    def _grow(self) -> None:
        """Make room for the words: a dialog does not do so by itself."""
        self._whole.activate()
        needed = self._whole.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    @Slot()
    def _ask(self) -> None:
        self.download_requested.emit(self._target)

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Download to"), str(self._target.parent))
        if chosen:
            self.set_target(Path(chosen))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            # A link keeps the colour that it was read with.
            self._page.clear()
            self._page.setText(LINK)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        installed = kagglehub_installed()
        self.download.setEnabled(installed)
        if not installed:
            self._say(tr(MISSING, install=INSTALL), "warn")
        elif self.words.text() == tr(MISSING, install=INSTALL):
            self._say("")
        self._grow()


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    set_role(label, "muted")
    return label


def _row(*widgets: QWidget, stretch: int) -> QWidget:
    """A row in which one widget takes what is left."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, int(place == stretch))
    return whole


def _size() -> str:
    return tr(
        SIZE,
        zip=gigabytes(ZIP_BYTES),
        unpacked=gigabytes(UNPACKED_BYTES),
        free=gigabytes(room_needed()),
    )
