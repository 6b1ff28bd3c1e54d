"""The view of the session: which probabilities are on screen, and at which threshold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.gui.shown_values import ShownValues
from bcviewer.model.calibration import uncertainty
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import named_in, probabilities_in, threshold_in
from bcviewer.model.folder import ModelFolder
from bcviewer.model.way import PLAIN_WAY, Way

if TYPE_CHECKING:
    from bcviewer.gui.session import Session
    from bcviewer.gui.workers.model_workers import OpenedModel


class SessionView(QObject):
    """What the layers' switches make of the session's predictions, which stay as they are."""

    way_changed = Signal()
    """The model in use is asked in another way; its predictions are those of that way."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._all = ShownValues(self)
        self._all.settled.connect(self._tell)

    def of(self, model: ModelFolder | None) -> View:
        """How a model is shown; plainly while it has learned nothing else."""
        if model is None or model.context is None:
            return PLAIN
        return View(self._session.layers.context, self._session.layers.calibrated)

    @property
    def now(self) -> View:
        """How the model on screen is shown."""
        return self.of(self._folder)

    @property
    def folder(self) -> ModelFolder | None:
        """The model on screen, with the view in its name: for files that tell of both."""
        if self._folder is None:
            return None
        way = self.way
        return named_in(self._folder, self.now, way=way)

    @property
    def way(self) -> Way:
        """How the model on screen was asked."""
        shown = self._session.shown_model
        return PLAIN_WAY if shown is None else shown.way

    def threshold(self, model: ModelFolder) -> float:
        """The threshold that a model has in its view."""
        return threshold_in(model, self.of(model))

    def show(self, *, context: bool | None = None, calibrated: bool | None = None) -> None:
        """Show other probabilities; the thresholds go with them."""
        session, layers = self._session, self._session.layers
        wanted = View(
            layers.context if context is None else context,
            layers.calibrated if calibrated is None else calibrated,
        )
        if session.earlier is not None and session.model is not None:
            other = session.model if layers.before else session.earlier.model
            threshold = threshold_in(other.folder, wanted)
            session.earlier = replace(session.earlier, threshold=threshold)
        session.change_layers(
            context=wanted.context,
            calibrated=wanted.calibrated,
            threshold=self._threshold_for(wanted),
        )
        self.begin()
        session.predictions_changed.emit(None)

    def ask(self, way: Way) -> None:
        """Ask the models in another way from now on; what is known of the last one is kept."""
        session, before = self._session, self._session.way
        wanted = {"averaged": way.averaged, "precision": way.precision}
        session.remember(session.preferences.model_copy(update=wanted))
        if session.model is None:
            return
        session.model = session.model.asked(way)
        if session.way != before:
            session.predictions = session.other_ways.swap(
                session.predictions, leave=before, take=session.way
            )
        # It may be asked in another way than the one in use, which lacks a graph for that.
        earlier = None if session.earlier is None else session.earlier.asked(way)
        if session.way == before and earlier is session.earlier:
            return
        session.earlier = earlier
        self.begin()
        session.predictions_changed.emit(None)
        self.way_changed.emit()

    def begin(self) -> None:
        """Have the values of all patients made anew, after model, data or view changed."""
        session = self._session
        model = None if session.model is None else session.model.folder
        self._all.begin(model, session.dataset, session.predictions, view=self.of(model))

    def add(self, patient: str) -> None:
        """Have the values of a patient made whose prediction came."""
        self._all.add(patient)

    def forget(self, patient: str) -> None:
        """Let go of the values of a patient who has no prediction any more."""
        self._all.forget(patient)

    @property
    def all_values(self) -> NDArray[np.float32] | None:
        """float32[N] of the model in use, NaN where there is none yet; None in the plain view."""
        return self._all.values

    @property
    def shared(self) -> View:
        """How the earlier model and the one in use are compared.

        As they are shown; plainly where one of them has learned nothing else: a change of the view
        would pass for one of the model.
        """
        before, now = self.before_and_now
        return now if now == before else PLAIN

    @property
    def before_and_now(self) -> tuple[View, View]:
        """How the earlier model and the one in use are shown."""
        session = self._session
        before = self.of(session.earlier.model.folder if session.earlier else None)
        return before, self.of(session.model.folder if session.model else None)

    @property
    def of_uncertainty(self) -> View:
        """Of which probabilities the uncertainty is: calibrated ones where there are any."""
        known = self._folder is not None and self._folder.context is not None
        return replace(self.now, calibrated=known)

    def slide_values(self, view: View) -> NDArray[np.float32] | None:
        """float32[n] of the slide on screen in a view; see ``Session.slide_predictions``."""
        slide, shown = self._session.slide, self._session.shown_model
        return None if slide is None else self._values(slide.patient, shown, view)

    def patient_values(self, patient: str) -> NDArray[np.float32] | None:
        """float32[n] of any patient, as the slide on screen shows its own; None without any."""
        return self._values(patient, self._session.shown_model, self.now)

    def values_before_and_now(
        self, patient: str
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """float32[n] by the earlier model and by the one in use, in the view that they share.

        NaN where one is missing or hidden from the reader; None where one has none at all.
        """
        session, view = self._session, self.shared
        if session.earlier is None:
            return None
        before = self._values(patient, session.earlier.model, view)
        now = self._values(patient, session.model, view)
        return None if before is None or now is None else (before, now)

    def _values(
        self, patient: str, model: OpenedModel | None, view: View
    ) -> NDArray[np.float32] | None:
        """float32[n]: what one of the two models says of a patient, as the reader may see it."""
        session = self._session
        if session.dataset is None:
            return None
        rows = session.dataset.rows(patient)
        earlier = session.earlier
        of_earlier = earlier is not None and model is earlier.model
        values: NDArray[np.float32] = (
            earlier.predictions if earlier is not None and of_earlier else session.predictions
        )[rows]
        if not np.isfinite(values).any():
            return None
        if model is not None:
            values = probabilities_in(
                model.folder, session.dataset, patient, probabilities=values, view=view
            )
        if session.blindness.on:
            values = np.where(session.hidden(rows), np.float32(np.nan), values)
        return values if np.isfinite(values).any() else None

    def slide_uncertainty(self) -> NDArray[np.float32] | None:
        """float32[n]: entropy of the slide's probabilities in bits, calibrated where that is known.

        NaN where a patch has none or it is hidden; None without any.
        """
        values = self.slide_values(self.of_uncertainty)
        return None if values is None else uncertainty(values)

    def slide_single(self) -> NDArray[np.float32] | None:
        """float32[n]: what the network says of single patches, while something else is shown."""
        return None if self.now == PLAIN else self.slide_values(PLAIN)

    @property
    def _folder(self) -> ModelFolder | None:
        shown = self._session.shown_model
        return None if shown is None else shown.folder

    def _threshold_for(self, wanted: View) -> float:
        """The threshold of the model on screen in another view.

        One that the user has moved stays where it is on the tissue while only the scale changes.
        """
        layers, model = self._session.layers, self._folder
        if model is None or model.context is None:
            return layers.threshold
        if wanted.context != layers.context:
            return threshold_in(model, wanted)
        if wanted.calibrated == layers.calibrated:
            return layers.threshold
        line = model.context.calibration(wanted)
        return line.of_one(layers.threshold) if wanted.calibrated else line.back(layers.threshold)

    @Slot()
    def _tell(self) -> None:
        self._session.predictions_changed.emit(None)
