"""The command that makes a model of a file that Keras has saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.cli.console import progress_bar, say
from bcviewer.cli.options import AsJson
from bcviewer.errors import BcviewerError, ModelError
from bcviewer.model.card import ModelCard
from bcviewer.model.child import LineWriter
from bcviewer.model.folder import ModelFolder
from bcviewer.model.import_process import look_at_file
from bcviewer.model.imported_meaning import (
    AUTO,
    IDC_OUTPUTS,
    RESIZINGS,
    SCALINGS,
    Wishes,
)
from bcviewer.model.imported_options import HALF, ImportLine, ImportTask
from bcviewer.model.imported_reading import LATER, bounded, look_at, reading_limit
from bcviewer.progress import Progress


def import_model_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="An .h5 or .keras file, of Keras 2 or 3.", show_default=False
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="MODELFOLDER",
            help="A new folder for the model (default: where every window finds it).",
            show_default=False,
        ),
    ] = None,
    input_size: Annotated[
        str, typer.Option(help="Pixels of the network's input: auto or a number.")
    ] = AUTO,
    scaling: Annotated[
        str, typer.Option(help=f"The values that it takes: auto, {', '.join(SCALINGS)}.")
    ] = AUTO,
    resizing: Annotated[
        str, typer.Option(help=f"How patches come to its size: auto, {', '.join(RESIZINGS)}.")
    ] = AUTO,
    idc_output: Annotated[
        str, typer.Option(help=f"Which output is IDC: auto, {', '.join(IDC_OUTPUTS)}.")
    ] = AUTO,
    name: Annotated[str, typer.Option(help="The model's name (default: that of the file).")] = "",
    threshold: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="From this probability on it is IDC.")
    ] = HALF,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what the network takes and gives.")
    ] = False,
    here: Annotated[bool, typer.Option("--here", hidden=True)] = False,
    as_json: AsJson = False,
) -> None:
    """Make a model of a file that Keras has saved, without running any code of it.

    What cannot be read from the file is assumed. The model's card says what was read, chosen and
    assumed.
    """
    # "--here" is what this command adds for the process that it starts to look at the file.
    wishes = Wishes(_size(input_size), scaling, resizing, idc_output)
    emit = LineWriter(typer.get_text_stream("stdout")) if as_json else None
    try:
        task = ImportTask(
            source=file.expanduser().absolute(),
            target=to.expanduser().absolute() if to is not None else None,
            wishes=wishes,
            name=name.strip()[:80],
            threshold=threshold,
        )
        if look:
            _say_look(file, _look_here(task) if here else look_at_file(task), emit)
            return
        made = _told(task, emit) if emit else _shown(task)
    except BcviewerError as error:
        if emit is None:
            raise
        emit(ImportLine("failed", error.message, error.hint))  # type: ignore[arg-type]
        raise typer.Exit(1) from error
    if emit is None:
        _say_made(made)


def _told(task: ImportTask, emit: Any) -> ModelFolder:
    """Import for a reader of lines."""

    def tell(done: int, total: int, text: str) -> None:
        emit(ImportLine("progress", text, done=done, total=total))

    made = _import(task, tell)
    emit(ImportLine("imported", content={"model": str(made.path), "fingerprint": made.fingerprint}))
    return made


def _shown(task: ImportTask) -> ModelFolder:
    with progress_bar("Importing") as progress:

        def tell(done: int, total: int, _: str, show: Progress = progress) -> None:
            show(done, total)

        return _import(task, tell)


def _import(task: ImportTask, tell: Any) -> ModelFolder:
    # Before the import of TensorFlow, which takes seconds: a wrong file is told at once. It is read
    # elsewhere: damaged, it may never end. What was read there whole can be read here again.
    task = replace(task, target=task.place)
    if task.place.exists():
        raise ModelError(
            f"{task.place} exists already.", hint="Choose another folder or another name."
        )
    task = replace(task, sha256=look_at_file(task)["sha256"])
    from bcviewer.model.backend import load_import_model

    return load_import_model()(task, tell=tell)


def _look_here(task: ImportTask) -> dict[str, Any]:
    with bounded(reading_limit(task.source) + LATER):
        return look_at(task.source, task.wishes)


def _say_look(file: Path, about: dict[str, Any], emit: Any) -> None:
    if emit is not None:
        emit(ImportLine("looked", content=about))
        return
    say(f"{file}: {about['written_by']}")
    for name, words, how in about["points"]:
        say(f"{name}: {words} ({how})")


def _say_made(made: ModelFolder) -> None:
    card: ModelCard = made.card
    say(f"Model: {made.path}")
    if card.imported is not None:
        say(f"Network: {card.imported.network}; {card.imported.written_by}")
        for point in card.imported.points:
            say(point.text)
    say("It is not known which patients it was trained on: its scores may be optimistic.")


def _size(text: str) -> int:
    if text == AUTO:
        return 0
    if not text.isdecimal() or not 0 < int(text) < 10_000:
        raise typer.BadParameter(f"--input-size is auto or a number of pixels, not {text}")
    return int(text)
