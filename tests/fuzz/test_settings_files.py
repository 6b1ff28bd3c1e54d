"""Split files, job files, runs and model cards, as others may have written or harmed them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as some

from bcviewer.model.events import EpochDone, EpochSteps, Failed, Note, Prepared
from bcviewer.model.folder import CHECKED, HISTORY
from bcviewer.storage import SEAL
from tests.fuzz.hostile import DEEP, json_bytes, torn
from tests.fuzz.judge import Files, Judge, both_lengths, run

BUNDLED = Path(__file__).parent.parent.parent / "resources" / "models" / "simple_cnn"

JOB: dict[str, Any] = {
    "kind": "bcviewer-job",
    "version": 1,
    "folder": "/data",
    "workspace": None,
    "run": "/work/run",
    "model": "mobilenetv2",
    "alpha": 0.35,
    "weights": "imagenet",
    "split": "/work/split.json",
    "epochs": 3,
    "steps_per_epoch": None,
    "batch_size": 32,
    "learning_rate": 1e-3,
    "schedule": "cosine",
    "patience": 2,
    "fine_tune": True,
    "class_weights": True,
    "augmentation": False,
    "precision": "auto",
    "seed": 1,
}
SPLIT: dict[str, Any] = {
    "kind": "bcviewer-split",
    "version": 1,
    "by": "patient",
    "title": "by patient",
    "seed": 0,
    "fractions": [0.7, 0.1, 0.2],
    "data": "f" * 64,
    "patients": {"train": ["p00"], "validation": ["p01"], "test": ["p02"]},
    "patches": None,
}
BY_PATCH: dict[str, Any] = {
    **SPLIT,
    "by": "patch",
    "patients": None,
    "patches": {
        "train": {"p00": [[1, 1], [51, 1]], "p01": [[1, 1]]},
        "validation": {"p00": [[101, 1]]},
        "test": {"p02": [[1, 51]]},
    },
}
SCORES = {"loss": 0.4, "accuracy": 0.8, "balanced_accuracy": 0.7, "auc": 0.9}
EVENTS = (
    Prepared("simple_cnn", {"train": 2}, {"train": 24}, 3, 2, "by patient", "CPU"),
    EpochDone(1, 2, 3.5, SCORES, SCORES, 1, patience=3),
    EpochDone(2, 2, 3.5, SCORES, {**SCORES, "auc": float("nan")}, 1),
    EpochSteps(1, 4, (1, 3), (0.9, 0.4)),
    Note("a word"),
    Failed("It failed.", "Try again."),
)


@cache
def bundled(name: str) -> bytes:
    """A file of the model that comes with the program."""
    return (BUNDLED / name).read_bytes()


@cache
def small_model() -> dict[str, bytes]:
    """The parts of a model folder whose bytes nobody looks into when it is opened."""
    return {name: name.encode() for name in CHECKED} | {HISTORY: b""}


@cache
def card() -> dict[str, Any]:
    """The card of ``small_model``."""
    content: dict[str, Any] = json.loads(bundled("card.json"))
    del content[SEAL]  # else all that was changed is refused for that alone
    content["patients_trained"] = content["patients_trained"][:3]
    content["patients_validated"] = content["patients_validated"][:3]
    content["files"] = {
        name: {"bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}
        for name, part in small_model().items()
        if name in CHECKED
    }
    return content


@cache
def context() -> dict[str, Any]:
    """The context of ``small_model``."""
    content: dict[str, Any] = json.loads(bundled("context.json"))
    del content[SEAL]  # what is harmed below is harmed on purpose
    files = card()["files"]
    digests = files["graph.xml"]["sha256"] + files["graph.bin"]["sha256"]
    return {**content, "graph": hashlib.sha256(digests.encode()).hexdigest()}


@some.composite
def model_folders(draw: Callable[..., Any]) -> Files:
    """A model folder with a harmed card or a harmed context."""
    if draw(some.integers(0, 3)):
        harmed = {"card.json": draw(json_bytes(card()))}
        rest = {"context.json": json.dumps(context()).encode()} if draw(some.booleans()) else {}
    else:
        harmed = {"context.json": draw(json_bytes(context()))}
        rest = {"card.json": json.dumps(card()).encode()}
    return {**small_model(), **rest, **harmed}


@some.composite
def lines_of_events(draw: Callable[..., Any]) -> bytes:
    """A log of events of which some lines are harmed."""
    lines = []
    for event in draw(some.lists(some.sampled_from(EVENTS), max_size=5)):
        line = event.to_line()
        whole = draw(some.booleans())
        lines.append(line.encode() if whole else draw(json_bytes(json.loads(line))))
    return b"\n".join(lines)


@some.composite
def run_folders(draw: Callable[..., Any]) -> Files:
    """The files of a run, each whole, harmed or missing."""
    files: dict[str, some.SearchStrategy[bytes]] = {
        "job.json": json_bytes(JOB),
        "split.json": some.sampled_from((SPLIT, BY_PATCH)).flatmap(json_bytes),
        "history.jsonl": lines_of_events(),
        "events.jsonl": lines_of_events(),
        "steps.jsonl": lines_of_events(),
        "title.txt": some.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
        | some.binary(max_size=100),
    }
    return {name: draw(content) for name, content in files.items() if draw(some.integers(0, 4))}


LIST = b"p00\np01\r\n\np02\n"
patient_lists = some.one_of(
    some.lists(
        some.sampled_from(("p00", "p01", "p02", "", "x", "\ufeff", "p00,1")), max_size=2
    ).map(lambda names: "\n".join(names).encode()),
    some.just(LIST).flatmap(torn),
    some.just(b"path\np00/0/p00_idx5_x1_y1_class0.png\n/x/p01_idx5_x51_y1_class1.png\n").flatmap(
        torn
    ),
    some.text(max_size=60).map(lambda text: text.encode("utf-16")),
    some.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    some.binary(max_size=60),
)
three_lists = some.fixed_dictionaries(
    {
        "train": some.just(b"p00\n") | patient_lists,
        "validation": some.just(b"p01\n") | patient_lists,
        "test": some.just(b"p02\n") | patient_lists,
    }
)
splits = some.sampled_from((SPLIT, SPLIT, BY_PATCH, BY_PATCH, {**SPLIT, "by": "lists"}))


@both_lengths
def test_any_three_lists_make_a_split_or_are_told(judge: Judge, inputs: int) -> None:
    run(judge, "lists", three_lists, count=inputs)


@both_lengths
def test_any_split_file_is_read_or_told(judge: Judge, inputs: int) -> None:
    contents = splits.flatmap(json_bytes)
    run(judge, "split", some.fixed_dictionaries({"split.json": contents}), count=inputs)


@both_lengths
def test_any_job_file_is_read_or_told(judge: Judge, inputs: int) -> None:
    run(judge, "job", some.fixed_dictionaries({"job.json": json_bytes(JOB)}), count=inputs)


@both_lengths
def test_any_run_folder_is_listed(judge: Judge, inputs: int) -> None:
    run(judge, "runs", run_folders(), count=inputs, tame=("taken",))


@both_lengths
def test_any_card_is_read_or_told(judge: Judge, inputs: int) -> None:
    run(judge, "model", model_folders(), count=inputs)


def test_whole_files_are_taken(judge: Judge) -> None:
    whole: tuple[tuple[str, Files], ...] = (
        ("lists", {"train": b"p00", "validation": b"p01", "test": b"p02"}),
        ("split", {"split.json": json.dumps(SPLIT).encode()}),
        ("split", {"split.json": json.dumps(BY_PATCH).encode()}),
        ("job", {"job.json": json.dumps(JOB).encode()}),
        ("model", {**small_model(), "card.json": json.dumps(card()).encode()}),
        ("runs", {"events.jsonl": "\n".join(event.to_line() for event in EVENTS).encode()}),
    )
    for reading, files in whole:
        assert judge.ask(reading, files) == ("taken", "")


STRANGE: tuple[object, ...] = (
    *(0, -1, 10**30, 1e400, float("nan"), "", "\0", [], {}, None, True, "x" * 9000),
)
UNWRITABLE = ('{"a":' * 90_000, "9" * 6000, "[" * 90_000, "1e999", "-0")


@pytest.mark.parametrize("name", [*JOB, "more"])
def test_each_setting_of_a_job_is_checked(judge: Judge, name: str) -> None:
    for value in STRANGE:
        judge.check("job", {"job.json": json.dumps({**JOB, name: value}).encode()})
    for text in UNWRITABLE:
        content = json.dumps({**JOB, name: DEEP}).replace(json.dumps(DEEP), text)
        judge.check("job", {"job.json": content.encode()})
