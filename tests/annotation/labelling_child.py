"""A process that labels: prints each stroke that is on the disk, until it is killed or done."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from tests.annotation.data import plain_dataset


def main(path: str, reader: str, strokes: int) -> None:
    """Label one patch after another; every third stroke is an undo."""
    dataset = plain_dataset()
    book = LabelBook(Path(path), dataset, reader=reader)
    print("ready", flush=True)
    for number in range(strokes):
        if number % 3 == 2:
            stroke = book.undo()
        else:
            labels = (Label.IDC, Label.UNSURE, Label.EXCLUDED)
            row = number // 3 % len(dataset)
            stroke = book.label(np.array([row]), labels[(number + number // 108) % 3])
        if stroke is not None:
            assert book.flush(60)
            assert book.faults() == ()
            print(book.strokes_made, flush=True)
    book.poll()
    print("labels", *book.state.labels.tolist(), flush=True)
    book.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
