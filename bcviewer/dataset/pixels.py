"""Reading the pixels of a patch file, safely: a picture of another size is never decoded."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL.PngImagePlugin import PngImageFile

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import DataError

PNG_START = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 1_000_000
"""No picture of 50x50 px is larger, even with 16 bits a channel and some metadata."""

USUAL_BYTES = 2**16
"""Patches have some 7 kB. To ask for all that may be takes memory for it: a fifth of the time that
a patch takes."""

PADDING = 255
"""Value of the pixels that an undersized edge patch lacks: white, like glass."""

DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)


class PictureError(DataError):
    """A patch file that cannot be used.

    Attributes:
        kind: The kind of finding it is.
    """

    def __init__(self, message: str, *, kind: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.kind = kind


def read_patch(path: Path) -> tuple[NDArray[np.uint8], str]:
    """Decode a patch.

    Args:
        path: A PNG file of at most 50x50 px.

    Returns:
        uint8[50, 50, 3], RGB, an undersized patch padded white at its right and bottom; and the
        picture's own mode ("RGB" for all regular ones).

    Raises:
        PictureError: The file cannot be read, is damaged, or is no patch by its size.
    """
    try:
        with path.open("rb") as file:
            content = file.read(USUAL_BYTES)
            if len(content) == USUAL_BYTES:
                content += file.read(MAX_BYTES + 1 - USUAL_BYTES)
    except OSError as error:
        text = f"Cannot be read: {error.strerror or error}."
        hint = "Check that you may read it and that its drive is there."
        raise PictureError(text, kind="unreadable", hint=hint) from error
    return decode_patch(content)


def decode_patch(content: bytes) -> tuple[NDArray[np.uint8], str]:
    """Decode the bytes of a patch file; as ``read_patch``."""
    check_header(content)
    try:
        # The PNG reader itself, which saves the search for the format: a tenth of the time.
        with PngImageFile(io.BytesIO(content)) as picture:
            _check_size(*picture.size)  # a second header may have told another
            # Explicitly: asked through the array protocol, numpy would pass over the error.
            picture.load()
            mode = picture.mode
            rgb = picture if mode == "RGB" else picture.convert("RGB")
            pixels = np.asarray(rgb)
    except DECODER_ERRORS as error:
        text = f"The picture is damaged: {error}."
        raise PictureError(text, kind="damaged", hint="Copy it again.") from error
    height, width = pixels.shape[:2]
    if (height, width) == (PATCH_SIZE, PATCH_SIZE):
        return pixels, mode
    padded = np.full((PATCH_SIZE, PATCH_SIZE, 3), PADDING, np.uint8)
    padded[:height, :width] = pixels
    return padded, mode


def check_header(content: bytes) -> None:
    """Refuse what is no PNG of a patch's size, before anything is decoded."""
    if len(content) > MAX_BYTES:
        text = f"The file is larger than {MAX_BYTES // 1000:,} kB, which no patch is."
        raise PictureError(text, kind="wrong_size", hint="Leave it out, or cut it to patches.")
    if not content.startswith(PNG_START) or content[12:16] != b"IHDR" or len(content) < 33:
        text = "The file is empty." if not content else "The file is not a PNG picture."
        raise PictureError(text, kind="damaged", hint="Copy it again.")
    _check_size(*struct.unpack(">II", content[16:24]))


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= PATCH_SIZE and 0 < height <= PATCH_SIZE):
        text = f"The picture is {width:,}x{height:,} px; a patch has at most 50x50."
        raise PictureError(text, kind="wrong_size", hint="Leave it out, or cut it to patches.")
