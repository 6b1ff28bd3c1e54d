"""Runs beside one another: the settings in which they differ, and whether their scores compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bcviewer.errors import StorageError
from bcviewer.model.job import TrainingJob
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import RunRecord
from bcviewer.storage import MOST_JSON_BYTES, parse_json, read_bounded

PLACES = ("kind", "version", "folder", "workspace", "run", "split", "labels")
"""What a job has beside its settings; a split has its title for a setting."""


def settings_of(record: RunRecord) -> dict[str, object]:
    """The settings of a run, by their names in the job; empty when its job cannot be read."""
    job = record.job
    if job is None:
        return {}
    names = [name for name in TrainingJob.model_fields if name not in PLACES]
    settings = {name: getattr(job, name) for name in names}
    return {**settings, "learning_rate": job.peak_learning_rate, "split": record.split_title}


def differing(records: Sequence[RunRecord]) -> list[str]:
    """The settings in which runs differ; one whose job cannot be read differs in none."""
    known = [settings for settings in map(settings_of, records) if settings]
    names = known[0] if known else {}
    return [name for name in names if len({str(each[name]) for each in known}) > 1]


def validated_alike(records: Sequence[RunRecord]) -> bool | None:
    """Whether runs were validated on the same patches; None where a run does not tell."""
    if len({record.split_title for record in records if record.split_title}) > 1:
        return False
    parts = [_validation_part(record) for record in records]
    if None in parts:
        return None
    return all(part == parts[0] for part in parts)


def _validation_part(record: RunRecord) -> tuple[object, ...] | None:
    path = RunFolder(record.path).split_path
    try:
        content: dict[str, Any] = parse_json(read_bounded(path, most=MOST_JSON_BYTES))
        listed = [(content[kind] or {}).get("validation") for kind in ("patients", "patches")]
        return (content["data"], *listed)
    except (StorageError, ValueError, KeyError, TypeError, AttributeError):
        return None
