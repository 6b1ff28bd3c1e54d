"""Predictions as files: tables in WSInfer's layout, and pictures of patches as the seed made them.

``model-outputs-csv/SLIDE.csv`` has the columns minx, miny, width, height, prob_IDC, and
``run_metadata_TIME.json`` says what made them: the layout of WSInfer (npj Precision Oncology 2024).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bcviewer import __version__
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.folder import ROLE_UNKNOWN, ModelFolder, role_words
from bcviewer.model.prediction import PatientPrediction
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
    out: Path, dataset: Dataset, patient: str, probabilities: NDArray[np.float32]
) -> Path:
    """Write a patient's predictions as CSV; patches without one are left out.

    Raises:
        StorageError: The file cannot be written.
    """
    rows = dataset.rows(patient)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for x, y, probability in zip(dataset.x[rows], dataset.y[rows], probabilities, strict=True):
        if np.isfinite(probability):
            writer.writerow((x - 1, y - 1, PATCH_SIZE, PATCH_SIZE, f"{probability:.6f}"))
    path = table_path(out, patient)
    write_text(path, text.getvalue())
    return path


def write_metadata(
    out: Path, dataset: Dataset, model: ModelFolder, patients: Sequence[str]
) -> Path:
    """Write what made the predictions: model, data, and each patient's part in the training.

    Raises:
        StorageError: The file cannot be written.
    """
    now = datetime.now(UTC)
    path = out / f"run_metadata_{now:%Y%m%dT%H%M%S}.json"
    card = model.card
    write_json(
        path,
        {
            "bcviewer": __version__,
            "time": now.isoformat(timespec="seconds"),
            "data": {"fingerprint": dataset.fingerprint, "synthetic": dataset.synthetic},
            "model": {
                "name": card.name,
                "architecture": card.architecture,
                "fingerprint": model.fingerprint,
                "threshold": card.threshold,
                "split": card.split.title,
            },
            "patients": {patient: model.role_of(patient) for patient in patients},
            **({} if card.split_known else {"note": f"{card.name}: {ROLE_UNKNOWN}."}),
            "use": "Research use only; not for diagnosis.",
        },
    )
    return path


def write_picture(
    out: Path,
    dataset: Dataset,
    model: ModelFolder,
    prediction: PatientPrediction,
    *,
    pixels: NDArray[np.uint8],
) -> Path:
    """Write patches of a patient, enlarged, each with its ground truth and its prediction.

    Args:
        out: Folder of the predictions.
        dataset: The data set.
        model: The model that predicted.
        prediction: What it predicted for the patient.
        pixels: uint8[n, 50, 50, 3], the patient's patches.

    Raises:
        StorageError: The file cannot be written.
    """
    labels = dataset.labels[dataset.rows(prediction.patient)]
    chosen = _chosen(labels, prediction.probabilities)
    picture = _sheet(len(chosen))
    draw = ImageDraw.Draw(picture)
    _write_head(draw, dataset, model, prediction.patient)
    for place, index in enumerate(chosen):
        corner = (
            MARGIN + (place % ACROSS) * (ENLARGED + MARGIN),
            HEAD + MARGIN + (place // ACROSS) * (ENLARGED + CAPTION + MARGIN),
        )
        patch = Image.fromarray(np.ascontiguousarray(pixels[index]))
        picture.paste(patch.resize((ENLARGED, ENLARGED), Image.Resampling.NEAREST), corner)
        probability = float(prediction.probabilities[index])
        predicted = int(probability >= model.card.threshold)
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
    draw: ImageDraw.ImageDraw, dataset: Dataset, model: ModelFolder, patient: str
) -> None:
    card = model.card
    synthetic = " (synthetic tissue)" if dataset.synthetic else ""
    draw.text((MARGIN, 12), f"Patient {patient}{synthetic}", TEXT, font=_font(18))
    about = (
        f"{card.name}, threshold {card.threshold:.2f}; for this model the patient is "
        f"{role_words(model.role_of(patient))}; split {card.split.title}. Research use only."
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
