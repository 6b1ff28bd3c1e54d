"""What the card of the first steps speaks of: what is so, the slide, a patch, the labels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.queues import label_doubtful
from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import BcviewerError
from bcviewer.gui.first_steps import Facts, Memory, Step, next_step
from bcviewer.gui.session import Session
from bcviewer.gui.slide_outcomes import slide_outcomes
from bcviewer.model.folder import ModelFolder
from bcviewer.model.head_material import split_of_model
from bcviewer.slide.errors import Outcome

WRONG = (Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE)


def facts_of(session: Session, *, reader: str, found: int, change_seen: bool) -> Facts:
    """What is so now.

    Args:
        session: The state of the window.
        reader: Who labels.
        found: The patch that was found, a row; -1 for none.
        change_seen: Whether the counts of the change are on screen.
    """
    data, slide, model = session.data, session.slide, session.model
    if data is None:
        return Facts()
    shown = session.layers.change or session.layers.before or change_seen
    return Facts(
        data=data.dataset.fingerprint,
        patient="" if slide is None else slide.patient,
        model="" if model is None else model.folder.fingerprint,
        blind=slide is not None and session.blindness.hides(slide.patient),
        predicted=session.slide_predictions() is not None,
        row=row_on_screen(session),
        differs=_differs(session, reader),
        settled=_settled(session, reader, found),
        corrected=last_corrected(session),
        learned=_learned(session),
        earlier=session.earlier is not None,
        retrained=_retrained(session),
        change_shown=shown,
    )


def row_on_screen(session: Session) -> int:
    """The row of the patch that is looked at; -1 for none."""
    if session.dataset is None or session.slide is None or session.patch < 0:
        return -1
    return int(session.dataset.rows(session.slide.patient).start) + session.patch


def last_corrected(session: Session) -> int:
    """The row of the patch whose label was corrected last, by whomever; -1 for none."""
    state = session.labels
    if state is None or not state.corrected.any():
        return -1
    rows = state.entries["row"][state.standing & (state.entries["row"] >= 0)]
    found = np.flatnonzero(state.corrected[rows])
    return int(rows[found[-1]]) if len(found) else int(np.flatnonzero(state.corrected)[-1])


def most_wrong(session: Session, reader: str) -> NDArray[np.int64]:
    """int64[k]: rows where model and label differ, surest first; the slide's before all others.

    Without those that the reader has answered, and those whose prediction is hidden.
    """
    dataset, state = session.dataset, session.labels
    if dataset is None or state is None:
        return np.empty(0, np.int64)
    rows = label_doubtful(
        session.shown_predictions(),
        state.effective(),
        untrained=np.ones(len(dataset), np.bool_),
        looked_at=state.of_reader(reader) >= 0,
        threshold=session.shown_thresholds[1],
    )
    if session.slide is None:
        return rows
    here = dataset.rows(session.slide.patient)
    on_slide = (rows >= here.start) & (rows < here.stop)
    return np.concatenate([rows[on_slide], rows[~on_slide]])


@dataclass(frozen=True)
class SlideCount:
    """The slide on screen: its predicted patches, and those where model and label differ."""

    patches: int = 0
    differing: int = 0


def slide_count(session: Session) -> SlideCount:
    """Count the slide on screen."""
    found = slide_outcomes(session)
    if found is None:
        return SlideCount()
    return SlideCount(int((found != Outcome.NONE).sum()), int(np.isin(found, WRONG).sum()))


@dataclass(frozen=True)
class Patch:
    """A patch as the card speaks of it.

    Attributes:
        patient: Whose it is.
        label: The effective label: 1, 0, or -1 for one that is left out.
        probability: As it is on screen; NaN for none.
        threshold: From where on it is predicted IDC.
        role: What the patient was for the model in use.
    """

    patient: str
    label: int
    probability: float
    threshold: float
    role: str


def patch_at(session: Session, row: int) -> Patch | None:
    """The patch of a row; None where there is none."""
    dataset = session.dataset
    if dataset is None or not 0 <= row < len(dataset):
        return None
    patient = dataset.patients[int(dataset.patient_index[row])]
    labels = dataset.labels if session.labels is None else session.labels.effective()
    return Patch(
        patient,
        int(labels[row]),
        float(session.shown_predictions()[row]),
        session.shown_thresholds[1],
        session.role(patient),
    )


@dataclass(frozen=True)
class Difference:
    """What the model in use changed, in the network's own probabilities.

    Attributes:
        patient: Of whose slide.
        before: Probability of the corrected patch by the earlier model; NaN where not predicted.
        after: The same by the model in use.
        patches: Patches of the slide that both models predict.
        turned: Those of them that went to the other side of the threshold.
    """

    patient: str
    before: float
    after: float
    patches: int
    turned: int


def difference_at(session: Session, row: int) -> Difference | None:
    """What changed at a patch and on its slide; None without an earlier model or a patch."""
    dataset, earlier = session.dataset, session.earlier
    if dataset is None or earlier is None or not 0 <= row < len(dataset):
        return None
    patient = dataset.patients[int(dataset.patient_index[row])]
    shown = session.views.values_before_and_now(patient)
    if shown is None:
        return None
    (before, after), (first, second) = shown, session.shared_thresholds
    both = np.isfinite(before) & np.isfinite(after)
    turned = both & ((before >= first) != (after >= second))
    place = row - dataset.rows(patient).start
    return Difference(
        patient, float(before[place]), float(after[place]), int(both.sum()), int(turned.sum())
    )


def can_fit(model: ModelFolder | None, dataset: Dataset | None) -> bool:
    """Whether a new head can be fitted to the model on these data; takes milliseconds."""
    if model is None or dataset is None:
        return False
    try:
        split_of_model(model, dataset)
    except BcviewerError:
        return False
    return True


def taught(session: Session) -> int:
    """Of the corrections, those of patients that a head of the model in use learns from."""
    state, dataset = session.labels, session.dataset
    if state is None or dataset is None:
        return 0
    numbers, counts = np.unique(dataset.patient_index[state.corrected], return_counts=True)
    return sum(
        count
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        if session.role(dataset.patients[number]) == "TRAIN"
    )


def _differs(session: Session, reader: str) -> bool:
    """Whether model and label differ on the patch on screen, and the reader has not said why."""
    found, row = slide_outcomes(session), row_on_screen(session)
    if found is None or row < 0 or int(found[session.patch]) not in WRONG:
        return False
    return session.labels is None or bool(session.labels.of_reader(reader)[row] < 0)


def _settled(session: Session, reader: str, found: int) -> bool:
    state = session.labels
    if state is None or not 0 <= found < len(state.labels):
        return False
    return bool(state.of_reader(reader)[found] >= 0) and not bool(state.corrected[found])


def _learned(session: Session) -> bool:
    if session.model is None or session.labels is None:
        return False
    fingerprint = session.labels.fingerprint
    return bool(fingerprint) and session.model.folder.card.labels == fingerprint


def _retrained(session: Session) -> bool:
    if session.model is None or session.earlier is None:
        return False
    now, before = session.model.folder.card, session.earlier.model.folder.card
    return bool(now.labels) and now.labels != before.labels and now.created >= before.created


@dataclass(frozen=True)
class Scene:
    """All that the words of the card speak of; what the step has no use for is left out.

    Attributes:
        facts: What is so now.
        memory: What was so before.
        slide: Counts of the slide on screen.
        found: The patch that was found.
        next_wrong: The patient of the next patch to look at; "" for none.
        patients: How many are open.
        corrections: How many labels are corrected.
        taught: Those of them that a new head learns from.
        can_fit: Whether a head can be fitted on these data.
        difference: What the model in use changed.
    """

    facts: Facts
    memory: Memory
    slide: SlideCount = SlideCount()
    found: Patch | None = None
    next_wrong: str = ""
    patients: int = 0
    corrections: int = 0
    taught: int = 0
    can_fit: bool = False
    difference: Difference | None = None

    @property
    def step(self) -> Step | None:
        """The next step; None when all are done."""
        return next_step(self.memory, self.facts)


def scene_of(session: Session, facts: Facts, memory: Memory, *, reader: str, fits: bool) -> Scene:
    """What the card speaks of now.

    Args:
        session: The state of the window.
        facts: What is so now.
        memory: What was so before.
        reader: Who labels.
        fits: Whether a head can be fitted.
    """
    scene, dataset = Scene(facts, memory), session.dataset
    if dataset is None:
        return scene
    scene = replace(scene, patients=len(dataset.patients))
    match scene.step:
        case Step.FIND:
            wrong = most_wrong(session, reader)
            first = patch_at(session, int(wrong[0])) if len(wrong) else None
            patient = "" if first is None else first.patient
            return replace(scene, slide=slide_count(session), next_wrong=patient)
        case Step.CORRECT:
            return replace(scene, found=patch_at(session, memory.found))
        case Step.RETRAIN:
            state = session.labels
            count = 0 if state is None else int(state.corrected.sum())
            return replace(scene, corrections=count, taught=taught(session), can_fit=fits)
        case None:
            return replace(scene, difference=difference_at(session, memory.corrected))
        case _:
            return scene
