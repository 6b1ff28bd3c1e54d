"""Predictions as files: tables in WSInfer's layout, and pictures of patches as the seed made them.

``model-outputs-csv/SLIDE.csv`` has the columns minx, miny, width, height, prob_IDC, and
``run_metadata_TIME.json`` says what made them: the layout of WSInfer (npj Precision Oncology 2024).
Behind them stand the probabilities in each view of a model that has several, so that a table of one
view that takes the place of another's loses nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.context import View
from bcviewer.model.every_view import column_of
from bcviewer.model.folder import ROLE_UNKNOWN, ModelFolder, role_words
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.told_model import told_of
from bcviewer.storage import write_bytes, write_json, write_text

TABLES = "model-outputs-csv"
PICTURES = "pictures"
COLUMNS = ("minx", "miny", "width", "height", "prob_IDC")

SHOWN = 12
"""Patches of each label on a picture, drawn at random with a fixed seed."""

ACROSS = 6
ENLARGED = 3 * PATCH_SIZE
MARGIN = 16
CAPTION = 44
HEAD = 56
RIGHT, WRONG, TEXT, PAPER = "#2c6e49", "#a3142c", "#202020", "#ffffff"
WORDS = ("not IDC", "IDC")


def table_path(out: Path, patient: str) -> Path:
    """Where the table of a patient goes."""
    return out / TABLES / f"{patient}.csv"


def picture_path(out: Path, patient: str) -> Path:
    """Where the pictures of a patient's patches go."""
    return out / PICTURES / f"{patient}.png"


def write_table(
    out: Path,
    dataset: Dataset,
    patient: str,
    probabilities: NDArray[np.float32],
    *,
    views: Mapping[View, NDArray[np.float32]],
) -> Path:
    """Write a patient's predictions as CSV; patches without one are left out.

    Args:
        out: Folder of the predictions.
        dataset: The data set.
        patient: The patient.
        probabilities: float32[n], as they were asked for.
        views: float32[n] in each view; they get columns where there is more than one.

    Raises:
        StorageError: The file cannot be written.
    """
    rows = dataset.rows(patient)
    shown = views if len(views) > 1 else {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *map(column_of, shown)))
    numbers = np.stack([probabilities, *shown.values()], axis=1).tolist()
    for x, y, said in zip(dataset.x[rows], dataset.y[rows], numbers, strict=True):
        if np.isfinite(said[0]):
            place = (x - 1, y - 1, PATCH_SIZE, PATCH_SIZE)
            writer.writerow((*place, *(f"{number:.6f}" for number in said)))
    path = table_path(out, patient)
    write_text(path, text.getvalue())
    return path


def write_metadata(
    out: Path,
    dataset: Dataset,
    model: ModelFolder,
    patients: Sequence[str],
    *,
    threshold: float,
    against: ModelFolder | None = None,
) -> Path:
    """Write what made the predictions: model, data, and each patient's part in the training.

    Args:
        out: Folder of the predictions.
        dataset: The data set.
        model: The model, with its view in its name.
        patients: Who was predicted.
        threshold: From this probability on a patch is IDC in the files.
        against: The model that changes are counted from; None for no changes.

    Raises:
        StorageError: The file cannot be written.
    """
    now = datetime.now(UTC)
    path = out / f"run_metadata_{now:%Y%m%dT%H%M%S}.json"
    models = (model,) if against is None else (model, against)
    unknown = [each.card.name for each in models if not each.card.split_known]
    write_json(
        path,
        {
            "bcviewer": __version__,
            "time": now.isoformat(timespec="seconds"),
            "data": {"fingerprint": dataset.fingerprint, "synthetic": dataset.synthetic},
            "model": _told(model),
            "threshold": threshold,
            "patients": {patient: model.role_of(patient) for patient in patients},
            **({} if against is None else _told_against(against, patients)),
            **({"note": f"{', '.join(unknown)}: {ROLE_UNKNOWN}."} if unknown else {}),
            "use": "Research use only; not for diagnosis.",
        },
    )
    return path


def _told(model: ModelFolder) -> dict[str, object]:
    card = model.card
    return {
        "name": card.name,
        "architecture": card.architecture,
        "fingerprint": model.fingerprint,
        "threshold": card.threshold,
        "split": card.split.title,
    }


