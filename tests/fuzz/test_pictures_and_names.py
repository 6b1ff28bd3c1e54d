"""Names of patches and bytes of pictures: whatever stands in a data folder."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as some
from PIL import Image

from tests.factories import picture_bytes
from tests.fuzz.hostile import NUMBERS, torn
from tests.fuzz.judge import Files, Judge, both_lengths, run

PNG_START = b"\x89PNG\r\n\x1a\n"
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")

parts_of_names = some.sampled_from(
    (
        *("8863", "p00", "_idx5", "_idx5_x1_y1_class0.png", "_x", "_y", "_class", "0", "1", "51"),
        *("101", "99999999", "10000001", "9" * 30, "-1", "1.5", "١", "²", ".png", ".PNG", "\u202e"),
        *("=1+1", "@SUM", "'", '"', "\n", "\t", "..", "...", "CON", "a" * 240, "é", "\udcff"),
        *("%s", "{0}", "$HOME", ";", "|", "<b>", "\\", "~", ".part", ".pixels", " "),
    )
)
words = some.lists(parts_of_names | some.text(max_size=6), max_size=5).map("".join)
patients = (
    some.sampled_from(("p00", "p01", "0", "1", "=p", "p\udcff", "...", "p,0", "p\n0")) | words
)


@some.composite
def names_of_folder(draw: Callable[..., Any]) -> Files:
    """Some patients with some patches; most names are nearly right."""
    listed = []
    for _ in range(draw(some.integers(1, 4))):
        patient, label = draw(patients), draw(some.sampled_from("001112"))
        x, y = (
            draw(some.sampled_from((1, 51, 101, 151) * 3 + (2, 10**7 + 1, 10**9))) for _ in "xy"
        )
        name = f"{patient}_idx5_x{x}_y{y}_class{label}.png"
        listed.append([patient, label, draw(words) if draw(some.integers(0, 4)) == 0 else name])
    content = draw(some.sampled_from((b"", b"x", picture_bytes(0), picture_bytes(1)[:900])))
    return {"names.json": json.dumps(listed).encode(), "picture.png": content}


def chunk(kind: bytes, content: bytes, *, crc: int | None = None) -> bytes:
    """A part of a PNG file; its checksum is right unless another is given."""
    checked = zlib.crc32(kind + content) if crc is None else crc
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)


def header(
    width: int, height: int, depth: int = 8, colour: int = 2, *, interlace: int = 0
) -> bytes:
    """The first chunk of a PNG file."""
    sizes = struct.pack(">II", width % 2**32, height % 2**32)
    return chunk(b"IHDR", sizes + bytes((depth, colour, 0, 0, interlace)))


def picture_of(mode: str, size: tuple[int, int]) -> bytes:
    """A picture as Pillow writes it."""
    content = io.BytesIO()
    Image.new(mode, size, 1).save(content, "PNG")
    return content.getvalue()


@some.composite
def built(draw: Callable[..., Any]) -> bytes:
    """A PNG of chunks in any order, with headers and lengths that lie."""
    edge = some.sampled_from((0, 1, 49, 50, 51, *NUMBERS))
    depth, colour = draw(
        some.sampled_from(((8, 2), (8, 3), (16, 2), (1, 0), (8, 6), (4, 3), (7, 9)))
    )
    heads = [header(50, 50, depth, colour, interlace=draw(some.sampled_from((0, 0, 1, 9))))]
    if draw(some.booleans()):
        heads = [header(draw(edge), draw(edge), depth, colour)]
    unfolded = draw(some.sampled_from((7550, 7550, 2550, 0, 10, 2 * 7550, 10_000_000)))
    row = draw(some.binary(min_size=1, max_size=151))
    packed = zlib.compress((row * (unfolded // len(row) + 1))[:unfolded], 1)
    parts = [
        chunk(b"IDAT", packed),
        chunk(b"IDAT", packed[: len(packed) // 2]),
        chunk(b"PLTE", bytes(range(48))),
        chunk(b"tRNS", b"\0\1\2"),
        header(50_000, 50_000),
        chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(5_000_000), 9)),
        chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(5_000_000), 9)),
        chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(b"a" * 5_000_000, 9)),
        chunk(b"fcTL", bytes(26)),
        chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)),
        chunk(b"eXIf", b"MM\0*" + bytes(40)),
        chunk(b"IDAT", packed, crc=0),
        struct.pack(">I", draw(some.sampled_from(NUMBERS)) % 2**32) + b"IDAT" + packed,
    ]
    chosen = [parts[0]] if draw(some.booleans()) else []
    chosen += draw(some.lists(some.sampled_from(parts), max_size=4))
    return b"".join([PNG_START, *heads, *chosen, chunk(b"IEND", b"")])


whole = some.builds(
    picture_of, some.sampled_from(MODES), some.sampled_from(((50, 50), (50, 7), (1, 1), (51, 50)))
)
pictures = some.one_of(
    whole,
    whole.flatmap(torn),
    some.just(picture_bytes(1)).flatmap(torn),
    built(),
    built().flatmap(torn),
    some.binary(max_size=80).map(PNG_START.__add__),
    some.binary(max_size=80),
)


@both_lengths
def test_any_names_make_a_data_set_or_are_told(judge: Judge, inputs: int) -> None:
    run(judge, "names", names_of_folder(), count=inputs)


@both_lengths
def test_any_picture_is_a_patch_or_is_told(judge: Judge, inputs: int) -> None:
    run(judge, "picture", some.fixed_dictionaries({"patch.png": pictures}), count=inputs)


@pytest.mark.parametrize("mode", MODES)
def test_pictures_of_all_modes_are_patches(judge: Judge, mode: str) -> None:
    assert judge.check("picture", {"patch.png": picture_of(mode, (50, 50))}) == "taken"
