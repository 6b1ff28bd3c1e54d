"""What taking a file of labels would change, before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bcviewer.annotation.exchange import ImportPreview, Problem
from bcviewer.annotation.labels import Label
from bcviewer.errors import unmarked
from bcviewer.gui.style import GRID, GROUP
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.exchange_worker import ImportSeen

SHOWN = 200
"""Lines of a kind that are listed; a file with more is not read line by line here."""


class ImportPreviewDialog(QDialog):
    """Lists changes, unknown patches and lines that cannot be used.

    Signals:
        accepted_seen: The ``ImportSeen`` that the user wants to take.
    """

    accepted_seen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import labels"))
        self.resize(620, 420)
        self._seen: ImportSeen | None = None
        self._head = QLabel(wordWrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(["", tr("Patches")])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.tree.headerItem().setTextAlignment(1, right)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(tr("What the import would change"))
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        note = QLabel(tr("It is one stroke, which can be undone (Ctrl+Z)."))
        note.setProperty("role", "caption")
        self.take = QPushButton(tr("Import"))
        self.take.setProperty("primary", "true")
        self.cancel = QPushButton(tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.addWidget(note)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        whole.addWidget(self._head)
        whole.addWidget(self.tree, 1)
        whole.addLayout(buttons)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)

    @property
    def words(self) -> str:
        """The preview in one sentence."""
        return self._head.text()

    def show_seen(self, seen: ImportSeen) -> None:
        """Show what a file would change."""
        self._seen = seen
        preview = seen.preview
        self._head.setText(unmarked(_sentence(preview)))
        self.tree.clear()
        for text, count in _changes(seen):
            self._add(text, count)
        self._add(tr("As they are already"), preview.same)
        unknown = [
            tr("Patient {patient}: {count:,}", patient=patient, count=count)
            for patient, count in preview.unknown.items()
        ]
        self._add(tr("Not in this data set"), sum(preview.unknown.values()), unknown)
        problems = _lines(preview.contradictions)
        self._add(tr("With several labels; left alone"), len(preview.contradictions), problems)
        self._add(tr("Lines that cannot be used"), len(preview.problems), _lines(preview.problems))
        count = len(preview.rows)
        self.take.setText(tr_count(count, "Import {count:,} label", "Import {count:,} labels"))
        self.take.setEnabled(count > 0)
        self.show()
        self.raise_()
        self.activateWindow()

    def _add(self, text: str, count: int, details: Sequence[str] = ()) -> None:
        if not count:
            return
        line = QTreeWidgetItem([text, f"{count:,}"])
        line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tree.addTopLevelItem(line)
        for detail in details[:SHOWN]:
            child = QTreeWidgetItem([detail])
            child.setToolTip(0, unmarked(detail))
            line.addChild(child)
        if len(details) > SHOWN:
            line.addChild(QTreeWidgetItem([tr("and {count:,} more", count=len(details) - SHOWN)]))
        line.setExpanded(0 < len(details) <= 20)

    @Slot()
    def _take(self) -> None:
        if self._seen is not None:
            self.accepted_seen.emit(self._seen)
        self.accept()


def _changes(seen: ImportSeen) -> list[tuple[str, int]]:
    """What labels would become what, and how many; the most frequent first."""
    pairs = np.stack([seen.before, seen.preview.labels])
    kinds, counts = np.unique(pairs, axis=1, return_counts=True)
    changes = [
        (f"{Label(int(old)).title} → {Label(int(new)).title}", int(count))
        for old, new, count in zip(*kinds, counts, strict=True)
    ]
    return sorted(changes, key=lambda change: -change[1])


def _lines(problems: Sequence[Problem]) -> list[str]:
    return [tr("Line {line}: {text}", line=problem.line, text=problem.text) for problem in problems]


def _sentence(preview: ImportPreview) -> str:
    """What ``preview.words`` says, in the language of the window."""
    parts = [
        tr_count(len(preview.rows), "1 label would change", "{count:,} labels would change"),
        tr_count(preview.same, "1 is so already", "{count:,} are so already"),
    ]
    if preview.unknown:
        parts.append(
            tr_count(
                sum(preview.unknown.values()),
                "1 is of a patch that the data set has not",
                "{count:,} are of patches that the data set has not",
            )
        )
    if preview.contradictions:
        several = len(preview.contradictions)
        parts.append(
            tr_count(several, "1 patch has several labels", "{count:,} patches have several labels")
        )
    if preview.problems:
        unusable = len(preview.problems)
        parts.append(tr_count(unusable, "1 line cannot be used", "{count:,} lines cannot be used"))
    return f"{preview.name}: {', '.join(parts)}."
