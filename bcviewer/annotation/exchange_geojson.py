"""Labels as GeoJSON for QuPath: a polygon a patch, or the regions of each label.

Coordinates are pixels of the patient's mosaic: its top left is (0, 0). A file for each patient,
named by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.exchange import (
    Offer,
    Offered,
    Problem,
    check_count,
    note,
    parse_label,
    read_file,
)
from bcviewer.annotation.labels import Label, LabelError
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import showable
from bcviewer.slide.geojson import Form, ObjectClass, collection, region_features, tile
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.regions import Point, Ring, inside
from bcviewer.storage import parse_json, write_text

COLOURS = {
    Label.NOT_IDC: (64, 120, 192),
    Label.IDC: (200, 48, 64),
    Label.UNSURE: (224, 168, 32),
    Label.EXCLUDED: (128, 128, 128),
}
"""Colours of the classes in QuPath."""

HINT = "GeoJSON of labels is a FeatureCollection of polygons, each with a classification."
MOST_CORNERS = 500_000
FAR = 1e9
"""No slide is so wide; larger numbers are no coordinates."""

MARK = b'"bcviewer":'
"""What QuPath does not write again when it exports what it read here."""

TAIL_BYTES = 2**16
"""The mark stands behind the features."""

Rings = list[Ring]

__all__ = ["COLOURS", "Form", "geojson_of", "read_geojson", "spare_others", "write_geojson"]


def geojson_of(
    dataset: Dataset, patient: str, labels: NDArray[np.int8], *, form: Form = "tiles"
) -> dict[str, Any]:
    """A patient's labels as a FeatureCollection.

    Args:
        dataset: The data set.
        patient: The patient.
        labels: int8[N], see ``Label``; rows with -1 are left out.
        form: A polygon a patch, or merged regions with holes.

    Raises:
        DataError: The data set has no such patient.
    """
    rows = dataset.rows(patient)
    grid = grid_of(dataset.x[rows], dataset.y[rows])
    make = _tiles if form == "tiles" else _regions
    return collection(patient, grid, make(patient, grid, labels[rows]))


def spare_others(folder: Path, patients: Iterable[str]) -> None:
    """Refuse to write over files that are not of this program: drawn or changed in QuPath, say.

    Raises:
        LabelError: There are such files where ``write_geojson`` would write.
    """
    others = [f"{patient}.geojson" for patient in patients if _is_another(_path(folder, patient))]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise LabelError(
            f"{showable(str(folder))} has files of other programs: {showable(others[0])}{more}. "
            "They may hold work that is nowhere else, and are not written over.",
            hint="Choose another folder, or move them away.",
        )


def _is_another(path: Path) -> bool:
    if not path.is_file():
        return path.exists()
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return MARK not in file.read(TAIL_BYTES)
    except OSError:
        return True


def _path(folder: Path, patient: str) -> Path:
    return folder / f"{patient}.geojson"


def write_geojson(
    dataset: Dataset, patient: str, labels: NDArray[np.int8], folder: Path, *, form: Form = "tiles"
) -> Path:
    """Write a patient's labels to ``folder/PATIENT.geojson``; see ``geojson_of``.

    Raises:
        StorageError: The file cannot be written.
    """
    path = _path(folder, patient)
    content = geojson_of(dataset, patient, labels, form=form)
    write_text(path, json.dumps(content, separators=(",", ":")) + "\n")
    return path


def read_geojson(path: Path, dataset: Dataset) -> Offered:
    """Read labels from polygons, of ours or drawn in QuPath: a patch is in if its centre is.

    Features that cannot be used are told by their number.

    Raises:
        LabelError: The file cannot be read, is no such file, or names no patient of the data set.
    """
    content = _parsed(path)
    about = content.get("bcviewer") if isinstance(content, dict) else None
    about = about if isinstance(about, dict) else {}
    patient = _patient(path, dataset, about.get("patient"))
    rows = dataset.rows(patient)
    grid = grid_of(dataset.x[rows], dataset.y[rows])
    origin = _origin(about.get("origin"), grid)
    cells = _Cells(grid, origin)
    offers: list[Offer] = []
    problems: list[Problem] = []
    corners = 0
    for number, feature in enumerate(_features(path, content), start=1):
        found = _label_and_polygons(feature)
        if isinstance(found, str):
            note(problems, number, found)
            continue
        label, polygons = found
        corners += sum(len(ring) for polygon in polygons for ring in polygon)
        if corners > MOST_CORNERS:
            raise LabelError(f"The polygons of {path} have too many corners.", hint=HINT)
        for index in sorted({index for polygon in polygons for index in cells.within(polygon)}):
            row = rows.start + index
            place = int(dataset.x[row]), int(dataset.y[row])
            offers.append(Offer(patient, *place, label, number))
        check_count(path, offers, hint=HINT)
    return Offered(showable(path.name), offers, problems)


class _Cells:
    """The centres of a patient's patches, in pixels of the mosaic."""

    def __init__(self, grid: Grid, origin: tuple[float, float]) -> None:
        self._x = (grid.column_of.astype(np.float64) + 0.5) * PATCH_SIZE - origin[0]
        self._y = (grid.row_of.astype(np.float64) + 0.5) * PATCH_SIZE - origin[1]

    def within(self, polygon: Rings) -> list[int]:
        points = np.array(polygon[0])
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        near = np.flatnonzero(
            (self._x > left) & (self._x < right) & (self._y > top) & (self._y < bottom)
        )
        found: list[int] = near[inside(polygon, self._x[near], self._y[near])].tolist()
        return found


