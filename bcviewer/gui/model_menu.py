"""The models at hand by name: those in the box, and those that were imported."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from bcviewer.gui.session import Session
from bcviewer.gui.words import tr
from bcviewer.model.library import bundled_models, imported_models


class ModelMenu(QMenu):
    """Looks what there is each time that it opens; the model in use has a tick.

    Args:
        session: The state of the window.
        parent: The owner.
    """

    chosen = Signal(str)
    """The folder of a model that is to be used."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("&Models at hand"), parent)
        self._session = session
        self.triggered.connect(self._choose)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look again which models there are."""
        self.clear()
        model = self._session.model
        used = None if model is None else model.folder.path
        kinds = ((tr("in the box"), bundled_models()), (tr("imported"), imported_models()))
        for kind, models in kinds:
            for name, path in models.items():
                action = self.addAction(f"{name} ({kind})".replace("&", "&&"))
                action.setStatusTip(tr("Use the model {name}", name=name))
                action.setData(str(path))
                action.setCheckable(True)
                action.setChecked(path == used)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        # A click on the model in use takes its tick away; it stays in use.
        action.setChecked(True)
        self.chosen.emit(action.data())
