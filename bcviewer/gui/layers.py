"""What lies over the tissue: the switches of the layer strip."""

from __future__ import annotations

from dataclasses import dataclass

from bcviewer.slide.palette import Palette


@dataclass(frozen=True)
class Layers:
    """What is drawn over the mosaic, and how.

    Attributes:
        truth: Whether the outline of the labelled IDC is shown.
        prediction: Whether the heatmap is shown.
        grid: Whether the borders of the cells are shown.
        hide_below: Whether cells below the threshold stay clear.
        opacity: Of the heatmap, 0 to 1.
        threshold: From this probability on a patch is predicted IDC.
        palette: The heatmap's colours.
        labels: Whether the marks of labelled patches are shown.
        change: Whether the change since the earlier model is shown in place of the heatmap.
        before: Whether the heatmap is that of the earlier model.
        context: Whether neighbours speak, for models that have learned how.
        calibrated: Whether probabilities are calibrated, likewise.
        uncertainty: Whether the uncertainty is shown in place of the heatmap.
        contour: Whether the regions at or above the threshold have a line around them.
        smooth: Whether the heatmap is drawn smoothed.
        errors: Whether right and wrong predictions are marked.
    """

    truth: bool
    prediction: bool
    grid: bool
    hide_below: bool
    opacity: float
    threshold: float
    palette: Palette
    labels: bool = True
    change: bool = False
    before: bool = False
    context: bool = False
    calibrated: bool = False
    uncertainty: bool = False
    contour: bool = False
    smooth: bool = False
    errors: bool = False
