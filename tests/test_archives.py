"""Archives of arrays: what is not ours, or would fill the memory, is refused before it is read."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bcviewer.archives import ROOM, archive
from bcviewer.dataset.opening import open_dataset
from bcviewer.model.event_tail import EventTail
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.out_of_fold import load_out_of_fold
from bcviewer.model.prediction_store import PredictionStore

VALUES = np.arange(1000, dtype=np.float32)


def written(path: Path, *, packed: bool = False, **arrays: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    (np.savez_compressed if packed else np.savez)(path, allow_pickle=False, **arrays)
    return path


def bomb(path: Path) -> Path:
    """A quarter of a megabyte that unfolds to 256, made without having them in memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {"descr": "<f4", "fortran_order": False, "shape": (2**26,)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("probabilities", "starts", "x", "steps", "card", "signature"):
            with made.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array_header_1_0(member, about)
                for _ in range(2**8 if name == "probabilities" else 1):
                    member.write(bytes(2**20))
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    for packed in (False, True):
        path = written(tmp_path / "a.npz", packed=packed, values=VALUES)
        with archive(path, most=VALUES.nbytes, packed=packed) as kept:
            assert (kept["values"] == VALUES).all()


def larger(path: Path) -> None:
    written(path, values=np.zeros(ROOM, np.float32))


def packed(path: Path) -> None:
    written(path, packed=True, values=VALUES)


def an_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, VALUES)


def flipped(path: Path) -> None:
    content = bytearray(written(path, values=VALUES).read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [larger, packed, an_array, flipped])
def test_what_cannot_be_ours_is_refused(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "a.npz")
    with pytest.raises(ValueError), archive(tmp_path / "a.npz", most=VALUES.nbytes):  # noqa: PT011
        pass


def test_a_bomb_among_the_caches_is_never_unfolded(data_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    dataset, _ = open_dataset(data_folder, workspace=place)
    for name in ("index.npz", "predictions/m/p00.npz", "features/m/p00.npz", "set.npz"):
        bomb(place / name)
    before = peak()
    again, _ = open_dataset(data_folder, workspace=place)
    assert again.fingerprint == dataset.fingerprint
    assert [finding.kind for finding in again.report.findings] == ["cache"]
    predictions, features = (
        PredictionStore(place / "predictions", "m"),
        FeatureStore(place / "features", "m"),
    )
    assert predictions.load("p00", 20) is None
    assert features.load("p00", (20, 3), signature="") is None
    with pytest.raises(Exception, match="larger than it can be"):
        load_out_of_fold(place / "set.npz", dataset)
    assert predictions.damaged == features.damaged == {"p00"}
    assert peak() - before < 2**27


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes among files are of Unix")
def test_a_pipe_among_the_caches_is_not_waited_for(data_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    dataset, _ = open_dataset(data_folder, workspace=place)
    names = ("index.npz", "predictions/m/p00.npz", "features/m/p00.npz", "set.npz", "events.jsonl")
    for name in names:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    again, _ = open_dataset(data_folder, workspace=place)
    assert again.fingerprint == dataset.fingerprint
    assert PredictionStore(place / "predictions", "m").load("p00", 20) is None
    store = FeatureStore(place / "features", "m")
    assert store.load("p00", (20, 3), signature="") is None
    assert not store.has("p00", signature="")
    with pytest.raises(Exception, match="no plain file"):
        load_out_of_fold(place / "set.npz", dataset)
    assert EventTail(place / "events.jsonl").new() == []


def test_a_bomb_in_place_of_a_prediction_is_written_over(tmp_path: Path) -> None:
    bomb(tmp_path / "predictions" / "m" / "p00.npz")
    store = PredictionStore(tmp_path / "predictions", "m")
    store.save("p00", VALUES)
    found = store.load("p00", len(VALUES))
    assert found is not None
    np.testing.assert_array_equal(found, VALUES)
