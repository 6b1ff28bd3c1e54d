"""The question before a window closes in which a training runs: four answers, each explained."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID, GROUP
from bcviewer.gui.training_runner import Parting
from bcviewer.gui.words import marked, tr

TITLE = marked("A training is running")
LEAD = marked("It has a process of its own, and needs no window. What shall become of it?")
ANSWERS = {
    Parting.KEEP: (
        marked("Keep training in the background"),
        marked(
            "It trains on to its last epoch, out of a pause as well, and writes its model. Open "
            "the same data again to follow it, pause it or end it."
        ),
    ),
    Parting.FINISH: (
        marked("Finish this epoch and keep the best"),
        marked(
            "It ends with the epoch at hand and writes the model of the best one, in the "
            "background."
        ),
    ),
    Parting.CANCEL: (
        marked("Cancel the training"),
        marked(
            "It ends now and makes no model. Finished epochs are kept: it can be resumed from the "
            "list of runs."
        ),
    ),
}
STAY = marked("Stay")
WIDTH = 640


class CloseQuestion(QDialog):
    """Asks what becomes of the training; closing the question stays.

    Args:
        run: The run folder, to say where it will be found.
        where: Where the training is now, in words; may be empty.
        parent: The window.
    """

    def __init__(self, run: Path | None, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Parting | None = None
        self.setWindowTitle(tr("Close the window"))
        self.setModal(True)
        self.setFixedWidth(WIDTH)
        self.buttons: dict[Parting, QPushButton] = {}
        self.stay = QPushButton(tr(STAY))
        self._lay_out(run, where)
        self.stay.clicked.connect(self.reject)
        self.buttons[Parting.KEEP].setDefault(True)
        self.buttons[Parting.KEEP].setFocus()

    def ask(self) -> Parting | None:
        """Show the question; None when the window is to stay."""
        self.exec()
        self.deleteLater()
        return self._answer

    def _lay_out(self, run: Path | None, where: str) -> None:
        title = QLabel(tr(TITLE))
        title.setProperty("role", "title")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        whole.addWidget(title)
        if where:
            whole.addWidget(_words(where))
        whole.addWidget(_words(tr(LEAD)))
        whole.addSpacing(GRID)
        whole.addLayout(self._answers())
        whole.addSpacing(GRID)
        whole.addWidget(_line())
        last = QHBoxLayout()
        last.setSpacing(GROUP)
        last.addWidget(_place(run), 1)
        last.addWidget(self.stay, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(last)

    def _answers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GROUP)
        grid.setVerticalSpacing(GROUP)
        grid.setColumnStretch(1, 1)
        for row, (parting, (text, about)) in enumerate(ANSWERS.items()):
            button = QPushButton(tr(text))
            button.setAccessibleDescription(tr(about))
            button.setAutoDefault(True)
            if parting is Parting.KEEP:
                button.setProperty("primary", "true")
            button.clicked.connect(self._take)
            self.buttons[parting] = button
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_words(tr(about), role="muted"), row, 1)
        for button in self.buttons.values():
            button.ensurePolished()  # the style sheet makes one of them bold
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        for button in self.buttons.values():
            button.setFixedWidth(widest)
        return grid

    @Slot()
    def _take(self) -> None:
        self._answer = next(
            parting for parting, button in self.buttons.items() if button is self.sender()
        )
        self.accept()


def _words(text: str, *, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(line.foregroundRole().Mid)
    line.setFrameShadow(QFrame.Shadow.Plain)
    return line


def _place(run: Path | None) -> QLabel:
    """Where the run will be found: in the list, and on the disk."""
    name = (
        tr("Under Training, Runs: {name}\n{folder}", name=run.name, folder=run.parent)
        if run is not None
        else ""
    )
    label = _words(name, role="caption")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
