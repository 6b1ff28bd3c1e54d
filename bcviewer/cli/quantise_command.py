"""The command that makes the int8 graph of a model."""

from __future__ import annotations

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.cli.console import progress_bar, say, say_json
from bcviewer.cli.options import AsJson, Folder, ModelOption, WorkspaceOption
from bcviewer.counting import counted
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.int8 import Int8Card
from bcviewer.model.int8_making import make_int8
from bcviewer.model.library import find_model


def quantise(
    folder: Folder,
    model: ModelOption,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Make the graph of a model that computes in 8-bit numbers: predict --precision int8.

    The ranges of the numbers are read from patches that the model was trained on, and what it
    does to the scores is measured on its validation patients. It is kept in bcviewer's own folder.
    """
    opened = find_model(model)
    dataset, place = open_dataset(folder, workspace=workspace)
    with progress_bar("Measuring the effect") as progress:
        made = make_int8(
            opened,
            dataset,
            PixelStore(place.pixels_folder, dataset),
            labels=read_effective_labels(place, dataset).labels,
            progress=progress,
        )
    if made.int8 is None:
        raise AssertionError("an int8 graph was just made")
    card = made.int8.card
    if as_json:
        say_json({"model": str(opened.path), "graph": str(made.int8.path), **_told(card)})
        return
    effect = "not measured: none of the validation patients is in this data"
    say(f"Ranges were read from {counted(card.patches, 'patch')}.")
    say(f"Effect: {effect if card.effect is None else card.effect.words}.")
    say(f"Written to {made.int8.path}")


def _told(card: Int8Card) -> dict[str, object]:
    return card.model_dump(mode="json", include={"patches", "effect", "created"})
