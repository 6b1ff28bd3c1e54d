"""Pixels are decoded once, safely, and again when a picture changed."""

from __future__ import annotations

import io
import os
import shutil
import struct
import sys
import time
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
from bcviewer.errors import Cancelled, DataError, StorageError
from bcviewer.storage import HALF_SECONDS
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
    monkeypatch.setattr("bcviewer.dataset.patient_files.read_patch", None)
    second = PixelStore(data_folder.parent / "pixels", dataset).patient("p01")
    np.testing.assert_array_equal(first.pixels, second.pixels)


def test_a_changed_picture_is_read_again_and_that_is_said(data_folder: Path) -> None:
    dataset = scan(data_folder)
    store = PixelStore(data_folder.parent / "pixels", dataset)
    before = store.patient("p01")
    path = dataset.path(dataset.rows("p01").start)
    was = path.stat()
    path.write_bytes(picture_bytes(0, seed=99))
    assert path.stat().st_size != was.st_size
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))  # as some copy programs leave it
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
    endless = content[:8] + b"\xff" * 7 + content[15:]  # by the length of its header
    for spoilt in (content[:-9], content[:40], bytes([content[0] ^ 1]) + content[1:], endless):
        kept.write_bytes(bytes(spoilt))
        np.testing.assert_array_equal(PixelStore(folder, dataset).patient("p01").pixels, good)
    content[-5] ^= 1
    kept.write_bytes(bytes(content))
    np.testing.assert_array_equal(PixelStore(folder, dataset).patient("p01").pixels, good)


@pytest.mark.skipif(sys.platform == "win32", reason="mapped files cannot be cut off there")
def test_kept_pixels_that_are_cut_off_while_they_are_in_use_are_made_anew(
    data_folder: Path,
) -> None:
    """Reading what is cut off would end the program, without a word."""
    dataset = scan(data_folder)
    folder = data_folder.parent / "pixels"
    store = PixelStore(folder, dataset)
    rows = np.arange(*dataset.rows("p01").indices(len(dataset)))
    good = store.gather(rows)
    (kept,) = folder.iterdir()
    os.truncate(kept, 5000)
    np.testing.assert_array_equal(store.gather(rows), good)
    os.truncate(kept, kept.stat().st_size - 1)
    assert store.kept("p01") is None
    np.testing.assert_array_equal(store.patient("p01").pixels, good)
    os.truncate(kept, 5000)
    assert store.readable(rows).all()


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


@pytest.fixture
def store(data_folder: Path) -> PixelStore:
    """The pixels of the small data set, of which p01's are kept."""
    made = PixelStore(data_folder.parent / "pixels", scan(data_folder))
    made.patient("p01")
    made.release("p01")
    return made


def kept_files(store: PixelStore) -> dict[str, bytes]:
    folder = store.dataset.root.parent / "pixels"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def without_decoding(store: PixelStore, monkeypatch: pytest.MonkeyPatch) -> PixelStore:
    """The same pixels as a program sees them that has just started, and may decode nothing."""
    monkeypatch.setattr("bcviewer.dataset.patient_files.read_patch", None)
    return PixelStore(store.dataset.root.parent / "pixels", store.dataset)


