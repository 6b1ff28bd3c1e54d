"""The options of the command predict that say which files are written, and how they look."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import Layer

NAMES = ", ".join(each.name for each in PALETTES)


class Heatmap(StrEnum):
    """A picture of a whole slide."""

    PNG = "png"
    SVG = "svg"


class Polygons(StrEnum):
    """A file for QuPath."""

    TILES = "tiles"
    REGIONS = "regions"


OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where to write.", show_default=False)
]
PatientsOption = Annotated[
    list[str] | None,
    typer.Option("--patient", metavar="ID", help="Only this one.", show_default=False),
]
PicturesOption = Annotated[
    bool,
    typer.Option("--pictures", help="Also pictures of patches with truth and prediction."),
]
HeatmapsOption = Annotated[
    list[Heatmap] | None,
    typer.Option(
        "--heatmaps",
        help="Also a picture of each slide with heatmap, contour, truth and legend; may be "
        "given twice.",
        show_default=False,
    ),
]
PolygonsOption = Annotated[
    list[Polygons] | None,
    typer.Option(
        "--geojson",
        help="Also GeoJSON for QuPath: tiles, a polygon a patch; regions, those predicted "
        "IDC, merged, with their number and mean; may be given twice.",
        show_default=False,
    ),
]
ValuesOption = Annotated[
    bool,
    typer.Option(
        "--values", help="Also a table with all views, uncertainty, truth, model and role."
    ),
]
MosaicsOption = Annotated[
    bool,
    typer.Option("--mosaics", help="Also the tissue of each slide, to lay GeoJSON over."),
]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="DIR",
        help="Another model: also the change of each probability from that model to this one, in "
        "pictures, --values and GeoJSON.",
        show_default=False,
    ),
]
LayersOption = Annotated[
    list[Layer] | None,
    typer.Option(
        "--layer",
        help="What --heatmaps show, a picture for each; may be given several times. Default: the "
        "prediction, and the change with --against.",
        show_default=False,
    ),
]
GivenThreshold = Annotated[
    float | None,
    typer.Option(
        "--threshold",
        min=0,
        max=1,
        help="From this probability on a patch is IDC, in the view that is asked for. Default: "
        "the model's own.",
        show_default=False,
    ),
]
SmoothOption = Annotated[
    bool, typer.Option("--smooth", help="Draw heatmaps smoothed; no number changes.")
]
PaletteOption = Annotated[str, typer.Option("--palette", help=f"Colours of heatmaps: {NAMES}.")]
OpacityOption = Annotated[
    float,
    typer.Option("--opacity", min=0, max=1, help="How much heatmaps cover the tissue."),
]
HideBelowOption = Annotated[
    bool, typer.Option("--hide-below", help="Leave patches below the threshold clear.")
]
ContourOption = Annotated[
    bool,
    typer.Option("--contour/--no-contour", help="A line around what is predicted IDC."),
]
TruthOption = Annotated[
    bool,
    typer.Option("--truth/--no-truth", help="An outline of what is labelled IDC."),
]
ErrorsOption = Annotated[
    bool,
    typer.Option("--errors", help="Mark right and wrong, by the labels as readers corrected them."),
]
ContextOption = Annotated[
    bool,
    typer.Option("--context/--no-context", help="Let neighbouring patches speak, as was learned."),
]
CalibratedOption = Annotated[
    bool,
    typer.Option("--calibrated/--raw", help="Calibrated probabilities, or what the network says."),
]
AgainOption = Annotated[
    bool,
    typer.Option("--again", help="Predict and write anew what is done already, too."),
]
