"""What is said of the patches that look alike: of each, and of all together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bcviewer.annotation.labels import Label
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.patch_card import SimilarPatch
from bcviewer.gui.workers.explain_worker import SimilarFound
from bcviewer.model.folder import role_words
from bcviewer.model.neighbours import Neighbours


def similar_patch(session: Session, found: SimilarFound, place: int) -> SimilarPatch:
    """One of the patches that were found, as the reader may see it."""
    dataset, row = found.wish.data.dataset, int(found.found.rows[place])
    patient = dataset.patients[int(dataset.patient_index[row])]
    truth = Label(int(dataset.labels[row]))
    said = session.shown_labels()
    label = Label(int(said[row])) if len(said) and said[row] >= 0 else truth
    probability = _probability(session, found.found, place)
    role = found.wish.folder.role_of(patient)
    source = "as in the data" if label is truth else f"corrected; {truth.title} in the data"
    predicted = f"probability of IDC {probability}" if probability else "prediction hidden"
    words = (
        f"Patient {patient}, {role_words(role)}\nx {dataset.x[row]:,} · y {dataset.y[row]:,}\n"
        f"{label.title}, {source}\n{predicted}\nlikeness {found.found.likeness[place]:.2f} of 1\n"
        "Click to go there"
    )
    return SimilarPatch(
        row=row,
        pixels=found.pixels[place],
        patient=patient,
        label=label.title,
        corrected=label is not truth,
        probability=probability,
        role=role,
        words=words,
    )


def summary_words(found: Neighbours, patches: Sequence[SimilarPatch]) -> str:
    """How many are IDC, and in how many patients they were sought."""
    idc = sum(patch.label == Label.IDC.title for patch in patches)
    patients = "1 other patient" if found.patients == 1 else f"{found.patients:,} other patients"
    return f"{idc} of {len(patches)} are IDC · {patients} searched"


def searched_words(found: Neighbours) -> str:
    """Among what patches they were sought, and how."""
    return (
        f"Nearest of {found.patches:,} patches, by the cosine of the model's standardised "
        "features. The model has learned the labels of TRAIN patients by heart, in part."
    )


def _probability(session: Session, found: Neighbours, place: int) -> str:
    """The probability of a patch, as on screen where that is known; "" when it is hidden."""
    row = int(found.rows[place])
    assert session.dataset is not None
    patient = session.dataset.patients[int(session.dataset.patient_index[row])]
    rows = session.dataset.rows(patient)
    if session.hidden(rows)[row - rows.start]:
        return ""
    known = float(session.predictions[row])
    if session.layers.before or not np.isfinite(known):
        known = float(found.probabilities[place])
    return f"{known:.2f}"
