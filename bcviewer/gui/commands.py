"""Every command of the window: the actions of its menus, with their keys, and why one is grey."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from bcviewer.gui.actions import Actions
from bcviewer.gui.button_action import WHY
from bcviewer.gui.label_actions import LabelActions
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr

NO_DATA = marked("Open a folder of patients first.")
NO_PATIENT = marked("Choose a patient first.")
NO_MODEL = marked("Load a model first.")
NOT_ANNOTATING = marked("Only while annotating: press A.")
NOTHING_TO_UNDO = marked("There is nothing to undo.")
NOTHING_TO_REDO = marked("There is nothing to redo.")
NOT_NOW = marked("Not possible at this moment.")


@dataclass(frozen=True, eq=False)
class Command:
    """An action as people find it.

    Attributes:
        action: The action.
        menu: Where it stands, such as "View › Layers".
        name: Its words.
        keys: Its shortcuts as this system writes them.
    """

    action: QAction
    menu: str
    name: str
    keys: tuple[str, ...]

    @property
    def about(self) -> str:
        """One sentence on what it does, without its keys; "" where there is none."""
        words = self.action.statusTip() or self.action.toolTip()
        for keys in self.keys:
            words = words.removesuffix(f" ({keys})")
        return "" if words == self.name else words


def commands(menus: QMenuBar) -> tuple[Command, ...]:
    """All actions of the menus, in their order."""
    # Not by ``QAction.menu``: the menu is gone with what that returns.
    known = [(menu, menu.menuAction()) for menu in menus.findChildren(QMenu)]
    found: list[Command] = []
    for action in menus.actions():
        _collect(action, "", known, found)
    return tuple(found)


def plain(text: str) -> str:
    """The words of an action without the marks of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def keys_of(action: QAction) -> tuple[str, ...]:
    """The shortcuts of an action as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(keys.toString(native) for keys in action.shortcuts())


def _collect(
    action: QAction, path: str, known: list[tuple[QMenu, QAction]], found: list[Command]
) -> None:
    name = plain(action.text())
    menu = next((menu for menu, itself in known if itself is action), None)
    if menu is None:
        if not action.isSeparator() and action.isVisible():
            found.append(Command(action, path, name, keys_of(action)))
        return
    # As if it were opened: some menus bring their actions up to date only then.
    menu.aboutToShow.emit()
    for inner in menu.actions():
        _collect(inner, f"{path} › {name}" if path else name, known, found)


class Reasons:
    """Why a command cannot be done now."""

    def __init__(self, session: Session, actions: Actions, labels: LabelActions) -> None:
        self._session = session
        self._actions = actions
        self._labels = labels

    def of(self, action: QAction) -> str:
        """One sentence; "" for an action that can be done."""
        if action.isEnabled():
            return ""
        told = action.property(WHY)
        if isinstance(told, str) and told:
            return told
        if self._session.data is None:
            return tr(NO_DATA)
        return self._by_name(action)

    def _by_name(self, action: QAction) -> str:
        do, labels = self._actions, self._labels
        if action in labels.while_annotating:
            return tr(NOT_ANNOTATING)
        if action is labels.undo:
            return tr(NOTHING_TO_UNDO)
        if action is labels.redo:
            return tr(NOTHING_TO_REDO)
        if self._session.slide is None:
            return tr(NO_PATIENT)
        if action in (do.predict, do.predict_all, do.retrain_head) and self._session.model is None:
            return tr(NO_MODEL)
        return tr(NOT_NOW)
