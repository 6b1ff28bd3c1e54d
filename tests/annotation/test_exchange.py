"""Labels go out and come back exactly; what comes from outside is shown before it is taken."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcviewer.annotation import exchange
from bcviewer.annotation.exchange import Offered, apply_import, preview
from bcviewer.annotation.exchange_csv import read_labels, write_labels, write_log
from bcviewer.annotation.exchange_geojson import Form, geojson_of, read_geojson, write_geojson
from bcviewer.annotation.labels import Label, LabelError
from bcviewer.annotation.ledger import Act, Ledger
from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.records import current_records, log_records
from bcviewer.annotation.state import original_state
from bcviewer.dataset.dataset import Dataset
from tests.annotation.conftest import OpenBook
from tests.annotation.data import line, plain_dataset

LABELS = st.lists(st.sampled_from(list(Label)), min_size=36, max_size=36)
FORMS: tuple[Form, ...] = ("tiles", "regions")
HEAD = "patient,x,y,label\n"


def ledger_with(dataset: Dataset, labels: np.ndarray) -> Ledger:
    ledger = Ledger(dataset)
    said = np.flatnonzero(labels >= 0)
    about: StrokeLine = line(reader='Ann "A", jr', reason="two\nlines")
    ledger.add(Act(about), said, labels[said])
    return ledger


def taken(offered: Offered, dataset: Dataset) -> list[int]:
    """The labels after an import into a workspace without any."""
    assert offered.problems == []
    seen = preview(offered, original_state(dataset))
    assert (seen.unknown, seen.contradictions) == ({}, [])
    labels = np.full(len(dataset), -1, np.int8)
    labels[seen.rows] = seen.labels
    return labels.tolist()


@settings(max_examples=30)
@given(labels=LABELS)
def test_labels_come_back_from_every_format(labels: list[Label]) -> None:
    dataset = plain_dataset()
    said = np.array(labels, np.int8)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_labels(current_records(ledger_with(dataset, said)), folder / "labels.csv")
        assert taken(read_labels(folder / "labels.csv"), dataset) == said.tolist()
        for form in FORMS:
            offers = []
            for patient in dataset.patients:
                path = write_geojson(dataset, patient, said, folder, form=form)
                read = read_geojson(path, dataset)
                assert read.problems == []
                offers += read.offers
            assert taken(Offered("all", offers, []), dataset) == said.tolist()


def test_a_table_tells_all_that_is_known_of_a_label(open_book: OpenBook, tmp_path: Path) -> None:
    book = open_book("Ann")
    book.label(np.array([1]), Label.IDC, reason="seen twice")
    write_labels(book.records(), tmp_path / "labels.csv")
    head, row = (tmp_path / "labels.csv").read_text().splitlines()
    assert head == "patient,x,y,original,label,reader,time,reason"
    patient, x, y, original, label, reader, time, reason = row.split(",")
    assert (patient, x, y, original, label) == ("p00", "51", "1", "not IDC", "IDC")
    assert (reader, reason) == ("Ann", "seen twice")
    assert time.startswith("20")
    assert time.endswith("+00:00")


def test_labels_of_patches_that_are_gone_are_written_too(
    open_book: OpenBook, log_path: Path, tmp_path: Path
) -> None:
    book = open_book()
    book.label(np.array([0, 13]), Label.UNSURE)
    book.close()
    fewer = read_ledger(log_path, plain_dataset(patients=2, first=1))
    write_labels(current_records(fewer), tmp_path / "labels.csv")
    assert taken(read_labels(tmp_path / "labels.csv"), book.dataset)[0] == 2


def test_the_whole_log_is_a_table_too(
    open_book: OpenBook, log_path: Path, dataset: Dataset, tmp_path: Path
) -> None:
    book = open_book()
    book.label(np.array([1, 2]), Label.IDC)
    book.undo()
    book.close()
    write_log(log_records(read_ledger(log_path, dataset)), tmp_path / "log.csv")
    rows = (tmp_path / "log.csv").read_text().splitlines()
    assert rows[0].startswith("stroke,time,reader,kind,undoes,patient,x,y,old,label,reason")
    assert [row.split(",")[3] for row in rows[1:]] == ["label", "label", "undo"]
    assert rows[1].split(",")[5:10] == ["p00", "51", "1", "original", "IDC"]
    assert rows[3].split(",")[4:10] == ["1", "", "", "", "", ""]


def test_one_label_of_an_import_is_told_as_one(open_book: OpenBook, tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    rows = ("1,idc,1,p00", "51,idc,1,p00", "151,unsure,1,p00", "151,excluded,1,p00")
    path.write_text("\n".join(("x,label,y,patient", *rows, "1,0,1,nobody", "1,maybe,1,p00")))
    book = open_book()
    book.label(np.array([0]), Label.IDC)
    assert preview(read_labels(path), book.state).words == (
        "theirs.csv: 1 label would change, 1 is so already, 1 is of a patch that the data set has "
        "not, 1 patch has several labels, 1 line cannot be used."
    )


def test_an_import_is_shown_first_and_is_one_stroke(open_book: OpenBook, tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(
        "X,label,Y,patient,comment\n"
        "1,idc,1,p00,same\n"
        "51,IDC,1,p00,new\n"
        "101,Not  IDC,1,p00,new\n"
        "\n"
        "151,unsure,1,p00,one\n"
        "151,excluded,1,p00,other\n"
        "51,1,1,p00,again\n"
        "1,0,1,nobody,\n"
        "7,0,1,p01,\n"
        "1,maybe,1,p00,\n"
        "nan,0,1,p00,\n"
        "1,0,99999999999,p00,\n"
        "1,0\n"
        "1,0,1,,\n"
    )
    book = open_book()
    book.label(np.array([0]), Label.IDC)
    offered = read_labels(path)
    seen = preview(offered, book.state)
    assert seen.rows.tolist() == [1, 2]
    assert seen.labels.tolist() == [1, 0]
    assert seen.same == 1
    assert seen.unknown == {"nobody": 1, "p01": 1}
    assert [problem.line for problem in seen.problems] == [11, 12, 13, 14, 15]
    (torn,) = seen.contradictions
    assert torn.line == 6
    assert torn.text == "p00, x 151, y 1: unsure (line 6), excluded (line 7)"
    assert "2 labels would change" in seen.words
    assert book.state.labels[1] == -1, "nothing is taken by looking"
    stroke = apply_import(book, seen)
    assert stroke is not None
    assert stroke.title == "import theirs.csv: 2 patches of p00"
    assert book.history[-1].patches == 2
    assert apply_import(book, preview(offered, book.state)) is None
    book.undo()
    assert book.state.labels[:4].tolist() == [1, -1, -1, -1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column patient"),
        (b"patient,x,y\np00,1,1\n", "no column label"),
        ("patient,x,y,label\n".encode("utf-16"), "not a text file"),
        (os.urandom(3000) + b"\0", "not a text file"),
        (b"PK\x03\x04" + bytes(100), "not a text file"),
        (b'patient,x,y,label\n"p00' + b"x" * 200_000 + b'",1,1,1\n', "not a CSV file"),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(content)
    with pytest.raises(LabelError, match=words) as caught:
        read_labels(path)
    assert caught.value.hint
    with pytest.raises(LabelError, match="Cannot read"):
        read_labels(tmp_path)
    with pytest.raises(LabelError, match="Cannot read"):
        read_labels(tmp_path / "missing.csv")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MAX_BYTES", 1_000_000)
    path = tmp_path / "labels.csv"
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(LabelError, match="larger than 1 MB"):
        read_labels(path)


def test_thousands_of_bad_lines_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(HEAD + "p00,1,1,what\n" * 5000)
    assert len(read_labels(path).problems) == exchange.MOST_PROBLEMS


def test_tiles_are_as_qupath_reads_them() -> None:
    dataset = plain_dataset()
    labels = np.full(len(dataset), -1, np.int8)
    labels[5] = Label.IDC
    content = geojson_of(dataset, "p00", labels)
    (feature,) = content["features"]
    assert content["type"] == "FeatureCollection"
    assert feature["geometry"] == {
        "type": "Polygon",
        "coordinates": [[[50, 50], [100, 50], [100, 100], [50, 100], [50, 50]]],
    }
    properties = feature["properties"]
    assert properties["objectType"] == "tile"
    assert properties["classification"]["name"] == "IDC"
    assert all(0 <= value <= 255 for value in properties["classification"]["color"])
    assert feature["id"] == geojson_of(dataset, "p00", labels)["features"][0]["id"]


def shifted(dataset: Dataset, columns: int) -> Dataset:
    values = {**vars(dataset)}
    fields = {name: values[name] for name in dataset.__dataclass_fields__}
    return Dataset(**{**fields, "x": dataset.x + 50 * columns})


def test_coordinates_are_those_of_the_mosaic_even_when_the_data_grew(tmp_path: Path) -> None:
    dataset = shifted(plain_dataset(patients=1), 3)
    labels = np.full(len(dataset), -1, np.int8)
    labels[0] = Label.IDC
    path = write_geojson(dataset, "p00", labels, tmp_path)
    content = json.loads(path.read_text())
    assert content["features"][0]["geometry"]["coordinates"][0][0] == [0, 0]
    assert taken(read_geojson(path, dataset), dataset)[0] == 1
    del content["bcviewer"]  # as QuPath writes it back
    path.write_text(json.dumps(content["features"]))
    assert taken(read_geojson(path, dataset), dataset)[0] == 1


def drawn(**changes: Any) -> dict[str, Any]:
    """A triangle over the first cells of p00, as one draws it in QuPath."""
    feature: dict[str, Any] = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [160, 0], [0, 160], [0, 0]]]},
        "properties": {"classification": {"name": "idc"}},
    }
    return {**feature, **changes}


def with_corners(*corners: list[Any]) -> dict[str, Any]:
    return drawn(geometry={"type": "Polygon", "coordinates": [list(corners)]})


def test_what_is_drawn_by_hand_takes_patches_by_their_centre(tmp_path: Path) -> None:
    dataset = plain_dataset()
    path = tmp_path / "p01.geojson"
    path.write_text(json.dumps(drawn()))
    labels = np.array(taken(read_geojson(path, dataset), dataset))
    assert np.flatnonzero(labels == 1).tolist() == [12, 13, 14, 16, 17, 20]
    square = [[[100, 100], [150, 100], [150, 150], [100, 150], [100, 100]]]
    both = {"type": "MultiPolygon", "coordinates": [square, *[drawn()["geometry"]["coordinates"]]]}
    path.write_text(json.dumps([drawn(geometry=both)]))
    assert len(read_geojson(path, dataset).offers) == 7


@pytest.mark.parametrize(
    "feature",
    [
        7,
        drawn(properties=None),
        drawn(properties={"classification": {"name": "Tumor"}}),
        drawn(properties={"classification": {"name": ["IDC"]}}),
        drawn(geometry=None),
        drawn(geometry={"type": "Point", "coordinates": [1, 1]}),
        drawn(geometry={"type": ["Polygon"], "coordinates": []}),
        drawn(geometry={"type": "Polygon", "coordinates": []}),
        drawn(geometry={"type": "Polygon"}),
        with_corners([0, 0], [1, 1], [0, 0]),
        with_corners([0, 0], [9, 0], [9, 9], [0, 9]),
        with_corners([0, 0], [9, float("nan")], [9, 9], [0, 0]),
        with_corners([0, 0], [9, 10**400], [9, 9], [0, 0]),
        with_corners([0, 0], ["9", 1], [9, 9], [0, 0]),
        with_corners([0, 0], [True, 1], [9, 9], [0, 0]),
        with_corners([0, 0], [], [9, 9], [0, 0]),
        drawn(geometry={"type": "MultiPolygon", "coordinates": {"a": 1}}),
        drawn(geometry={"type": "MultiPolygon", "coordinates": [5]}),
    ],
)
def test_features_that_cannot_be_used_are_told_by_number(tmp_path: Path, feature: Any) -> None:
    path = tmp_path / "p00.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [drawn(), feature]}))
    read = read_geojson(path, plain_dataset())
    assert [problem.line for problem in read.problems] == [2]
    assert len(read.offers) == 6


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a JSON file"),
        (b"\xff\xfe\x00", "not a JSON file"),
        (b"[" * 200_000, "not a JSON file"),
        (b'{"features": 3}', "no features"),
        (b'"text"', "no features"),
    ],
)
def test_geojson_that_is_none_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "p00.geojson"
    path.write_bytes(content)
    with pytest.raises(LabelError, match=words):
        read_geojson(path, plain_dataset())


def test_geojson_of_nobody_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.geojson"
    path.write_text(json.dumps([drawn()]))
    with pytest.raises(LabelError, match="no patient"):
        read_geojson(path, plain_dataset())


def test_a_file_with_more_labels_than_can_be_held_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_LABELS", 20)
    table, polygons = tmp_path / "labels.csv", tmp_path / "p00.geojson"
    table.write_text(HEAD + "p00,1,1,IDC\n" * 21)
    dataset = plain_dataset()
    labels = np.ones(len(dataset), np.int8)
    feature = geojson_of(dataset, "p00", labels, form="regions")["features"][0]
    polygons.write_text(json.dumps([feature] * 2))
    with pytest.raises(LabelError, match="more than 20 labels"):
        read_labels(table)
    with pytest.raises(LabelError, match="more than 20 labels"):
        read_geojson(polygons, dataset)
