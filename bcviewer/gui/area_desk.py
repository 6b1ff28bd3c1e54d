"""The positive area beside the threshold: it follows the threshold, and leads it when changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from bcviewer.gui.session import Session
from bcviewer.gui.widgets.area_box import AreaBox
from bcviewer.slide.positive import positive_area, threshold_for


class AreaDesk(QObject):
    """Shows how much of the slide on screen is predicted IDC, and makes it another share."""

    def __init__(self, session: Session, box: AreaBox) -> None:
        super().__init__(box)
        self._session = session
        self._box = box
        box.share_chosen.connect(self._choose)
        session.slide_changed.connect(self._show)
        session.layers_changed.connect(self._show)
        session.predictions_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        values, threshold = self._session.slide_predictions(), self._session.layers.threshold
        self._box.show_area(None if values is None else positive_area(values, threshold))

    @Slot(float)
    def _choose(self, share: float) -> None:
        values = self._session.slide_predictions()
        threshold = None if values is None else threshold_for(values, share)
        if threshold is not None:
            self._session.change_layers(threshold=threshold)
        # The area that there is, which is only the nearest to what was asked for.
        self._show()
