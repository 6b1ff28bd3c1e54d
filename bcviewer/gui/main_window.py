"""The main window: it builds the parts, gives them their places, and holds no logic of its own.

A feature is a desk: a QObject that owns its widgets and is connected in itself. Here its panels
get a dock, its actions a menu, and its signals to other desks their connection.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox

from bcviewer import __version__
from bcviewer.gui.actions import Actions
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.browse_desk import BrowseDesk
from bcviewer.gui.commands import Reasons
from bcviewer.gui.compare_desk import CompareDesk
from bcviewer.gui.cross_validation_desk import CrossValidationDesk
from bcviewer.gui.drop_desk import DropDesk
from bcviewer.gui.evaluation_desk import EvaluationDesk
from bcviewer.gui.exchange_desk import ExchangeDesk
from bcviewer.gui.explain_desk import ExplainDesk
from bcviewer.gui.first_steps_acts import FirstStepsActs
from bcviewer.gui.first_steps_desk import FirstStepsDesk
from bcviewer.gui.first_steps_work import FirstStepsWork
from bcviewer.gui.focus_desk import FocusDesk
from bcviewer.gui.focus_order import step
from bcviewer.gui.gallery_desk import GalleryDesk
from bcviewer.gui.help_desk import HelpDesk
from bcviewer.gui.icons import app_icon
from bcviewer.gui.language import LanguageDesk
from bcviewer.gui.layout import (
    BELOW,
    LEFT,
    RIGHT,
    add_dock,
    restore_layout,
    save_layout,
    scrolled,
    size_docks,
)
from bcviewer.gui.layouts import LAYOUTS, LayoutDesk
from bcviewer.gui.menus import add_layers, add_menu, fill_menus, make_toolbar
from bcviewer.gui.model_desk import ModelDesk
from bcviewer.gui.palette_desk import PaletteDesk
from bcviewer.gui.problem_desk import ProblemDesk
from bcviewer.gui.report_desk import ReportDesk
from bcviewer.gui.review_desk import ReviewDesk
from bcviewer.gui.scheme import SchemeDesk, WindowStyle
from bcviewer.gui.session import Session
from bcviewer.gui.slide_export_desk import SlideExportDesk
from bcviewer.gui.start_desk import StartDesk
from bcviewer.gui.status_line import StatusLine
from bcviewer.gui.style import Tokens
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.gui.widgets.focus_ring import FocusRings
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew

ABOUT = marked(
    """<h3>bcviewer {version}</h3>
