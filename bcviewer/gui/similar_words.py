"""What is said of the patches that look alike: of each, and of all together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bcviewer.annotation.labels import Label
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.patch_card import SimilarPatch
from bcviewer.gui.words import tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.explain_worker import SimilarFound
from bcviewer.model.context_view import probabilities_in
from bcviewer.model.folder import role_words
from bcviewer.model.neighbours import Neighbours
from bcviewer.model.way import PLAIN_WAY


def similar_patch(session: Session, found: SimilarFound, place: int) -> SimilarPatch:
    """One of the patches that were found, as the reader may see it."""
    dataset, row = found.wish.data.dataset, int(found.found.rows[place])
    patient = dataset.patients[int(dataset.patient_index[row])]
    truth = Label(int(dataset.labels[row]))
    said = session.shown_labels()
    label = Label(int(said[row])) if len(said) and said[row] >= 0 else truth
    probability, predicted = _predicted(session, found, row)
    role = found.wish.folder.role_of(patient)
    source = (
        tr("as in the data")
        if label is truth
        else tr("corrected; {label} in the data", label=tr(truth.title))
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


def _predicted(session: Session, found: SimilarFound, row: int) -> tuple[str, str]:
    """The probability of a patch in the view on screen, and that in words; "" when it is hidden.

    Of a patient who is not predicted in the way on screen it is made of the features.
    """
    dataset = found.wish.data.dataset
    patient = dataset.patients[int(dataset.patient_index[row])]
    rows = dataset.rows(patient)
    place = row - rows.start
    if session.hidden(rows)[place]:
        return "", tr("prediction hidden")
    view, way = session.views.now, session.views.way
    values = session.views.patient_values(patient)
    if values is None or not np.isfinite(values[place]):
        way = PLAIN_WAY
        values = probabilities_in(
            found.wish.folder,
            dataset,
            patient,
            probabilities=found.probabilities[patient],
            view=view,
        )
    if not np.isfinite(values[place]):
        return "", tr("not predicted yet")
    probability = f"{values[place]:.2f}"
    return probability, tr(
        "probability of IDC {probability} ({view})",
        probability=probability,
        view=", ".join(from_below(words) for words in (view.title, *way.words)),
    )
