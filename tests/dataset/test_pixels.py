"""Pixels are decoded once, safely, and again when a picture changed."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bcviewer.dataset.check import check_pictures
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.pixels import PictureError, decode_patch, read_patch
from bcviewer.dataset.scan import scan
from bcviewer.errors import Cancelled
from tests.factories import PatchSpec, picture_bytes, write_dataset


def png(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def huge_png() -> bytes:
    """A picture of 20,000x20,000 px in a few bytes: only its header is there."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + header + b"\0" * 64


def two_headers() -> bytes:
    """A patch with a second header behind the first, of a huge picture."""
    good = picture_bytes(1)
    return good[:33] + huge_png()[8:33] + good[33:]


BAD = {
    "empty": (b"", "damaged", "empty"),
    "text": (b"hello" * 20, "damaged", "not a PNG"),
    "cut": (picture_bytes(1)[:900], "damaged", "truncated"),
    "huge": (huge_png(), "wrong_size", "20,000x20,000"),
    "large": (png(Image.new("RGB", (51, 50))), "wrong_size", "51x50"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_patch_is_refused_with_words(name: str) -> None:
    content, kind, words = BAD[name]
    with pytest.raises(PictureError, match=words) as caught:
        decode_patch(content)
    assert caught.value.kind == kind


def test_a_second_header_cannot_smuggle_in_a_huge_picture() -> None:
    with pytest.raises(PictureError, match="20,000x20,000"):
        decode_patch(two_headers())


def test_a_patch_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "patch.png"
    path.write_bytes(picture_bytes(1, seed=3))
    pixels, mode = read_patch(path)
    with Image.open(path) as picture:
        np.testing.assert_array_equal(pixels, np.asarray(picture))
    assert mode == "RGB"


@given(st.integers(1, 50), st.integers(1, 50))
def test_an_undersized_patch_is_padded_and_never_stretched(width: int, height: int) -> None:
    pixels, _ = decode_patch(png(Image.new("RGB", (width, height), (10, 20, 30))))
    assert pixels.shape == (50, 50, 3)
    assert (pixels[:height, :width] == (10, 20, 30)).all()
    assert (pixels == 255).sum() == 3 * (2500 - width * height)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "I;16", "LA"])
def test_other_modes_become_rgb(mode: str) -> None:
    pixels, found = decode_patch(png(Image.new(mode, (50, 50))))
    assert pixels.shape == (50, 50, 3)
    assert pixels.dtype == np.uint8
    assert found != "RGB"


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_no_bytes_make_it_crash(noise: bytes, place: int) -> None:
    good = picture_bytes(0)
    spoilt = good[:place] + noise + good[place + len(noise) :]
    for content in (noise, spoilt):
        try:
            pixels, _ = decode_patch(content)
        except PictureError as error:
            assert error.message
        else:
            assert pixels.shape == (50, 50, 3)


def test_bad_pictures_are_listed_and_the_rest_is_decoded(data_folder: Path) -> None:
    names = sorted((data_folder / "p00" / "0").iterdir())
    for path, (content, _, _) in zip(names, BAD.values(), strict=False):
        path.write_bytes(content)
    dataset = scan(data_folder)
    decoded = PixelStore(data_folder.parent / "pixels", dataset).patient("p00")
    assert decoded.readable.sum() == 20 - len(BAD)
    assert (decoded.pixels[~decoded.readable] == 255).all()
    assert len(decoded.findings) == len(BAD)
    quick = check_pictures(dataset)
    assert {finding.path for finding in quick} == {finding.path for finding in decoded.findings}


def test_the_second_reading_does_not_decode(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = scan(data_folder)
    first = PixelStore(data_folder.parent / "pixels", dataset).patient("p01")
    monkeypatch.setattr("bcviewer.dataset.pixel_store.read_patch", None)
    second = PixelStore(data_folder.parent / "pixels", dataset).patient("p01")
    np.testing.assert_array_equal(first.pixels, second.pixels)


def test_a_changed_picture_is_read_again_and_that_is_said(data_folder: Path) -> None:
    dataset = scan(data_folder)
    store = PixelStore(data_folder.parent / "pixels", dataset)
    before = store.patient("p01")
    row = dataset.rows("p01").start
    dataset.path(row).write_bytes(picture_bytes(0, seed=99))
    os.utime(dataset.path(row), ns=(1, 1))
    after = store.patient("p01")
    assert not np.array_equal(before.pixels[0], after.pixels[0])
    np.testing.assert_array_equal(before.pixels[1:], after.pixels[1:])
    assert [finding.kind for finding in after.findings] == ["changed"]
    assert len(list((data_folder.parent / "pixels").iterdir())) == 1


def test_a_damaged_pixel_file_is_never_trusted(data_folder: Path) -> None:
    dataset = scan(data_folder)
    folder = data_folder.parent / "pixels"
    good = np.array(PixelStore(folder, dataset).patient("p01").pixels)
    (kept,) = folder.iterdir()
    content = bytearray(kept.read_bytes())
    for spoilt in (content[:-9], content[:40], bytes([content[0] ^ 1]) + content[1:]):
        kept.write_bytes(bytes(spoilt))
        np.testing.assert_array_equal(PixelStore(folder, dataset).patient("p01").pixels, good)
    content[-5] ^= 1
    kept.write_bytes(bytes(content))
    np.testing.assert_array_equal(PixelStore(folder, dataset).patient("p01").pixels, good)


def test_without_room_for_the_pixels_they_are_still_shown(data_folder: Path) -> None:
    blocked = data_folder.parent / "blocked"
    blocked.write_text("a file where the folder should be")
    decoded = PixelStore(blocked, scan(data_folder)).patient("p00")
    assert decoded.readable.all()


def test_gathered_rows_are_the_patches_asked_for(data_folder: Path) -> None:
    dataset = scan(data_folder)
    store = PixelStore(data_folder.parent / "pixels", dataset)
    rows = np.array([119, 0, 45, 45, 61], np.int64)
    gathered = store.gather(rows)
    for row, pixels in zip(rows, gathered, strict=True):
        np.testing.assert_array_equal(pixels, read_patch(dataset.path(int(row)))[0])
    assert store.readable(rows).all()


def test_a_file_that_went_away_is_unreadable_not_a_crash(data_folder: Path) -> None:
    dataset = scan(data_folder)
    dataset.path(3).unlink()
    store = PixelStore(data_folder.parent / "pixels", dataset)
    assert list(np.flatnonzero(~store.patient("p00").readable)) == [3]


def test_decoding_can_be_stopped(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data", {"p": [PatchSpec(1, 1, 0)]})
    with pytest.raises(Cancelled):
        PixelStore(tmp_path / "pixels", scan(folder)).patient("p", cancelled=lambda: True)
