"""Menus and toolbar of the main window: where its actions stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar, QToolBar, QWidget

from bcviewer.gui.actions import Actions
from bcviewer.gui.button_action import ButtonAction
from bcviewer.gui.words import tr


def fill_menus(menus: QMenuBar, do: Actions, docks: Sequence[QDockWidget]) -> None:
    """Put every action into a menu."""
    file = menus.addMenu(tr("&File"))
    file.addActions([do.open, do.demo, do.kaggle])
    file.addSeparator()
    file.addAction(do.report)
    file.addSeparator()
    file.addAction(do.quit)
    view = menus.addMenu(tr("&View"))
    view.addActions([do.previous, do.next])
    view.addSeparator()
    view.addActions([do.fit, do.zoom_in, do.zoom_out])
    view.addSeparator()
    view.addActions([do.palette, do.eyes, do.slide_only])
    view.addSeparator()
    view.addActions([dock.toggleViewAction() for dock in docks])
    model = menus.addMenu(tr("&Model"))
    model.addActions([do.load_model, do.import_model])
    model.addSeparator()
    model.addActions([do.predict, do.predict_all])
    model.addSeparator()
    model.addAction(do.retrain_head)
    help_ = menus.addMenu(tr("&Help"))
    help_.addActions([do.commands, do.keys])
    help_.addSeparator()
    help_.addAction(do.about)


def add_layers(menus: QMenuBar, layers: Sequence[ButtonAction], *, before: QAction) -> None:
    """Put the layers into a menu of their own within the one that has another action."""
    inner = add_choices(menus, tr("&Layers"), layers, before=before)
    for layer in layers:
        inner.aboutToShow.connect(layer.follow)


def make_toolbar(parent: QWidget, do: Actions) -> QToolBar:
    """The toolbar: the actions that most people need."""
    toolbar = QToolBar(tr("Toolbar"), parent)
    toolbar.setObjectName("Toolbar")
    toolbar.setMovable(False)
    toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    toolbar.addActions([do.open, do.demo])
    toolbar.addSeparator()
    toolbar.addActions([do.load_model, do.predict, do.predict_all])
    toolbar.addSeparator()
    toolbar.addActions([do.fit, do.palette, do.report])
    return toolbar


def add_choices(
    menus: QMenuBar, title: str, choices: Sequence[QAction], *, before: QAction
) -> QMenu:
    """Put actions into a menu of their own within the one that has an action, before that."""
    inner = QMenu(title, menus)
    inner.addActions(list(choices))
    add_menu(menus, inner, before=before)
    return inner


def add_menu(menus: QMenuBar, inner: QMenu, *, before: QAction) -> None:
    """Put a menu into the one that has an action, before that action."""
    for menu in menus.findChildren(QMenu):
        if before in menu.actions():
            inner.setParent(menu, inner.windowFlags())  # where commands are looked for
            menu.insertMenu(before, inner)
