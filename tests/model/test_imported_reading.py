"""Files are first read in a process of their own: one that never ends is killed, and told.

HDF5 goes round in circles on some damaged files; nothing within the process can end that.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model.import_process import ImportProcess, look_at_file
from bcviewer.model.imported_file import opened
from bcviewer.model.imported_hdf5 import MOST_BYTES
from bcviewer.model.imported_meaning import Wishes
from bcviewer.model.imported_options import ImportLine, ImportTask
from bcviewer.model.imported_reading import READING_SECONDS, look_at, reading_limit
from tests.keras_files import seed_config, write_seed_file

LIMIT = 4.0
"""Seconds for a file of a few kB; a good one takes half a second."""

LENGTH = (5).to_bytes(8, "little")
"""How HDF5 counts the text ``2.2.4``."""

CIRCLE = (252).to_bytes(8, "little")
"""A count by which HDF5 1.14 never comes to an end: one wrong byte."""


ENDLESS = pytest.mark.skipif(
    h5py.version.hdf5_version_tuple[:2] != (1, 14), reason="another HDF5 may read or refuse it"
)


def write_endless_file(path: Path) -> Path:
    """A good file but for one byte, on which HDF5 spins for ever."""
    content = write_seed_file(path).read_bytes()
    assert content.count(LENGTH + b"2.2.4") == 2
    before, _, after = content.rpartition(LENGTH + b"2.2.4")
    path.write_bytes(before + CIRCLE + b"2.2.4" + after)
    return path


def told_of(path: Path, *, limit: float = LIMIT) -> ImportLine:
    """How looking at a file ends."""
    (line,) = ImportProcess(ImportTask(path), look=True, limit=limit).lines()
    return line


@ENDLESS
def test_a_file_that_never_ends_is_told_to_be_damaged(tmp_path: Path) -> None:
    line = told_of(write_endless_file(tmp_path / "endless.h5"))
    assert line.event == "failed"
    assert "reading it took longer than 4 s, so it is damaged" in line.text
    assert line.hint


def test_a_reader_that_takes_too_long_is_killed_and_told(tmp_path: Path) -> None:
    source, pid = tmp_path / "file.h5", tmp_path / "pid"
    command = ["sh", "-c", f"echo $$ > '{pid}'; exec sleep 100"]
    (line,) = ImportProcess(ImportTask(source), look=True, command=command, limit=1.4).lines()
    assert line.event == "failed"
    assert line.text == (
        f"{source} cannot be read: reading it took longer than 1 s, so it is damaged."
    )
    assert "Fetch it again" in line.hint
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_an_import_has_no_limit_but_reads_nothing_that_was_not_looked_at(tmp_path: Path) -> None:
    command = ["sh", "-c", 'sleep 0.4; echo \'{"event": "imported"}\'']
    task = ImportTask(tmp_path / "file.h5")
    (line,) = ImportProcess(task, command=command, limit=0.1).lines()
    assert line.event == "imported"
    path = write_seed_file(tmp_path / "seed.h5")
    digest = look_at_file(ImportTask(path))["sha256"]
    with opened(path, sha256=digest) as file:
        assert file.sha256 == digest
    path.write_bytes(path.read_bytes() + b"0")
    with pytest.raises(ModelError, match="has changed since"), opened(path, sha256=digest):
        pass


@ENDLESS
def test_a_reader_ends_itself_when_nobody_is_left_to_kill_it(tmp_path: Path) -> None:
    path = write_endless_file(tmp_path / "endless.h5")
    code = (
        "import sys; from pathlib import Path\n"
        "from bcviewer.model.imported_meaning import Wishes\n"
        "from bcviewer.model.imported_reading import bounded, look_at\n"
        "with bounded(2.0): look_at(Path(sys.argv[1]), Wishes())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert b"Timeout" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_reader_is_given_no_more_memory_than_files_need() -> None:
    code = (
        "import numpy, resource\n"
        "from bcviewer.model.imported_reading import MOST_MEMORY, bounded\n"
        "before = resource.getrlimit(resource.RLIMIT_AS)\n"
        "with bounded(60.0):\n"
        "    numpy.empty(MOST_MEMORY // 2, numpy.uint8)\n"
        "    try: numpy.empty(MOST_MEMORY + 2**30, numpy.uint8)\n"
        "    except MemoryError: print('refused')\n"
        "assert resource.getrlimit(resource.RLIMIT_AS) == before\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "refused"


def test_large_files_may_take_longer(tmp_path: Path) -> None:
    small, large = write_seed_file(tmp_path / "small.h5"), tmp_path / "large.h5"
    with large.open("wb") as file:
        file.truncate(2 * MOST_BYTES)  # more than is taken: it must not buy more time
    assert READING_SECONDS <= reading_limit(small) < READING_SECONDS + 1
    assert 1.5 * READING_SECONDS < reading_limit(large) < 4 * READING_SECONDS
    assert reading_limit(tmp_path / "missing.h5") == READING_SECONDS


def spoil(path: Path, name: str) -> Path:
    """Replace weights by packed ones that cannot be unpacked; all else in the file is well."""
    with h5py.File(path, "r+") as file:
        if name in file:
            del file[name]
        packed = file.create_dataset(name, data=np.arange(4.0, dtype="f4"), compression="gzip")
        file.flush()
        chunk = packed.id.get_chunk_info(0)
    content = bytearray(path.read_bytes())
    content[chunk.byte_offset : chunk.byte_offset + chunk.size] = bytes(chunk.size)
    path.write_bytes(content)
    return path


def test_all_weights_are_read_while_the_reader_can_be_killed(tmp_path: Path) -> None:
    """So that no damage waits for the import, which has no limit."""
    path = write_seed_file(tmp_path / "seed.h5")
    assert look_at(path, Wishes())["input_size"] == 32
    spoil(path, "model_weights/separable_conv2d_1/separable_conv2d_1/bias:0")
    with opened(path) as file:
        assert file.plan.input_shape == (32, 32, 3)
    with pytest.raises(ModelError, match="cannot be read as a file of Keras"):
        look_at(path, Wishes())


def test_all_weights_of_a_keras_archive_are_read_too(tmp_path: Path) -> None:
    weights, path = tmp_path / "weights.h5", tmp_path / "file.keras"
    with h5py.File(weights, "w") as file:
        file["layers/separable_conv2d/vars/0"] = np.zeros(4, "f4")
    for spoilt in (False, True):
        if spoilt:
            spoil(weights, "layers/separable_conv2d/vars/0")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("config.json", json.dumps(seed_config()))
            archive.write(weights, "model.weights.h5")
        if not spoilt:
            assert look_at(path, Wishes())["written_by"] == "Keras (zip)"
    with pytest.raises(ModelError, match="cannot be read as a file of Keras"):
        look_at(path, Wishes())


def harmed(content: bytes, seed: int) -> bytes:
    """A file with some bytes changed, most of them where HDF5 keeps its tables; perhaps cut."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 4, 16, 64))):
        end = len(changed) if chance.random() < 0.5 else 6000
        changed[chance.randrange(end)] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


@pytest.mark.parametrize(
    "seeds", [range(5), pytest.param(range(5, 100), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_harmed_files_are_read_or_refused(tmp_path: Path, seeds: range) -> None:
    good = write_seed_file(tmp_path / "good.h5").read_bytes()
    path = tmp_path / "harmed.h5"
    for seed in seeds:
        path.write_bytes(harmed(good, seed))
        line = told_of(path)
        assert line.event == "looked" or (line.text and line.hint), seed