def _told_against(model: ModelFolder, patients: Sequence[str]) -> dict[str, object]:
    roles = {patient: model.role_of(patient) for patient in patients}
    return {"against": {**_told(model), "patients": roles}}


def write_picture(
    out: Path,
    dataset: Dataset,
    model: ModelFolder,
    prediction: PatientPrediction,
    *,
    pixels: NDArray[np.uint8],
    threshold: float,
) -> Path:
    """Write patches of a patient, enlarged, each with its ground truth and its prediction.

    Args:
        out: Folder of the predictions.
        dataset: The data set.
        model: The model that predicted.
        prediction: What it predicted for the patient.
        pixels: uint8[n, 50, 50, 3], the patient's patches.
        threshold: From this probability on a patch is IDC.

    Raises:
        StorageError: The file cannot be written.
    """
    labels = dataset.labels[dataset.rows(prediction.patient)]
    chosen = _chosen(labels, prediction.probabilities)
    picture = _sheet(len(chosen))
    draw = ImageDraw.Draw(picture)
    _write_head(draw, dataset, model, prediction.patient, threshold=threshold)
    for place, index in enumerate(chosen):
        corner = (
            MARGIN + (place % ACROSS) * (ENLARGED + MARGIN),
            HEAD + MARGIN + (place // ACROSS) * (ENLARGED + CAPTION + MARGIN),
        )
        patch = Image.fromarray(np.ascontiguousarray(pixels[index]))
        picture.paste(patch.resize((ENLARGED, ENLARGED), Image.Resampling.NEAREST), corner)
        probability = float(prediction.probabilities[index])
        predicted = int(probability >= threshold)
        _write_verdict(draw, corner, int(labels[index]), predicted, probability)
    path = picture_path(out, prediction.patient)
    content = io.BytesIO()
    picture.save(content, "PNG")
    write_bytes(path, content.getvalue())
    return path


def _chosen(labels: NDArray[np.int8], probabilities: NDArray[np.float32]) -> list[int]:
    """Some patches of each label, IDC first, in the order of the slide."""
    generator = np.random.default_rng(0)
    chosen: list[int] = []
    for label in (1, 0):
        there = np.flatnonzero((labels == label) & np.isfinite(probabilities))
        count = min(SHOWN, len(there))
        chosen += sorted(generator.choice(there, count, replace=False).tolist())
    return chosen


def _sheet(patches: int) -> Image.Image:
    lines = max(1, -(-patches // ACROSS))
    width = MARGIN + ACROSS * (ENLARGED + MARGIN)
    height = HEAD + MARGIN + lines * (ENLARGED + CAPTION + MARGIN)
    return Image.new("RGB", (width, height), PAPER)


def _write_head(
    draw: ImageDraw.ImageDraw,
    dataset: Dataset,
    model: ModelFolder,
    patient: str,
    *,
    threshold: float,
) -> None:
    card, told = model.card, told_of(model, patient, threshold=threshold)
    synthetic = " (synthetic tissue)" if dataset.synthetic else ""
    draw.text((MARGIN, 12), f"Patient {patient}{synthetic}", TEXT, font=_font(18))
    about = (
        f"{card.name}, {told.threshold_words}; for this model the patient is "
        f"{role_words(told.role)}; split {card.split.title}. Research use only."
    )
    draw.text((MARGIN, 36), about, TEXT, font=_font(13))


def _write_verdict(
    draw: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    label: int,
    predicted: int,
    probability: float,
) -> None:
    """Frame a patch and write truth and prediction under it."""
    left, top = corner
    right = predicted == label
    frame = (left - 2, top - 2, left + ENLARGED + 1, top + ENLARGED + 1)
    draw.rectangle(frame, outline=RIGHT if right else WRONG, width=2)
    below = top + ENLARGED + 6
    draw.text((left, below), f"truth: {WORDS[label]}", TEXT, font=_font(14))
    said = f"predicted: {WORDS[predicted]} {probability:.2f}"
    draw.text((left, below + 18), said, TEXT, font=_font(14))
    if not right:
        draw.text((left + ENLARGED, below), "wrong", WRONG, font=_font(14), anchor="ra")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
