"""How quick a data folder of 277,524 patches is opened, against the plain ways, in one run.

    python benchmarks/tree.py FOLDER TREE
    python benchmarks/opening.py TREE

Compared: listing all files with ``Path.rglob`` and reading the label from the name (the least that
any program must do), and the same with a ``stat`` of each file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bcviewer.dataset.check import check_pictures
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset

REPEATS = 3


def plain_listing(tree: Path) -> int:
    return sum(1 for path in tree.rglob("*.png") if path.stem[-1] in "01")


def plain_listing_with_stat(tree: Path) -> int:
    return sum(1 for path in tree.rglob("*.png") if path.stat().st_size)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    tree = Path(sys.argv[1])
    rows: dict[str, list[float]] = {}
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            workspace = Path(folder)

            def opened(workspace: Path = workspace) -> Dataset:
                return open_dataset(tree, workspace=workspace)[0]

            rows.setdefault("rglob", []).append(timed(lambda: plain_listing(tree)))
            rows.setdefault("rglob and stat", []).append(
                timed(lambda: plain_listing_with_stat(tree))
            )
            rows.setdefault("bcviewer, first time", []).append(timed(opened))
            rows.setdefault("bcviewer, from the index", []).append(timed(opened))
    dataset = opened()
    rows["bcviewer, look at every picture"] = [timed(lambda: check_pictures(dataset))]
    print(f"{len(dataset):,} patches of {len(dataset.patients)} patients")
    plain = min(rows["rglob"])
    for name, seconds in rows.items():
        print(f"{name:32} {min(seconds):6.2f} s   {min(seconds) / plain:5.2f} of rglob")


if __name__ == "__main__":
    main()
