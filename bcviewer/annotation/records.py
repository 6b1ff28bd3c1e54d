"""Labels as lines: who said what of which patch, when and why."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bcviewer.annotation.labels import Label
from bcviewer.annotation.ledger import Act, Ledger


class LabelRecord(NamedTuple):
    """A label with all that is known of it; ``original`` is None for a patch that is not there."""

    patient: str
    x: int
    y: int
    original: Label | None
    label: Label
    reader: str
    time: str
    reason: str


class LogRecord(NamedTuple):
    """A patch of a stroke, or an undo or redo: that has no patch and names its stroke."""

    stroke: int
    time: str
    reader: str
    kind: str
    undoes: int
    patient: str
    x: int | None
    y: int | None
    old: Label | None
    label: Label | None
    reason: str
    queue: str
    model: str
    blind: bool


def current_records(ledger: Ledger) -> list[LabelRecord]:
    """All labels that hold now, by patient, y and x; those whose patch is gone come last."""
    state, dataset = ledger.state, ledger.dataset
    rows = np.flatnonzero(state.labels >= 0)
    names = [dataset.patients[number] for number in dataset.patient_index[rows].tolist()]
    columns = (dataset.x[rows], dataset.y[rows], dataset.labels[rows], state.labels[rows])
    acts = ledger.acts_at(rows)
    records = [
        LabelRecord(name, x, y, Label(original), Label(label), *_by(act))
        for name, x, y, original, label, act in zip(
            names, *(column.tolist() for column in columns), acts, strict=True
        )
    ]
    gone = [
        LabelRecord(lost.patient, lost.x, lost.y, None, lost.label, lost.reader, "", "")
        for lost in state.missing
    ]
    return records + gone


def log_records(ledger: Ledger) -> list[LogRecord]:
    """All strokes that are in the log, a line for each patch, in the order of the log."""
    records: list[LogRecord] = []
    for act in ledger.acts:
        line = act.line
        if not line.id:
            continue
        head = (line.id, line.time, line.reader, line.kind, line.undoes)
        tail = (line.reason, line.queue, line.model, line.blind)
        if act.target is not None:
            none = ("", None, None, None, None)
            records.append(LogRecord._make((*head, *none, *tail)))
            continue
        entries = ledger.entries[act.start : act.start + act.count]
        for row, old, new in entries[["row", "old", "label"]].tolist():
            said = (*ledger.place_of(row), Label(old), Label(new))
            records.append(LogRecord._make((*head, *said, *tail)))
    return records


def _by(act: Act) -> tuple[str, str, str]:
    return act.line.reader, act.line.time, act.line.reason
