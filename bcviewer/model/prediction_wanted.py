"""Which files are written of a prediction, and how their pictures look."""

from __future__ import annotations

from dataclasses import dataclass

from bcviewer.model.export_files import ExportKind
from bcviewer.slide.palette import PALETTES, palette
from bcviewer.slide.picture import HeatmapStyle, Layer


@dataclass(frozen=True)
class Look:
    """How pictures of slides are drawn.

    Attributes:
        palette: Name of the heatmap's palette.
        opacity: Of the heatmap, 0 to 1.
        smooth: Whether it is drawn smoothed.
        hide_below: Whether cells below the threshold stay clear.
        contour: Whether what is predicted IDC has a line around it.
        truth: Whether what is labelled IDC has one.
        layers: What is painted, a picture for each.
    """

    palette: str = PALETTES[0].name
    opacity: float = 0.45
    smooth: bool = False
    hide_below: bool = False
    contour: bool = True
    truth: bool = True
    layers: tuple[Layer, ...] = (Layer.PREDICTION,)

    def style(self, threshold: float) -> HeatmapStyle:
        """As pictures take it."""
        return HeatmapStyle(
            palette(self.palette),
            threshold,
            self.opacity,
            hide_below=self.hide_below,
            smooth=self.smooth,
            contour=self.contour,
        )


@dataclass(frozen=True)
class Wanted:
    """Which files are written beside the tables, and how.

    Attributes:
        pictures: Whether pictures of patches are wanted.
        kinds: Files of whole slides.
        look: How pictures of slides are drawn.
        threshold: From this probability on a patch is IDC; None for the model's own.
    """

    pictures: bool = False
    kinds: tuple[ExportKind, ...] = ()
    look: Look = Look()
    threshold: float | None = None
