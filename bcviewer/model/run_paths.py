"""Which folders in a folder of runs are runs: those of a cross-validation lie one level deeper."""

from __future__ import annotations

from pathlib import Path

CROSS_VALIDATION = "cross_validation.json"
"""A folder with this file holds a run for each fold, and is none itself."""

FOLD = "fold-"


def run_paths(folder: Path) -> list[Path]:
    """The run folders in a folder of runs, those of folds as well; hidden ones are passed over.

    Raises:
        OSError: The folder cannot be read.
    """
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_dir():
            continue
        found += sorted(_folds(path)) if is_cross_validation(path) else [path]
    return found


def cross_validation_paths(folder: Path) -> list[Path]:
    """The folders of cross-validations in a folder of runs; none where it cannot be read."""
    try:
        return [path for path in sorted(folder.iterdir()) if is_cross_validation(path)]
    except OSError:
        return []


def is_cross_validation(path: Path) -> bool:
    """Whether this is the folder of a cross-validation."""
    return (path / CROSS_VALIDATION).is_file()


def is_fold(run: Path) -> bool:
    """Whether a run is a fold of a cross-validation."""
    return run.name.startswith(FOLD) and is_cross_validation(run.parent)


def run_name(run: Path) -> str:
    """The name of a run's folder; of a fold, with that of its cross-validation before it."""
    return f"{run.parent.name}/{run.name}" if is_fold(run) else run.name


def _folds(path: Path) -> list[Path]:
    return [fold for fold in path.glob(f"{FOLD}*") if fold.is_dir()]
