"""What is said of the patches that look alike: of each, and of all together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bcviewer.annotation.labels import Label
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.patch_card import SimilarPatch
from bcviewer.gui.words import tr
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
    source = (
        tr("as in the data")
        if label is truth
        else tr("corrected; {label} in the data", label=tr(truth.title))
    )
    predicted = (
        tr("probability of IDC {probability}", probability=probability)
        if probability
        else tr("prediction hidden")
    )
    words = tr(
        "Patient {patient}, {role}\nx {x:,} · y {y:,}\n"
        "{label}, {source}\n{predicted}\nlikeness {likeness:.2f} of 1\n"
        "Click to go there",
        patient=patient,
        role=tr(role_words(role)),
        x=dataset.x[row],
        y=dataset.y[row],
        label=tr(label.title),
        source=source,
        predicted=predicted,
        likeness=found.found.likeness[place],
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
    patients = (
        tr("1 other patient")
        if found.patients == 1
        else tr("{count:,} other patients", count=found.patients)
    )
    return tr(
        "{idc} of {patches} are IDC · {patients} searched",
        idc=idc,
        patches=len(patches),
        patients=patients,
    )


def searched_words(found: Neighbours) -> str:
    """Among what patches they were sought, and how."""
    return tr(
        "Nearest of {patches:,} patches, by the cosine of the model's standardised "
        "features. The model has learned the labels of TRAIN patients by heart, in part.",
        patches=found.patches,
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
