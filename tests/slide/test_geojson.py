"""Predictions for QuPath: closed rings in pixels of the mosaic, holes the other way round."""

from __future__ import annotations

import json
import uuid
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.geojson import Form, collection, prediction_features
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.regions import inside, signed_area
from tests.slide.patches import cells, placed

SEEDS = st.integers(0, 2**32 - 1)


def prediction(some: list[tuple[int, int]], seed: int) -> tuple[Grid, np.ndarray]:
    patches = placed(some)
    values = np.random.default_rng(seed).random(len(patches)).astype(np.float32)
    values[values < 0.2] = np.nan
    return grid_of(patches.x, patches.y), values


def features(grid: Grid, values: np.ndarray, form: Form) -> list[dict[str, Any]]:
    found = prediction_features("p", grid, values, threshold=0.6, form=form)
    written = json.dumps(collection("p", grid, found, model="m"), allow_nan=False)
    content = json.loads(written)
    assert content["type"] == "FeatureCollection"
    assert content["bcviewer"] == {
        "patient": "p",
        "origin": list(grid.origin),
        "patch_size": PATCH_SIZE,
        "model": "m",
    }
    listed: list[dict[str, Any]] = content["features"]
    return listed


def check_rings(feature: dict[str, Any], grid: Grid) -> list[list[tuple[float, float]]]:
    assert feature["type"] == "Feature"
    uuid.UUID(feature["id"])
    assert feature["geometry"]["type"] == "Polygon"
    rings = [[(x, y) for x, y in ring] for ring in feature["geometry"]["coordinates"]]
    width, height = grid.size
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(ring) >= 5
        assert all(0 <= x <= width and 0 <= y <= height for x, y in ring)
        assert all(x % PATCH_SIZE == 0 and y % PATCH_SIZE == 0 for x, y in ring)
    assert signed_area(rings[0]) > 0
    assert all(signed_area(hole) < 0 for hole in rings[1:])
    return rings


@given(cells(most=30, span=6), SEEDS)
def test_each_predicted_patch_is_a_tile_with_its_probability(
    some: list[tuple[int, int]], seed: int
) -> None:
    grid, values = prediction(some, seed)
    listed = features(grid, values, "tiles")
    predicted = np.flatnonzero(~np.isnan(values))
    assert len(listed) == len(predicted) == len({feature["id"] for feature in listed})
    for index, feature in zip(predicted.tolist(), listed, strict=True):
        (ring,) = check_rings(feature, grid)
        x, y = grid.corner(index)
        assert ring[0] == (x - grid.origin[0], y - grid.origin[1])
        properties = feature["properties"]
        assert properties["objectType"] == "tile"
        assert properties["measurements"]["prob_IDC"] == round(float(values[index]), 6)
        above = bool(values[index] >= 0.6)
        assert properties["classification"]["name"] == ("IDC" if above else "not IDC")
        assert len(properties["classification"]["color"]) == 3


@given(cells(most=30, span=6), SEEDS)
def test_regions_cover_just_the_patches_predicted_idc(
    some: list[tuple[int, int]], seed: int
) -> None:
    grid, values = prediction(some, seed)
    x = (grid.column_of.astype(np.float64) - grid.column0 + 0.5) * PATCH_SIZE
    y = (grid.row_of.astype(np.float64) - grid.row0 + 0.5) * PATCH_SIZE
    covered = np.zeros(len(grid), np.int64)
    area = 0.0
    for feature in features(grid, values, "regions"):
        rings = check_rings(feature, grid)
        covered += inside(rings, x, y)
        area += sum(signed_area(ring) for ring in rings)
        assert feature["properties"]["objectType"] == "annotation"
        assert feature["properties"]["classification"]["name"] == "IDC"
    assert np.array_equal(covered, (np.nan_to_num(values, nan=0) >= 0.6).astype(int))
    assert area == covered.sum() * PATCH_SIZE**2


def test_what_else_is_known_of_a_patch_is_measured_too_and_gaps_are_left_out() -> None:
    grid, values = prediction([(0, 0), (1, 0)], 0)
    values[:] = (0.2, 0.7)
    beside = {"change": np.array([-0.25, np.nan], np.float32)}
    one, other = prediction_features("p", grid, values, threshold=0.6, form="tiles", beside=beside)
    assert one["properties"]["measurements"] == {"prob_IDC": 0.2, "change": -0.25}
    assert other["properties"]["measurements"] == {"prob_IDC": 0.7}


@given(cells(most=30, span=6), SEEDS)
def test_a_region_measures_its_own_patches(some: list[tuple[int, int]], seed: int) -> None:
    grid, values = prediction(some, seed)
    x = (grid.column_of.astype(np.float64) - grid.column0 + 0.5) * PATCH_SIZE
    y = (grid.row_of.astype(np.float64) - grid.row0 + 0.5) * PATCH_SIZE
    for feature in features(grid, values, "regions"):
        of_it = values[inside(feature["geometry"]["coordinates"], x, y)].astype(np.float64)
        assert feature["properties"]["measurements"] == {
            "patches": len(of_it),
            "mean_prob_IDC": pytest.approx(of_it.mean(), abs=1e-6),
            "max_prob_IDC": pytest.approx(of_it.max(), abs=1e-6),
        }


def test_a_region_has_the_mean_change_of_the_patches_that_have_one() -> None:
    grid, values = prediction([(0, 0), (1, 0), (2, 0), (4, 0)], 0)
    values[:] = (0.7, 0.9, 0.8, 0.6)
    beside = {"change": np.array([0.5, np.nan, -0.25, np.nan], np.float32)}
    one, other = prediction_features(
        "p", grid, values, threshold=0.6, form="regions", beside=beside
    )
    assert one["properties"]["measurements"]["mean_change"] == 0.125
    assert one["properties"]["measurements"]["patches"] == 3
    assert "mean_change" not in other["properties"]["measurements"], "no patch of it has one"


def test_a_hole_of_a_region_is_a_ring_of_its_own() -> None:
    grid, values = prediction([(c, r) for r in range(3) for c in range(3)], 0)
    values[:] = 0.9
    values[4] = 0.1
    (feature,) = features(grid, values, "regions")
    assert len(feature["geometry"]["coordinates"]) == 2
