"""Importing a model that Keras has saved: the file, what its network takes and gives, and go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError
from bcviewer.gui.import_words import known_words, sentence
from bcviewer.gui.style import GRID, GROUP, caption_font, set_role
from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.words import marked, tr
from bcviewer.model.imported_meaning import AUTO, LARGEST_SIZE, Wishes
from bcviewer.model.imported_options import ImportTask

WIDTH, HEIGHT = 520, 400
ROW_HEIGHT = 32
INTRO = marked(
    "For an .h5 or .keras file of Keras 2 or 3. The network is rebuilt from its description; no "
    "code in the file is run. Which patients it was trained on stays unknown."
)
SCALINGS = {
    AUTO: marked("Automatic"),
    "0..255": marked("0 to 255"),
    "0..1": marked("0 to 1"),
    "-1..1": marked("-1 to 1"),
}
RESIZINGS = {
    AUTO: marked("Automatic"),
    "nearest": marked("Nearest pixel"),
    "bilinear": marked("Bilinear"),
}
OUTPUTS = {
    AUTO: marked("Automatic"),
    "1": marked("The second of two"),
    "0": marked("The first of two"),
    "single": marked("One"),
}
WORDS = {"input": "size", "values": "scaling", "resized by": "resizing", "outputs": "output"}
"""Which field tells of which point."""


class ImportDialog(QDialog):
    """Asks what to import; shows progress and errors in place. It is not modal."""

    file_requested = Signal()
    import_requested = Signal(object)
    """An ``ImportTask``."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import a Keras model"))
        self.resize(WIDTH, HEIGHT)
        self._path: Path | None = None
        self._understood = False
        self._fixed: set[str] = set()
        self._create()
        self._lay_out()
        self._connect()
        self.show_file(None)

    @property
    def task(self) -> ImportTask | None:
        """What is to be imported; None without a file."""
        if self._path is None:
            return None
        wishes = Wishes(
            self._size.value(), self._scaling.choice, self._resizing.choice, self._output.choice
        )
        return ImportTask(source=self._path, wishes=wishes, name=self._name.text().strip())

    def show_file(self, path: Path | None) -> None:
        """Show another file, about which nothing is known yet."""
        self._path = path
        self._file.setText(path.name if path is not None else tr("No file is chosen."))
        self._file.setToolTip(str(path) if path is not None else "")
        self._name.setText(path.stem if path is not None else "")
        self._size.setValue(0)
        for choice in (self._scaling, self._resizing, self._output):
            choice.choose(AUTO)
        for field in self._fields.values():
            field.say("")
        self._about.setText("")
        self._understood = False
        self._fixed = set()
        self.end_work(tr("Looking at the file…") if path is not None else "")

    def show_found(self, about: Mapping[str, Any]) -> None:
        """Show what was found out about the file; ``about`` as ``--look`` tells it."""
        notes = []
        for name, words, how in about["points"]:
            field = self._fields.get(WORDS.get(name, ""))
            known = tr("Read from the file") if how == "read from the file" else tr("Assumed")
            if field is not None:
                field.say(f"{known}: {known_words(words)}")
            else:
                notes.append(f"{known}: {sentence(name, words)}")
        how_known = {name: how for name, _, how in about["points"]}
        if "resized by" not in how_known:
            self._fields["resizing"].say(tr("Not needed: the network takes patches as they are"))
            self._fixed.add("resizing")
        if how_known.get("input") != "assumed":
            self._fixed.add("size")
        self._about.setText(
            ". ".join([tr("Saved by {program}", program=about["written_by"]), *notes])
        )
        self._understood = True
        self.end_work()

    def begin_work(self, text: str) -> None:
        """Show that the file is being imported."""
        self._say(text)
        self._bar.setRange(0, 0)
        self._working(True)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far the import is."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    @Slot(str)
    def show_step(self, text: str) -> None:
        """Show what is being done."""
        self._say(f"{text}…")

    def end_work(self, text: str = "") -> None:
        """Show that the work has ended."""
        self._working(False)
        self._say(text)

    def show_error(self, error: BcviewerError) -> None:
        """Show what went wrong, and what to do."""
        self._working(False)
        self._say(str(error), role="danger")

    def _create(self) -> None:
        self._intro = QLabel(tr(INTRO))
        self._intro.setWordWrap(True)
        self._intro.setProperty("role", "muted")
        self._file = ElidedLabel()
        self._choose = QPushButton(tr("Choose a file…"))
        self._about = QLabel()
        self._about.setProperty("role", "caption")
        self._about.setFont(caption_font())
        self._about.setWordWrap(True)
        self._name = QLineEdit(maxLength=60)
        self._size = QSpinBox(minimum=0, maximum=LARGEST_SIZE)
        self._size.setSpecialValueText(tr("Automatic"))
        self._size.setSuffix(tr(" px"))
        self._scaling, self._resizing = Choice(SCALINGS), Choice(RESIZINGS)
        self._output = Choice(OUTPUTS)
        self._fields = {
            "name": FormField(tr("Name"), self._name, self),
            "size": FormField(tr("Input size"), self._size, self),
            "resizing": FormField(tr("Patches are resized by"), self._resizing, self),
            "scaling": FormField(tr("Values of a patch"), self._scaling, self),
            "output": FormField(tr("Output for IDC"), self._output, self),
        }
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the import"))
        self._bar.setProperty("slim", "true")
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._import = QPushButton(tr("Import"))
        self._import.setProperty("primary", "true")
        self._import.setDefault(True)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setAutoDefault(False)
        self._choose.setAutoDefault(False)

    def _lay_out(self) -> None:
        file = QHBoxLayout()
        file.setSpacing(GRID)
        file.addWidget(self._file, 1)
        file.addWidget(self._choose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GROUP)
        grid.setVerticalSpacing(0)
        for row, field in enumerate(self._fields.values()):
            field.add_to(grid, 2 * row, 0, word_at=(2 * row + 1, 1), word_span=1)
            grid.setRowMinimumHeight(2 * row, ROW_HEIGHT)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._import)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        whole.addWidget(self._intro)
        whole.addSpacing(GRID)
        whole.addLayout(file)
        whole.addWidget(self._about)
        whole.addLayout(grid)
        whole.addStretch(1)
        whole.addWidget(self._bar)
        whole.addWidget(self._message)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.file_requested)
        self._import.clicked.connect(self._ask)
        self._cancel.clicked.connect(self.reject)
        self.rejected.connect(self.cancel_requested)

    @Slot()
    def _ask(self) -> None:
        task = self.task
        if task is not None:
            self.import_requested.emit(task)

    def _working(self, on: bool) -> None:
        self._bar.setVisible(on)
        self._choose.setEnabled(not on)
        self._import.setEnabled(not on and self._understood)
        for name, field in self._fields.items():
            field.set_enabled(not on and self._understood and name not in self._fixed)

    def _say(self, text: str, *, role: str = "caption") -> None:
        set_role(self._message, role)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """Grow where the words need it: a layout does not count the lines of wrapped words."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(
                max(self.width(), layout.totalMinimumSize().width())
            )
            self.setMinimumHeight(min(needed, self.screen().availableGeometry().height() - 80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
