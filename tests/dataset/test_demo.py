"""Demo tissue reads as a data set, looks like the real thing, and never harms a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from bcviewer.dataset.demo import MARKER, write_demo, write_patients
from bcviewer.dataset.names import PATCH_SIZE, PatchName, parse_patch_name
from bcviewer.dataset.scan import scan
from bcviewer.dataset.tissue import paint_slide
from bcviewer.dataset.tissue_fields import Recipe, field_window
from bcviewer.dataset.tissue_textures import Textures, window
from bcviewer.errors import Cancelled, DataError


def recipe(patient: str = "small1", size: tuple[int, int] = (430, 337)) -> Recipe:
    width, height = size
    return Recipe(
        patient=patient,
        size=size,
        bodies=((width / 2, height / 2, width / 2, height / 2, 10),),
        tumours=((width / 3, height / 2, width / 5, height / 4, 0),),
        idc_share=0.3,
        fat=40,
        fat_within=0.0,
        loose=0.3,
        cords=2.0,
        solid=0.3,
        lobules=3,
        ducts=3,
        vessels=3,
        stroma=0.5,
        haematoxylin=(0.53, 0.75, 0.41),
        eosin=(0.13, 0.84, 0.52),
    )


SMALL = (recipe("small1"), recipe("small2"))


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def patches(folder: Path) -> list[tuple[Path, PatchName]]:
    found = []
    for path in sorted(folder.rglob("*.png")):
        name = parse_patch_name(path.name)
        assert name is not None, path
        found.append((path, name))
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "tissue"
    write_demo(folder)
    return folder


@pytest.fixture(scope="module")
def textures() -> Textures:
    return Textures(np.random.default_rng(1))


def test_the_layout_is_the_data_sets_own(demo: Path) -> None:
    for path, name in patches(demo):
        assert path.parent == demo / name.patient / str(name.label)
        assert name.on_grid
    others = {path.name for path in demo.rglob("*") if path.is_file() and path.suffix != ".png"}
    assert others == {MARKER}


def test_the_demo_opens_without_findings_and_is_known_as_synthetic(demo: Path) -> None:
    dataset = scan(demo)
    assert dataset.patients == tuple(f"demo0{number}" for number in range(1, 7))
    assert dataset.report.findings == ()
    assert dataset.synthetic
    text = (demo / MARKER).read_text(encoding="utf-8")
    assert "synthetic" in text
    assert "not for diagnosis" in text


def test_patients_differ_in_size_and_in_their_share_of_idc(demo: Path) -> None:
    dataset = scan(demo)
    counts = [
        dataset.rows(patient).stop - dataset.rows(patient).start for patient in dataset.patients
    ]
    assert min(counts) >= 300
    assert max(counts) <= 1200
    shares = sorted(dataset.idc_share(patient) for patient in dataset.patients)
    assert 0 < shares[0] < 0.05
    assert 0.05 < shares[1] < 0.15
    assert 0.5 < shares[-1] < 0.6


def test_patches_at_the_slides_edge_are_smaller_and_gaps_are_left(demo: Path) -> None:
    small = set()
    places: dict[str, set[tuple[int, int]]] = {}
    for path, name in patches(demo):
        places.setdefault(name.patient, set()).add((name.x, name.y))
        with Image.open(path) as picture:
            if picture.size != (PATCH_SIZE, PATCH_SIZE):
                small.add((name.patient, picture.size))
    assert ("demo03", (37, 50)) in small
    assert ("demo06", (50, 23)) in small
    for patient, cells in places.items():
        columns, rows = ({place[axis] for place in cells} for axis in (0, 1))
        assert len(cells) < 0.95 * len(columns) * len(rows), patient


def test_colour_and_texture_are_near_to_those_of_real_patches(demo: Path) -> None:
    """Real patches of 207 patients: means 190, 142, 174 (IDC) and 219, 178, 197 (not IDC)."""
    means: dict[int, list[NDArray[np.float64]]] = {0: [], 1: []}
    spreads: dict[int, list[float]] = {0: [], 1: []}
    for path, name in patches(demo)[::4]:
        with Image.open(path) as picture:
            pixels = np.asarray(picture, np.float64)
        means[name.label].append(pixels.mean((0, 1)))
        spreads[name.label].append(float(pixels.std((0, 1)).mean()))
    assert np.abs(np.mean(means[1], 0) - (190, 142, 174)).max() < 30
    assert np.abs(np.mean(means[0], 0) - (219, 178, 197)).max() < 15
    assert 18 < np.mean(spreads[1]) < 36
    assert 18 < np.mean(spreads[0]) < 36


def test_a_complete_demo_is_left_alone(demo: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in demo.rglob("*")}
    write_demo(demo)
    assert {path: path.stat().st_mtime_ns for path in demo.rglob("*")} == before


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("first", 3), ("second", 3), ("third", 4)):
        write_patients(tmp_path / name, SMALL, seed=seed)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert contents(tmp_path / "first") != contents(tmp_path / "third")


def test_progress_counts_the_patients(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_patients(
        tmp_path / "demo", SMALL, seed=3, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    inode = folder.stat().st_ino
    write_patients(folder, SMALL, seed=3)
    assert folder.stat().st_ino == inode
    assert scan(folder).patients == ("small1", "small2")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_with_something_in_it_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="not empty") as caught:
        write_demo(tmp_path)
    assert "new folder" in caught.value.hint
    assert {path.name for path in tmp_path.iterdir()} == {"letter.txt"}
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "demo"
    file.write_bytes(b"x")
    with pytest.raises(DataError, match="is a file"):
        write_demo(file)
    assert file.read_bytes() == b"x"


def test_a_folder_that_cannot_be_made_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(DataError, match="cannot be written") as caught:
        write_demo(tmp_path / "file" / "demo")
    assert "may write" in caught.value.hint


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_place_without_permission_is_an_error_with_a_hint(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DataError, match="cannot be written"):
            write_demo(tmp_path / "demo")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("exists", [False, True])
def test_stopping_leaves_nothing_behind(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "demo"
    if exists:
        folder.mkdir()

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_patients(folder, SMALL, seed=3, progress=stop)
    assert list(tmp_path.rglob("*")) == ([folder] if exists else [])
    write_patients(folder, SMALL, seed=3)
    assert scan(folder).patients == ("small1", "small2")


def test_a_kill_leaves_no_folder_that_looks_complete(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    code = (
        "import os, sys; from pathlib import Path; from bcviewer.dataset.demo import write_demo;"
        "write_demo(Path(sys.argv[1]), progress=lambda done, total: done and os._exit(9))"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert ended.returncode == 9
    assert not folder.exists()
    write_patients(folder, SMALL, seed=3)
    assert scan(folder).synthetic


def test_a_demo_with_missing_patches_is_not_taken_for_complete(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    write_patients(folder, SMALL, seed=3)
    shutil.rmtree(folder / "small2")
    before = contents(folder)
    with pytest.raises(DataError, match="missing"):
        write_patients(folder, SMALL, seed=3)
    assert contents(folder) == before


def test_the_demo_of_another_seed_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    write_patients(folder, SMALL, seed=3)
    before = contents(folder)
    with pytest.raises(DataError, match="another demo"):
        write_patients(folder, SMALL, seed=4)
    assert contents(folder) == before


@settings(max_examples=15, deadline=None)
@example(width=60, height=60, seed=9)  # its noise leaves no tissue to place a tumour in
@given(width=st.integers(60, 330), height=st.integers(60, 330), seed=st.integers(0, 1000))
def test_slides_of_any_size_can_be_painted(
    textures: Textures, width: int, height: int, seed: int
) -> None:
    slide = paint_slide(recipe(size=(width, height)), textures, np.random.default_rng(seed))
    assert slide.image.shape == (height, width, 3)
    assert slide.tissue.shape == slide.tumour.shape == (height, width)
    assert slide.tissue.any()
    # What is no tissue is near the colour of glass, and what is tissue is not black.
    assert (slide.image[~slide.tissue] > 200).all()
    assert slide.image[slide.tissue].mean() > 90


def test_blocks_meet_without_a_seam(textures: Textures) -> None:
    whole = (slice(0, 300), slice(0, 1300))
    part = (slice(130, 256), slice(990, 1200))
    field = np.random.default_rng(5).normal(size=(32, 132)).astype(np.float32)
    assert np.allclose(field_window(field, whole)[part], field_window(field, part), atol=1e-4)
    repeated = np.tile(textures.grain, (2, 2))
    for wrapped in (part, part[::-1], (part[0], part[0])):
        assert (window(textures.grain, wrapped) == repeated[wrapped]).all()
