"""What a patch-wise split does to scores: one recipe, trained and judged on both kinds of split.

    python benchmarks/patch_wise.py FOLDER --runs DIR [--epochs 2]

Both trainings have the same network, settings and share of patches; only the split differs. Each
model is judged on the test part of its own split. Runs that are there are not trained again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import Split, split_by_patch, split_by_patient
from bcviewer.dataset.split_file import save_split
from bcviewer.evaluation.leak_words import short_words
from bcviewer.evaluation.leaks import check_leaks

SCORES = (
    "balanced_accuracy",
    "f1",
    "auc",
    "average_precision",
    "accuracy",
    "sensitivity",
    "specificity",
    "brier",
    "calibration_error",
)


def main() -> None:
    given = _arguments()
    dataset, _ = open_dataset(given.folder, workspace=given.runs / "workspace")
    columns = {}
    for name, split in (("patch", split_by_patch(dataset)), ("patient", split_by_patient(dataset))):
        path = given.runs / f"{name}.json"
        save_split(split, path)
        run = _train(given, path, given.runs / name)
        columns[name] = _judge(given, path, run), split
    _say_table(dataset, columns)


def _train(given: argparse.Namespace, split: Path, run: Path) -> Path:
    if not (run / "model" / "card.json").exists():
        _bcviewer(
            *("train", given.folder, "--model", given.model, "--epochs", given.epochs),
            *("--split", split, "--run", run, "--workspace", given.runs / "workspace"),
            capture=False,
        )
    return run


def _judge(given: argparse.Namespace, split: Path, run: Path) -> dict[str, Any]:
    """The scores on the test part."""
    told = _bcviewer(
        *("evaluate", given.folder, "--model", run, "--split", split, "--part", "test"),
        *("--workspace", given.runs / "workspace", "--json"),
        capture=True,
    )
    found: dict[str, Any] = json.loads(told)
    return found


def _bcviewer(*words: object, capture: bool) -> str:
    command = [sys.executable, "-m", "bcviewer", *(str(word) for word in words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE if capture else sys.stderr)
    return done.stdout.decode("utf-8") if capture else ""


def _say_table(dataset: Dataset, columns: dict[str, tuple[dict[str, Any], Split]]) -> None:
    """A table in Markdown."""
    found = [each for each, _ in columns.values()]
    print(f"{len(dataset.patients)} patients, {len(dataset):,} patches")
    for _, split in columns.values():
        print(f"- {split.title}: {short_words(check_leaks(split))}")
    print(f"\n| | {' | '.join(each['split'] for each in found)} |\n|---|---:|---:|")
    seen = (f"{len(each['patients_seen_in_training'])} of {each['patients']}" for each in found)
    _row("test patients that the model was trained on", *seen)
    _row("test patches", *(f"{each['patches']:,}" for each in found))
    for name in SCORES:
        _row(name.replace("_", " "), *(_with_interval(each, name) for each in found))


def _row(title: str, *cells: str) -> None:
    print(f"| {title} | {' | '.join(cells)} |")


def _with_interval(found: dict[str, Any], name: str) -> str:
    low, high = found["intervals"][name]
    return f"{found[name]:.3f} ({low:.3f} to {high:.3f})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=Path, required=True, help="where runs are kept")
    parser.add_argument("--model", default="simple_cnn")
    parser.add_argument("--epochs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
