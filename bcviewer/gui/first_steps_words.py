"""What the card of the first steps says, and what its buttons offer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bcviewer.gui.first_steps import Lack, Step, lack
from bcviewer.gui.first_steps_scene import Difference, Scene
from bcviewer.gui.words import marked, tr, tr_count

NAMES: Final = {
    Step.PREDICT: marked("Predict"),
    Step.FIND: marked("Find an error"),
    Step.CORRECT: marked("Correct it"),
    Step.RETRAIN: marked("Retrain"),
    Step.COMPARE: marked("See the change"),
}


class Offer(Enum):
    """What a button of the card does."""

    OPEN_DEMO = auto()
    OPEN_FOLDER = auto()
    FIRST_PATIENT = auto()
    LOAD_MODEL = auto()
    SHOW_LABELS = auto()
    PREDICT = auto()
    SHOW_WRONG = auto()
    ANOTHER = auto()
    BACK = auto()
    NEXT_PATIENT = auto()
    SAY_IDC = auto()
    SAY_NOT_IDC = auto()
    FIT_HEAD = auto()
    TRAIN = auto()
    STOP = auto()
    SHOW_CHANGE = auto()
    SHOW_COUNTS = auto()
    SHOW_QUEUE = auto()


BUTTONS: Final = {
    Offer.OPEN_DEMO: marked("Open the demo"),
    Offer.OPEN_FOLDER: marked("Open a folder…"),
    Offer.FIRST_PATIENT: marked("Show the first patient"),
    Offer.LOAD_MODEL: marked("Load a model"),
    Offer.SHOW_LABELS: marked("Go to blind reading"),
    Offer.PREDICT: marked("Predict this slide"),
    Offer.SHOW_WRONG: marked("Show the patch most likely wrong"),
    Offer.ANOTHER: marked("Another patch"),
    Offer.BACK: marked("Back to the patch"),
    Offer.NEXT_PATIENT: marked("Next patient"),
    Offer.SAY_IDC: marked("1  IDC"),
    Offer.SAY_NOT_IDC: marked("2  Not IDC"),
    Offer.FIT_HEAD: marked("Fit a new head (seconds)"),
    Offer.TRAIN: marked("Train (about a minute)"),
    Offer.STOP: marked("Stop"),
    Offer.SHOW_CHANGE: marked("Show what changed"),
    Offer.SHOW_COUNTS: marked("Count the changes"),
    Offer.SHOW_QUEUE: marked("Correct more"),
}


@dataclass(frozen=True)
class Advice:
    """A sentence, and what can be done; the first of the offers is the usual one."""

    words: str
    offers: tuple[Offer, ...]


def advice(scene: Scene) -> Advice:
    """What to do next, and why."""
    missing = lack(scene.step, scene.facts)
    if missing is not None:
        return _missing(missing)
    match scene.step:
        case Step.PREDICT:
            return Advice(tr("See where the model finds IDC on this slide."), (Offer.PREDICT,))
        case Step.FIND:
            return _find(scene)
        case Step.CORRECT:
            return _correct(scene)
        case Step.RETRAIN:
            return _retrain(scene)
        case Step.COMPARE:
            words = tr("A new model is in use. See where its probabilities rose and fell.")
            return Advice(words, (Offer.SHOW_CHANGE,))
        case None:
            return Advice(_end(scene.difference), (Offer.SHOW_COUNTS, Offer.SHOW_QUEUE))


def _missing(missing: Lack) -> Advice:
    match missing:
        case Lack.DATA:
            words = tr("Open a folder of patients, or the demo to try things out.")
            return Advice(words, (Offer.OPEN_DEMO, Offer.OPEN_FOLDER))
        case Lack.PATIENT:
            return Advice(tr("Choose a patient in the list."), (Offer.FIRST_PATIENT,))
        case Lack.MODEL:
            return Advice(tr("A model is needed to predict this slide."), (Offer.LOAD_MODEL,))
        case Lack.SIGHT:
            words = tr(
                "You read blind, so predictions are hidden. Show those of this patient, or end "
                "the blind reading."
            )
            return Advice(words, (Offer.SHOW_LABELS,))


def _find(scene: Scene) -> Advice:
    if scene.next_wrong == scene.facts.patient:
        return Advice(_differing(scene), (Offer.SHOW_WRONG,))
    if scene.next_wrong:
        words = tr(
            "On this slide nothing is left where model and label differ; of {patient} there is.",
            patient=scene.next_wrong,
        )
        return Advice(words, (Offer.SHOW_WRONG,))
    words = tr("Model and label agree wherever there is a prediction.")
    if scene.patients > 1:
        return Advice(words + " " + tr("Look at another patient."), (Offer.NEXT_PATIENT,))
    return Advice(words + " " + tr("Correct any patch that you see otherwise: A, then 1 or 2."), ())


def _differing(scene: Scene) -> str:
    if scene.memory.confirmed:
        return tr("The label stays, so the model is wrong there. Look at the next patch.")
    return tr(
        "Model and label differ on {differing:,} of {patches:,} patches. One of the two is wrong.",
        differing=scene.slide.differing,
        patches=scene.slide.patches,
    )


def _correct(scene: Scene) -> Advice:
    found, away = scene.found, scene.facts.row != scene.memory.found
    if found is None or away:
        words = tr("You have left the patch where model and label differ.")
        return Advice(words, (Offer.BACK, Offer.ANOTHER))
    if (found.label == 1) == (found.probability >= found.threshold):
        # Another model or threshold is in use than when the patch was found.
        return Advice(tr("Model and label agree on this patch now."), (Offer.ANOTHER,))
    words = tr(
        "The label says {label}, the model {predicted} ({probability:.2f}). What do you see?",
        label=_class(found.label == 1),
        predicted=_class(found.probability >= found.threshold),
        probability=found.probability,
    )
    return Advice(words, (Offer.SAY_IDC, Offer.SAY_NOT_IDC, Offer.ANOTHER))


def _class(idc: bool) -> str:
    return tr("IDC") if idc else tr("not IDC")


def _retrain(scene: Scene) -> Advice:
    words = tr_count(
        scene.corrections,
        "One label is corrected, and the model does not know it yet.",
        "{count:,} labels are corrected, and the model does not know all of them yet.",
    )
    if scene.can_fit:
        return Advice(words + _learners(scene), (Offer.FIT_HEAD,))
    if scene.patients < 2:
        words += " " + tr("To train takes two patients or more: one is to judge by.")
        return Advice(words, (Offer.OPEN_FOLDER,))
    words += " " + tr("Its head cannot be fitted to these patients, so a whole network trains.")
    return Advice(words, (Offer.TRAIN,))


def _learners(scene: Scene) -> str:
    """Whom a head learns from, where that leaves corrections out; "" where it does not."""
    if scene.taught == scene.corrections:
        return ""
    if not scene.taught:
        return " " + tr("It learns from TRAIN patients only: this one just changes its scores.")
    return " " + tr("It learns the {count:,} of TRAIN patients.", count=scene.taught)


def _end(difference: Difference | None) -> str:
    if difference is None or math.isnan(difference.before) or math.isnan(difference.after):
        return tr("Done: the slide shows what the new model changed.")
    if f"{difference.before:.2f}" == f"{difference.after:.2f}":
        at_patch = tr(
            "Done: at your patch the probability stays {after:.2f}.", after=difference.after
        )
    else:
        at_patch = tr(
            "Done: at your patch the probability went from {before:.2f} to {after:.2f}.",
            before=difference.before,
            after=difference.after,
        )
    return f"{at_patch} {_turned(difference)}{_hint(difference)}"


def _turned(difference: Difference) -> str:
    patches = difference.patches
    if not difference.turned:
        return tr("None of the slide's {patches:,} patches changed sides.", patches=patches)
    return tr_count(
        difference.turned,
        "One of the slide's {patches:,} patches changed sides.",
        "{count:,} of the slide's {patches:,} patches changed sides.",
        patches=patches,
    )


def _hint(difference: Difference) -> str:
    few = difference.turned <= difference.patches // 100
    return " " + tr("A dozen corrections move it more.") if few else ""
