"""Browsing: the patients, the slide of one of them, a patch of it, and the report on the data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.actions import Actions
from bcviewer.gui.area_desk import AreaDesk
from bcviewer.gui.data_opener import DataOpener
from bcviewer.gui.session import Session
from bcviewer.gui.slide_loader import SlideLoader
from bcviewer.gui.style import Tokens
from bcviewer.gui.thumbnail_painter import ThumbnailPainter
from bcviewer.gui.widgets.patch_panel import PatchPanel
from bcviewer.gui.widgets.patient_panel import PatientPanel
from bcviewer.gui.widgets.report_dialog import ReportDialog
from bcviewer.gui.widgets.slide_pane import SlidePane
from bcviewer.gui.words import tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.slide.palette import PALETTES

ZOOM_STEP = 1.25


class BrowseDesk(QObject):
    """Owns what browsing needs; the window gives its panels their places.

    Args:
        session: The state of the window.
        crew: Where workers are started.
        actions: Those of the window; the ones about data, patients and view are connected here.
        tokens: Colours.
        workspace: Where to keep what is made for a data set; None for the user's own folder.
        window: For dialogs.
    """

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self,
        session: Session,
        crew: Crew,
        *,
        actions: Actions,
        tokens: Tokens,
        workspace: Path | None,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._actions = actions
        self.opener = DataOpener(session, crew, workspace, self)
        self.loader = SlideLoader(session, crew, self)
        self.thumbnails = ThumbnailPainter(session, crew, self)
        self.slide_pane = SlidePane(session, tokens, actions.open)
        self.area = AreaDesk(session, self.slide_pane.strip.area)
        self.patient_panel = PatientPanel(session)
        self.patch_panel = PatchPanel(session)
        self.patch_panel.set_colours(tokens)
        self.report_dialog = ReportDialog(session, window)
        self._connect()
        self._connect_actions()
        self._enable_actions()

    def _connect(self) -> None:
        opener, report = self.opener, self.report_dialog
        self._session.data_changed.connect(self._enable_actions)
        self._session.data_changed.connect(self._tell_moved)
        opener.began.connect(self.slide_pane.show_loading)
        opener.opened.connect(self.patient_panel.choose_first)
        opener.failed.connect(self._opening_failed)
        self.loader.began.connect(self._say_joining)
        self.loader.failed.connect(self._loading_failed)
        self.patient_panel.thumbnail_wanted.connect(self.thumbnails.want)
        self.thumbnails.painted.connect(self.patient_panel.add_thumbnail)
        report.check_requested.connect(opener.check_pictures)
        opener.check_progressed.connect(report.show_progress)
        opener.check_ended.connect(report.end_check)

    def _connect_actions(self) -> None:
        do = self._actions
        do.open.triggered.connect(self._choose_folder)
        do.demo.triggered.connect(self.opener.open_demo)
        do.report.triggered.connect(self._open_report)
        do.previous.triggered.connect(self._previous_patient)
        do.next.triggered.connect(self._next_patient)
        do.fit.triggered.connect(self.slide_pane.view.fit)
        do.zoom_in.triggered.connect(self._zoom_in)
        do.zoom_out.triggered.connect(self._zoom_out)
        do.palette.triggered.connect(self._switch_palette)

    @Slot(object)
    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.slide_pane.set_colours(tokens)
        self.patch_panel.set_colours(tokens)

    @Slot()
    def _enable_actions(self) -> None:
        do, opened = self._actions, self._session.dataset is not None
        for action in (do.report, do.previous, do.next, do.fit, do.zoom_in, do.zoom_out):
            action.setEnabled(opened)

    @Slot()
    def _choose_folder(self) -> None:
        start = next(iter(self._session.preferences.recent), "")
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("Open a folder of patients"), start
        )
        if chosen:
            self.opener.open(Path(chosen))

    @Slot(object)
    def _opening_failed(self, error: BcviewerError) -> None:
        if self._session.slide is None:
            self.slide_pane.show_error(error)
        else:
            self.slide_pane.show_again()
            self.said.emit(str(error))

    @Slot(str)
    def _say_joining(self, patient: str) -> None:
        self.said.emit(tr("Joining the patches of patient {patient}…", patient=patient))

    @Slot(object)
    def _loading_failed(self, error: BcviewerError) -> None:
        self.said.emit("")
        self.slide_pane.show_error(error)

    @Slot()
    def _tell_moved(self) -> None:
        """Show, and not only list, where labels are that seem to be lost."""
        if "moved" in self._session.report.counts():
            self._open_report()

    @Slot()
    def _open_report(self) -> None:
        self.report_dialog.show()
        self.report_dialog.raise_()
        self.report_dialog.activateWindow()

    @Slot()
    def _previous_patient(self) -> None:
        self.patient_panel.step(-1)

    @Slot()
    def _next_patient(self) -> None:
        self.patient_panel.step(1)

    @Slot()
    def _zoom_in(self) -> None:
        self.slide_pane.view.zoom_by(ZOOM_STEP)

    @Slot()
    def _zoom_out(self) -> None:
        self.slide_pane.view.zoom_by(1 / ZOOM_STEP)

    @Slot()
    def _switch_palette(self) -> None:
        first, second = PALETTES[:2]
        shown = self._session.layers.palette
        self._session.change_layers(palette=second if shown == first else first)
