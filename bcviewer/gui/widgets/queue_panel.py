"""What to look at next: which queue, whose patches, what it has yielded, and its patches."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue
from bcviewer.gui.label_actions import LABEL_KEYS
from bcviewer.gui.models.queue_table import QueueTable
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.queue_list import QueueList
from bcviewer.gui.widgets.queue_strip import QueueStrip
from bcviewer.gui.words import marked, tr

KEYS: Final = marked("1 IDC · 2 not IDC · 3 unsure · 4 exclude · 0 original · Enter confirms")
TIPS: Final = {
    Queue.LEAST_CERTAIN: marked("Patches whose probability is nearest to the threshold"),
    Queue.LABEL_DOUBTFUL: (
        marked(
            "Patches whose label a model contradicts that did not train on the patient, surest "
            "first"
        )
    ),
    Queue.AGAINST_NEIGHBOURS: marked(
        "Patches with another label than most of the patches around them"
    ),
    Queue.RANDOM_CONTROL: marked("Patches by chance, to judge the other queues by"),
}
LEFT_WIDTH: Final = 264
_HINT, _STRIP, _LIST = range(3)


class QueuePanel(QWidget):
    """Shows a queue as strip or list; what is chosen here is told by signals.

    Signals:
        wanted: The queue is to be sorted (anew).
        patch_chosen: The place in the queue that the user wants to see, -1 for none.
        label_chosen: The current patch is to get this ``Label``.
        confirm_chosen: The label of the current patch is right.
        predict_all_requested: All patients are to be predicted, to fill the queue.
        came_into_view: The panel is on screen.
    """

    wanted = Signal()
    patch_chosen = Signal(int)
    label_chosen = Signal(int)
    confirm_chosen = Signal()
    predict_all_requested = Signal()
    came_into_view = Signal()

    def __init__(self, table: QueueTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._create(table)
        self._lay_out()
        self._connect()
        self.show_hint("")
        self.show_judge("")

    def _create(self, table: QueueTable) -> None:
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Queue"))
        for queue in Queue:
            self.kind.addItem(tr(queue.words.capitalize()), queue)
            tip = tr(TIPS[queue])
            self.kind.setItemData(self.kind.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.all_patients, self.one_patient = (
            _segment(tr("All patients"), first=True),
            _segment(tr("This patient")),
        )
        self.by_folds, self.by_model = (
            _segment(tr("Out of fold"), first=True),
            _segment(tr("Model in use")),
        )
        self.by_folds.setToolTip(
            tr("Networks of a cross-validation: none trained on what it judges")
        )
        self.by_model.setToolTip(tr("The loaded model, on patients that it did not train on"))
        self.refresh = QPushButton(tr("Refresh"))
        self.refresh.setToolTip(
            tr("Sort the queue anew, without the patches that you have answered")
        )
        self.count = _words("muted")
        self.judge = _words("muted")
        self.yielded = _words()
        self.by_chance = _words("muted")
        self.strip = QueueStrip(table)
        self.list = QueueList(table)
        self.list.setSelectionModel(self.strip.selectionModel())
        self.hint = EmptyHint("")
        self.predict_all = QPushButton(tr("Predict all patients"))
        self.predict_all.setProperty("primary", "true")
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self.hint)
        middle.addWidget(self.predict_all, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self.as_strip, self.as_list = _segment(tr("Film strip"), first=True), _segment(tr("List"))
        self.keys = QLabel(tr(KEYS))
        self.keys.setProperty("role", "caption")
        self.keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stack = QStackedWidget()
        for widget in (empty, self.strip, self.list):
            self.stack.addWidget(widget)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.kind)
        column.addLayout(_row(self.all_patients, self.one_patient, right=self.refresh))
        column.addLayout(_row(self.by_folds, self.by_model))
        column.addSpacing(GRID // 2)
        for words in (self.count, self.judge, self.yielded, self.by_chance):
            column.addWidget(words)
        column.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GRID // 2)
        right.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        for button in (self.as_strip, self.as_list):
            foot.addWidget(button)
        foot.setSpacing(0)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(left)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self._scope = _choice(self, self.all_patients, self.one_patient)
        self._form = _choice(self, self.as_strip, self.as_list)
        self._judges = _choice(self, self.by_folds, self.by_model)
        self._judges.idClicked.connect(self.wanted)
        self._scope.idClicked.connect(self.wanted)
        self._form.idClicked.connect(self._show_form)
        self.kind.activated.connect(self.wanted)
        self.kind.currentIndexChanged.connect(self._show_tip)
        self.refresh.clicked.connect(self.wanted)
        self.predict_all.clicked.connect(self.predict_all_requested)
        self.strip.selectionModel().currentChanged.connect(self._choose)
        self._keys: dict[QShortcut, Label | None] = {}
        for label, key in LABEL_KEYS.items():
            self._add_key(key, label)
        for key in ("Return", "Enter"):
            self._add_key(key, None)
        self._show_tip()

    @property
    def queue(self) -> Queue | None:
        """The kind of queue; None while patches are shown that were opened from elsewhere."""
        chosen = self.kind.currentData()
        return Queue(chosen) if chosen else None

    @property
    def this_patient(self) -> bool:
        """Whether only patches of the patient on screen are wanted."""
        return self.one_patient.isChecked()

    @property
    def prefers_model(self) -> bool:
        """Whether the model in use is to judge even where there are out-of-fold predictions."""
        return self.by_model.isChecked()

    def show_judge(self, text: str) -> None:
        """Say who contradicts the labels, and let the user choose; "" where there is no choice."""
        self.judge.setText(text)
        for widget in (self.judge, self.by_folds, self.by_model):
            widget.setVisible(bool(text))

    def choose(self, queue: Queue) -> None:
        """Choose a queue as the user would."""
        self.kind.setCurrentIndex(self.kind.findData(queue))
        self.wanted.emit()

    def show_opened(self, title: str) -> None:
        """Stand on patches that were opened from elsewhere; "" takes their entry away again."""
        with QSignalBlocker(self.kind):
            while self.kind.count() > len(Queue):
                self.kind.removeItem(self.kind.count() - 1)
            if title:
                self.kind.addItem(title, "")
                self.kind.setCurrentIndex(self.kind.count() - 1)
        self._show_tip()

    def show_hint(self, text: str, *, predict: bool = False) -> None:
        """Say why there are no patches, and what to do; "" to show the patches.

        Args:
            text: One sentence.
            predict: Whether to predict all patients would fill the queue.
        """
        self.hint.setText(text)
        self.predict_all.setVisible(predict)
        if text:
            self.stack.setCurrentIndex(_HINT)
        else:
            self._show_form()
        for widget in (self.keys, self.as_strip, self.as_list):
            widget.setVisible(not text)

    def show_counts(self, count: str, *, yielded: str, by_chance: str) -> None:
        """Say how long the queue is, what came of it, and what comes by chance."""
        for label, text in (
            (self.count, count),
            (self.yielded, yielded),
            (self.by_chance, by_chance),
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def go_to(self, place: int) -> None:
        """Make a place of the queue the current one; tells it as if the user had."""
        index = self._table.place(place)
        self.strip.setCurrentIndex(index)
        for view in (self.strip, self.list):
            view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the queue is looked at."""
        super().showEvent(event)
        self.came_into_view.emit()

    def _add_key(self, key: str, label: Label | None) -> None:
        # On the patches alone: in the box of queues letters and figures choose an entry.
        shortcut = QShortcut(QKeySequence(key), self.stack)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._press)
        self._keys[shortcut] = label

    @Slot()
    def _press(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        label = self._keys[shortcut]
        if label is None:
            self.confirm_chosen.emit()
        else:
            self.label_chosen.emit(int(label))

    @Slot()
    def _show_form(self) -> None:
        if self.hint.text():
            return
        self.stack.setCurrentIndex(_LIST if self.as_list.isChecked() else _STRIP)

    @Slot()
    def _show_tip(self) -> None:
        queue = self.queue
        self.kind.setToolTip("" if queue is None else tr(TIPS[queue]))
        for button in (self.all_patients, self.one_patient, self.refresh):
            button.setVisible(queue is not None)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.patch_chosen.emit(current.row() if current.isValid() else -1)


def _segment(text: str, *, first: bool = False) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setProperty("segment", "first" if first else "next")
    return button


def _choice(parent: QWidget, *buttons: QToolButton) -> QButtonGroup:
    group = QButtonGroup(parent)
    for number, button in enumerate(buttons):
        group.addButton(button, number)
    buttons[0].setChecked(True)
    return group


def _words(role: str = "") -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("role", role)
    return label


def _row(*widgets: QWidget, right: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    if right is not None:
        row.addWidget(right)
    return row
