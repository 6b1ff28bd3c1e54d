"""What the dock says of the patients that a model is judged on, and of what that is worth."""

from __future__ import annotations

from typing import Final

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.split import TITLES
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.gui.evaluation_measured import Measured
from bcviewer.gui.session import Session

DOT: Final = " · "
FAIR: Final = "NOT SEEN IN TRAINING"
NO_DATA: Final = "Open a folder of patients and a model: here stands how well it does."
NO_MODEL: Final = "Load a model (Model › Load model): here stands how well it does."
BLIND: Final = "You read blind: scores are shown once nothing is hidden any more."
COUNTING: Final = "Counting…"


def hint_of(session: Session) -> str:
    """Why there are no figures, and what to do; that they are counted where nothing is amiss."""
    if session.dataset is None:
        return NO_DATA
    if session.model is None:
        return NO_MODEL
    return BLIND if session.blindness.on else COUNTING


def counted(count: int, name: str, plural: str) -> str:
    """A count and what is counted, such as "1 patient" or "2 patients"."""
    return f"{count:,} {name if count == 1 else plural}"


def judged_words(measured: Measured) -> str:
    """Patients, patches, share of IDC and labels, in a line."""
    if not measured.views:
        return counted(len(measured.chosen.patients), "patient", "patients")
    judged = measured.shown.judged
    share = 100 * float((judged.labels == 1).mean())
    parts = (
        _patients(measured, judged.patient_count),
        counted(len(judged), "patch", "patches"),
        f"{share:.1f} % IDC",
        labels_words(measured.labels),
        "calibrated" if measured.wish.shown.calibrated else "",
    )
    return DOT.join(part for part in parts if part)


def _patients(measured: Measured, count: int) -> str:
    """How many patients, and of how many while some are not predicted."""
    if not measured.missing:
        return counted(count, "patient", "patients")
    return f"{count:,} of {counted(count + len(measured.missing), 'patient', 'patients')}"


def judged_tip(measured: Measured) -> str:
    """More of that, for the tool tip."""
    labels, chosen = measured.labels, measured.chosen
    lines = [f"Part: {chosen.part}", f"Split: {chosen.split}"]
    lines.append(f"Labels of the data set: {labels_words(labels)}")
    if labels.left_out:
        patches = counted(labels.left_out, "patch", "patches")
        lines.append(f"Left out as unsure or excluded: {patches}")
    if measured.missing:
        lines.append(f"Not predicted yet: {counted(len(measured.missing), 'patient', 'patients')}")
    return "<br>".join(lines)


def labels_words(labels: EffectiveLabels) -> str:
    """By which labels, such as "original labels"."""
    if not labels.corrected and not labels.left_out:
        return "original labels"
    return f"labels corrected by readers ({labels.corrected:,})"


def stamp_of(chosen: JudgedSet) -> tuple[str, bool, str]:
    """What figures of these patients are worth: a stamp, whether they are fair, and why."""
    if not chosen.optimistic:
        return FAIR, True, "The model was neither trained nor tuned on any of these patients."
    if chosen.split_optimistic or chosen.split == TITLES["patch"]:
        return "PATCH-WISE (OPTIMISTIC)", False, chosen.warning
    if chosen.roles_unknown:
        return "MAY BE OPTIMISTIC", False, chosen.warning
    if chosen.part == "validation":
        return (
            "OPTIMISTIC: CHOSE THE THRESHOLD",
            False,
            "These patients chose the model's best epoch and its threshold, so that it does a "
            "little better on them than on new ones.",
        )
    if len(chosen.patients) == 1:
        return "OPTIMISTIC: NOT NEW TO THE MODEL", False, chosen.warning
    seen, total = len(chosen.seen), len(chosen.patients)
    return f"OPTIMISTIC: {seen} OF {total} SEEN", False, chosen.warning
