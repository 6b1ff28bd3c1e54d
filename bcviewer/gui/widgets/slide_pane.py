"""The slide with the strip of its layers: shows what the session holds, and steers it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.slide_outcomes import slide_outcomes
from bcviewer.gui.style import Tokens
from bcviewer.gui.view_desk import ViewDesk
from bcviewer.gui.widgets.layer_strip import NO_PREDICTION, LayerStrip
from bcviewer.gui.widgets.legend import HeatmapLook
from bcviewer.gui.widgets.slide_view import SlideView
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.model.context import View
from bcviewer.slide.change import CHANGE_PALETTE, FULL_CHANGE, change_values
from bcviewer.slide.heatmap import paint, paint_smoothed, value_grid
from bcviewer.slide.palette import UNCERTAINTY, palette
from bcviewer.slide.positive import contour, positive_area
from bcviewer.slide.smoothing import smoothed

NO_DATA = marked("Open a folder of patients, or the demo, to see a slide here.")
NO_PATIENT = marked("Choose a patient on the left to see its slide.")
SYNTHETIC = marked("SYNTHETIC TISSUE")
HIDDEN = marked("You read blind: a prediction shows once you have labelled its patch.")
ENTROPY = marked("Entropy of the probability")
NOT_SHARED = marked("One of the two models has no context")
NO_CHANGE = marked("No change: {earlier} has not predicted this patient")
WORDS = (marked("not IDC"), marked("IDC"))


class SlidePane(QWidget):
    """The centre of the window."""

    def __init__(self, session: Session, tokens: Tokens, open_action: QAction) -> None:
        super().__init__()
        self._session = session
        self._open_action = open_action
        self.view = SlideView(tokens)
        self.strip = LayerStrip()
        self.views = ViewDesk(session, self.strip.views)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.strip)
        self._connect()
        self._show_slide()
        self._show_layers()

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self.view.set_colours(tokens)

    def show_loading(self, text: str) -> None:
        """Say that something is on its way, in place of an empty view."""
        self.view.clear(text)

    def show_again(self) -> None:
        """Show the session's slide after something else stood in its place."""
        self._show_slide()

    def read_out(self) -> None:
        """Show the values of the patch under the pointer."""
        self._read_out(self.view.hovered)

    def show_error(self, error: BcviewerError) -> None:
        """Say why there is no slide, and what to do."""
        self.view.clear(str(error), self._open_action)

    def _connect(self) -> None:
        session, strip, view = self._session, self.strip, self.view
        session.slide_changed.connect(self._show_slide)
        session.patch_changed.connect(self._show_selection)
        session.model_changed.connect(self._show_role)
        session.predictions_changed.connect(self._follow_predictions)
        session.layers_changed.connect(self._show_layers)
        session.labels_changed.connect(self._show_marks)
        session.labels_changed.connect(self._show_errors)
        view.patch_clicked.connect(session.inspect)
        view.patch_hovered.connect(self._read_out)
        strip.truth_toggled.connect(self._toggle_truth)
        strip.prediction_toggled.connect(self._toggle_prediction)
        strip.errors_toggled.connect(self._toggle_errors)
        strip.contour_toggled.connect(self._toggle_contour)
        strip.smooth_toggled.connect(self._toggle_smooth)
        strip.labels_toggled.connect(self._toggle_labels)
        strip.grid_toggled.connect(self._toggle_grid)
        strip.change_toggled.connect(self._toggle_change)
        strip.before_toggled.connect(session.show_before)
        session.layers_changed.connect(self._show_role)
        strip.hide_below_toggled.connect(self._toggle_hide_below)
        strip.opacity_changed.connect(self._change_opacity)
        strip.threshold_changed.connect(self._change_threshold)
        strip.palette_changed.connect(self._change_palette)

    @Slot()
    def _show_slide(self) -> None:
        session = self._session
        if session.slide is None:
            opened = session.data is not None
            self.view.clear(
                tr(NO_PATIENT) if opened else tr(NO_DATA), None if opened else self._open_action
            )
        else:
            self.view.show_mosaic(session.slide.mosaic, session.slide.grid)
            synthetic = session.dataset is not None and session.dataset.synthetic
            self.view.set_badge(tr(SYNTHETIC) if synthetic else "")
        self._show_role()
        self._show_layers()

    @Slot()
    def _show_role(self) -> None:
        slide, model = self._session.slide, self._session.shown_model
        self.view.set_role(model.folder.role_of(slide.patient) if model and slide else "")

    @Slot()
    def _show_layers(self) -> None:
        layers = self._session.layers
        self.strip.set_truth(layers.truth)
        self.strip.set_prediction(layers.prediction and not (layers.change or layers.uncertainty))
        self.strip.set_errors(layers.errors)
        self.strip.set_contour(layers.contour)
        self.strip.set_smooth(layers.smooth)
        self.strip.set_labels(layers.labels)
        self.strip.set_grid(layers.grid)
        self.strip.set_hide_below(layers.hide_below)
        self.strip.set_opacity(layers.opacity)
        self.strip.set_threshold(layers.threshold)
        self.strip.set_palette(layers.palette.name)
        self.view.set_grid_visible(layers.grid)
        self.view.set_truth(self._session.slide_labels() if layers.truth else None)
        self._show_heatmap()
        self._show_marks()

    @Slot()
    def _show_marks(self) -> None:
        shown = self._session.layers.labels
        self.view.set_marks(self._session.slide_marks() if shown else None)
        self.read_out()

    @Slot()
    def _show_errors(self) -> None:
        layers = self._session.layers
        found = slide_outcomes(self._session) if layers.errors else None
        self.view.set_errors(found, layers.threshold)

    @Slot(object)
    def _follow_predictions(self, patient: str | None) -> None:
        """While all are predicted, many a one comes that is not on screen."""
        slide = self._session.slide
        if patient is None or slide is None or slide.patient == patient:
            self._show_heatmap()

    @Slot()
    def _show_heatmap(self) -> None:
        self._show_errors()
        session, layers = self._session, self._session.layers
        values = session.slide_predictions()
        hidden = session.slide is not None and session.blindness.hides(session.slide.patient)
        self.strip.set_prediction_available(
            values is not None, tr(HIDDEN) if hidden else tr(NO_PREDICTION)
        )
        self.view.set_blind(hidden)
        earlier = "" if session.earlier is None else session.earlier.name
        self.strip.set_comparison(earlier, change=layers.change, before=layers.before)
        self.read_out()
        if layers.change and session.slide_change() is not None:
            self.view.set_contour(None)
            self._show_change()
            return
        if values is None or session.slide is None:
            self.view.set_contour(None)
            self.view.set_heatmap(None)
            return
        laid = value_grid(session.slide.grid, values)
        self.view.set_contour(contour(laid, layers.threshold) if layers.contour else None)
        if layers.uncertainty:
            self._show_uncertainty()
            return
        if not layers.prediction:
            self.view.set_heatmap(None)
            return
        look = HeatmapLook(
            palette=layers.palette,
            threshold=layers.threshold,
            opacity=layers.opacity,
            hide_below=layers.hide_below,
            model="" if session.shown_model is None else session.shown_model.folder.card.name,
            area=from_below(positive_area(values, layers.threshold).words),
            smooth=layers.smooth,
            notes=(*self._notes(session.views.now), *self._without_change()),
        )
        self.view.set_heatmap(_painted(laid, look), look)

    def _without_change(self) -> tuple[str, ...]:
        """Why the prediction is shown where the change was wanted."""
        earlier = self._session.earlier
        if not self._session.layers.change or earlier is None:
            return ()
        return (tr(NO_CHANGE, earlier=earlier.name),)

    def _notes(self, view: View) -> tuple[str, ...]:
        """Which probabilities are shown, a line each."""
        words = (view.title, *self._session.views.way.words)
        return tuple(from_below(each.capitalize()) for each in words)

    def _show_uncertainty(self) -> None:
        """Show how unsure the probabilities are, in place of the heatmap."""
        session = self._session
        values, shown = session.views.slide_uncertainty(), session.shown_model
        if values is None or session.slide is None or shown is None:
            self.view.set_heatmap(None)
            return
        look = HeatmapLook(
            palette=UNCERTAINTY,
            threshold=0.5,
            opacity=session.layers.opacity,
            model=shown.folder.card.name,
            smooth=session.layers.smooth,
            uncertainty=True,
            notes=(tr(ENTROPY), *self._notes(session.views.of_uncertainty)),
        )
        laid = value_grid(session.slide.grid, values)
        self.view.set_heatmap(_painted(laid, look), look)

    def _show_change(self) -> None:
        """Show how the probabilities changed since the earlier model, in place of the heatmap."""
        session = self._session
        change, earlier, views = session.slide_change(), session.earlier, session.views
        if change is None or earlier is None or session.slide is None or session.model is None:
            self.view.set_heatmap(None)
            return
        before, now = views.before_and_now
        notes = self._notes(views.shared)
        look = HeatmapLook(
            palette=palette(CHANGE_PALETTE),
            threshold=0.5,
            opacity=session.layers.opacity,
            model=f"{earlier.name} → {session.model.folder.card.name}",
            full_change=FULL_CHANGE,
            notes=notes if before == now else (*notes, tr(NOT_SHARED)),
        )
        laid = value_grid(session.slide.grid, change_values(change))
        pixels = paint(laid, palette=look.palette, threshold=0.5, opacity=look.opacity)
        self.view.set_heatmap(pixels, look)

    @Slot(int)
    def _show_selection(self, patch: int) -> None:
        if patch != self.view.selected:
            self.view.select_patch(patch)

    @Slot(int)
    def _read_out(self, patch: int) -> None:
        session = self._session
        labels, values = session.slide_labels(), session.slide_predictions()
        # A gesture that another slide ends is told of while the last one is still in view.
        elsewhere = session.slide is not None and self.view.grid is not session.slide.grid
        if session.slide is None or labels is None or patch < 0 or elsewhere:
            self.view.set_readout("")
            return
        x, y = session.slide.grid.corner(patch)
        text = tr(
            "x {x:,} · y {y:,} · truth {label}",
            x=x + 1,
            y=y + 1,
            label=tr(WORDS[int(labels[patch])]),
        )
        said = session.slide_said()
        if said is not None and said[patch] >= 0:
            text += tr(" · label {label}", label=tr(Label(int(said[patch])).title))
        if values is not None and np.isfinite(values[patch]):
            text += tr(" · predicted {probability:.2f}", probability=values[patch])
            single = session.views.slide_single()
            if single is not None:
                text += tr(
                    " ({view}; single patch, raw {raw:.2f})",
                    view=tr(session.views.now.title),
                    raw=single[patch],
                )
        change = session.slide_change() if session.layers.change else None
        if change is not None and np.isfinite(change[patch]):
            text += tr(" · change {change:+.2f}", change=change[patch])
        self.view.set_readout(text)

    @Slot(bool)
    def _toggle_truth(self, on: bool) -> None:
        self._session.change_layers(truth=on)

    @Slot(bool)
    def _toggle_prediction(self, on: bool) -> None:
        # It takes the place of the change, and the other way round.
        self._session.change_layers(prediction=on, change=False, uncertainty=False)

    @Slot(bool)
    def _toggle_errors(self, on: bool) -> None:
        self._session.change_layers(errors=on)

    @Slot(bool)
    def _toggle_contour(self, on: bool) -> None:
        self._session.change_layers(contour=on)

    @Slot(bool)
    def _toggle_smooth(self, on: bool) -> None:
        self._session.change_layers(smooth=on)

    @Slot(bool)
    def _toggle_labels(self, on: bool) -> None:
        self._session.change_layers(labels=on)

    @Slot(bool)
    def _toggle_grid(self, on: bool) -> None:
        self._session.change_layers(grid=on)

    @Slot(bool)
    def _toggle_change(self, on: bool) -> None:
        self._session.show_before(False)
        self._session.change_layers(change=on, uncertainty=False)

    @Slot(bool)
    def _toggle_hide_below(self, on: bool) -> None:
        self._session.change_layers(hide_below=on)

    @Slot(float)
    def _change_opacity(self, opacity: float) -> None:
        self._session.change_layers(opacity=opacity)

    @Slot(float)
    def _change_threshold(self, threshold: float) -> None:
        self._session.change_layers(threshold=threshold)

    @Slot(str)
    def _change_palette(self, name: str) -> None:
        self._session.change_layers(palette=palette(name))


def _painted(laid: NDArray[np.float32], look: HeatmapLook) -> NDArray[np.uint8]:
    """The heatmap in blocks, or smoothed."""
    if look.smooth:
        return paint_smoothed(
            laid,
            smoothed(laid),
            palette=look.palette,
            threshold=look.threshold,
            opacity=look.opacity,
            hide_below=look.hide_below,
        )
    return paint(
        laid,
        palette=look.palette,
        threshold=look.threshold,
        opacity=look.opacity,
        hide_below=look.hide_below,
    )
