"""Patch names say patient, place and label; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.names import PatchName, parse_patch_name, patch_file_name

patches = st.builds(
    PatchName,
    patient=st.text(min_size=1, max_size=20).filter(lambda name: "\n" not in name),
    x=st.integers(0, 999_999_999),
    y=st.integers(0, 999_999_999),
    label=st.sampled_from([0, 1]),
)


@given(patches)
def test_a_name_that_is_written_is_read_back(patch: PatchName) -> None:
    assert parse_patch_name(patch_file_name(patch)) == patch


def test_the_case_of_letters_does_not_count() -> None:
    assert parse_patch_name("8975_IDX5_X51_Y1_CLASS1.PNG") == PatchName("8975", 51, 1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "notes.txt",
        "8975_idx5_x51_y1_class1.jpg",
        "8975_idx5_x51_y1_class2.png",
        "8975_idx5_x51_y1_class1 (1).png",
        "8975_idx5_x-51_y1_class1.png",
        "8975_idx5_x51_y1_class1.png.part",
        "_idx5_x51_y1_class1.png",
        "8975_idx5_x" + "9" * 400 + "_y1_class1.png",
        "8975_idx5_x٣_y1_class1.png",
    ],
)
def test_other_names_are_no_patches(name: str) -> None:
    assert parse_patch_name(name) is None


@given(st.text())
def test_any_text_is_a_patch_or_none(name: str) -> None:
    found = parse_patch_name(name)
    assert found is None or found.label in (0, 1)
