"""The one mutable state of the window, with a signal for each thing that changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from bcviewer.annotation.state import LabelState
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding, ScanReport
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.earlier_model import EarlierModel
from bcviewer.gui.kept_choices import KeptChoices
from bcviewer.gui.kept_ways import KeptWays
from bcviewer.gui.label_marks import marks_of
from bcviewer.gui.layers import Layers
from bcviewer.gui.preferences import Preferences
from bcviewer.gui.session_pictures import SessionPictures
from bcviewer.gui.session_view import SessionView
from bcviewer.gui.workers.data_workers import OpenedData, PatientSlide
from bcviewer.gui.workers.model_workers import OpenedModel, Recalled
from bcviewer.model.context import PLAIN
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.way import PLAIN_WAY, Way
from bcviewer.slide.palette import palette


class Session(QObject):
    """Data set, patient, model, predictions and layers on screen."""

    data_changed = Signal()
    """Another data set is open."""

    report_changed = Signal()
    """More is known of what is wrong with the data."""

    patient_chosen = Signal(str)
    """The user wants to see a patient; its slide comes later."""

    slide_changed = Signal()
    """The slide on screen is another one, or none."""

    patch_changed = Signal(int)
    """Another patch is under inspection: its index in the patient's order, -1 for none."""

    model_changed = Signal()
    """Another model is in use."""

    predictions_changed = Signal(object)
    """Predictions of a patient came (its id), or of many (None)."""

    layers_changed = Signal(object)
    """The ``Layers``."""

    labels_changed = Signal(object)
    """What readers say of some patches (int64[k], rows of the data set), or of any (None)."""

    blindness_changed = Signal()
    """Predictions are hidden from the reader at other places than before."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.choices = KeptChoices(preferences, self)
        self.data: OpenedData | None = None
        self.report = ScanReport()
        self.patient: str | None = None
        self.slide: PatientSlide | None = None
        self.patch = -1
        self.model: OpenedModel | None = None
        self.earlier: EarlierModel | None = None
        self.other_ways = KeptWays()
        self.predictions: NDArray[np.float32] = np.empty(0, np.float32)
        self.labels: LabelState | None = None
        self.label_filter = ""
        self.changed_pixels: NDArray[np.int64] = np.empty(0, np.int64)
        self.blindness = Blindness()
        self._committed: tuple[object, NDArray[np.bool_]] | None = None
        self.layers = Layers(
            truth=True,
            prediction=True,
            grid=False,
            hide_below=False,
            opacity=preferences.opacity,
            threshold=0.5,
            palette=palette(preferences.palette),
            context=preferences.context,
            calibrated=preferences.calibrated,
        )
        self.views = SessionView(self)
        self.pictures = SessionPictures(self)

    @property
    def dataset(self) -> Dataset | None:
        """The open data set."""
        return self.data.dataset if self.data is not None else None

    @property
    def slide_is_shown(self) -> bool:
        """Whether the slide of the chosen patient is on screen, and not still being loaded."""
        return self.slide is not None and self.slide.patient == self.patient

    def open_data(self, data: OpenedData) -> None:
        """Show another data set, without a patient yet."""
        self.data = data
        self.report = data.dataset.report
        self.patient, self.slide, self.patch = None, None, -1
        self.predictions = np.full(len(data.dataset), np.nan, np.float32)
        self.labels, self.label_filter, self.blindness = None, "", Blindness()
        self.changed_pixels = np.empty(0, np.int64)
        self.other_ways.clear()
        self.pictures.begin()
        self.show_before(False)
        self.earlier = None
        self.views.begin()
        self.remember(self.preferences.with_recent(data.dataset.root))
        self.data_changed.emit()
        self.slide_changed.emit()

    def add_findings(self, findings: tuple[Finding, ...]) -> None:
        """Add to what is known to be wrong with the data."""
        extended = self.report.plus(findings)
        if extended != self.report:
            self.report = extended
            self.report_changed.emit()

    def choose_patient(self, patient: str) -> None:
        """Ask for a patient's slide."""
        if self.data is not None and patient != self.patient:
            self.data.dataset.patient_number(patient)
            self.patient = patient
            self.patient_chosen.emit(patient)

    def show_slide(self, slide: PatientSlide) -> None:
        """Show a slide that was asked for; one that came too late is passed over."""
        if slide.patient == self.patient:
            self.slide, self.patch = slide, -1
            self.add_findings(slide.findings)
            self.slide_changed.emit()

    def inspect(self, patch: int) -> None:
        """Look at a patch of the slide on screen; -1 for none."""
        if patch != self.patch:
            self.patch = patch
            self.patch_changed.emit(patch)

    def use_model(self, model: OpenedModel) -> None:
        """Use another model; its predictions and its threshold take the place of the last's.

        The last one stays at hand as the earlier model.
        """
        self.show_before(False)
        last = self.model
        if last is not None and last.folder.fingerprint != model.folder.fingerprint:
            self.earlier = EarlierModel(
                last, self.predictions, self.layers.threshold, self.other_ways
            )
        self.model = model.asked(self.preferences.way)
        self.other_ways = KeptWays()
        self.predictions = np.full(len(self.predictions), np.nan, np.float32)
        self.views.begin()
        self.model_changed.emit()
        self.change_layers(threshold=self.views.threshold(model.folder))
        self.predictions_changed.emit(None)

    def take_prediction(self, prediction: PatientPrediction) -> None:
        """Take over the prediction of a patient; one made in another way is kept apart.

        One of pictures that changed since is passed over.
        """
        if self.dataset is None or not self.pictures.holds(prediction):
            return
        rows, found = self.dataset.rows(prediction.patient), prediction.probabilities
        if prediction.way != self.way:
            self.other_ways.add(prediction.way, rows, found, of=len(self.predictions))
            return
        self.predictions[rows] = found
        self.views.add(prediction.patient)
        self.predictions_changed.emit(prediction.patient)

    @property
    def way(self) -> Way:
        """How the model in use is asked."""
        return PLAIN_WAY if self.model is None else self.model.way

    def show_before(self, on: bool) -> None:
        """Show the heatmap of the earlier model, with its threshold, or again that in use."""
        if self.earlier is None or on == self.layers.before:
            return
        shown, other = self.layers.threshold, self.earlier.threshold
        self.earlier = replace(self.earlier, threshold=shown)
        self.change_layers(before=on, threshold=other, change=False)

    def recall_earlier(self, recalled: Recalled) -> None:
        """Take over what the earlier model predicted, where it has no predictions."""
        if self.earlier is not None and len(recalled.predictions) == len(self.predictions):
            values = self.pictures.holding(recalled)
            self.earlier = self.earlier.recalling(values)
            self.predictions_changed.emit(None)

    @property
    def thresholds(self) -> tuple[float, float]:
        """Of the earlier model and of the one in use, for what the networks say plainly."""
        before = self.model if self.earlier is None else self.earlier.model
        first, second = self.shown_thresholds
        return self._plain_threshold(before, first), self._plain_threshold(self.model, second)

    def _plain_threshold(self, model: OpenedModel | None, shown: float) -> float:
        """A model's own threshold while it is shown in another view; else the one shown."""
        if model is None or self.views.of(model.folder) == PLAIN:
            return shown
        return model.folder.card.threshold

    @property
    def shared_thresholds(self) -> tuple[float, float]:
        """Of the earlier model and of the one in use, in the view that they are compared in."""
        return self.thresholds if self.views.shared == PLAIN else self.shown_thresholds

    @property
    def shown_thresholds(self) -> tuple[float, float]:
        """Of the earlier model and of the one in use, in the view on screen."""
        shown = self.layers.threshold
        other = shown if self.earlier is None else self.earlier.threshold
        return (shown, other) if self.layers.before else (other, shown)

    @property
    def shown_model(self) -> OpenedModel | None:
        """The model whose heatmap is on screen."""
        before = self.layers.before and self.earlier is not None
        return self.earlier.model if before and self.earlier is not None else self.model

    def slide_change(self) -> NDArray[np.float32] | None:
        """float32[n]: what is shown of the slide's patches now less that by the earlier model.

        NaN where one is missing or hidden from the reader; None without any.
        """
        both = None if self.slide is None else self.views.values_before_and_now(self.slide.patient)
        if both is None:
            return None
        change: NDArray[np.float32] = both[1] - both[0]
        return change if np.isfinite(change).any() else None

    def recall_predictions(self, recalled: Recalled) -> None:
        """Take over predictions made before, where there are none yet."""
        if len(recalled.predictions) != len(self.predictions):
            return
        values = self.pictures.holding(recalled)
        if recalled.way != self.way:
            self.other_ways.add(recalled.way, slice(None), values, of=len(values))
        else:
            missing = np.isnan(self.predictions)
            self.predictions[missing] = values[missing]
            self.views.begin()
            self.predictions_changed.emit(None)

    def slide_predictions(self) -> NDArray[np.float32] | None:
        """float32[n] of the slide on screen, NaN where a patch has none; None without any.

        Those of the earlier model while that is shown.
        One that is hidden from the reader is as if it were not there.
        """
        return self.views.slide_values(self.views.now)

    def shown_predictions(self) -> NDArray[np.float32]:
        """float32[N] of all patches, as ``visible_predictions``, in the view on screen."""
        values = self.views.all_values
        return self.visible_predictions() if values is None else self._visible(values)

    def visible_predictions(self) -> NDArray[np.float32]:
        """float32[N] of all patches; NaN for patients of whom the reader is not to know yet."""
        return self._visible(self.predictions)

    def _visible(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        if self.dataset is None or not self.blindness.on:
            return values
        shown = self.blindness.shown_patients(self.dataset)[self.dataset.patient_index]
        return np.where(shown, values, np.float32(np.nan))

    def hidden(self, rows: slice) -> NDArray[np.bool_]:
        """bool[k]: a patient's patches whose predictions are hidden from the reader."""
        if self.dataset is None or rows.stop == rows.start:
            return np.zeros(rows.stop - rows.start, np.bool_)
        if not self.blindness.hides(self._patient_of(rows)):
            return np.zeros(rows.stop - rows.start, np.bool_)
        if self.labels is None:
            return np.ones(rows.stop - rows.start, np.bool_)
        key = (self.labels, self.blindness.reader)
        if self._committed is None or self._committed[0] != key:
            self._committed = key, self.labels.of_reader(self.blindness.reader) >= 0
        return ~self._committed[1][rows]

    def _patient_of(self, rows: slice) -> str:
        assert self.dataset is not None
        return self.dataset.patients[int(self.dataset.patient_index[rows.start])]

    def unpredicted_patients(self) -> tuple[str, ...]:
        """The patients whom the model in use could predict and has not predicted."""
        if self.dataset is None:
            return ()
        known = np.logical_or.reduceat(np.isfinite(self.predictions), self.dataset.starts[:-1])
        missing = [self.dataset.patients[number] for number in np.flatnonzero(~known)]
        return tuple(patient for patient in missing if patient not in self.pictures.unreadable)

    def slide_labels(self) -> NDArray[np.int8] | None:
        """int8[n]: the labels of the slide on screen."""
        if self.dataset is None or self.slide is None:
            return None
        labels: NDArray[np.int8] = self.dataset.labels[self.dataset.rows(self.slide.patient)]
        return labels

    def slide_marks(self) -> NDArray[np.int8] | None:
        """int8[n]: how the patches of the slide on screen are marked, see ``label_marks``."""
        said, truth = self.slide_said(), self.slide_labels()
        if said is None or truth is None or self.dataset is None or self.slide is None:
            return None
        changed = np.zeros(len(said), np.bool_)
        rows = self.dataset.rows(self.slide.patient)
        within = (self.changed_pixels >= rows.start) & (self.changed_pixels < rows.stop)
        changed[self.changed_pixels[within] - rows.start] = True
        return marks_of(said, truth, changed=changed)

    def slide_said(self) -> NDArray[np.int8] | None:
        """int8[n]: what readers say of the slide's patches, values of ``Label``.

        All readers, or the one whom the user asked for.
        """
        if self.dataset is None or self.slide is None or self.labels is None:
            return None
        said: NDArray[np.int8] = self.shown_labels()[self.dataset.rows(self.slide.patient)]
        return said

    def shown_labels(self) -> NDArray[np.int8]:
        """int8[N]: what readers say of all patches, or the one whom the user asked for."""
        if self.labels is None:
            return np.empty(0, np.int8)
        if not self.label_filter:
            return self.labels.labels
        return self.labels.of_reader(self.label_filter)

    def take_labels(self, labels: LabelState | None, rows: NDArray[np.int64] | None = None) -> None:
        """Take over what readers say now.

        Args:
            labels: The state; None while no data are open.
            rows: int64[k], where it differs from the state before; None for anywhere.
        """
        self.labels = labels
        self.labels_changed.emit(rows)
        if self.blindness.on:
            self.predictions_changed.emit(None)

    def note_changed_pixels(self, rows: NDArray[np.int64]) -> None:
        """Note the patches of the slide on screen that look other than when they were labelled."""
        if not np.array_equal(rows, self.changed_pixels):
            self.changed_pixels = rows
            self.labels_changed.emit(rows)

    def filter_labels(self, reader: str) -> None:
        """Show the labels of one reader, or of all ("")."""
        if reader != self.label_filter:
            self.label_filter = reader
            self.labels_changed.emit(None)

    def set_blindness(self, blindness: Blindness) -> None:
        """Hide other predictions from the reader than before."""
        if blindness != self.blindness:
            self.blindness = blindness
            self.blindness_changed.emit()
            self.predictions_changed.emit(None)

    def role(self, patient: str) -> str:
        """The part a patient had in the training of the model in use; "" without a model."""
        return self.model.folder.role_of(patient) if self.model is not None else ""

    def change_layers(self, **changes: object) -> None:
        """Change some of the layers' settings; opacity and palette are remembered."""
        changed = replace(self.layers, **changes)  # type: ignore[arg-type]
        if changed == self.layers:
            return
        self.layers = changed
        self.layers_changed.emit(changed)
        self.remember(
            self.preferences.model_copy(
                update={
                    "opacity": changed.opacity,
                    "palette": changed.palette.name,
                    "context": changed.context,
                    "calibrated": changed.calibrated,
                }
            )
        )

    def remember(self, preferences: Preferences) -> None:
        """Keep the user's choices for the next start, whatever ends this one."""
        self.preferences = preferences
        self.choices.note(preferences)