def test_a_file_that_went_away_is_unreadable_and_what_was_kept_stays(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, before, signature = store.dataset, kept_files(store), store.signature("p01")
    row = dataset.rows("p01").start + 3
    away = dataset.path(row).rename(dataset.root.parent / "away.png")
    assert list(np.flatnonzero(~store.patient("p01").readable)) == [3]
    assert store.kept("p01") is None
    assert store.signature("p01") != signature
    assert kept_files(store) == before
    away.rename(dataset.path(row))
    again = without_decoding(store, monkeypatch)
    assert again.signature("p01") == signature
    assert again.patient("p01").readable.all()


def test_a_drive_that_is_unplugged_is_told_and_harms_nothing(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, before, signature = store.dataset.root, kept_files(store), store.signature("p01")
    away = root.rename(root.with_name("unplugged"))
    for patient in ("p00", "p01"):
        with pytest.raises(DataError, match=f"The pictures of {patient} are gone") as error:
            store.patient(patient)
        assert "drive" in error.value.hint
        assert store.kept(patient) is None
    assert store.signature("p01") != signature, "no prediction is taken for one of these pictures"
    assert kept_files(store) == before
    away.rename(root)
    again = without_decoding(store, monkeypatch)
    assert again.signature("p01") == signature
    assert again.patient("p01").readable.all()


def test_a_drive_that_is_unplugged_while_it_is_read_leaves_nothing_behind(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, before, read = store.dataset.root, kept_files(store), []

    def unplug_after_five(path: Path) -> object:
        read.append(path)
        if len(read) == 5:
            root.rename(root.with_name("unplugged"))
        return read_patch(path)

    monkeypatch.setattr("bcviewer.dataset.patient_files.read_patch", unplug_after_five)
    with pytest.raises(DataError, match="are gone"):
        store.patient("p00")
    assert kept_files(store) == before


def test_a_file_that_could_not_be_read_is_tried_again(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing tells by its name, size and time that it can be read now."""
    bad = store.dataset.path(4)

    def refuse_one(path: Path) -> object:
        if path == bad:
            raise PictureError("Cannot be read: Input/output error.", kind="unreadable")
        return read_patch(path)

    with monkeypatch.context() as patched:
        patched.setattr("bcviewer.dataset.patient_files.read_patch", refuse_one)
        first = store.patient("p00")
    assert list(np.flatnonzero(~first.readable)) == [4]
    assert store.signature("p00") != first.signature, "what was made of it is not trusted"
    second = store.patient("p00")
    assert second.readable.all()
    assert second.signature == store.signature("p00") != first.signature


def test_files_that_were_only_touched_keep_their_signature(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature, (before,) = store.signature("p01"), kept_files(store)
    for path in (store.dataset.root / "p01").rglob("*.png"):
        os.utime(path, ns=(5, 5))
    assert store.kept("p01") is None, "not known without decoding"
    assert store.signature("p01") == signature
    (now,) = kept_files(store)
    assert now != before
    later = without_decoding(store, monkeypatch)
    assert later.signature("p01") == signature
    assert later.patient("p01").signature == signature
    assert later.patient("p01").findings == ()


def test_a_copy_of_the_data_keeps_all_signatures(store: PixelStore, tmp_path: Path) -> None:
    names = store.dataset.patients
    for name in names:
        store.patient(name)
    copy = shutil.copytree(store.dataset.root, tmp_path / "copy", copy_function=shutil.copyfile)
    for path in copy.rglob("*.png"):
        os.utime(path, ns=(7, 7))
    changed = next((copy / "p04" / "0").iterdir())
    changed.write_bytes(picture_bytes(0, seed=99))
    there = PixelStore(tmp_path / "pixels", scan(copy))
    same = [name for name in names if there.signature(name) == store.signature(name)]
    assert same == [name for name in names if name != "p04"], "of the one that changed, all"


def test_pictures_that_are_written_anew_with_the_same_pixels_are_the_same(
    store: PixelStore,
) -> None:
    signature, row = store.signature("p01"), store.dataset.rows("p01").start
    path = store.dataset.path(row)
    size = path.stat().st_size
    with Image.open(path) as picture:
        picture.load()
        picture.save(path, "PNG", compress_level=1)
    assert path.stat().st_size != size
    assert store.patient("p01").signature == signature == store.signature("p01")


def test_a_white_picture_in_the_place_of_a_damaged_one_is_another(store: PixelStore) -> None:
    """What cannot be read is white, too, and has no prediction."""
    path = store.dataset.path(store.dataset.rows("p01").start)
    path.write_bytes(b"no picture")
    damaged = store.signature("p01")
    path.write_bytes(png(Image.new("RGB", (50, 50), "white")))
    assert store.signature("p01") != damaged


def test_without_room_touched_files_are_decoded_once_for_their_signature(
    store: PixelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = store.signature("p01")
    os.utime(store.dataset.path(store.dataset.rows("p01").start), ns=(5, 5))

    def no_room(*_: object) -> None:
        raise StorageError("There is no room.")

    monkeypatch.setattr("bcviewer.dataset.pixel_store.save_pixels", no_room)
    before = kept_files(store)
    assert store.signature("p01") == signature
    assert kept_files(store) == before
    monkeypatch.setattr("bcviewer.dataset.patient_files.read_patch", None)
    assert store.signature("p01") == signature


def test_halves_that_a_kill_left_are_swept_and_those_being_written_are_not(
    store: PixelStore,
) -> None:
    folder = store.dataset.root.parent / "pixels"
    old, new = (folder / f".p00.0123456789abcdef.pixels.{n}.part" for n in ("1" * 8, "2" * 8))
    for half in (old, new):
        half.write_bytes(b"half")
    an_hour_ago = time.time() - HALF_SECONDS - 1
    os.utime(old, (an_hour_ago, an_hour_ago))
    PixelStore(folder, store.dataset).patient("p01")
    assert not old.exists()
    assert new.exists()


def test_a_patient_whose_name_begins_like_another_s_keeps_its_pixels(tmp_path: Path) -> None:
    specs = [PatchSpec(1, 1, 0)]
    dataset = scan(write_dataset(tmp_path / "data", {"p": specs, "p.q": specs}))
    store = PixelStore(tmp_path / "pixels", dataset)
    signatures = [store.patient(name).signature for name in dataset.patients]
    os.utime(dataset.path(0), ns=(5, 5))
    assert [store.signature(name) for name in dataset.patients] == signatures
    assert len(list((tmp_path / "pixels").iterdir())) == 2


def test_decoding_can_be_stopped(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data", {"p": [PatchSpec(1, 1, 0)]})
    with pytest.raises(Cancelled):
        PixelStore(tmp_path / "pixels", scan(folder)).patient("p", cancelled=lambda: True)
