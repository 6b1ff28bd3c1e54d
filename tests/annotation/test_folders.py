"""The patches under corrected labels, as a new data folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.exchange_folders import export_folders
from bcviewer.annotation.labels import LabelError
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.errors import Cancelled, StorageError


@pytest.fixture
def data(data_folder: Path, tmp_path: Path) -> Dataset:
    return open_dataset(data_folder, workspace=tmp_path / "work")[0]


def files_of(folder: Path) -> dict[Path, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


def corrected(data: Dataset) -> np.ndarray:
    labels = data.labels.copy()
    labels[:3] = 1 - labels[:3]
    labels[[5, 30]] = -1
    return labels


def test_the_new_folder_is_a_data_set_with_the_corrected_labels(
    data: Dataset, tmp_path: Path
) -> None:
    before = files_of(data.root)
    labels = corrected(data)
    told: list[tuple[int, int]] = []
    done = export_folders(data, labels, tmp_path / "out", progress=lambda *at: told.append(at))
    assert (done.patches, done.left_out, done.unreadable) == (118, 2, ())
    assert told[-1] == (118, 118)
    assert files_of(data.root) == before
    again, _ = open_dataset(tmp_path / "out", workspace=tmp_path / "other")
    assert not again.report.findings
    kept = labels >= 0
    assert again.labels.tolist() == labels[kept].tolist()
    assert again.x.tolist() == data.x[kept].tolist()
    assert again.path(0).read_bytes() == data.path(0).read_bytes()
    assert again.path(0).name.endswith(f"class{labels[0]}.png")


def test_an_export_goes_over_nothing(data: Dataset, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(LabelError, match="there already"):
        export_folders(data, data.labels, tmp_path / "out")
    for inside in (data.root, data.root / "new", data.root / "p00" / "x"):
        with pytest.raises(StorageError, match="data folder"):
            export_folders(data, data.labels, inside)
    assert not (data.root / "new.part").exists()
    (tmp_path / "mine.part").mkdir()
    (tmp_path / "mine.part" / "precious").write_text("x")
    with pytest.raises(LabelError, match="unfinished export of other labels, or something else"):
        export_folders(data, data.labels, tmp_path / "mine")
    assert (tmp_path / "mine.part" / "precious").read_text() == "x"


def test_an_export_that_was_stopped_goes_on(data: Dataset, tmp_path: Path) -> None:
    labels = corrected(data)
    asked = Counter[str]()

    def after_fifty() -> bool:
        asked["times"] += 1
        return asked["times"] > 50

    with pytest.raises(Cancelled):
        export_folders(data, labels, tmp_path / "out", cancelled=after_fifty)
    part = tmp_path / "out.part"
    assert not (tmp_path / "out").exists()
    written = sorted(part.rglob("*.png"))
    assert len(written) == 50
    stamp = written[0].stat().st_ino
    (written[0].parent / ".torn.part").write_bytes(b"half a pict")
    with pytest.raises(LabelError, match="other labels"):
        export_folders(data, data.labels, tmp_path / "out")
    export_folders(data, labels, tmp_path / "out")
    assert not part.exists()
    assert (tmp_path / "out" / written[0].relative_to(part)).stat().st_ino == stamp
    assert {path.suffix for path in files_of(tmp_path / "out")} == {".png"}


def test_pictures_that_are_gone_are_told(data: Dataset, tmp_path: Path) -> None:
    data.path(3).unlink()
    done = export_folders(data, data.labels, tmp_path / "out")
    assert done.patches == 119
    assert done.unreadable == (data.path(3).relative_to(data.root).as_posix(),)
