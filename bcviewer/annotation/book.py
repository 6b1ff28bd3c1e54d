"""What the window holds: the labels, undo and redo; each stroke goes to the log by itself."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.collecting import no_collecting
from bcviewer.annotation.history import HistoryLine, Turns, history_line, words_of
from bcviewer.annotation.labels import Label
from bcviewer.annotation.ledger import Act, Ledger
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.pixel_marks import pixel_marks
from bcviewer.annotation.readers import clean_name
from bcviewer.annotation.records import LabelRecord, current_records
from bcviewer.annotation.state import LabelState
from bcviewer.annotation.stroke import About, Kind, Stroke, check_said
from bcviewer.annotation.writer import CLOSE_SECONDS, LogWriter, Writing
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import StorageError

SHOWN = 1000
"""Strokes of the history; undo goes back further."""

GLANCE_SECONDS = 0.05
"""A window does not wait longer to read what others wrote; it looks again later."""


class LabelBook:
    """The labels of a data set, as one reader changes them in one window.

    A stroke holds at once and is written in a thread of its own. May be used from several threads.

    Args:
        path: The log; made when it is not there.
        dataset: The data set.
        reader: Who labels.
        pixels: The pixels, to notice patches that change under their labels.

    Raises:
        StorageError: The log cannot be opened, is damaged, or is of a newer version.
        LabelError: The reader's name is none.
    """

    def __init__(
        self, path: Path, dataset: Dataset, *, reader: str, pixels: PixelStore | None = None
    ) -> None:
        self.reader = clean_name(reader)
        self.dataset = dataset
        self._pixels = pixels
        self._session = uuid.uuid4().hex
        self._strokes = 0
        self._lock = threading.RLock()
        self._own: dict[int, Act] = {}
        self._faults: list[str] = []
        self._touched: list[NDArray[np.int64]] = []
        self._history: tuple[int, tuple[HistoryLine, ...]] | None = None
        self._ledger = Ledger(dataset)
        self._writer = LogWriter(path, dataset, pixels=pixels)
        try:
            self._log = LabelLog(path, read_only=True, check=False, patience=GLANCE_SECONDS)
        except BaseException:
            self._writer.close()
            raise
        try:
            self._glance = self._log.changed()
            with no_collecting():
                batch = self._log.since(0)
                self._ledger.fold_in(batch)
        except BaseException:
            self.close()
            raise
        self._last = batch.last
        self._turns = Turns(self._ledger.acts, self.reader)

    @property
    def state(self) -> LabelState:
        """The labels now; a state that was asked for does not change afterwards."""
        with self._lock:
            return self._ledger.state

    def label(
        self,
        rows: NDArray[np.integer[Any]],
        label: Label,
        *,
        reason: str = "",
        **about: Unpack[About],
    ) -> Stroke | None:
        """Give one label to some patches.

        Args:
            rows: Rows of the data set, in any order.
            label: The label.
            reason: As ``apply``.
            about: As ``apply``.

        Returns:
            The stroke; None when nothing changes.
        """
        chosen = np.unique(np.asarray(rows, np.int64))
        labels = np.full(len(chosen), int(label), np.int8)
        return self.apply(chosen, labels, reason=reason, **about)

    def confirm(
        self, rows: NDArray[np.integer[Any]], *, reason: str = "", **about: Unpack[About]
    ) -> Stroke | None:
        """Say the label that holds now: the original where nobody said anything.

        Args and returns as ``label``.
        """
        chosen = np.unique(np.asarray(rows, np.int64))
        with self._lock:
            labels = self._ledger.labels_at(chosen)
            original = self.dataset.labels[chosen]
            labels = np.where(labels < 0, original, labels)
            return self.apply(chosen, labels, reason=reason, **about)

    def apply(
        self,
        rows: NDArray[np.int64],
        labels: NDArray[np.integer[Any]],
        *,
        reason: str = "",
        model: str = "",
        blind: bool = False,
        queue: str = "",
    ) -> Stroke | None:
        """Give each of some patches its label, in one stroke.

        Args:
            rows: int64[k], unique and ascending.
            labels: integers[k], see ``Label``.
            reason: Why, when there is more to say than that a reader did it.
            model: Fingerprint of the model on screen.
            blind: Whether predictions were hidden.
            queue: The queue that the patches were offered by.

        Returns:
            The stroke, of the patches that change; None when there are none.
        """
        check_said(rows, labels, len(self.dataset))
        with self._lock:
            self._settle()
            said, old = labels.astype(np.int8), self._ledger.labels_at(rows)
            news = ~self._known(rows, old, said, blind=blind)
            if not news.any():
                return None
            rows, old, said = rows[news], old[news], said[news]
            line = self._line("label", reason=reason, model=model, blind=blind, queue=queue)
            act = Act(line)
            self._ledger.add(act, rows, said)
            self._take(act, Writing(act, rows, old, said))
            return self._stroke(act, rows, old)

    def undo(self) -> Stroke | None:
        """Take back this reader's last stroke that stands; None when there is none.

        What other readers said of the same patches since then stays.
        """
        with self._lock:
            self._settle()
            return self._turn("undo", self._turns.to_undo())

    def redo(self) -> Stroke | None:
        """Put back the stroke that was undone last; None when there is none."""
        with self._lock:
            self._settle()
            return self._turn("redo", self._turns.to_redo())

    @property
    def can_undo(self) -> bool:
        """Whether this reader has a stroke that stands."""
        return bool(self.undo_words)

    @property
    def can_redo(self) -> bool:
        """Whether there is a stroke to put back."""
        return bool(self.redo_words)

    @property
    def undo_words(self) -> str:
        """What an undo would take back, as in "IDC: 34 patches of 8975"; "" for nothing."""
        with self._lock:
            act = self._turns.to_undo()
            return words_of(act, self._ledger) if act else ""

    @property
    def redo_words(self) -> str:
        """What a redo would put back; "" for nothing."""
        with self._lock:
            act = self._turns.to_redo()
            return words_of(act, self._ledger) if act else ""

    @property
    def history(self) -> tuple[HistoryLine, ...]:
        """The last 1,000 strokes of all readers, newest last."""
        with self._lock:
            ledger = self._ledger
            if self._history is None or self._history[0] != ledger.version:
                lines: list[HistoryLine] = []
                for act in reversed(ledger.acts):
                    if act.target is None and not act.failed:
                        lines.append(history_line(act, ledger))
                    if len(lines) == SHOWN:
                        break
                self._history = (ledger.version, tuple(reversed(lines)))
            return self._history[1]

    def records(self) -> list[LabelRecord]:
        """All labels that hold now, as lines; for exports."""
        with self._lock:
            return current_records(self._ledger)

    def poll(self) -> NDArray[np.int64]:
        """Take in what other windows wrote; int64[k], the rows whose label that may have changed.

        Rows of strokes that could not be written and were taken back are among them.
        """
        with self._lock:
            self._settle()
            try:
                self._look()
            except StorageError as error:
                if str(error) not in self._faults:
                    self._faults.append(str(error))
            touched, self._touched = self._touched, []
            return np.unique(np.concatenate(touched)) if touched else np.empty(0, np.int64)

    def faults(self) -> tuple[str, ...]:
        """What could not be saved since the last call, in words; it was taken back."""
        with self._lock:
            self._settle()
            faults, self._faults = self._faults, []
            return tuple(faults)

    @property
    def strokes_made(self) -> int:
        """Strokes that this window made, undos and redos among them."""
        return self._strokes

    @property
    def pending(self) -> int:
        """Strokes that are not yet on the disk."""
        return self._writer.pending

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all strokes are on the disk or given up; False when time was too short."""
        return self._writer.flush(timeout)

    @property
    def problem(self) -> str:
        """Why strokes are held, see ``hold``, in words; "" while none is."""
        return self._writer.problem

    def hold(self, on: bool) -> None:
        """Whether strokes that cannot be written are held instead of being taken back.

        What is held already is tried again.
        """
        self._writer.hold(on)

    def close(self, patience: float = CLOSE_SECONDS) -> None:
        """Write what is left and let go of the log; ``faults`` says what could not be written.

        Args:
            patience: Seconds without a stroke being written after which no more are waited for.
        """
        # SQLite brings all into the one file when its last connection closes, if that may write.
        with self._lock:
            self._log.close()
        self._writer.close(patience)
        with self._lock:
            self._settle()

    def changed_pixels(self, patient: str) -> NDArray[np.int64]:
        """int64[k]: rows of a patient that look other than when their label was given.

        Decodes the patient's pictures where that was not done before: not for the window's thread.

        Raises:
            StorageError: The log cannot be read.
            DataError: The data set has no such patient.
        """
        if self._pixels is None:
            return np.empty(0, np.int64)
        part = self.dataset.rows(patient)
        with self._lock:
            known = self._log.pixels(patient)
            marked = {
                row: known[place] for row, place in self._said_at(part).items() if place in known
            }
        rows = np.array(sorted(marked), np.int64)
        now = dict(pixel_marks(self._pixels, rows))
        return np.array([row for row in rows.tolist() if now.get(row) != marked[row]], np.int64)

    def _said_at(self, part: slice) -> dict[int, tuple[int, int, int]]:
        """Stroke, x and y of the label that holds, for the rows that have one."""
        ledger, dataset = self._ledger, self.dataset
        rows = np.arange(part.start, part.stop)
        rows = rows[ledger.labels_at(rows) >= 0]
        return {
            row: (act.line.id, int(dataset.x[row]), int(dataset.y[row]))
            for row, act in zip(rows.tolist(), ledger.acts_at(rows), strict=True)
        }

    def _known(
        self, rows: NDArray[np.int64], old: NDArray[np.int8], new: NDArray[np.int8], *, blind: bool
    ) -> NDArray[np.bool_]:
        """bool[k]: where a label holds and is this reader's own word already.

        A blind answer counts anew after one that was not.
        """
        own = self._ledger.own(rows, self.reader)
        as_blind = own["blind"] | (new < 0) if blind else True
        known: NDArray[np.bool_] = (old == new) & (own["label"] == new) & as_blind
        return known

    def _turn(self, kind: Kind, target: Act | None) -> Stroke | None:
        if target is None:
            return None
        rows = np.sort(self._ledger.rows_of(target))
        old = self._ledger.labels_at(rows)
        of = target.line
        line = self._line(kind, reason=kind, model=of.model, blind=of.blind, queue=of.queue)
        act = Act(line, target)
        self._ledger.turn(act)
        nothing, none = np.empty(0, np.int64), np.empty(0, np.int8)
        self._take(act, Writing(act, nothing, none, none))
        return self._stroke(act, rows, old)

    def _line(self, kind: Kind, *, reason: str, model: str, blind: bool, queue: str) -> StrokeLine:
        self._strokes += 1
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        return StrokeLine(
            0, self._session, self._strokes, self.reader, now, kind, reason, model, queue, blind, 0
        )

    def _take(self, act: Act, writing: Writing) -> None:
        self._own[act.line.number] = act
        self._turns.took_place(act)
        self._writer.put(writing)

    def _stroke(self, act: Act, rows: NDArray[np.int64], old: NDArray[np.int8]) -> Stroke:
        line = act.line
        return Stroke(
            rows=rows,
            old=old,
            new=self._ledger.labels_at(rows),
            reason=line.reason,
            model=line.model,
            blind=line.blind,
            kind=line.kind,
            queue=line.queue,
            words=words_of(act.target or act, self._ledger),
        )

    def _settle(self) -> None:
        """See what became of strokes; take back those that could not be written."""
        lost = []
        for writing, stroke, problem in self._writer.results():
            act = writing.act
            if stroke:
                self._note(act, stroke)
            else:
                lost.append(act)
                self._own.pop(act.line.number, None)
                what = words_of(act.target or act, self._ledger)
                verb = "" if act.target is None else f"{act.line.kind.title()} "
                self._faults.append(f"Not saved and taken back: {verb}{what}. {problem}")
        if lost:
            self._touched.append(self._ledger.drop(lost))
            for act in lost:
                self._turns.came_to_nothing(act)

    def _note(self, act: Act, stroke: int) -> None:
        if self._own.pop(act.line.number, None) is not None:
            self._ledger.written(act, stroke)

    def _look(self) -> None:
        """Read what is new in the log."""
        glance = self._log.changed()
        if glance == self._glance:
            return
        batch = self._log.since(self._last, session=self._session)
        self._glance, self._last = glance, batch.last
        for number, stroke in batch.own.items():
            if number in self._own:
                self._note(self._own[number], stroke)
        if batch.strokes:
            _, rows = self._ledger.fold_in(batch)
            self._touched.append(rows)
