"""A model file of Keras, opened with care: its plan and its weights, and no code of it is run.

An ``.h5`` file has the configuration in an attribute and the weights in groups. A ``.keras`` file
is a zip archive of ``config.json`` and ``model.weights.h5``. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bcviewer.errors import BcviewerError, Cancelled
from bcviewer.model.imported_config import plan_of
from bcviewer.model.imported_hdf5 import MAGIC, MOST_BYTES, Group
from bcviewer.model.imported_plan import NetworkPlan, refused
from bcviewer.model.imported_weights import NamedWeights, NumberedWeights, WeightSource

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"
MOST_TEXT = 2**24
MOST_FOLD = 200
"""A compressed part may be so many times larger than what it takes in the file."""

ZIP_MAGIC = b"PK"
SAVE_WHOLE = "Save the whole network with model.save(FILE), not only its weights."


@dataclass(frozen=True, eq=False)
class ImportedFile:
    """What a file holds; the weights can be read as long as the file is open.

    Attributes:
        path: The file.
        sha256: Its digest.
        plan: The network.
        weights: Where its weights are.
        written_by: The file's format, and the Keras that wrote it.
    """

    path: Path
    sha256: str
    plan: NetworkPlan
    weights: WeightSource
    written_by: str


@contextmanager
def opened(path: Path, *, sha256: str = "") -> Iterator[ImportedFile]:
    """Open a model file of Keras, check it, and close it at the end of the block.

    HDF5 may never come back from a damaged file: a file that nobody has looked at is opened in a
    process that can be killed (``look_at_file``).

    Args:
        path: The file.
        sha256: The digest that it must have; "" for any.

    Raises:
        ModelError: It is no such file, is damaged, or would need code to be run.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MOST_BYTES:
            raise refused(
                f"{path} is no file of at most {MOST_BYTES // 2**20} MB.",
                hint="Choose an .h5 or .keras file that Keras has saved.",
            )
        with path.open("rb") as file:
            start = file.read(8)
            digest = hashlib.file_digest(file, "sha256").hexdigest() if not file.seek(0) else ""
    except OSError as error:
        raise refused(
            f"{path} cannot be read: {error.strerror or error}.", hint="Choose another file."
        ) from error
    if sha256 not in ("", digest):
        raise refused(f"{path} has changed since it was looked at.", hint="Import it again.")
    with _faults_of(path):
        if start == MAGIC:
            yield from _opened_h5(path, digest)
        elif start.startswith(ZIP_MAGIC):
            yield from _opened_zip(path, digest)
        else:
            raise refused(
                f"{path} is neither an .h5 nor a .keras file of Keras.",
                hint="Choose a file that was saved with model.save(FILE).",
            )


def _opened_h5(path: Path, digest: str) -> Iterator[ImportedFile]:
    import h5py

    with h5py.File(path, "r") as file:
        root = Group(file)
        text = root.text("model_config")
        if text is None:
            raise refused(_without_config(path, root), hint=SAVE_WHOLE)
        if len(text) > MOST_TEXT:
            raise refused(f"The configuration in {path} is larger than that of any network.")
        weights = root.group("model_weights")
        if weights is None:
            raise refused(f"{path} has a network without weights.", hint=SAVE_WHOLE)
        version = root.text("keras_version") or weights.text("keras_version")
        yield ImportedFile(
            path, digest, plan_of(text), NamedWeights(weights), _written("HDF5", version)
        )


def _opened_zip(path: Path, digest: str) -> Iterator[ImportedFile]:
    import h5py

    with zipfile.ZipFile(path) as archive:
        parts = plain_parts(archive, path)
        if CONFIG not in parts or WEIGHTS not in parts:
            raise refused(
                f"{path} is a zip archive, but lacks {CONFIG} or {WEIGHTS}.",
                hint="Choose a .keras file that was saved with model.save(FILE).",
            )
        text = archive.read(parts[CONFIG]).decode("utf-8")
        version = _version(archive.read(parts[METADATA])) if METADATA in parts else None
        plan = plan_of(text)
        content = io.BytesIO(archive.read(parts[WEIGHTS]))
    with h5py.File(content, "r") as file:
        weights = NumberedWeights(Group(file), plan)
        yield ImportedFile(path, digest, plan, weights, _written("zip", version))


def plain_parts(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """The parts of the archive, none but those that a network has, and none too large.

    Raises:
        ModelError: It has others.
    """
    limits = {CONFIG: MOST_TEXT, METADATA: MOST_TEXT, WEIGHTS: MOST_BYTES}
    parts: dict[str, zipfile.ZipInfo] = {}
    for part in archive.infolist():
        name = part.filename
        if name not in limits or name in parts:
            raise refused(f"{path} has the part {name[:60]!r}, which a plain network does not.")
        if part.file_size > limits[name] or part.file_size > MOST_FOLD * (part.compress_size + 1):
            raise refused(f"{path} would unfold to {part.file_size:,} bytes of {name}: too many.")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Python unfolds the others at once, whatever size they say that they have.
            raise refused(f"{path} is packed in a way that Keras does not use.")
        if part.flag_bits & 1:
            raise refused(f"{path} is locked with a password.")
        parts[name] = part
    return parts


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """Tell what HDF5, zip and JSON make of a damaged file in words."""
    try:
        yield
    except (BcviewerError, Cancelled):
        raise
    except MemoryError as error:
        raise refused(
            f"{path} needs more memory than there is.", hint="Close other programs and try again."
        ) from error
    # They raise nearly anything of a file that is not theirs.
    except Exception as error:
        first = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise refused(
            f"{path} cannot be read as a file of Keras: {first.rstrip('.')[:200]}.",
            hint="It may be damaged: fetch it again.",
        ) from error


def _without_config(path: Path, root: Group) -> str:
    if root.texts("layer_names") is not None or root.group("layers") is not None:
        return f"{path} holds only weights: the network that they belong to is not in it."
    return f"{path} is an HDF5 file, but holds no network of Keras."


def _version(content: bytes) -> str | None:
    value: Any = json.loads(content)
    found = value.get("keras_version") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _written(kind: str, version: str | None) -> str:
    known = version is not None and len(version) <= 20 and version.isprintable()
    return f"Keras {version} ({kind})" if known else f"Keras ({kind})"