<p>Browse breast-cancer slides, see where a model finds invasive ductal carcinoma (IDC), and
retrain it.</p>
<p><b>Research use only.</b> It is no medical device; nothing that it shows may be used for the
diagnosis or the treatment of a person.</p>
<p>Data: breast-histopathology-images (CC0), after Cruz-Roa et al. 2014 and Janowczyk and
Madabhushi 2016. Licence of the program: Apache 2.0.</p>"""
)


class MainWindow(QMainWindow):
    """Patients left, slide in the middle, model and patch right, training below."""

    def __init__(self, session: Session, style: WindowStyle, workspace: Path | None) -> None:
        super().__init__()
        self.session = session
        style.setParent(self)
        self.crew = Crew(self)
        self.actions_ = Actions(self)
        self.setWindowTitle("bcviewer")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.scheme = SchemeDesk(session, style, self)
        self._create(style.tokens, workspace)
        self._name_parts()
        self._lay_out()
        self._connect(style)
        if not restore_layout(self):
            self.layouts.apply(LAYOUTS[0])
        self.annotation.settle()

    def _create(self, tokens: Tokens, workspace: Path | None) -> None:
        session, crew, do = self.session, self.crew, self.actions_
        self.browsing = BrowseDesk(
            session, crew, actions=do, tokens=tokens, workspace=workspace, window=self
        )
        self.starting = StartDesk(
            session,
            crew,
            opener=self.browsing.opener,
            actions=do,
            slide_pane=self.browsing.slide_pane,
            window=self,
        )
        self.model_desk = ModelDesk(session, crew, actions=do, window=self)
        self.training_desk = TrainingDesk(session, crew, tokens=tokens, window=self)
        self.cross_validation = CrossValidationDesk(session, crew, self.training_desk, window=self)
        self.annotation = AnnotationDesk(
            session,
            crew,
            pane=self.browsing.slide_pane,
            patch=self.browsing.patch_panel,
            window=self,
        )
        self.review = ReviewDesk(session, crew, self.annotation)
        self.evaluation = EvaluationDesk(
            session, crew, runner=self.model_desk.runner, tokens=tokens, window=self
        )
        self.evaluation_report = ReportDesk(session, crew, evaluation=self.evaluation, window=self)
        self.comparing = CompareDesk(session, crew, self)
        self.evaluation.tabs.addTab(self.comparing.view, tr("Compare"))
        self.gallery = GalleryDesk(session, self.annotation, self.review.queues.pictures)
        self.gallery.follow(self.evaluation)
        self.exchange = ExchangeDesk(session, crew, keeper=self.annotation.keeper, window=self)
        self.slide_export = SlideExportDesk(session, crew, window=self)
        self.explaining = ExplainDesk(session, crew, panel=self.browsing.patch_panel, parent=self)
        self.palettes = PaletteDesk(session, do, self)
        self.language = LanguageDesk(session, self)
        self.helping = HelpDesk(do, Reasons(session, do, self.annotation.actions), self)
        self.problems = ProblemDesk(session, crew, window=self)
        self.first_steps = self._make_first_steps()
        self.dropping = DropDesk(self)
        self.status = StatusLine(self.statusBar(), session)

    def _make_first_steps(self) -> FirstStepsDesk:
        session, models, trainings = self.session, self.model_desk, self.training_desk
        acts = FirstStepsActs(
            session,
            actions=self.actions_,
            browsing=self.browsing,
            models=models,
            trainings=trainings,
            annotation=self.annotation,
            review=self.review,
            parent=self,
        )
        work = FirstStepsWork(models.head, trainings.runner, models.runner, self)
        return FirstStepsDesk(session, acts=acts, work=work, window=self)

    def _name_parts(self) -> None:
        """The parts that others reach through the window."""
        browsing, training = self.browsing, self.training_desk
        self.opener, self.loader = browsing.opener, browsing.loader
        self.thumbnails = browsing.thumbnails
        self.slide_pane = browsing.slide_pane
        self.patient_panel, self.patch_panel = browsing.patient_panel, browsing.patch_panel
        self.report_dialog = browsing.report_dialog
        self.predictions, self.model_panel = self.model_desk.runner, self.model_desk.panel
        self.trainings, self.training_panel = training.runner, training.panel
        self.runs_panel, self.training_tabs = training.runs_panel, training.tabs

    def _lay_out(self) -> None:
        self.setCentralWidget(self.problems.above(self.first_steps.above(self.starting.stack)))
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        patients = add_dock(self, marked("Patients"), self.patient_panel, area=LEFT)
        model = add_dock(self, marked("Model"), scrolled(self.model_panel), area=RIGHT)
        patch = add_dock(self, marked("Patch"), scrolled(self.patch_panel), area=RIGHT)
        training = add_dock(self, marked("Training"), self.training_tabs, area=BELOW)
        self.docks = [patients, model, patch, training]
        self._lay_out_review(training)
        self._lay_out_labels(model)
        self.layouts = LayoutDesk(self, self.docks, self.actions_.slide_only)
        fill_menus(self.menuBar(), self.actions_, self.docks)
        add_menu(self.menuBar(), self.model_desk.models, before=self.actions_.load_model)
        self.cross_validation.add_to(self.menuBar(), after=self.actions_.retrain_head)
        self.problems.add_to(self.menuBar(), before=self.actions_.about)
        self.first_steps.add_to(self.menuBar(), before=self.actions_.commands)
        self.annotation.add_menu(self.menuBar())
        add_layers(self.menuBar(), self.slide_pane.strip.commands, before=self.actions_.palette)
        self.exchange.add_to(self.menuBar(), before=self.actions_.report)
        self.slide_export.add_to(self.menuBar(), before=self.exchange.import_)
        self.evaluation_report.add_to(self.menuBar(), before=self.exchange.import_)
        self.layouts.add_to(self.menuBar(), before=self.actions_.slide_only)
        self.scheme.add_to(self.menuBar(), before=self.actions_.slide_only)
        self.language.add_to(self.menuBar(), before=self.actions_.slide_only)
        self.rings = FocusRings(self)
        self.panels = FocusDesk(self, (self.centralWidget(), *self.docks))
        self.panels.add_to(self.menuBar(), before=self.docks[0].toggleViewAction())
        self.toolbar = make_toolbar(self, self.actions_)
        self.toolbar.insertAction(self.actions_.load_model, self.annotation.actions.annotate)
        self.toolbar.insertSeparator(self.actions_.load_model)
        self.addToolBar(self.toolbar)
        self.addToolBarBreak()
        self.addToolBar(self.annotation.toolbar)
        # Last: another dock that shares a place with one of them makes Qt forget its size.
        size_docks(self, patients=patients, model=model, patch=patch, training=training)

    def _lay_out_review(self, training: QDockWidget) -> None:
        review = add_dock(self, marked("Review"), self.review.tabs, area=BELOW)
        evaluation = add_dock(self, marked("Evaluation"), self.evaluation.tabs, area=BELOW)
        self.tabifyDockWidget(training, review)
        self.tabifyDockWidget(review, evaluation)
        training.raise_()
        self.docks += [review, evaluation]

    def _lay_out_labels(self, model: QDockWidget) -> None:
        """Behind the model, so that the patch is in view while it is labelled."""
        labels = add_dock(self, marked("Labels"), scrolled(self.annotation.tabs), area=RIGHT)
        self.tabifyDockWidget(model, labels)
        model.raise_()
        self.docks.append(labels)
        self.annotation.annotating_changed.connect(self._show_labels_dock)

    def _connect(self, style: WindowStyle) -> None:
        do, status = self.actions_, self.status
        style.tokens_changed.connect(self.browsing.set_tokens)
        style.tokens_changed.connect(self.training_desk.set_tokens)
        style.tokens_changed.connect(self.evaluation.set_tokens)
        self.session.data_changed.connect(self._show_title)
        self.opener.began.connect(status.begin_work)
        self.opener.progressed.connect(status.show_progress)
        self.opener.opened.connect(status.end_work)
        self.opener.failed.connect(status.end_work)
        self.browsing.said.connect(status.say)
        self.starting.said.connect(status.say)
        self.training_desk.said.connect(status.say)
        self.cross_validation.said.connect(status.say)
        self.annotation.said.connect(status.say)
        self.review.said.connect(status.say)
        self.evaluation.said.connect(status.say)
        self.gallery.said.connect(status.say)
        self.evaluation.patient_requested.connect(self.session.choose_patient)
        self.comparing.load_requested.connect(self.predictions.load)
        self.comparing.patch_opened.connect(self.annotation.show_rows)
        self.comparing.rows_opened.connect(self.review.open_rows)
        self.review.queues.panel.predict_all_requested.connect(self.predictions.predict_all)
        self.explaining.rows_opened.connect(self.annotation.show_rows)
        self.exchange.said.connect(status.say)
        self.slide_export.said.connect(status.say)
        self.problems.said.connect(status.say)
        self.language.said.connect(status.say)
        self.dropping.said.connect(status.say)
        self.dropping.data_dropped.connect(self.opener.open)
        self.dropping.model_dropped.connect(self.predictions.load)
        self.dropping.file_dropped.connect(self.model_desk.importer.show)
        self.problems.reopen_requested.connect(self.opener.open)
        self.evaluation_report.said.connect(status.say)
        self.training_desk.load_requested.connect(self.predictions.load)
        self.model_desk.head.event_received.connect(self.runs_panel.handle_event)
        do.quit.triggered.connect(self.close)
        # Keys of a hidden menu are dead: these must work while the slide stands alone.
        self.addActions([do.slide_only, do.previous, do.next, do.fit, do.zoom_in, do.zoom_out])
        self.addActions([do.commands, do.keys])
        do.slide_only.toggled.connect(self._show_slide_only)
        do.about.triggered.connect(self._show_about)

    @Slot()
    def _show_title(self) -> None:
        dataset = self.session.dataset
        self.setWindowTitle(
            f"{dataset.root.name} – bcviewer" if dataset is not None else "bcviewer"
        )

    @Slot(bool)
    def _show_slide_only(self, on: bool) -> None:
        if on:
            self._shown = [dock for dock in self.docks if dock.isVisible()]
        for dock in self._shown:
            dock.setVisible(not on)
        for widget in (self.toolbar, self.menuBar(), self.statusBar(), self.slide_pane.strip):
            widget.setVisible(not on)
        self.annotation.settle(hidden=on)
        self.first_steps.hide_for_slide(on)

    @Slot(bool)
    def _show_labels_dock(self, annotating: bool) -> None:
        if annotating:
            self.docks[-1].show()
            self.docks[-1].raise_()

    @Slot()
    def _show_about(self) -> None:
        QMessageBox.about(self, tr("About bcviewer"), tr(ABOUT, version=__version__))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, forward=forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dropping.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropping.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.training_desk.may_close() and self.annotation.may_close()):
            event.ignore()
            return
        if self.actions_.slide_only.isChecked():
            self.actions_.slide_only.setChecked(False)
        save_layout(self)
        self.session.choices.save()
        self.training_desk.close()
        self.problems.close()
        self.crew.stop()
        self.annotation.close()
        event.accept()
