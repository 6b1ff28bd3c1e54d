"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcviewer.model.way import Precision

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help="The data folder: the patients' folders, IDC_regular_ps50_idx5, or their parent.",
        show_default=False,
    ),
]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="Where to keep index, pixels and runs (default: a folder of bcviewer's own).",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Report as JSON.")]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="DIR",
        help="A model folder, a run folder, or the name of a bundled model.",
        show_default=False,
    ),
]
SplitOption = Annotated[
    Path | None,
    typer.Option("--split", metavar="FILE", help="A split file.", show_default=False),
]
Averaged = Annotated[
    bool,
    typer.Option(
        "--tta/--no-tta",
        help="Average over the eight flips and rotations of a patch; takes eight times as long.",
    ),
]
PrecisionOption = Annotated[
    Precision,
    typer.Option(
        "--precision",
        help="What the graph computes in. int8 is about twice as fast, and moves probabilities by "
        "0.01 on average; so is bfloat16 on processors with fast instructions for it, by 0.006.",
    ),
]


def is_given(context: typer.Context, name: str) -> bool:
    """Whether a parameter was said on the command line, be it as its default has it."""
    given = context.get_parameter_source(name)
    return given is not None and given.name == "COMMANDLINE"