def _tiles(patient: str, grid: Grid, labels: NDArray[np.int8]) -> Iterator[dict[str, Any]]:
    for index in np.flatnonzero(labels >= 0).tolist():
        yield tile(patient, grid, index, _class_of(Label(labels[index])))


def _regions(patient: str, grid: Grid, labels: NDArray[np.int8]) -> Iterator[dict[str, Any]]:
    for label in COLOURS:
        yield from region_features(patient, grid, labels == label, _class_of(label))


def _class_of(label: Label) -> ObjectClass:
    return ObjectClass(label.title, COLOURS[label])


def _parsed(path: Path) -> Any:
    content = read_file(path, hint=HINT)
    try:
        return parse_json(content)
    except ValueError as error:
        raise LabelError(f"{path} is not a JSON file: {error}.", hint=HINT) from error


def _features(path: Path, content: Any) -> list[Any]:
    """The features; QuPath also writes them as a bare list, or one alone."""
    if isinstance(content, dict) and content.get("type") == "Feature":
        return [content]
    features = content.get("features") if isinstance(content, dict) else content
    if not isinstance(features, list):
        raise LabelError(f"{path} holds no features.", hint=HINT)
    return features


def _patient(path: Path, dataset: Dataset, named: object) -> str:
    for name in (named, path.name.split(".")[0]):
        if isinstance(name, str) and name in dataset.patients:
            return name
    raise LabelError(
        f"{path} is of no patient of this data set.",
        hint="Name the file after its patient, as in 8975.geojson.",
    )


def _origin(given: object, grid: Grid) -> tuple[float, float]:
    """Where the mosaic began; where the file does not tell, it is that of the data as it is."""
    if isinstance(given, list) and len(given) == 2 and all(_is_number(value) for value in given):
        return float(given[0]), float(given[1])
    return grid.origin


def _label_and_polygons(feature: Any) -> tuple[Label, list[Rings]] | str:
    """What a feature says; or what is wrong with it, in words."""
    if not isinstance(feature, dict):
        return "It is no feature."
    properties = feature.get("properties")
    classification = properties.get("classification") if isinstance(properties, dict) else None
    name = classification.get("name") if isinstance(classification, dict) else None
    label = parse_label(name) if isinstance(name, str) else None
    if label is None:
        return f"Its class is no label: {str(name)[:40]!r}."
    geometry = feature.get("geometry")
    shape = geometry if isinstance(geometry, dict) else {}
    kind, found = shape.get("type"), shape.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return f"It is no polygon: {str(kind)[:40]!r}."
    polygons = [_rings(polygon) for polygon in ([found] if kind == "Polygon" else _listed(found))]
    if not polygons or any(polygon is None for polygon in polygons):
        return "Its corners are no closed lines of numbers."
    return label, [polygon for polygon in polygons if polygon is not None]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _rings(polygon: object) -> Rings | None:
    rings = [_ring(ring) for ring in _listed(polygon)]
    if not rings or any(ring is None for ring in rings):
        return None
    return [ring for ring in rings if ring is not None]


def _ring(points: object) -> Ring | None:
    ring = [_point(point) for point in _listed(points)]
    if len(ring) < 4 or ring[0] != ring[-1] or None in ring:
        return None
    return [point for point in ring if point is not None]


def _point(point: object) -> Point | None:
    if not isinstance(point, list) or len(point) < 2:
        return None
    x, y = point[:2]
    return (float(x), float(y)) if _is_number(x) and _is_number(y) else None


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < FAR  # which NaN is not either
    )
