"""Annotating: tools on the slide, what readers say, and how it is undone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMenuBar, QTabWidget, QWidget

from bcviewer.annotation.history import HistoryLine
from bcviewer.annotation.labels import Label
from bcviewer.annotation.provenance import line_of_row, rows_of_line
from bcviewer.annotation.stroke import Stroke
from bcviewer.errors import BcviewerError
from bcviewer.gui.blind_desk import BlindDesk
from bcviewer.gui.label_actions import LABEL_NAMES, LabelActions
from bcviewer.gui.label_keeper import LabelKeeper
from bcviewer.gui.last_labels import LastLabels
from bcviewer.gui.models.label_history import when
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.label_toolbar import LabelToolbar
from bcviewer.gui.widgets.labels_panel import LabelsPanel
from bcviewer.gui.widgets.patch_panel import PatchPanel
from bcviewer.gui.widgets.slide_pane import SlidePane
from bcviewer.gui.widgets.slide_tools import SlideTools, Tool
from bcviewer.gui.words import tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.crew import Crew
from bcviewer.slide.selection import BRUSH_SIZES

NEWS = -2
"""A label that none is equal to: whatever the reader says of the patch is news."""


class AnnotationDesk(QObject):
    """Owns tools, toolbar and panel of annotating; the window gives them their places.

    ``tabs`` has room for more panels about labels, as one of patches to look at next.
    """

    said = Signal(str)
    """Something for the status line."""

    annotating_changed = Signal(bool)
    """The tools came out, or were put away."""

    next_wanted = Signal(int)
    """The patch of this row is confirmed and the next is wanted: a queue or the gallery leads."""

    def __init__(
        self, session: Session, crew: Crew, *, pane: SlidePane, patch: PatchPanel, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._crew = crew
        self._pane = pane
        self._patch = patch
        self._window = window
        self._goal: NDArray[np.int64] = np.empty(0, np.int64)
        self.led_by_queue = self.led_by_gallery = False
        self.actions = LabelActions(self)
        self.keeper = LabelKeeper(session, crew, self)
        self._last = LastLabels(self.keeper, crew, window)
        self.tools = SlideTools(pane.view, self)
        self.toolbar = LabelToolbar(self.actions, window)
        self.panel = LabelsPanel(session)
        self.panel.show_reader(self.keeper.reader)
        self.blind = BlindDesk(session, self.keeper, self.panel)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)
        self.tabs.addTab(self.panel, tr("Labels"))
        self._connect()
        self._connect_actions()
        self._annotate(False)
        self._show_undo()

    def add_menu(self, menus: QMenuBar) -> None:
        """Put the actions into a menu of their own, before the last one."""
        do = self.actions
        menu = menus.addMenu(tr("&Labels"))
        others = [action for action in menus.actions() if action is not menu.menuAction()]
        if others:
            menus.insertMenu(others[-1], menu)
        menu.addActions([do.annotate, do.undo, do.redo])
        brush = (do.smaller, do.larger)
        for group in (do.tools.values(), brush, do.labels.values(), (do.confirm,)):
            menu.addSeparator()
            menu.addActions(list(group))

    def may_close(self) -> bool:
        """Whether the window may close; asks the user while labels cannot be written."""
        return self._last.may_close()

    def close(self) -> None:
        """Write what is left; call it when no worker runs any more."""
        self.keeper.close()

    def show_rows(self, rows: NDArray[np.int64]) -> None:
        """Go to some patches: open the patient of the first and select it there."""
        dataset = self._session.dataset
        if dataset is None or not len(rows):
            return
        self._goal = rows
        patient = dataset.patients[int(dataset.patient_index[rows[0]])]
        if self._session.slide_is_shown and patient == self._session.patient:
            self._reach_goal()
        else:
            self._session.choose_patient(patient)

    def _connect(self) -> None:
        session, keeper, tools, panel = self._session, self.keeper, self.tools, self.panel
        session.data_changed.connect(self._show_undo)
        session.labels_changed.connect(self._follow_labels)
        session.slide_changed.connect(self._follow_slide)
        session.patch_changed.connect(self._tell_time)
        keeper.opened.connect(self._show_opened)
        keeper.failed.connect(self._show_error)
        keeper.faulted.connect(panel.show_fault)
        keeper.faulted.connect(self.said)
        keeper.stroked.connect(self._tell_stroke)
        keeper.history_changed.connect(self._show_undo)
        tools.labelled.connect(self._label_patches)
        tools.counted.connect(self._tell_count)
        self._patch.label_chosen.connect(self._label_selected)
        panel.filter_chosen.connect(session.filter_labels)
        panel.history.line_chosen.connect(self._go_to_line)

    def _connect_actions(self) -> None:
        do, view = self.actions, self._pane.view
        # The window has them too: keys of a menu that is hidden are dead.
        self._window.addActions([do.annotate, do.undo, do.redo])
        do.annotate.toggled.connect(self._annotate)
        do.undo.triggered.connect(self.keeper.undo)
        do.redo.triggered.connect(self.keeper.redo)
        do.smaller.triggered.connect(self._smaller_brush)
        do.larger.triggered.connect(self._larger_brush)
        do.confirm.triggered.connect(self._confirm)
        for action in do.tools.values():
            action.triggered.connect(self._take_tool)
        for action in do.labels.values():
            action.triggered.connect(self._choose_label)
        # Their keys belong to the slide: elsewhere figures and letters are typed.
        for action in do.while_annotating:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            view.addAction(action)
            self._patch.addAction(action)

    @Slot(bool)
    def _annotate(self, on: bool) -> None:
        """Bring the tools out, or put them away."""
        self.toolbar.setVisible(on)
        for action in self.actions.while_annotating:
            action.setEnabled(on)
        if on:
            self._session.change_layers(labels=True)
            self._pane.view.setFocus()
        self._take_tool()
        self.annotating_changed.emit(on)

    def settle(self, *, hidden: bool = False) -> None:
        """Show the toolbar only while annotating, whatever the last window left.

        Args:
            hidden: Whether the slide stands alone.
        """
        annotating = self.actions.annotate.isChecked()
        self.toolbar.setVisible(annotating and not hidden)
        if annotating and not hidden:
            self.annotating_changed.emit(True)

    @Slot()
    def _take_tool(self) -> None:
        annotating = self.actions.annotate.isChecked()
        chosen = next(tool for tool, action in self.actions.tools.items() if action.isChecked())
        self.tools.take(chosen if annotating else Tool.SELECT)
        self._show_brush()

    @Slot()
    def _choose_label(self) -> None:
        """Label the selected patch with the tool that selects; else set what a gesture gives."""
        chosen = next(label for label, action in self.actions.labels.items() if action.isChecked())
        self.tools.set_label(chosen)
        if self.tools.tool is Tool.SELECT:
            self._label_selected(chosen)

    @Slot()
    def _smaller_brush(self) -> None:
        self._step_brush(-1)

    @Slot()
    def _larger_brush(self) -> None:
        self._step_brush(1)

    def _step_brush(self, steps: int) -> None:
        at = BRUSH_SIZES.index(self.tools.brush_size) + steps
        self.tools.set_brush_size(BRUSH_SIZES[min(max(at, 0), len(BRUSH_SIZES) - 1)])
        self._show_brush()

    def _show_brush(self) -> None:
        brush = self.tools.tool is Tool.BRUSH
        size = self.tools.brush_size
        self.toolbar.show_brush(size, in_hand=brush)
        self.actions.smaller.setEnabled(brush and size > BRUSH_SIZES[0])
        self.actions.larger.setEnabled(brush and size < BRUSH_SIZES[-1])

    @Slot(object, int)
    def _label_patches(self, patches: NDArray[np.int64], label: int) -> None:
        session = self._session
        if session.dataset is not None and session.slide is not None:
            start = session.dataset.rows(session.slide.patient).start
            self.keeper.label(patches + start, Label(label))

    @Slot(int)
    def _label_selected(self, label: int) -> None:
        if not self._session.slide_is_shown:
            self.said.emit(tr("The slide of the patch is on its way: label it when it is there."))
        elif self._session.patch >= 0:
            self._label_patches(np.array([self._session.patch], np.int64), label)
        else:
            self.said.emit(tr("Click a patch, or walk to one with the arrow keys, to label it."))

    @Slot()
    def _confirm(self) -> None:
        """Confirm the selected patch and go on to the next of the patient, or of the queue."""
        session = self._session
        if session.dataset is None or session.slide is None or session.patch < 0:
            self.said.emit(tr("Click a patch, or walk to one with the arrow keys, to confirm it."))
            return
        if not session.slide_is_shown:
            self.said.emit(tr("The slide of the patch is on its way: confirm it when it is there."))
            return
        rows = session.dataset.rows(session.slide.patient)
        row, led = rows.start + session.patch, self.led_by_queue or self.led_by_gallery
        self.keeper.confirm(np.array([row], np.int64))
        if led:
            self.next_wanted.emit(row)
        elif session.patch + 1 < rows.stop - rows.start:
            session.inspect(session.patch + 1)
        else:
            self.said.emit(tr("That was the last patch of this patient."))

    @Slot(object)
    def _tell_stroke(self, stroke: Stroke) -> None:
        self.panel.show_fault("")
        kept = (
            tr("; {count:,} stay as another reader said since", count=stroke.kept)
            if stroke.kept
            else ""
        )
        if stroke.kind == "label":
            return
        self.said.emit(f"{from_below(stroke.title)}{kept}")
        self._show_stroke(stroke)

    def _show_stroke(self, stroke: Stroke) -> None:
        """Bring into view what an undo or redo changed, where it is of another patient."""
        dataset, slide = self._session.dataset, self._session.slide
        if dataset is None or slide is None or not len(stroke):
            return
        here = dataset.rows(slide.patient)
        if not ((stroke.rows >= here.start) & (stroke.rows < here.stop)).any():
            self.show_rows(stroke.rows)

    @Slot(int)
    def _tell_count(self, count: int) -> None:
        """Say beside the pointer's other values how many patches the gesture would change."""
        if count < 0:
            self._pane.read_out()
        else:
            patches = tr("1 patch") if count == 1 else tr("{count:,} patches", count=count)
            self._pane.view.set_readout(
                tr(
                    "{label}: {patches} to change",
                    label=tr(LABEL_NAMES[self.tools.label]),
                    patches=patches,
                )
            )

    @Slot(object)
    def _follow_labels(self, rows: object) -> None:
        session = self._session
        labels = session.labels
        if labels is None or session.dataset is None or session.slide is None:
            self.tools.set_labels(None)
            return
        here = session.dataset.rows(session.slide.patient)
        now, own = labels.labels[here], labels.of_reader(self.keeper.reader)[here]
        self.tools.set_labels(np.where(now == own, now, NEWS).astype(np.int8))
        self._tell_time()

    @Slot()
    def _follow_slide(self) -> None:
        self._follow_labels(None)
        self._reach_goal()

    @Slot()
    def _tell_time(self) -> None:
        session, book = self._session, self.keeper.book
        if book is None or session.dataset is None or session.slide is None or session.patch < 0:
            self._patch.set_label_time("")
            return
        row = session.dataset.rows(session.slide.patient).start + session.patch
        line = line_of_row(book, row)
        self._patch.set_label_time("" if line is None else when(line.time))

    @Slot()
    def _show_undo(self) -> None:
        book, do = self.keeper.book, self.actions
        do.annotate.setEnabled(self._session.dataset is not None)
        for action, verb, words in (
            (do.undo, tr("Undo"), from_below(book.undo_words) if book is not None else ""),
            (do.redo, tr("Redo"), from_below(book.redo_words) if book is not None else ""),
        ):
            action.setEnabled(bool(words))
            action.setText(f"&{verb} {words}".strip())
            action.setToolTip(f"{verb} {words} ({action.shortcut().toString()})".replace("  ", " "))
        self.panel.history.show_lines(book.history if book is not None else ())

    @Slot(object)
    def _go_to_line(self, line: HistoryLine) -> None:
        if self.keeper.book is not None:
            self.show_rows(rows_of_line(self.keeper.book, line))

    def _reach_goal(self) -> None:
        session = self._session
        if session.dataset is None or not session.slide_is_shown or not len(self._goal):
            return
        assert session.slide is not None
        here = session.dataset.rows(session.slide.patient)
        within = self._goal[(self._goal >= here.start) & (self._goal < here.stop)]
        self._goal = np.empty(0, np.int64)
        if len(within):
            session.inspect(int(within[len(within) // 2]) - here.start)

    @Slot()
    def _show_opened(self) -> None:
        self.panel.show_fault(self.blind.trouble)
        self.panel.show_reader(self.keeper.reader)

    @Slot(object)
    def _show_error(self, error: BcviewerError) -> None:
        self.panel.setEnabled(True)
        self.panel.show_fault(str(error))
        self.said.emit(str(error))
