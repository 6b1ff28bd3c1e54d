"""GeoJSON as QuPath reads it: patches as tiles, regions with holes as annotations.

Coordinates are pixels of the patient's mosaic, whose top left is (0, 0): the exported picture of
the mosaic has the same origin.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.grid import Grid
from bcviewer.slide.positive import positive_cells
from bcviewer.slide.regions import regions_of

Form = Literal["tiles", "regions"]
Rings = list[list[list[float]]]
"""The outside of a polygon, then its holes; each is closed."""

NAMESPACE: Final = uuid.UUID("6f2d1f0e-2b7c-4c55-9d0a-0f5d8e0b8f11")
"""So that the same patch has the same id in every export."""

_PROBABILITY: Final = "prob_IDC"
_CHANGE: Final = "change"


@dataclass(frozen=True)
class ObjectClass:
    """A class of QuPath: its name, and its colour as red, green, blue, 0 to 255."""

    name: str
    colour: tuple[int, int, int]


PREDICTED_IDC: Final = ObjectClass("IDC", (200, 48, 64))
PREDICTED_NOT_IDC: Final = ObjectClass("not IDC", (64, 120, 192))


def collection(
    patient: str, grid: Grid, features: Iterable[dict[str, Any]], **about: object
) -> dict[str, Any]:
    """A FeatureCollection that tells whose it is and where on the slide its mosaic begins.

    Args:
        patient: The patient.
        grid: Its grid.
        features: See `tile` and `region_features`.
        about: More to tell, such as the model; QuPath passes over it.
    """
    return {
        "type": "FeatureCollection",
        "features": list(features),
        "bcviewer": {
            "patient": patient,
            "origin": list(grid.origin),
            "patch_size": PATCH_SIZE,
            **about,
        },
    }


def tile(
    patient: str,
    grid: Grid,
    index: int,
    kind: ObjectClass,
    *,
    measurements: dict[str, float] | None = None,
) -> dict[str, Any]:
    """One patch as a polygon."""
    left, top = grid.origin
    corner_x, corner_y = grid.corner(index)
    x, y = corner_x - left, corner_y - top
    far_x, far_y = x + PATCH_SIZE, y + PATCH_SIZE
    ring: list[list[float]] = [[x, y], [far_x, y], [far_x, far_y], [x, far_y], [x, y]]
    name = f"{patient}/{corner_x + 1}/{corner_y + 1}"
    return _feature(name, [ring], kind, shown_as="tile", measurements=measurements)


def region_features(
    patient: str,
    grid: Grid,
    chosen: NDArray[np.bool_],
    kind: ObjectClass,
    *,
    measure: Callable[[NDArray[np.int32]], dict[str, float]] | None = None,
) -> Iterator[dict[str, Any]]:
    """The regions of some patches, those that touch along their sides merged to one polygon.

    Args:
        patient: The patient.
        grid: Its grid.
        chosen: bool[n] in the patient's order.
        kind: What they are.
        measure: What is measured of a region, by its patches; None for nothing.
    """
    mask = np.zeros((grid.rows, grid.columns), np.bool_)
    mask[grid.row_of[chosen] - grid.row0, grid.column_of[chosen] - grid.column0] = True
    for number, region in enumerate(regions_of(mask)):
        rings = [
            [[PATCH_SIZE * x, PATCH_SIZE * y] for x, y in ring]
            for ring in (region.outside, *region.holes)
        ]
        measured = None if measure is None else measure(grid.cell_rows.ravel()[region.cells])
        name = f"{patient}/{kind.name}/{number}"
        yield _feature(name, rings, kind, shown_as="annotation", measurements=measured)


def prediction_features(
    patient: str,
    grid: Grid,
    values: NDArray[np.float32],
    *,
    threshold: float,
    form: Form,
    beside: Mapping[str, NDArray[np.float32]] | None = None,
) -> Iterator[dict[str, Any]]:
    """A prediction: a polygon a patch, or the regions of predicted IDC, each measured.

    Args:
        patient: The patient.
        grid: Its grid.
        values: float32[n], NaN where there is no prediction: such patches are left out.
        threshold: From this probability on a patch is IDC.
        form: Tiles of both classes, or regions of IDC.
        beside: float32[n] by name: what else is measured of each tile, the change of each region
            too; NaN is left out.
    """
    above = positive_cells(values, threshold)
    numbers = {_PROBABILITY: values, **(beside or {})}
    if form == "regions":

        def measure(patches: NDArray[np.int32]) -> dict[str, float]:
            return _of_region({name: each[patches] for name, each in numbers.items()})

        yield from region_features(patient, grid, above, PREDICTED_IDC, measure=measure)
        return
    for index in np.flatnonzero(~np.isnan(values)).tolist():
        kind = PREDICTED_IDC if above[index] else PREDICTED_NOT_IDC
        said = {name: round(float(each[index]), 6) for name, each in numbers.items()}
        known = {name: number for name, number in said.items() if number == number}
        yield tile(patient, grid, index, kind, measurements=known)


def _of_region(numbers: Mapping[str, NDArray[np.float32]]) -> dict[str, float]:
    """What is measured of the patches of a region, of which each has a probability."""
    values = numbers[_PROBABILITY]
    found: dict[str, float] = {"patches": len(values)}
    found[f"mean_{_PROBABILITY}"] = round(float(values.mean(dtype=np.float64)), 6)
    found[f"max_{_PROBABILITY}"] = round(float(values.max()), 6)
    change = numbers.get(_CHANGE)
    if change is not None and not np.isnan(change).all():
        found[f"mean_{_CHANGE}"] = round(float(np.nanmean(change, dtype=np.float64)), 6)
    return found


def _feature(
    name: str,
    rings: Rings,
    kind: ObjectClass,
    *,
    shown_as: str,
    measurements: dict[str, float] | None = None,
) -> dict[str, Any]:
    # Names that are no UTF-8 are only looked at here.
    named = name.encode("utf-8", "surrogateescape").hex()
    properties: dict[str, Any] = {
        "objectType": shown_as,
        "isLocked": False,
        "classification": {"name": kind.name, "color": list(kind.colour)},
    }
    if measurements is not None:
        properties["measurements"] = measurements
    return {
        "type": "Feature",
        "id": str(uuid.uuid5(NAMESPACE, named)),
        "geometry": {"type": "Polygon", "coordinates": rings},
        "properties": properties,
    }
