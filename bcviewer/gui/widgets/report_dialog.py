"""What is wrong with the data, for reading; the pictures themselves are checked on request."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bcviewer.dataset.findings import KINDS, ScanReport
from bcviewer.errors import unmarked
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.words_below import from_below
from bcviewer.tables import safe_cell

SHOWN_OF_A_KIND = 200


class ReportDialog(QDialog):
    """Lists findings by kind. It is not modal: the window can be used beside it."""

    check_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Report on the data folder"))
        self.resize(760, 480)
        self._create()
        self._lay_out()
        session.report_changed.connect(self._show_report)
        session.data_changed.connect(self._show_report)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many patients' pictures are checked."""
        self._bar.setVisible(True)
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def end_check(self, text: str) -> None:
        """Show that the check of the pictures has ended."""
        self._bar.setVisible(False)
        self._check.setEnabled(True)
        self._note.setText(text)

    def _create(self) -> None:
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._tree = QTreeWidget()
        self._tree.setHeaderLabels([tr("File or folder"), tr("What was found")])
        self._tree.setRootIsDecorated(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._tree.setAccessibleName(tr("Findings by kind"))
        self._check = QPushButton(tr("Check every picture"))
        self._check.setToolTip(tr("Look at the first and last bytes of every picture file"))
        self._copy = QPushButton(tr("Copy as text"))
        self._close = QPushButton(tr("Close"))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the check"))
        self._bar.setProperty("slim", "true")
        self._bar.setVisible(False)
        self._note = QLabel()
        self._note.setProperty("role", "caption")
        self._check.clicked.connect(self._ask_for_check)
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.close)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._check)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._head)
        whole.addWidget(self._tree, 1)
        whole.addWidget(self._bar)
        whole.addWidget(self._note)
        whole.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_report()

    @Slot()
    def _show_report(self) -> None:
        if not self.isVisible():
            return  # thousands of lines that nobody looks at would only keep the window busy
        report, dataset = self._session.report, self._session.dataset
        self._tree.clear()
        self._check.setEnabled(dataset is not None)
        self._copy.setEnabled(bool(report.findings))
        if dataset is None:
            self._head.setText(tr("No data folder is open."))
            return
        self._head.setText(_summary(report, len(dataset)))
        for kind, count in report.counts().items():
            parent = QTreeWidgetItem([f"{from_below(KINDS[kind])} ({count:,})"])
            same = [finding for finding in report.findings if finding.kind == kind]
            for finding in same[:SHOWN_OF_A_KIND]:
                child = QTreeWidgetItem([finding.path, finding.text])
                child.setToolTip(0, unmarked(finding.path))
                child.setToolTip(1, unmarked(finding.text))
                parent.addChild(child)
            if len(same) > SHOWN_OF_A_KIND:
                more = tr(
                    "and {count:,} more; “Copy as text” has all", count=len(same) - SHOWN_OF_A_KIND
                )
                parent.addChild(QTreeWidgetItem([more]))
            self._tree.addTopLevelItem(parent)
            parent.setFirstColumnSpanned(True)
            parent.setExpanded(count <= 20)
        self._tree.setColumnWidth(0, 320)

    @Slot()
    def _ask_for_check(self) -> None:
        self._check.setEnabled(False)
        self._note.setText(tr("Looking at every picture…"))
        self.check_requested.emit()

    @Slot()
    def _copy_text(self) -> None:
        findings = self._session.report.findings
        lines = [f"{safe_cell(f.path)}\t{f.kind}\t{safe_cell(f.text)}" for f in findings]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._note.setText(tr_count(len(lines), "1 finding copied.", "{count:,} findings copied."))


def _summary(report: ScanReport, patches: int) -> str:
    if not report.findings:
        return tr_count(
            patches,
            "Nothing wrong was found in the name of the one patch. The picture itself is read when "
            "its patient is opened; “Check every picture” looks at it now.",
            "Nothing wrong was found in the names of {count:,} patches. The pictures themselves "
            "are read when a patient is opened; “Check every picture” looks at all of them now.",
        )
    return tr_count(
        len(report.findings),
        "1 finding beside {patches} that can be used. It does not stop the rest.",
        "{count:,} findings beside {patches} that can be used. None of them stops the rest.",
        patches=tr_count(patches, "1 patch", "{count:,} patches"),
    )
