"""Connects the buttons of the view with the session."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from bcviewer.gui.session import Session
from bcviewer.gui.widgets.view_buttons import ViewButtons
from bcviewer.gui.words import marked, tr
from bcviewer.model.context_training import reason_against
from bcviewer.model.folder import ModelFolder

NO_MODEL = marked("No model is loaded.")
NO_CONTEXT = marked(
    "This model has neither context nor calibration; the model's panel offers to fit both."
)
NONE_POSSIBLE = marked("This model has neither context nor calibration. {reason}")
NO_PREDICTION = marked("There is no prediction for this patient yet.")


class ViewDesk(QObject):
    """Shows which view the session has, and changes it."""

    def __init__(self, session: Session, buttons: ViewButtons) -> None:
        super().__init__(buttons)
        self._session = session
        self._buttons = buttons
        buttons.context_toggled.connect(self._toggle_context)
        buttons.calibrated_toggled.connect(self._toggle_calibrated)
        buttons.uncertainty_toggled.connect(self._toggle_uncertainty)
        buttons.averaged_toggled.connect(self._toggle_averaged)
        session.layers_changed.connect(self._show)
        session.model_changed.connect(self._show)
        session.predictions_changed.connect(self._show)
        session.slide_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        session, view = self._session, self._session.views.now
        self._buttons.show_view(
            context=view.context,
            calibrated=view.calibrated,
            uncertainty=session.layers.uncertainty,
            averaged=session.way.averaged,
        )
        model = session.shown_model
        predicted = session.slide_predictions() is not None
        no_context = self._no_context(None if model is None else model.folder)
        no_model = tr(NO_MODEL) if model is None else ""
        self._buttons.allow(no_context, "" if predicted else tr(NO_PREDICTION), no_model=no_model)

    def _no_context(self, model: ModelFolder | None) -> str:
        """Why there is neither context nor calibration; "" where there is."""
        if model is None:
            return tr(NO_MODEL)
        if model.context is not None:
            return ""
        dataset = self._session.dataset
        reason = "" if dataset is None else reason_against(model, dataset)
        return tr(NONE_POSSIBLE, reason=reason) if reason else tr(NO_CONTEXT)

    @Slot(bool)
    def _toggle_context(self, on: bool) -> None:
        self._session.views.show(context=on)

    @Slot(bool)
    def _toggle_calibrated(self, on: bool) -> None:
        self._session.views.show(calibrated=on)

    @Slot(bool)
    def _toggle_averaged(self, on: bool) -> None:
        session = self._session
        session.views.ask(replace(session.way, averaged=on))

    @Slot(bool)
    def _toggle_uncertainty(self, on: bool) -> None:
        # It stands in place of heatmap and change.
        self._session.change_layers(uncertainty=on, change=False)
