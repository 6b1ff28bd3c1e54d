"""No table that the program writes runs a formula in a spreadsheet."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange import preview
from bcviewer.annotation.exchange_csv import read_labels, write_labels, write_log
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.records import log_records
from bcviewer.dataset.scan import scan
from bcviewer.gui.widgets.curve_export import CurveSource, curves_csv
from bcviewer.model.events import EpochDone
from bcviewer.tables import STARTS
from tests.factories import grid_specs, write_dataset

PACKAGE = Path(__file__).parent.parent.parent / "bcviewer"
ONLY_NUMBERS = ("model/prediction_export.py",)
"""Files whose tables have no words but their heads."""

FORMULA = "=cmd|'x'!A0"


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def is_formula(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return cell.startswith(STARTS)
    return False  # -1 is a number


def test_every_writer_of_tables_marks_words() -> None:
    writers = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        if calls & {"csv.writer", "csv.DictWriter"}:
            name = path.relative_to(PACKAGE).as_posix()
            writers.append(name)
            assert name in ONLY_NUMBERS or "safe_cell" in calls, f"{name} does not use safe_cell"
    assert set(ONLY_NUMBERS) < set(writers)
    assert len(writers) >= 4


@pytest.mark.parametrize("reader", [FORMULA, "@SUM(A1)", "+1", "-1+1"])
def test_labels_of_strange_readers_and_patients_are_words_and_come_back(
    tmp_path: Path, reader: str
) -> None:
    patients = {"=p": grid_specs(3, 3), "-p": grid_specs(3, 3), "'=p": grid_specs(2, 2)}
    dataset = scan(write_dataset(tmp_path / "data", patients))
    path = tmp_path / "labels.sqlite"
    book = LabelBook(path, dataset, reader=reader)
    book.label(np.arange(len(dataset)), Label.UNSURE, reason=FORMULA, queue="@queue")
    write_labels(book.records(), tmp_path / "labels.csv")
    book.close()
    ledger = read_ledger(path, dataset)
    write_log(log_records(ledger), tmp_path / "log.csv")
    for name in ("labels.csv", "log.csv"):
        written = cells((tmp_path / name).read_text())
        assert not [cell for cell in written if is_formula(cell)]
        assert f"'{reader}" in written
    seen = preview(read_labels(tmp_path / "labels.csv"), ledger.state)
    assert (len(seen.rows), seen.same, seen.problems) == (0, len(dataset), [])


def test_curves_of_strange_runs_are_words() -> None:
    scores = {"loss": 0.4, "accuracy": 0.8, "balanced_accuracy": 0.7, "auc": 0.9}
    epoch = EpochDone(1, 2, 3.5, scores, scores, 1)
    text = curves_csv([(CurveSource(FORMULA, "@split", {}), [epoch])])
    assert not [cell for cell in cells(text) if is_formula(cell)]
    assert "'" + FORMULA in cells(text)
