"""A model folder is opened whole or not at all, and says what is wrong."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from bcviewer.errors import ModelError
from bcviewer.model.folder import CHECKED, ModelFolder
from tests.cards import unsealed
from tests.model.conftest import TinyTraining


@pytest.fixture
def copied(tiny_training: TinyTraining, tmp_path: Path) -> Path:
    """A copy of a model folder, to do harm to."""
    return Path(shutil.copytree(tiny_training.run.model_path, tmp_path / "model"))


def test_a_whole_folder_opens_and_tells_of_its_training(copied: Path) -> None:
    folder = ModelFolder.open(copied)
    assert folder.card.architecture == "simple_cnn"
    assert folder.card.split.title == "by patient"
    assert folder.card.split.patients == {"train": 4, "validation": 1, "test": 1}
    assert folder.card.weights_origin == "random"
    assert folder.card.data.patches == 120
    assert folder.card.validation.patches == 20
    assert 0 < folder.card.threshold < 1
    assert len(folder.fingerprint) == 64


def test_a_patient_keeps_the_role_it_had(copied: Path) -> None:
    folder = ModelFolder.open(copied)
    card = folder.card
    assert {folder.role_of(patient) for patient in card.patients_trained} == {"TRAIN"}
    assert {folder.role_of(patient) for patient in card.patients_validated} == {"VALIDATION"}
    assert folder.role_of("9999") == "HELD OUT"


def test_the_card_names_no_place_on_the_disk(copied: Path) -> None:
    text = (copied / "card.json").read_text()
    assert "/" not in json.dumps(json.loads(text)["job"])


@pytest.mark.parametrize("name", ["card.json", "history.jsonl", *CHECKED])
def test_a_missing_part_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=f"lacks {name}"):
        ModelFolder.open(copied)


@pytest.mark.parametrize("name", CHECKED)
def test_a_truncated_part_is_named_with_both_sizes(copied: Path, name: str) -> None:
    whole = (copied / name).read_bytes()
    (copied / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match=rf"{name} .*{len(whole) // 2} bytes, not {len(whole)}"):
        ModelFolder.open(copied)


@pytest.mark.parametrize("told", [False, True])
def test_a_part_of_a_quarter_of_a_terabyte_is_refused_unread(copied: Path, told: bool) -> None:
    """It takes no room on the disk, as nothing is in it: to read it would take minutes."""
    size = 2**38
    os.truncate(copied / "model.keras", size)
    if told:
        card = unsealed(copied / "card.json")
        card["files"]["model.keras"]["bytes"] = size
        (copied / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="damaged or changed"):
        ModelFolder.open(copied)


def test_a_flipped_byte_is_noticed(copied: Path) -> None:
    content = bytearray((copied / "graph.bin").read_bytes())
    content[100] ^= 1
    (copied / "graph.bin").write_bytes(content)
    with pytest.raises(ModelError, match="damaged or changed"):
        ModelFolder.open(copied)


def test_a_card_that_somebody_changed_is_refused(copied: Path) -> None:
    path = copied / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"threshold": 0.123}))
    with pytest.raises(ModelError, match="not as it was written"):
        ModelFolder.open(copied)


@pytest.mark.parametrize("name", CHECKED)
def test_a_part_that_the_card_does_not_vouch_for_is_not_taken(copied: Path, name: str) -> None:
    files = unsealed(copied / "card.json")["files"]
    rewrite_card(copied, files={other: files[other] for other in files if other != name})
    with pytest.raises(ModelError, match=rf"{name} .*damaged or changed"):
        ModelFolder.open(copied)


def test_a_card_of_another_version_is_refused(copied: Path) -> None:
    rewrite_card(copied, version=2)
    with pytest.raises(ModelError, match="version 2"):
        ModelFolder.open(copied)


def test_a_card_that_lacks_a_field_is_refused_by_its_name(copied: Path) -> None:
    rewrite_card(copied, threshold=None)
    with pytest.raises(ModelError, match="threshold"):
        ModelFolder.open(copied)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "bcviewer-job", "version": 1}'])
def test_a_broken_card_is_refused(copied: Path, text: str) -> None:
    (copied / "card.json").write_text(text)
    with pytest.raises(ModelError, match=r"card\.json"):
        ModelFolder.open(copied)


def test_a_file_is_not_a_model(tmp_path: Path) -> None:
    path = tmp_path / "model.h5"
    path.write_bytes(b"")
    with pytest.raises(ModelError, match="not a folder"):
        ModelFolder.open(path)


def rewrite_card(folder: Path, **fields: object) -> None:
    path = folder / "card.json"
    path.write_text(json.dumps(unsealed(path) | fields))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("threshold", "NaN"), ("threshold", 1.5), ("threshold", -1), ("alpha", "Infinity")),
        *(("best_epoch", 10**30), ("best_epoch", -1), ("name", "x" * 400), ("labels_left_out", -1)),
        *(("architecture", "resnet"), ("of_tomorrow", 1)),
    ],
)
def test_a_card_with_what_cannot_be_is_refused_by_its_name(
    copied: Path, field: str, value: object
) -> None:
    rewrite_card(copied, **{field: value})
    with pytest.raises(ModelError, match=field):
        ModelFolder.open(copied)


def test_names_on_a_card_can_be_shown_whatever_they_are(copied: Path) -> None:
    rewrite_card(copied, name="a\x1b[2J\n<img src=x>b")
    name = ModelFolder.open(copied).card.name
    assert name.isprintable()
    assert "<" not in name
