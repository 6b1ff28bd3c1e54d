"""Options of the command predict that would change no file that is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import typer

from bcviewer.cli.options import is_given
from bcviewer.slide.picture import Layer


@dataclass(frozen=True)
class Effect:
    """Where an option shows.

    Attributes:
        layers: Of the pictures of --heatmaps.
        files: Whether the files of --values and --geojson have it too.
    """

    layers: tuple[Layer, ...] = tuple(Layer)
    files: bool = False


_FILES: Final = {"values": "--values", "geojson": "--geojson tiles"}
_VALUES: Final = (Layer.PREDICTION, Layer.UNCERTAINTY)

EFFECTS: Final = {
    "against": Effect((Layer.CHANGE,), files=True),
    "layer": Effect(),
    "smooth": Effect(_VALUES),
    "colours": Effect((Layer.PREDICTION,)),
    "opacity": Effect(),
    "hide_below": Effect((Layer.PREDICTION,)),
    "contour": Effect(_VALUES),
    "truth": Effect(),
    "errors": Effect(),
}
"""By parameter; what is not here changes every table."""


def refuse_idle(context: typer.Context, layers: Collection[Layer]) -> None:
    """Refuse options that would be passed over in silence.

    Args:
        context: The command line.
        layers: What --heatmaps would show.

    Raises:
        typer.BadParameter: There are some; it says what to add to each.
    """
    given = context.params
    told, drawn = any(given[name] for name in _FILES), bool(given["heatmaps"])
    idle: dict[str, list[str]] = {}
    for name, effect in EFFECTS.items():
        missing = _missing(effect, layers, drawn=drawn)
        if is_given(context, name) and missing and not (effect.files and told):
            ways = " or ".join((*(_FILES.values() if effect.files else ()), missing))
            idle.setdefault(ways, []).append(_as_typed(context, name))
    if idle:
        raise typer.BadParameter(
            "; ".join(
                f"{', '.join(options)} would change no file: add {ways}"
                for ways, options in idle.items()
            )
        )


def _missing(effect: Effect, layers: Collection[Layer], *, drawn: bool) -> str:
    """What a picture that shows an option lacks; "" for nothing."""
    shown = any(layer in effect.layers for layer in layers)
    lacking = ("" if drawn else "--heatmaps png", "" if shown else f"--layer {effect.layers[0]}")
    return " ".join(filter(None, lacking))


def _as_typed(context: typer.Context, name: str) -> str:
    """The option of a parameter, ``--no-contour`` where that was said."""
    (option,) = (each for each in context.command.params if each.name == name)
    off = option.secondary_opts and not context.params[name]
    return (option.secondary_opts if off else option.opts)[0]
