"""Demo tissue: synthetic patches in the data set's own layout, for trying the program."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from bcviewer.dataset.names import PATCH_SIZE, PatchName, patch_file_name
from bcviewer.dataset.tissue import Slide, paint_slide
from bcviewer.dataset.tissue_fields import Recipe
from bcviewer.dataset.tissue_recipes import RECIPES
from bcviewer.dataset.tissue_textures import Textures
from bcviewer.errors import DataError
from bcviewer.progress import Progress

MARKER = "SYNTHETIC.txt"
"""The file in the root that tells demo tissue from real data."""

VERSION = 1
"""Raised when the painting changes: older demos are then not taken for the same."""

MIN_TISSUE = 0.2
"""Patches with less tissue than this share are left out, as glass and fat are in real data."""


def write_demo(folder: Path, *, seed: int = 7, progress: Progress | None = None) -> None:
    """Write six patients of synthetic H&E-like tissue, some 3,000 patches of 50 x 50 px.

    The same seed gives the same bytes on the same machine with the same numpy and Pillow. All is
    written to a folder beside and moved when complete, so ``folder`` never holds half a demo. A
    folder that holds this same demo already is left as it is.

    Args:
        folder: A folder to make, or an empty one.
        seed: Which demo.
        progress: Told the patients written and their number; what it raises stops the writing.

    Raises:
        DataError: The folder holds something else, is a file or cannot be written.
    """
    write_patients(folder, RECIPES, seed=seed, progress=progress)


def write_patients(
    folder: Path, recipes: Sequence[Recipe], *, seed: int, progress: Progress | None = None
) -> None:
    """Write the patients of some recipes; otherwise as ``write_demo``."""
    folder = folder.expanduser().resolve()
    try:
        if _holds_demo(folder, recipes, seed):
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            _write_all(beside, recipes, seed, progress)
            _move(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DataError(
            f"The demo tissue cannot be written to {folder}: {error.strerror or error}.",
            hint="Choose a new folder in a place where you may write, with 50 MB to spare.",
        ) from error


def _move(beside: Path, folder: Path) -> None:
    """Put the complete demo in its place; a folder that is there already stays the same one."""
    if not folder.exists():
        beside.rename(folder)
        return
    # The marker goes first: should this stop half-way, what is there is known to be synthetic, and
    # not to be complete, as the marker tells the number of patches.
    for name in (MARKER, *(path.name for path in beside.iterdir() if path.is_dir())):
        (beside / name).rename(folder / name)


def _holds_demo(folder: Path, recipes: Sequence[Recipe], seed: int) -> bool:
    """Whether the folder holds this demo, complete; False when it is new or empty.

    Raises:
        DataError: It is a file, or holds something else.
    """
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise DataError(
            f"{folder} is a file; the demo tissue needs a folder.",
            hint="Choose the name of a new folder.",
        )
    if not any(folder.iterdir()):
        return False
    marker = folder / MARKER
    if not marker.is_file():
        raise DataError(
            f"{folder} is not empty; the demo tissue goes into a new or an empty folder.",
            hint="Choose the name of a new folder. Nothing was changed.",
        )
    if marker.read_text(encoding="utf-8", errors="replace") != _marker_text(
        seed, _count_patches(folder, recipes)
    ):
        raise DataError(
            f"{folder} holds another demo, or one of which patches are missing.",
            hint="Choose the name of a new folder, or remove this one. Nothing was changed.",
        )
    return True


def _marker_text(seed: int, patches: int) -> str:
    return (
        "The tissue in this folder is synthetic: bcviewer painted it from noise and formulas.\n"
        "It comes from no patient. It is for trying the program, not for diagnosis, and scores\n"
        "measured on it say nothing about real tissue.\n"
        "\n"
        f"Demo version {VERSION}, seed {seed}, {patches} patches.\n"
    )


def _count_patches(folder: Path, recipes: Sequence[Recipe]) -> int:
    return sum(1 for recipe in recipes for _ in (folder / recipe.patient).glob("[01]/*.png"))


def _write_all(
    folder: Path, recipes: Sequence[Recipe], seed: int, progress: Progress | None
) -> None:
    folder.mkdir()
    if progress is not None:
        progress(0, len(recipes))
    textures = Textures(np.random.default_rng([seed, 0]))
    patches = 0
    for done, recipe in enumerate(recipes, start=1):
        slide = paint_slide(recipe, textures, np.random.default_rng([seed, done]))
        patches += _write_patient(folder / recipe.patient, slide)
        if progress is not None:
            progress(done, len(recipes))
    (folder / MARKER).write_text(_marker_text(seed, patches), encoding="utf-8", newline="\n")


def _write_patient(folder: Path, slide: Slide) -> int:
    """Cut a slide into patches and write those with tissue; return their number."""
    for name in ("0", "1"):
        (folder / name).mkdir(parents=True)
    height, width = slide.tissue.shape
    written = 0
    for y in range(0, height, PATCH_SIZE):
        for x in range(0, width, PATCH_SIZE):
            part = (slice(y, y + PATCH_SIZE), slice(x, x + PATCH_SIZE))
            if slide.tissue[part].mean() < MIN_TISSUE:
                continue
            label = int(slide.tumour[part].mean() > 0.5)
            patch = PatchName(folder.name, x + 1, y + 1, label)
            picture = Image.fromarray(np.ascontiguousarray(slide.image[part]))
            picture.save(folder / str(label) / patch_file_name(patch), compress_level=1)
            written += 1
    return written
