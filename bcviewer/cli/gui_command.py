"""The command gui: the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.options import WorkspaceOption


def gui(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="A data folder to open.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Open synthetic demo tissue with a heatmap.")
    ] = False,
) -> None:
    """Open the window."""
    from bcviewer.gui.display import check_display

    check_display()
    from bcviewer.gui.app import run

    raise typer.Exit(run(folder, workspace=workspace, demo=demo))
