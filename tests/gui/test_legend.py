"""The legend shows the colours as they are on tissue; the scale bar round lengths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.widgets.legend import HeatmapLook, Legend
from bcviewer.gui.widgets.scale_bar import ScaleBar
from bcviewer.slide.palette import NUCLEI, PALETTES, STROMA, Palette, colours
from bcviewer.slide.scale import round_below
from tests.gui.slides import picture


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    return widget


@pytest.fixture
def legend(ground: QWidget) -> Legend:
    shown = Legend(style.light(), ground)
    shown.show()
    return shown


def channels(colour: str) -> np.ndarray:
    parsed = QColor(colour)
    return np.array([parsed.red(), parsed.green(), parsed.blue()])


def column_has(legend: Legend, x: int, colour: np.ndarray) -> bool:
    column = picture(legend)[:, x].astype(float)
    return bool(np.any(np.abs(column - colour).max(axis=1) <= 2))


@pytest.mark.parametrize("ramp", PALETTES, ids=lambda each: each.name)
@pytest.mark.parametrize("opacity", [0.2, 0.45, 1.0])
@pytest.mark.parametrize("value", [0.0, 0.3, 0.8, 1.0])
def test_the_ramp_is_painted_over_stroma_and_nuclei_at_its_opacity(
    legend: Legend, ramp: Palette, opacity: float, value: float
) -> None:
    legend.set_look(HeatmapLook(ramp, 0.5, opacity))
    left, width = style.GRID, legend.width() - 2 * style.GRID
    over = colours(np.array([value]), palette=ramp, threshold=0.5)[0]
    for tissue in (STROMA, NUCLEI):
        expected = opacity * over + (1 - opacity) * channels(tissue)
        assert column_has(legend, left + round(value * (width - 1)), expected)


def test_below_the_threshold_bare_tissue_shows_when_the_heatmap_is_clear_there(
    legend: Legend,
) -> None:
    at = style.GRID + 20
    legend.set_look(HeatmapLook(PALETTES[0], 0.5, 0.45, hide_below=False))
    assert not column_has(legend, at, channels(STROMA))
    legend.set_look(HeatmapLook(PALETTES[0], 0.5, 0.45, hide_below=True))
    assert column_has(legend, at, channels(STROMA))


def test_the_threshold_s_tick_moves_with_it(legend: Legend) -> None:
    pictures = []
    for threshold in (0.2, 0.8):
        legend.set_look(HeatmapLook(PALETTES[2], threshold, 0.45))
        pictures.append(picture(legend))
    changed = np.flatnonzero((pictures[0] != pictures[1]).any(axis=(0, 2))) - style.GRID
    width = legend.width() - 2 * style.GRID
    assert changed.min() == pytest.approx(0.2 * width, abs=16)
    assert changed.max() == pytest.approx(0.8 * width, abs=16)


def test_without_a_heatmap_only_the_keys_are_left(legend: Legend) -> None:
    legend.set_look(HeatmapLook(PALETTES[0], 0.5, 0.45, model="MobileNetV2"))
    tall = legend.height()
    assert "threshold 0.50" in legend.accessibleDescription()
    assert "MobileNetV2" in legend.accessibleDescription()
    legend.set_look(None)
    assert legend.height() < tall / 2
    narrow = legend.width()
    legend.set_truth_shown(True)
    assert legend.width() > narrow


def test_contour_area_smoothing_and_notes_are_told(legend: Legend) -> None:
    look = HeatmapLook(PALETTES[0], 0.5, 0.45, area="7 of 20 patches (35 %)")
    legend.set_look(look)
    plain = legend.height()
    assert "7 of 20 patches" in legend.accessibleDescription()
    legend.set_look(replace(look, smooth=True, notes=("With context",)))
    assert legend.height() > plain
    assert "Smoothed view" in legend.accessibleDescription()
    assert "With context" in legend.accessibleDescription()
    legend.set_look(look)
    before = picture(legend)
    legend.set_contour_shown(True)
    after = picture(legend)
    assert after.shape != before.shape or not np.array_equal(after, before)


@given(st.floats(0.001, 1e6))
def test_a_round_length_is_at_most_what_there_is_room_for_and_more_than_a_third(
    length: float,
) -> None:
    rounded = round_below(length)
    assert length / 2.5000001 <= rounded <= length * 1.000001
    digits = f"{rounded:.0e}"
    assert digits[0] in "125"


@pytest.mark.parametrize(
    ("zoom", "um_per_px", "estimated", "text"),
    [
        (1, None, False, "100 px"),
        (0.05, None, False, "2,000 px"),
        (16, None, False, "5 px"),
        (1, 8, True, "about 500 µm"),
        (0.25, 8, False, "2 mm"),
    ],
)
def test_the_bar_says_its_length(
    ground: QWidget, zoom: float, um_per_px: float | None, estimated: bool, text: str
) -> None:
    bar = ScaleBar(style.light(), ground)
    bar.set_scale(um_per_px, estimated=estimated)
    bar.set_zoom(zoom)
    assert bar.text == text
    assert 45 <= bar.length <= 120


def test_the_bar_is_as_long_as_it_says(ground: QWidget) -> None:
    bar = ScaleBar(style.light(), ground)
    bar.show()
    bar.set_zoom(1)
    dark = picture(bar).mean(axis=2) < 80
    assert dark.sum(axis=1).max() == 100
