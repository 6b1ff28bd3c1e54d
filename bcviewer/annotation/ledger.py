"""The fold of the log: which entry of which reader holds for each patch.

An entry is what one stroke says of one patch. Its place is that of its stroke in the log. An undo
takes the entries of a stroke out, a redo puts them back in their place. The label of a patch is
that of the latest entry that stands. So nobody's undo can touch what another reader said, and
windows that read the same log in whatever order come to the same labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_lines import Batch, StrokeLine
from bcviewer.annotation.places import Elsewhere, Place, Places
from bcviewer.annotation.state import ENTRY, LabelState
from bcviewer.dataset.dataset import Dataset

UNWRITTEN = 1 << 62
"""Strokes that are not yet in the log come after all that are."""


@dataclass(eq=False, slots=True)
class Act:
    """A stroke in memory; the same object from its start, whatever happens to it.

    Attributes:
        line: What the log says of it.
        target: The label stroke that it takes out or puts back; None for a label stroke.
        count: Its entries.
        start: The first of them.
        standing: Whether its entries count.
        failed: Whether it could not be written: then it never was.
        turns: The undos and redos of it, in the order of the log; None before the first.
        words: What it does; made when first asked for.
    """

    line: StrokeLine
    target: Act | None = None
    count: int = 0
    start: int = 0
    standing: bool = True
    failed: bool = False
    turns: list[Act] | None = field(default=None, repr=False)
    words: str = field(default="", repr=False)

    @property
    def key(self) -> int:
        """Its place among all strokes."""
        return self.line.id or UNWRITTEN + self.line.number


class Ledger:
    """All strokes of a log over a data set, and the labels that follow.

    Args:
        dataset: The data set.

    Attributes:
        acts: The strokes, in the order of the log; what is not yet written comes last.
        top: int32[N], the entry that holds for each row, -1 for none.
        version: Another number after each change.
        spoilt: Ids of strokes of a damaged log that were left out.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.acts: list[Act] = []
        self.top = np.full(len(dataset), -1, np.int32)
        self.version = 0
        self.spoilt: tuple[int, ...] = ()
        self._labels = np.full(len(dataset), -1, np.int8)
        self._reader_of = np.full(len(dataset), -1, np.int16)
        self._places = Places(dataset)
        self._entries = np.empty(1024, ENTRY)
        self._stands = np.empty(1024, np.bool_)
        self._count = 0
        self._readers: dict[str, int] = {}
        self._queues: dict[str, int] = {"": 0}
        self._elsewhere = Elsewhere()
        self._by_id: dict[int, Act] = {}
        self._state: tuple[int, LabelState] | None = None

    @property
    def entries(self) -> NDArray[np.void]:
        """All entries, see ``ENTRY``; those of a stroke side by side."""
        return self._entries[: self._count]

    @property
    def state(self) -> LabelState:
        """The labels as they are now; does not change afterwards."""
        if self._state is None or self._state[0] != self.version:
            self._state = (self.version, self._made_state())
        return self._state[1]

    def rows_of(self, act: Act) -> NDArray[np.int64]:
        """int64[k]: the rows of a stroke that the data set has."""
        rows: NDArray[np.int64] = self._of(act)["row"].astype(np.int64)
        return rows[rows >= 0]

    def labels_of(self, act: Act) -> NDArray[np.int8]:
        """int8[k]: what a stroke says of its patches, those that are elsewhere as well."""
        labels: NDArray[np.int8] = self._of(act)["label"]
        return labels

    def patients_of(self, act: Act) -> list[str]:
        """The patients of a stroke, each once."""
        of = self._of(act)["row"]
        numbers = np.unique(self.dataset.patient_index[of[of >= 0]])
        lost = {self._elsewhere[-2 - row].patient for row in of[of < 0].tolist()}
        return sorted({*(self.dataset.patients[number] for number in numbers), *lost})

    def place_of(self, row: int) -> Place:
        """The place of an entry's row, of the data set or elsewhere."""
        if row < -1:
            return self._elsewhere[-2 - row]
        data = self.dataset
        return Place(data.patients[data.patient_index[row]], int(data.x[row]), int(data.y[row]))

    def labels_at(self, rows: NDArray[np.int64]) -> NDArray[np.int8]:
        """int8[k]: the labels that hold for some rows."""
        return self._labels[rows]

    def acts_at(self, rows: NDArray[np.int64]) -> list[Act]:
        """The strokes whose label holds for some rows; all must have one."""
        full = [act for act in self.acts if act.count]
        starts = np.fromiter((act.start for act in full), np.int64, len(full))
        places = np.searchsorted(starts, self.top[rows], side="right") - 1
        return [full[place] for place in places.tolist()]

    def own(self, rows: NDArray[np.int64], reader: str) -> NDArray[np.void]:
        """What a reader says of rows: ENTRY[k], with ``row`` -1 where nothing."""
        found = np.zeros(len(rows), ENTRY)
        found["row"], found["label"] = -1, -1
        number = self._readers.get(reader)
        if number is None or not len(rows):
            return found
        entries = self.entries
        place = np.full(len(self.dataset), -1, np.int32)
        place[rows] = np.arange(len(rows))
        mine = np.flatnonzero(
            (entries["reader"] == number) & self._standing & (entries["row"] >= 0)
        )
        mine = mine[place[entries["row"][mine]] >= 0]
        found[place[entries["row"][mine]]] = entries[mine]
        return found

    def add(self, act: Act, rows: NDArray[np.int64], labels: NDArray[np.int8]) -> None:
        """Add a label stroke as the last one; rows of -2 and below are places elsewhere."""
        self._enter(act)
        act.count = len(rows)
        self._put(
            row=rows,
            old=self.labels_at(np.maximum(rows, 0)),
            label=labels,
            reader=self._reader(act.line),
            queue=self._queue(act.line),
            blind=act.line.blind,
        )
        here = rows >= 0
        self.top[rows[here]] = np.arange(act.start, act.start + act.count)[here]
        self._hold(rows[here])

    def turn(self, act: Act) -> None:
        """Add an undo or a redo as the last stroke."""
        self._enter(act)
        self._settle(act.target)
        self.refold()

    def drop(self, acts: Sequence[Act]) -> NDArray[np.int64]:
        """Take out strokes that could not be written; int64[k], the rows that they touched."""
        touched = []
        for act in acts:
            act.failed = True
            act.standing = False
            self._mark(act)
            touched.append(self.rows_of(act.target or act))
        for act in acts:
            self._settle(act.target)
        self.refold()
        return np.unique(np.concatenate(touched)) if touched else np.empty(0, np.int64)

    def written(self, act: Act, stroke: int) -> None:
        """Note a stroke's id in the log; before strokes that came after it are folded in."""
        act.line = act.line._replace(id=stroke)
        self._by_id[stroke] = act

    def fold_in(self, batch: Batch) -> tuple[list[Act], NDArray[np.int64]]:
        """Add strokes of the log that are not known yet.

        Returns:
            The strokes, and int64[k], the rows that they touch.
        """
        self.spoilt += batch.spoilt
        last = self.acts[-1].key if self.acts else 0
        rows = self._rows_of_batch(batch)
        added, of = self._acts_of_batch(batch)
        self._put(
            row=rows,
            old=batch.changes[:, 4],
            label=batch.changes[:, 5],
            reader=_numbered(self._readers, [line.reader for line in batch.strokes])[of],
            queue=_numbered(self._queues, [line.queue for line in batch.strokes])[of],
            blind=np.array([line.blind for line in batch.strokes], np.bool_)[of],
        )
        if added and last > added[0].key:
            self._sort()
        targets = {act.target for act in added if act.target}
        for target in targets:
            self._settle(target)
        self.refold()
        touched = [rows[rows >= 0], *(self.rows_of(target) for target in targets)]
        return added, np.unique(np.concatenate(touched))

    def refold(self) -> None:
        """Find anew which entry holds for each row."""
        entries = self.entries
        chosen = np.flatnonzero(self._standing & (entries["row"] >= 0))
        self.top.fill(-1)
        self.top[entries["row"][chosen]] = chosen  # of equal rows the last one stays
        self._labels.fill(-1)
        self._reader_of.fill(-1)
        self._hold(np.flatnonzero(self.top >= 0))

    def _hold(self, rows: NDArray[np.int64]) -> None:
        """Take the labels of rows from the entries that hold for them."""
        holding = self._entries[self.top[rows]]
        self._labels[rows] = holding["label"]
        self._reader_of[rows] = np.where(holding["label"] >= 0, holding["reader"], -1)
        self.version += 1

    @property
    def _standing(self) -> NDArray[np.bool_]:
        """bool[entries]: whether each entry counts."""
        return self._stands[: self._count]

    def _settle(self, target: Act | None) -> None:
        """Find anew whether a label stroke stands: the last undo or redo of it decides."""
        if target is None:
            return
        turns = [act for act in target.turns or () if not act.failed]
        last = max(turns, key=lambda act: act.key, default=None)
        target.standing = not target.failed and (last is None or last.line.kind != "undo")
        self._mark(target)

    def _mark(self, act: Act) -> None:
        self._stands[act.start : act.start + act.count] = act.standing

    def _of(self, act: Act) -> NDArray[np.void]:
        return self._entries[act.start : act.start + act.count]

    def _enter(self, act: Act) -> None:
        act.start = self._count
        self.acts.append(act)
        self._aim(act, act.target)

    def _aim(self, act: Act, target: Act | None) -> None:
        act.target = target
        if target is not None:
            target.turns = target.turns or []
            target.turns.append(act)

    def _reader(self, line: StrokeLine) -> int:
        return self._readers.setdefault(line.reader, len(self._readers))

    def _queue(self, line: StrokeLine) -> int:
        return self._queues.setdefault(line.queue, len(self._queues))

    def _put(self, *, row: NDArray[np.int64], **fields: NDArray[Any] | int) -> None:
        """Add entries; states keep the array they know, whose filled part never changes.

        Args:
            row: int64[k].
            fields: The other fields of ``ENTRY``.
        """
        end = self._count + len(row)
        if end > len(self._entries):
            more = end
            self._entries = np.concatenate([self.entries, np.empty(more, ENTRY)])
            self._stands = np.concatenate([self._standing, np.empty(more, np.bool_)])
        new = self._entries[self._count : end]
        new["row"] = row
        for name, values in fields.items():
            new[name] = values
        self._stands[self._count : end] = True
        self._count = end

    def _sort(self) -> None:
        """Bring all strokes into the order of the log, into new arrays."""
        old = self._entries
        self._entries = np.empty(len(old), ENTRY)
        self.acts.sort(key=lambda act: act.key)
        at = 0
        for act in self.acts:
            self._entries[at : at + act.count] = old[act.start : act.start + act.count]
            act.start = at
            self._mark(act)
            at += act.count

    def _acts_of_batch(self, batch: Batch) -> tuple[list[Act], NDArray[np.int64]]:
        """The strokes of a batch, and int64[k]: the number of the stroke of each of its changes."""
        strokes, of = batch.strokes, batch.changes[:, 0].astype(np.int64)
        ids = np.fromiter((line.id for line in strokes), np.int64, len(strokes))
        starts = np.searchsorted(of, ids)
        counts = np.searchsorted(of, ids, side="right") - starts
        began = (self._count + starts).tolist()
        added = list(map(Act, strokes, repeat(None), counts.tolist(), began))
        self.acts += added
        self._by_id.update(zip(ids.tolist(), added, strict=True))
        for act in added:
            if 0 < act.line.undoes < act.line.id:
                self._aim(act, self._by_id.get(act.line.undoes))
        return added, np.repeat(np.arange(len(added)), counts)

    def _rows_of_batch(self, batch: Batch) -> NDArray[np.int64]:
        """Rows of the changes; places that the data set has not get numbers from -2 down."""
        _, patients, x, y, _, _ = batch.changes.T
        numbers = self._places.numbers(batch.patients)
        known, place = np.unique(patients, return_inverse=True)
        of = np.array([numbers.get(int(patient), -1) for patient in known], np.int64)
        rows = self._places.rows(of[place] if len(of) else place, x, y)
        lost = np.flatnonzero(rows < 0)
        if len(lost):
            names = [batch.patients.get(patient, "") for patient in patients[lost].tolist()]
            self._elsewhere, of_lost = self._elsewhere.plus(names, x[lost], y[lost])
            rows[lost] = -2 - of_lost
        return rows

    def _made_state(self) -> LabelState:
        labels, readers = self._labels.copy(), self._reader_of.copy()
        for array in (labels, readers):
            array.flags.writeable = False
        return LabelState(
            dataset=self.dataset,
            labels=labels,
            reader_of=readers,
            readers=tuple(self._readers),
            entries=self.entries,
            standing=self._standing.copy(),
            queues=tuple(self._queues),
            elsewhere=self._elsewhere,
        )


def _numbered(numbers: dict[str, int], names: Sequence[str]) -> NDArray[np.int16]:
    """The number of each of some names; new ones are given."""
    for name in dict.fromkeys(names):
        numbers.setdefault(name, len(numbers))
    return np.fromiter(map(numbers.__getitem__, names), np.int16, len(names))
