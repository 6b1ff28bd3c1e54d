"""The main window: it builds the parts and connects them, and holds no logic of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from bcviewer import __version__
from bcviewer.errors import BcviewerError
from bcviewer.gui.actions import Actions
from bcviewer.gui.data_opener import DataOpener
from bcviewer.gui.icons import app_icon
from bcviewer.gui.menus import fill_menus, make_toolbar
from bcviewer.gui.prediction_runner import PredictionRunner
from bcviewer.gui.session import Session
from bcviewer.gui.slide_loader import SlideLoader
from bcviewer.gui.style import SystemStyle, Tokens
from bcviewer.gui.thumbnail_painter import ThumbnailPainter
from bcviewer.gui.training_runner import TrainingRunner
from bcviewer.gui.widgets.model_panel import ModelPanel
from bcviewer.gui.widgets.patch_panel import PatchPanel
from bcviewer.gui.widgets.patient_panel import PatientPanel
from bcviewer.gui.widgets.report_dialog import ReportDialog
from bcviewer.gui.widgets.runs_panel import RunsPanel
from bcviewer.gui.widgets.slide_pane import SlidePane
from bcviewer.gui.widgets.training_panel import TrainingPanel
from bcviewer.gui.workers.crew import Crew
from bcviewer.slide.palette import PALETTES
from bcviewer.storage import user_folder

FIRST_SIZE = (1440, 900)
LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 400, 344, 264
RESEARCH_ONLY = "Research use only · not for diagnosis"
LAYOUT_VERSION = 1
ZOOM_STEP = 1.25
ABOUT = f"""<h3>bcviewer {__version__}</h3>
<p>Browse breast-cancer slides, see where a model finds invasive ductal carcinoma (IDC), and
retrain it.</p>
<p><b>Research use only.</b> It is no medical device; nothing that it shows may be used for the
diagnosis or the treatment of a person.</p>
<p>Data: breast-histopathology-images (CC0), after Cruz-Roa et al. 2014 and Janowczyk and
Madabhushi 2016. Licence of the program: Apache 2.0.</p>"""
MESSAGE_MS = 8000


class MainWindow(QMainWindow):
    """Patients left, slide in the middle, model and patch right, training below."""

    def __init__(self, session: Session, style: SystemStyle, workspace: Path | None) -> None:
        super().__init__()
        self.session = session
        self._style = style
        self.crew = Crew(self)
        self.opener = DataOpener(session, self.crew, workspace, self)
        self.loader = SlideLoader(session, self.crew, self)
        self.predictions = PredictionRunner(session, self.crew, self)
        self.thumbnails = ThumbnailPainter(session, self.crew, self)
        self.trainings = TrainingRunner(session, self)
        self.setWindowTitle("bcviewer")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self._create(style.tokens)
        self._lay_out()
        self._connect()
        self._restore()
        self._show_data()

    def _create(self, tokens: Tokens) -> None:
        self.actions_ = Actions(self)
        self.slide_pane = SlidePane(self.session, tokens, self.actions_.open)
        self.patient_panel = PatientPanel(self.session)
        self.model_panel = ModelPanel(self.session)
        self.patch_panel = PatchPanel(self.session)
        self.patch_panel.set_colours(tokens)
        self.training_panel = TrainingPanel(tokens)
        self.runs_panel = RunsPanel(self.session, self.crew, tokens)
        self.training_tabs = QTabWidget()
        self.training_tabs.setDocumentMode(True)
        self.training_tabs.addTab(self.training_panel, "Train")
        self.training_tabs.addTab(self.runs_panel, "Runs")
        self.report_dialog = ReportDialog(self.session, self)
        self._about_data = QLabel()
        self._research_only = QLabel(RESEARCH_ONLY)
        self._research_only.setProperty("role", "caption")
        self._busy = QProgressBar(textVisible=False)
        self._busy.setMaximumWidth(160)
        self._busy.setProperty("slim", "true")
        self._busy.hide()

    def _lay_out(self) -> None:
        self.setCentralWidget(self.slide_pane)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        below = Qt.DockWidgetArea.BottomDockWidgetArea
        self.docks = [
            self._dock("Patients", self.patient_panel, left),
            self._dock("Model", _scrolled(self.model_panel), right),
            self._dock("Patch", _scrolled(self.patch_panel), right),
            self._dock("Training", self.training_tabs, below),
        ]
        patients, model, patch, training = self.docks
        self.resizeDocks([patients, model], [LEFT_WIDTH, RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([model, patch], [262, 300], Qt.Orientation.Vertical)
        self.resizeDocks([training], [BOTTOM_HEIGHT], Qt.Orientation.Vertical)
        fill_menus(self.menuBar(), self.actions_, self.docks)
        self.toolbar = make_toolbar(self, self.actions_)
        self.addToolBar(self.toolbar)
        bar = self.statusBar()
        bar.addWidget(self._about_data)
        bar.addPermanentWidget(self._busy)
        bar.addPermanentWidget(self._research_only)

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(title)
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        self._connect_actions()
        session, opener, predictions = self.session, self.opener, self.predictions
        self._style.tokens_changed.connect(self._set_colours)
        session.data_changed.connect(self._show_data)
        session.report_changed.connect(self._show_data)
        session.slide_changed.connect(self.statusBar().clearMessage)
        opener.began.connect(self._begin_opening)
        opener.progressed.connect(self._show_progress)
        opener.opened.connect(self._end_opening)
        opener.failed.connect(self._opening_failed)
        self.loader.began.connect(self._begin_slide)
        self.loader.failed.connect(self.slide_pane.show_error)
        self.patient_panel.thumbnail_wanted.connect(self.thumbnails.want)
        self.thumbnails.painted.connect(self.patient_panel.add_thumbnail)
        panel = self.model_panel
        panel.load_requested.connect(self._choose_model)
        panel.predict_requested.connect(predictions.predict_patient)
        panel.predict_all_requested.connect(predictions.predict_all)
        panel.cancel_requested.connect(predictions.cancel)
        panel.predict_on_open_toggled.connect(self._predict_on_open)
        predictions.began.connect(panel.begin_work)
        predictions.progressed.connect(panel.show_progress)
        predictions.ended.connect(panel.end_work)
        predictions.failed.connect(panel.show_error)
        report = self.report_dialog
        report.check_requested.connect(opener.check_pictures)
        opener.check_progressed.connect(report.show_progress)
        opener.check_ended.connect(report.end_check)
        self._connect_training()

    def _connect_training(self) -> None:
        panel, trainings = self.training_panel, self.trainings
        panel.start_requested.connect(trainings.start)
        panel.pause_requested.connect(trainings.pause)
        panel.resume_requested.connect(trainings.resume)
        panel.finish_requested.connect(trainings.finish)
        panel.cancel_requested.connect(trainings.cancel)
        trainings.event_received.connect(panel.handle_event)
        trainings.event_received.connect(self.runs_panel.handle_event)
        trainings.failed.connect(panel.show_error)
        trainings.model_ready.connect(self.predictions.load)
        trainings.resumed.connect(panel.begin)
        self.runs_panel.load_requested.connect(self.predictions.load)
        self.runs_panel.resume_requested.connect(self._resume_run)

    def _connect_actions(self) -> None:
        do, view = self.actions_, self.slide_pane.view
        do.open.triggered.connect(self._choose_folder)
        do.demo.triggered.connect(self.opener.open_demo)
        do.report.triggered.connect(self._open_report)
        do.quit.triggered.connect(self.close)
        do.previous.triggered.connect(self._previous_patient)
        do.next.triggered.connect(self._next_patient)
        do.fit.triggered.connect(view.fit)
        do.zoom_in.triggered.connect(self._zoom_in)
        do.zoom_out.triggered.connect(self._zoom_out)
        do.palette.triggered.connect(self._switch_palette)
        do.slide_only.toggled.connect(self._show_slide_only)
        do.load_model.triggered.connect(self._choose_model)
        do.predict.triggered.connect(self.predictions.predict_patient)
        do.predict_all.triggered.connect(self.predictions.predict_all)
        do.about.triggered.connect(self._show_about)

    @Slot()
    def _choose_folder(self) -> None:
        start = next(iter(self.session.preferences.recent), "")
        chosen = QFileDialog.getExistingDirectory(self, "Open a folder of patients", start)
        if chosen:
            self.opener.open(Path(chosen))

    @Slot()
    def _choose_model(self) -> None:
        data = self.session.data
        start = str(data.workspace.runs_folder if data is not None else user_folder())
        chosen = QFileDialog.getExistingDirectory(self, "Load a model folder or a run", start)
        if chosen:
            self.predictions.load(chosen)

    @Slot(str)
    def _begin_opening(self, text: str) -> None:
        self._busy.setRange(0, 0)
        self._busy.show()
        self.slide_pane.show_loading(text)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self._busy.setRange(0, max(1, total))
        self._busy.setValue(done)

    @Slot()
    def _end_opening(self) -> None:
        self._busy.hide()
        self.patient_panel.choose_first()

    @Slot(object)
    def _opening_failed(self, error: BcviewerError) -> None:
        self._busy.hide()
        if self.session.slide is None:
            self.slide_pane.show_error(error)
        else:
            self.slide_pane.show_again()
            self.statusBar().showMessage(str(error), 2 * MESSAGE_MS)

    @Slot(str)
    def _begin_slide(self, patient: str) -> None:
        self.statusBar().showMessage(f"Joining the patches of patient {patient}…", MESSAGE_MS)

    @Slot()
    def _show_data(self) -> None:
        session, do = self.session, self.actions_
        dataset = session.dataset
        opened = dataset is not None
        for action in (do.report, do.predict, do.predict_all, do.previous, do.next):
            action.setEnabled(opened)
        self.training_panel.set_data(session.data)
        if dataset is None:
            self._about_data.setText("No data folder is open")
            return
        synthetic = " · synthetic tissue" if dataset.synthetic else ""
        findings = len(session.report.findings)
        noted = f" · {findings:,} in the report" if findings else ""
        self._about_data.setText(
            f"{dataset.root.name}{synthetic} · {len(dataset.patients):,} patients · "
            f"{len(dataset):,} patches{noted}"
        )
        self._about_data.setToolTip(str(dataset.root))
        self.setWindowTitle(f"{dataset.root.name} – bcviewer")

    @Slot(str)
    def _resume_run(self, run: str) -> None:
        if self.trainings.running:
            text = "A training runs already. Resume this one when it has ended."
            self.statusBar().showMessage(text, MESSAGE_MS)
            return
        self.training_tabs.setCurrentWidget(self.training_panel)
        self.trainings.resume_run(Path(run))

    @Slot()
    def _open_report(self) -> None:
        self.report_dialog.show()
        self.report_dialog.raise_()

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
        shown = self.session.layers.palette
        self.session.change_layers(palette=second if shown == first else first)

    @Slot(bool)
    def _show_slide_only(self, on: bool) -> None:
        if on:
            self._shown = [dock for dock in self.docks if dock.isVisible()]
        for dock in self._shown:
            dock.setVisible(not on)
        for widget in (self.toolbar, self.menuBar(), self.statusBar(), self.slide_pane.strip):
            widget.setVisible(not on)

    @Slot(bool)
    def _predict_on_open(self, on: bool) -> None:
        session = self.session
        session.remember(session.preferences.model_copy(update={"predict_on_open": on}))

    @Slot(object)
    def _set_colours(self, tokens: Tokens) -> None:
        self.slide_pane.set_colours(tokens)
        self.patch_panel.set_colours(tokens)
        self.training_panel.set_tokens(tokens)
        self.runs_panel.set_tokens(tokens)

    @Slot()
    def _show_about(self) -> None:
        QMessageBox.about(self, "About bcviewer", ABOUT)

    def _may_stop_training(self) -> bool:
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle("A training runs")
        question.setText("Closing the window stops the training.")
        question.setInformativeText(
            "Its finished epochs are kept: it can be resumed from the list of runs."
        )
        stop = question.addButton("Stop and close", QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton("Keep training", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(stay)
        question.exec()
        return question.clickedButton() is stop

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        kept = _settings()
        geometry = kept.value("geometry", QByteArray(), type=QByteArray)
        state = kept.value("state", QByteArray(), type=QByteArray)
        if isinstance(geometry, QByteArray) and not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if isinstance(state, QByteArray) and not state.isEmpty():
            self.restoreState(state, LAYOUT_VERSION)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        if (paths[0] / "card.json").is_file() or (paths[0] / "model" / "card.json").is_file():
            self.predictions.load(str(paths[0]))
        else:
            self.opener.open(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.trainings.running and not self._may_stop_training():
            event.ignore()
            return
        if self.actions_.slide_only.isChecked():
            self.actions_.slide_only.setChecked(False)
        kept = _settings()
        kept.setValue("geometry", self.saveGeometry())
        kept.setValue("state", self.saveState(LAYOUT_VERSION))
        self.session.save()
        self.trainings.close()
        self.crew.stop()
        event.accept()


def _settings() -> QSettings:
    return QSettings(str(user_folder() / "window.ini"), QSettings.Format.IniFormat)


def _scrolled(content: QWidget) -> QScrollArea:
    """A panel that scrolls when its dock is too small for it."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
