"""A picture of a patient: the same sheet as PNG and SVG, whatever the names in it."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import palette
from bcviewer.slide.picture import HeatmapStyle, Layer, Picture, shrink_of
from bcviewer.slide.picture_png import drawn_sheet, png_of
from bcviewer.slide.picture_sheet import compose
from bcviewer.slide.picture_svg import svg_of
from bcviewer.slide.picture_words import Provenance, ToldModel, words_width, wrapped
from bcviewer.slide.sheet import Cells, Sheet, Strokes, Text, Tissue
from tests.slide.patches import placed

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '<script>alert("1")</script>',
    "a & b ]]> 'c' \" --",
    "new\nline\ttab\0null\x1b[31m",
    "\ud800 lone",
    "病人 \N{RIGHT-TO-LEFT OVERRIDE}",
    "very " * 80,
    "x" * 400,
]
STYLE = HeatmapStyle(palette("red_green"), 0.5, 0.45)
MODEL = ToldModel(
    name="Model M", threshold=0.5, role="HELD OUT", meaning="it never saw it.", split="by patient"
)
OLDER = ToldModel(name="Older O", threshold=0.4, role="TRAIN", split="patch-wise")
PROVENANCE = Provenance(
    patient="8975",
    date="2026-01-02",
    program="bcviewer 1",
    model=MODEL,
    notes=("With context.",),
)
# A ring of cells, so that there is a gap in the middle.
RING = [(c + 4, r + 2) for r in range(3) for c in range(4) if (c, r) != (1, 1)]


@pytest.fixture
def picture() -> Picture:
    patches = placed(RING)
    values = np.linspace(0, 1, len(patches), dtype=np.float32)
    return Picture(
        mosaic=assemble(patches.pixels, patches.x, patches.y),
        grid=grid_of(patches.x, patches.y),
        style=STYLE,
        provenance=PROVENANCE,
        values=values,
        truth=(values > 0.7).astype(np.int8),
    )


def words(sheet: Sheet) -> str:
    return " ".join(mark.words for mark in sheet.marks if isinstance(mark, Text))


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_it_tells_patient_model_role_split_threshold_area_and_use(picture: Picture) -> None:
    said = words(compose(picture))
    for part in (
        "Patient 8975",
        "HELD OUT",
        "Model M",
        "threshold 0.50",
        "split by patient",
        "With context.",
        "2026-01-02",
        "Research use only",
        "6 of 11 patches (55 %)",
        "ground truth",
        "No data",
        "px",
    ):
        assert part in said


def test_any_role_has_its_badge_and_without_a_model_there_is_none(picture: Picture) -> None:
    odd = replace(PROVENANCE, model=replace(MODEL, role="SOMETHING ELSE"))
    other = replace(picture, provenance=odd)
    assert "SOMETHING ELSE" in words(compose(other))
    bare = replace(
        picture, values=None, truth=None, provenance=Provenance("8975", "2026-01-02", "bcviewer 1")
    )
    said = words(compose(bare))
    assert "threshold" not in said
    assert "Probability" not in said
    assert "Research use only" in said


def test_a_threshold_that_is_not_the_model_s_own_says_so(picture: Picture) -> None:
    assert "(given" not in words(compose(picture))
    given = replace(PROVENANCE, model=replace(MODEL, own_threshold=0.37))
    said = words(compose(replace(picture, provenance=given)))
    assert "threshold 0.50 (given; the model's own is 0.37)" in said


def test_a_change_shows_what_went_up_and_down_and_tells_of_both_models(picture: Picture) -> None:
    change = np.array([0.6, 0.25, 0.021, 0.019, 0, -0.019, -0.3, -1, np.nan, 0, 0], np.float32)
    shown = replace(
        picture,
        provenance=replace(PROVENANCE, against=OLDER),
        layer=Layer.CHANGE,
        change=change,
        layer_notes=("from Older O", "to Model M"),
    )
    sheet = compose(shown)
    said = words(sheet)
    for part in (
        "Change of probability",
        "from Older O to Model M",
        "-0.5",
        "+0.5",
        "no change",
        "Higher: 3 of 10 patches (30 %)",
        "Lower: 2 of 10 patches (20 %)",
        "Model Model M, threshold 0.50, split by patient",
        "Change counted from Older O, threshold 0.40, split patch-wise",
    ):
        assert part in said
    assert "IDC predicted" not in said
    texts = [mark for mark in sheet.marks if isinstance(mark, Text)]
    for role, name in (("HELD OUT", "Model M"), ("TRAIN", "Older O")):
        (badge,) = [text for text in texts if text.words == role]
        (line,) = [text for text in texts if name in text.words and "threshold" in text.words]
        assert abs(badge.y - line.y) < 3, "each badge stands beside its model"
        assert badge.x < line.x
    root = ElementTree.fromstring(svg_of(sheet))
    (heatmap,) = [each for each in root.iter(f"{SVG}g") if each.get("class") == "heatmap"]
    fills = [rect.get("fill") for rect in heatmap]
    assert len(fills) == 5, "what changed by less is left clear"
    palette_ = palette("blue_orange").stops
    assert (fills[0], fills[4]) == (palette_[2], palette_[0])
    assert not [p for p in root.iter(f"{SVG}path") if p.get("class") == "contour"]


def test_uncertainty_is_grey_and_keeps_the_contour_of_the_prediction(picture: Picture) -> None:
    unsure = np.linspace(1, 0, len(RING), dtype=np.float32)
    told = {"layer": Layer.UNCERTAINTY, "uncertainty": unsure, "layer_notes": ("its entropy",)}
    sheet = compose(replace(picture, **told))  # type: ignore[arg-type]
    said = words(sheet)
    for part in ("Uncertainty", "unsure", "its entropy", "IDC predicted, from 0.50 on"):
        assert part in said
    assert "Probability of IDC" not in said
    root = ElementTree.fromstring(svg_of(sheet))
    (heatmap,) = [each for each in root.iter(f"{SVG}g") if each.get("class") == "heatmap"]
    greys = [rect.get("fill") or "" for rect in heatmap]
    assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys)
    assert sorted(greys) == greys, "the first is the least sure, and the darkest"
    assert [p for p in root.iter(f"{SVG}path") if p.get("class") == "contour"]


def test_the_scale_is_in_pixels_until_somebody_gives_micrometres(picture: Picture) -> None:
    assert "µm" not in words(compose(picture))
    assert "µm" in words(compose(replace(picture, um_per_px=0.5)))


def test_png_and_svg_have_the_size_of_the_sheet(picture: Picture) -> None:
    sheet = compose(picture)
    with opened(png_of(sheet)) as image:
        assert image.size == (sheet.width, sheet.height)
        assert image.info["Title"] == "Patient 8975"
        assert "by patient" in image.info["Description"]
    root = ElementTree.fromstring(svg_of(sheet))
    assert (root.get("width"), root.get("height")) == (str(sheet.width), str(sheet.height))


def test_the_tissue_is_at_its_place_and_gaps_are_hatched(picture: Picture) -> None:
    bare = replace(picture, values=None, truth=None)
    sheet = compose(bare)
    (tissue,) = [mark for mark in sheet.marks if isinstance(mark, Tissue)]
    drawn = np.asarray(drawn_sheet(sheet))
    height, width = tissue.pixels.shape[:2]
    shown = drawn[tissue.top : tissue.top + height, tissue.left : tissue.left + width]
    opaque = tissue.pixels[..., 3] == 255
    assert np.array_equal(shown[opaque], tissue.pixels[..., :3][opaque])
    gap = shown[PATCH_SIZE : 2 * PATCH_SIZE, PATCH_SIZE : 2 * PATCH_SIZE]
    assert 2 <= len(np.unique(gap.reshape(-1, 3), axis=0)) <= 2
    assert gap.min() > 180, "a gap is light, never black"


@pytest.mark.parametrize("smooth", [False, True])
def test_the_heatmap_lies_over_patches_only(picture: Picture, smooth: bool) -> None:
    style = replace(STYLE, smooth=smooth, contour=False)
    with_heatmap = compose(replace(picture, truth=None, style=style))
    without = compose(replace(picture, truth=None, style=replace(style, shown=False)))
    (tissue,) = [mark for mark in with_heatmap.marks if isinstance(mark, Tissue)]
    place = np.s_[
        tissue.top : tissue.top + tissue.pixels.shape[0],
        tissue.left : tissue.left + tissue.pixels.shape[1],
    ]
    one, other = (np.asarray(drawn_sheet(each))[place] for each in (with_heatmap, without))
    changed = (one != other).any(axis=2)
    assert not changed[tissue.pixels[..., 3] == 0].any()
    assert changed[tissue.pixels[..., 3] == 255].mean() > 0.9
    assert ("smoothed view" in words(with_heatmap)) == smooth


def test_in_an_svg_each_patch_is_a_rectangle_and_the_lines_are_paths(picture: Picture) -> None:
    sheet = compose(picture)
    root = ElementTree.fromstring(svg_of(sheet))
    (heatmap,) = [each for each in root.iter(f"{SVG}g") if each.get("class") == "heatmap"]
    assert len(heatmap) == len(RING)
    (cells,) = [m for m in sheet.marks if isinstance(m, Cells) and m.name == "heatmap"]
    assert {rect.get("width") for rect in heatmap} == {f"{cells.cell[0]:g}"}
    kinds = [path.get("class") for path in root.iter(f"{SVG}path")]
    assert kinds.count("contour") == 4  # two lines on the tissue, two in the legend
    assert kinds.count("truth") == 4
    dashed = [p for p in root.iter(f"{SVG}path") if p.get("stroke-dasharray")]
    assert {path.get("class") for path in dashed} == {"contour"}
    (image,) = list(root.iter(f"{SVG}image"))
    link = image.get("{http://www.w3.org/1999/xlink}href") or ""
    assert link.startswith("data:image/png;base64,")


def test_right_and_wrong_predictions_are_marked_each_in_its_own_cells(picture: Picture) -> None:
    found = np.array([1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 2], np.int8)
    marked = compose(replace(picture, outcomes=found))
    said = words(marked)
    for told in ("True positive: 2", "False positive: 3", "False negative: 2", "True negative: 2"):
        assert told in said
    assert "True positive" not in words(compose(picture))
    (tissue,) = [mark for mark in marked.marks if isinstance(mark, Tissue)]
    height = picture.grid.rows * PATCH_SIZE
    by_name = {"true-positive": 1, "false-positive": 2, "false-negative": 3}
    drawn = set()
    for mark in marked.marks:
        if not isinstance(mark, Strokes) or mark.ends[:, 1].min() > tissue.top + height:
            continue
        drawn.add(mark.name)
        ends = mark.ends - np.array([tissue.left, tissue.top] * 2)
        middle = (ends[:, :2] + ends[:, 2:]) / 2
        cells = picture.grid.cell_rows[tuple((middle // PATCH_SIZE).astype(int).T[::-1])]
        assert set(found[cells].tolist()) == {by_name[mark.name]}
    assert drawn == set(by_name)
    root = ElementTree.fromstring(svg_of(marked))
    assert by_name.keys() <= {path.get("class") for path in root.iter(f"{SVG}path")}
    plain = np.asarray(drawn_sheet(compose(picture)))[: tissue.top + height]
    assert (np.asarray(drawn_sheet(marked))[: tissue.top + height] != plain).any()


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_breaks_a_file_or_leaves_the_sheet(picture: Picture, name: str) -> None:
    model = replace(MODEL, name=name, role=name[:20])
    hostile = replace(PROVENANCE, patient=name, model=model, against=model, notes=(name,))
    change = np.zeros(len(RING), np.float32)
    layer = {"layer": Layer.CHANGE, "change": change, "layer_notes": (name,)}
    sheet = compose(replace(picture, provenance=hostile, **layer))  # type: ignore[arg-type]
    root = ElementTree.fromstring(svg_of(sheet).encode("utf-8"))
    assert not [each for each in root.iter() if each.tag.endswith("script")]
    for text in (mark for mark in sheet.marks if isinstance(mark, Text)):
        if text.anchor == "start":
            assert text.x + words_width(text.words, text.size) <= sheet.width
    with opened(png_of(sheet)) as image:
        assert image.size == (sheet.width, sheet.height)


@settings(max_examples=40)
@given(st.text(max_size=120), st.integers(60, 400))
def test_wrapped_words_fit_and_none_is_lost(text: str, room: int) -> None:
    lines = wrapped(text, 15, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(words_width(line, 15) <= room or len(line) == 1 for line in lines)


@pytest.mark.parametrize(
    ("columns", "shrink"), [(1, 1), (60, 1), (61, 2), (120, 2), (121, 5), (2000, 25)]
)
def test_a_large_slide_is_made_smaller_by_whole_pixels(columns: int, shrink: int) -> None:
    x = np.unique([1, (columns - 1) * PATCH_SIZE + 1])
    assert shrink_of(grid_of(x, np.ones_like(x))) == shrink
    assert PATCH_SIZE % shrink == 0
