"""The card of the first steps: a strip above the slide that says what is next, and does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.first_steps import Step
from bcviewer.gui.first_steps_words import BUTTONS, NAMES, Advice, Offer
from bcviewer.gui.icons import icon
from bcviewer.gui.style import CAPTION_PX, GRID, set_role
from bcviewer.gui.words import tr

MOST_OFFERS: Final = 3
KEYS: Final = {"1": Offer.SAY_IDC, "2": Offer.SAY_NOT_IDC}
"""The keys of two labels, as they are on the slide."""

NEXT: Final = f"font-size: {CAPTION_PX}px; font-weight: 600;"
"""The look of the name of the next step: as small as the others, and in the colour of the text."""

ANSWERS: Final = (Offer.SAY_IDC, Offer.SAY_NOT_IDC)
"""What a reader has to decide: no button of these is the usual one, or has the keyboard."""


@dataclass(frozen=True)
class CardState:
    """What the card shows.

    Attributes:
        step: The next step; None when all are done.
        advice: What to do.
        fault: What went wrong at the last try; "" for nothing.
        busy: What is being done, in place of the advice; "" for nothing.
        progress: How much of it is done, 0 to 1; None where that is not known.
    """

    step: Step | None
    advice: Advice
    fault: str = ""
    busy: str = ""
    progress: float | None = None


class FirstStepsCard(QFrame):
    """Shows the five steps, a sentence about the next, and a button or some.

    Signals:
        chosen: The ``Offer`` that the user takes.
        left: The user wants the card gone.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._create()
        self._lay_out()
        self._connect()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def button(self, offer: Offer) -> QPushButton | None:
        """The button of an offer; None when it is not on the card."""
        if offer not in self._offers:
            return None
        return self._buttons[self._offers.index(offer)]

    def show_state(self, state: CardState) -> None:
        """Show where the reader is."""
        had_keyboard = self.has_keyboard
        self._show_steps(state.step)
        self._show_words(state)
        changed = self._show_offers((Offer.STOP,) if state.busy else state.advice.offers)
        self._bar.setVisible(bool(state.busy))
        self._bar.setRange(0, 0 if state.progress is None else 100)
        self._bar.setValue(0 if state.progress is None else round(100 * state.progress))
        if had_keyboard and changed:
            self.take_keyboard()

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the card."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def take_keyboard(self) -> None:
        """Put the keyboard on the usual button; on the card itself where there is a question."""
        usual = self._offers and self._offers[0] not in ANSWERS
        place: QWidget = self._buttons[0] if usual else self
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _create(self) -> None:
        self._title = QLabel(tr("First steps"))
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._steps = {step: QLabel() for step in Step}
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = tuple(QPushButton() for _ in range(MOST_OFFERS))
        for button in self._buttons:
            button.hide()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setProperty("slim", "true")
        self._bar.setAccessibleName(tr("Progress of this step"))
        self._close = QToolButton(autoRaise=True)
        self._close.setIcon(icon("close"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(tr("Leave the first steps"))
        self._close.setToolTip(tr("Leave (Esc); Help › First steps brings them back"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._title)
        for label in self._steps.values():
            head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._close)
        body = QHBoxLayout()
        body.setSpacing(GRID)
        body.addWidget(self._words, 1)
        for button in self._buttons:
            body.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID)
        whole.setSpacing(GRID // 2)
        whole.addLayout(head)
        whole.addLayout(body)
        whole.addWidget(self._bar)

    def _connect(self) -> None:
        self._close.clicked.connect(self.left)
        for button in self._buttons:
            button.clicked.connect(self._choose)
        self._keys: dict[QShortcut, Offer] = {}
        for key, offer in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._press)
            self._keys[shortcut] = offer

    def _show_steps(self, current: Step | None) -> None:
        for step, label in self._steps.items():
            done = current is None or step < current
            name = tr(NAMES[step])
            label.setText(f"✓ {name}" if done else f"{step + 1} {name}")
            set_role(label, "" if step is current else "caption")
            label.setStyleSheet(NEXT if step is current else "")
        place = tr("All steps are done.")
        if current is not None:
            name = tr(NAMES[current])
            place = tr("Step {number} of 5: {name}.", number=current + 1, name=name)
        self.setAccessibleName(tr("First steps") + ". " + place)

    def _show_words(self, state: CardState) -> None:
        said = state.busy or state.fault or state.advice.words
        set_role(self._words, "danger" if state.fault and not state.busy else "")
        self._words.setText(said)
        self.setAccessibleDescription(said)

    def _show_offers(self, offers: Sequence[Offer]) -> bool:
        """Show other buttons; returns whether they are others."""
        if tuple(offers) == self._offers:
            return False
        self._offers = tuple(offers)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(offers))
            if place >= len(offers):
                continue
            usual = place == 0 and offers[0] not in (*ANSWERS, Offer.STOP)
            button.setProperty("primary", "true" if usual else "false")
            button.style().unpolish(button)
            button.style().polish(button)
            # Last: else the layout reckons with the width that it had in the other style.
            button.setText(tr(BUTTONS[offers[place]]))
            button.updateGeometry()
        for shortcut, offer in self._keys.items():
            shortcut.setEnabled(offer in offers)
        return True

    @Slot()
    def _choose(self) -> None:
        clicked = self.sender()
        for offer, button in zip(self._offers, self._buttons, strict=False):
            if button is clicked:
                self.chosen.emit(offer)
                return

    @Slot()
    def _press(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        self.chosen.emit(self._keys[shortcut])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused in self._buttons:
            focused.click()
        else:
            super().keyPressEvent(event)


class CardAbove(QWidget):
    """A card above something else; Escape that nobody below wants leaves the card too."""

    def __init__(self, card: FirstStepsCard, content: QWidget) -> None:
        super().__init__()
        self._card = card
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(card)
        layout.addWidget(content, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._card.isVisible():
            self._card.left.emit()
        else:
            super().keyPressEvent(event)
