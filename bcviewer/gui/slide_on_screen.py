"""The slide on screen as something to export: what is drawn, by which models, on which scale."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.gui.session import Session
from bcviewer.gui.slide_outcomes import slide_outcomes
from bcviewer.model.context import PLAIN, View
from bcviewer.model.every_view import VIEWS
from bcviewer.model.slide_export import Against, SlideExport
from bcviewer.model.told_model import judged_words
from bcviewer.slide.mosaic import Mosaic
from bcviewer.slide.picture import HeatmapStyle, Layer


class _Compared(NamedTuple):
    """The model in use beside the earlier one: its values, its threshold, and the other's."""

    values: NDArray[np.float32]
    threshold: float
    against: Against


def export_of(session: Session) -> SlideExport | None:
    """What is on screen, copied: predictions may come while the files are written."""
    layers, layer = session.layers, layer_of(session)
    if session.dataset is None or session.slide is None:
        return None
    tissue, model, compared = session.slide.mosaic, session.shown_model, _compared(session)
    values = session.slide_predictions() if compared is None else compared.values
    return SlideExport(
        dataset=session.dataset,
        patient=session.slide.patient,
        grid=session.slide.grid,
        mosaic=Mosaic(tissue.levels[0], tissue.origin, tissue.order),
        style=HeatmapStyle(
            palette=layers.palette,
            threshold=layers.threshold if compared is None else compared.threshold,
            opacity=layers.opacity,
            hide_below=layers.hide_below,
            smooth=layers.smooth,
            shown=layers.prediction or layer is not Layer.PREDICTION,
            contour=layers.contour,
        ),
        values=None if values is None else values.copy(),
        model=None if model is None else model.folder,
        view=session.views.now if compared is None else session.views.shared,
        way=session.views.way,
        views=_views(session),
        against=None if compared is None else compared.against,
        layer=layer,
        truth=layers.truth,
        outcomes=slide_outcomes(session) if layers.errors else None,
        notes=_notes(session),
    )


def _notes(session: Session) -> tuple[str, ...]:
    """By which labels right and wrong predictions are marked, where they are."""
    if not session.layers.errors or session.dataset is None:
        return ()
    state, dataset = session.labels, session.dataset
    labels = dataset.labels if state is None else state.effective()
    return (judged_words(EffectiveLabels.of(dataset, labels)),)


def layer_of(session: Session) -> Layer:
    """The prediction, or what is on screen in place of it: no change without both models."""
    layers = session.layers
    if layers.change and session.slide_change() is not None:
        return Layer.CHANGE
    return Layer.UNCERTAINTY if layers.uncertainty else Layer.PREDICTION


def _compared(session: Session) -> _Compared | None:
    """Both models in the view that they share; None while no change is on screen."""
    views = session.views
    if layer_of(session) is not Layer.CHANGE or session.slide is None or session.earlier is None:
        return None
    both = views.values_before_and_now(session.slide.patient)
    if both is None:
        return None
    before, now = session.shared_thresholds
    return _Compared(both[1], now, Against(session.earlier.model.folder, both[0], before))


def _views(session: Session) -> dict[View, NDArray[np.float32]]:
    """All maps of the model on screen, as far as the reader may see them."""
    shown, views = session.shown_model, session.views
    if shown is None:
        return {}
    known = VIEWS if shown.folder.context is not None else (PLAIN,)
    maps = {view: views.slide_values(view) for view in known}
    return {view: values.copy() for view, values in maps.items() if values is not None}
