"""Where the keyboard goes next: to what is in sight, and nowhere else.

Qt's own Tab also goes into docks that stand behind another one, where nobody sees it, and sticks
at a row of tabs that is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QScrollArea, QWidget

TAB = Qt.FocusPolicy.TabFocus


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to what comes next in a window, or before; returns whether there is any."""
    start = window.focusWidget() or window
    target = next_stop(window, start, forward=forward)
    if target is None:
        return False
    give_keyboard(target, forward=forward)
    return True


def next_stop(window: QWidget, start: QWidget, *, forward: bool = True) -> QWidget | None:
    """What Tab comes to after a widget, or Shift+Tab before it; None where there is nothing."""
    for each in _chain(start, forward=forward):
        if takes_tab(each, window):
            return each
    return None


def first_stop(panel: QWidget, window: QWidget) -> QWidget | None:
    """What a panel gives the keyboard to: what had it last there, else what comes first."""
    last = panel.focusWidget()
    if last is not None and takes_tab(last, window) and panel.isAncestorOf(last):
        return last
    for each in _chain(panel, forward=True):
        if panel.isAncestorOf(each) and takes_tab(each, window):
            return each
    return None


def next_panel(
    panels: Sequence[QWidget], window: QWidget, *, forward: bool = True
) -> QWidget | None:
    """The panel after the one that has the keyboard, of those in sight that can take it."""
    focused = window.focusWidget()
    holds = [focused is not None and panel.isAncestorOf(focused) for panel in panels]
    at = holds.index(True) if any(holds) else (-1 if forward else 0)
    way = 1 if forward else -1
    for number in range(1, len(panels) + 1):
        panel = panels[(at + way * number) % len(panels)]
        if in_sight(panel) and first_stop(panel, window) is not None:
            return panel
    return None


def give_keyboard(widget: QWidget, *, forward: bool = True) -> None:
    """Give a widget the keyboard, and scroll it into view."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    widget.setFocus(reason)


def takes_tab(widget: QWidget, window: QWidget) -> bool:
    """Whether a widget takes the keyboard by Tab, and can be seen to have it."""
    return (
        widget.focusPolicy() & TAB == TAB
        # What it stands for is in the chain itself.
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.window() is window
        and widget is not window
        and in_sight(widget)
    )


def in_sight(widget: QWidget) -> bool:
    """Whether a widget is visible, and in no dock that stands behind another one."""
    if not widget.isVisible():
        return False
    dock: QWidget | None = widget
    while dock is not None and not isinstance(dock, QDockWidget):
        dock = dock.parentWidget()
    return dock is None or not dock.visibleRegion().isEmpty()


def _chain(start: QWidget, *, forward: bool) -> Iterator[QWidget]:
    """All widgets of a window in the order in which Qt gives them the keyboard, after one."""
    each: QWidget | None = start
    while each is not None:
        each = each.nextInFocusChain() if forward else each.previousInFocusChain()
        if each is start or each is None:
            return
        yield each
