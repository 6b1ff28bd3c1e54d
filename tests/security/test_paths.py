"""No name in a file leads out of the folder that it belongs to, and links in circles end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bcviewer.annotation.exchange_geojson import read_geojson
from bcviewer.annotation.labels import LabelError
from bcviewer.dataset.index import load_index
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split_file import load_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import DataError, ModelError, SplitError, StorageError
from bcviewer.model.feature_store import KEPT_BACKBONES, FeatureStore
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.library import imported_folder
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import list_runs, read_run
from bcviewer.model.runs_changes import rename_run
from bcviewer.model.runs_title import TITLE
from bcviewer.model.runs_trash import empty_trash, move_to_trash, read_trash
from bcviewer.storage import sweep_halves
from tests.annotation.data import plain_dataset
from tests.factories import grid_specs, small_dataset, write_dataset
from tests.run_folders import write_run

OUT = ("..", "../evil", "../../evil", "/etc/evil", "a/../../evil", "C:\\evil", "..\\evil", "")
links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
names = some.text(
    some.sampled_from("./\\:~ a0-_\0\n<é") | some.characters(), max_size=12
) | some.sampled_from(OUT)


@given(name=names)
def test_an_imported_model_lands_among_the_imported_ones(name: str) -> None:
    place = ImportTask(Path("model.h5"), name=name).place
    assert place.parent == imported_folder()
    assert place.name not in ("", ".", "..")
    assert not place.name.startswith(".")


@pytest.mark.parametrize("patient", OUT)
def test_a_patients_prediction_lies_in_its_folder_or_nowhere(tmp_path: Path, patient: str) -> None:
    store = PredictionStore(tmp_path / "predictions", "f" * 32)
    try:
        store.save(patient, np.zeros(3, np.float32))
    except ModelError:
        assert not list(tmp_path.rglob("*"))
        return
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file.parent.parent == tmp_path / "predictions"


Arrays = dict[str, np.ndarray]


def other_about(arrays: Arrays, **changed: object) -> None:
    """Other words in the part of an index that is told as JSON."""
    about = json.loads(arrays["about"].tobytes()) | changed
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)


FORGED: dict[str, Callable[[Arrays], object]] = {
    "a file elsewhere": lambda a: a.update(names=np.full(40, b"../../../outside/secret.png")),
    "a file elsewhere on Windows": lambda a: a.update(names=np.full(40, b"..\\secret.png")),
    "names of another kind": lambda a: a.update(names=a["names"].astype(str)),
    "a folder elsewhere": lambda a: other_about(a, folders=["../outside", "p01"]),
    "an absolute folder": lambda a: other_about(a, folders=["/etc", "p01"]),
    "fewer places": lambda a: a.update(x=a["x"][:5]),
    "fewer labels": lambda a: a.update(labels=a["labels"][:7]),
    "other labels": lambda a: a.update(labels=a["labels"] + 7),
    "places off the grid": lambda a: a.update(y=a["y"] + 3),
    "places off the grid, across": lambda a: a.update(x=a["x"] + 3),
    "patients that overlap": lambda a: a.update(starts=np.array([0, 50, 40])),
    "first patches of nobody": lambda a: a.update(starts=np.array([5, 20, 40])),
    "last patches of nobody": lambda a: a.update(starts=np.array([0, 20, 35])),
    "more starts": lambda a: a.update(starts=np.array([0, 20, 30, 40])),
    "fewer patients": lambda a: other_about(a, patients=["p00"]),
    "fewer findings": lambda a: other_about(a, findings=[[]]),
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workspace, Arrays]:
    """Data, their workspace, and what its index says."""
    folder = tmp_path_factory.mktemp("indexed")
    root = small_dataset(folder / "data", patients=2)
    _, workspace = open_dataset(root, workspace=folder / "work")
    with np.load(workspace.index_path) as file:
        return root, workspace, dict(file)


@pytest.mark.parametrize("forged", FORGED)
def test_an_index_that_somebody_forged_is_not_followed(
    indexed: tuple[Path, Workspace, Arrays], forged: str
) -> None:
    """A workspace may come from others; its checksums are right, and its content is not."""
    root, workspace, arrays = indexed
    np.savez(workspace.index_path, **arrays)  # type: ignore[arg-type]
    assert load_index(workspace.index_path, root).trouble == ""
    arrays = dict(arrays)
    FORGED[forged](arrays)
    np.savez(workspace.index_path, **arrays)  # type: ignore[arg-type]
    found = load_index(workspace.index_path, root)
    assert (found.patients, found.trouble) == ({}, "it is damaged")
    dataset, _ = open_dataset(root, workspace=workspace.folder)
    assert dataset.patients == ("p00", "p01")
    assert all(dataset.path(row).is_file() for row in range(40))


@pytest.mark.parametrize("patient", OUT)
def test_polygons_name_only_patients_of_the_data(tmp_path: Path, patient: str) -> None:
    path = tmp_path / "some.geojson"
    path.write_text(json.dumps({"features": [], "bcviewer": {"patient": patient}}))
    with pytest.raises(LabelError, match="no patient of this data set"):
        read_geojson(path, plain_dataset())


@pytest.mark.parametrize("patient", OUT)
def test_splits_name_only_patients_of_the_data(tmp_path: Path, patient: str) -> None:
    path = tmp_path / "split.json"
    parts = {"train": [patient], "validation": [], "test": []}
    about = {"kind": "bcviewer-split", "version": 1, "by": "patient", "seed": 0}
    path.write_text(json.dumps({**about, "fractions": [1, 0, 0], "patients": parts}))
    with pytest.raises(SplitError, match="names no patch"):
        load_split(path, plain_dataset())


def test_a_runs_name_is_words_and_moves_nothing(tmp_path: Path) -> None:
    (tmp_path / "runs" / "one").mkdir(parents=True)
    (record,) = list_runs(tmp_path / "runs")
    renamed = rename_run(record, "../../evil")
    assert renamed.path == record.path
    assert renamed.name == "../../evil"
    (record.path / TITLE).write_text("x\0\x1b[2J../")
    assert list_runs(tmp_path / "runs")[0].name == "one"
    if sys.platform != "win32":
        (record.path / TITLE).unlink()
        os.mkfifo(record.path / TITLE)  # whoever opens it waits for ever
        assert list_runs(tmp_path / "runs")[0].name == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


@pytest.mark.parametrize("name", ["p\x1b[2J", "p\n0", "<img src=x>", "p<b>"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_that_steer_terminals_or_are_markup_are_no_patients(
    tmp_path: Path, name: str
) -> None:
    root = write_dataset(tmp_path / "data", {"p00": grid_specs(2, 2), name: grid_specs(2, 2)})
    dataset = scan(root)
    assert dataset.patients == ("p00",)
    assert dataset.report.counts() == {"strange_name": 1}


@links
def test_links_in_circles_end(tmp_path: Path) -> None:
    root = small_dataset(tmp_path / "data", patients=2)
    (root / "p00" / "0" / "circle").symlink_to(root)
    (root / "p00" / "again").symlink_to(root / "p00")
    (root / "whole").symlink_to(root)
    (root / "itself").symlink_to(root / "itself")
    (root / "p01" / "1" / "p01_idx5_x9951_y1_class1.png").symlink_to(
        root / "p01" / "1" / "p01_idx5_x9951_y1_class1.png"
    )
    dataset = scan(root)
    assert dataset.patients == ("p00", "p01")
    assert len(dataset) == 40
    with pytest.raises(DataError):
        scan(root / "itself")


@links
def test_many_links_upwards_take_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_dataset(tmp_path / "data", patients=2)
    for number in range(60):
        (root / f"up{number:02}").symlink_to(tmp_path)
    seen: list[object] = []
    scandir = os.scandir

    def noting(path: os.PathLike[str]) -> object:
        seen.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noting)
    assert scan(root).patients == ("p00", "p01")
    assert len(seen) < 30


@links
def test_links_in_runs_end_and_the_trash_removes_only_the_link(tmp_path: Path) -> None:
    runs, precious = tmp_path / "runs", tmp_path / "precious"
    (runs / ".trash").mkdir(parents=True)
    precious.mkdir()
    (precious / "work").write_text("of years")
    (runs / "circle").symlink_to(runs)
    (runs / "itself").symlink_to(runs / "itself")
    (runs / ".trash" / "elsewhere").symlink_to(precious)
    (runs / ".trash" / "old").mkdir()
    (runs / ".trash" / "old" / "inner").symlink_to(precious)
    assert len(list_runs(runs)) <= 1
    empty_trash(read_trash(runs).runs)
    assert (precious / "work").read_text() == "of years"
    assert os.listdir(runs / ".trash") == []


@links
def test_a_trash_that_leads_elsewhere_is_none(tmp_path: Path) -> None:
    runs, documents = tmp_path / "runs", tmp_path / "documents"
    (documents / "thesis").mkdir(parents=True)
    run = RunFolder(write_run(runs / "one")).path
    (runs / ".trash").symlink_to(documents)
    assert not read_trash(runs).runs
    with pytest.raises(StorageError, match="is a link"):
        move_to_trash(read_run(run))
    assert run.is_dir()
    assert os.listdir(documents) == ["thesis"]


@links
def test_old_features_are_forgotten_and_nothing_else_is(tmp_path: Path) -> None:
    """A workspace may lie in a folder where its user keeps other things, under the same name."""
    kept, elsewhere = tmp_path / "project" / "features", tmp_path / "elsewhere"
    mine = ["experiment 1", "b" * 31, "B" * 32, "c" * 32]
    for name in mine:
        (kept / name).mkdir(parents=True)
        (kept / name / "table.csv").write_text("of weeks")
    (elsewhere / "d.npz").mkdir(parents=True)
    (kept / ("d" * 32)).symlink_to(elsewhere)
    ours = [f"{number:032x}" for number in range(6)]
    for name in ours:
        (kept / name).mkdir()
        (kept / name / "8975.npz").touch()
    FeatureStore(kept, "f" * 64).forget_old_backbones()
    left = set(os.listdir(kept))
    assert {*mine, "d" * 32, "f" * 32} <= left
    assert all((kept / name / "table.csv").exists() for name in mine)
    assert os.listdir(elsewhere) == ["d.npz"]
    assert len(left & set(ours)) == KEPT_BACKBONES - 1


def test_only_our_own_halves_are_swept(tmp_path: Path) -> None:
    names = [".film.mkv.part", ".index.npz.1a2b3c4d.part", "index.npz.1a2b3c4d.part"]
    for name in names:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1000, 1000))
    sweep_halves(tmp_path)
    assert set(os.listdir(tmp_path)) == {names[0], names[2]}
