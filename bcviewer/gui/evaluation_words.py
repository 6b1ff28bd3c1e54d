"""What the dock says of the patients that a model is judged on, and of what that is worth."""

from __future__ import annotations

from typing import Final

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.split import TITLES
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.gui.evaluation_measured import Measured
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.words_below import from_below

DOT: Final = " · "
FAIR: Final = marked("NOT SEEN IN TRAINING")
NO_DATA: Final = marked("Open a folder of patients and a model: here stands how well it does.")
NO_MODEL: Final = marked("Load a model (Model › Load model): here stands how well it does.")
BLIND: Final = marked("You read blind: scores are shown once nothing is hidden any more.")
COUNTING: Final = marked("Counting…")


def hint_of(session: Session) -> str:
    """Why there are no figures, and what to do; that they are counted where nothing is amiss."""
    if session.dataset is None:
        return tr(NO_DATA)
    if session.model is None:
        return tr(NO_MODEL)
    return tr(BLIND) if session.blindness.on else tr(COUNTING)


def judged_words(measured: Measured) -> str:
    """Patients, patches, share of IDC and labels, in a line."""
    if not measured.views:
        return tr_count(len(measured.chosen.patients), "1 patient", "{count:,} patients")
    judged = measured.shown.judged
    share = 100 * float((judged.labels == 1).mean())
    parts = (
        _patients(measured, judged.patient_count),
        tr_count(len(judged), "1 patch", "{count:,} patches"),
        tr("{share:.1f} % IDC", share=share),
        labels_words(measured.labels),
        tr("calibrated") if measured.wish.shown.calibrated else "",
    )
    return DOT.join(part for part in parts if part)


def _patients(measured: Measured, count: int) -> str:
    """How many patients, and of how many while some are not predicted."""
    if not measured.missing:
        return tr_count(count, "1 patient", "{count:,} patients")
    return tr_count(
        count + len(measured.missing),
        "{predicted:,} of 1 patient",
        "{predicted:,} of {count:,} patients",
        predicted=count,
    )


def judged_tip(measured: Measured) -> str:
    """More of that, for the tool tip."""
    labels, chosen = measured.labels, measured.chosen
    lines = [
        tr("Part: {part}", part=from_below(chosen.part)),
        tr("Split: {split}", split=from_below(chosen.split)),
    ]
    lines.append(tr("Labels of the data set: {labels}", labels=labels_words(labels)))
    if labels.left_out:
        patches = tr_count(labels.left_out, "1 patch", "{count:,} patches")
        lines.append(tr("Left out as unsure or excluded: {patches}", patches=patches))
    if measured.missing:
        missing = tr_count(len(measured.missing), "1 patient", "{count:,} patients")
        lines.append(tr("Not predicted yet: {patients}", patients=missing))
    return "<br>".join(lines)


def labels_words(labels: EffectiveLabels) -> str:
    """By which labels, such as "original labels"."""
    if not labels.corrected and not labels.left_out:
        return tr("original labels")
    return tr("labels corrected by readers ({count:,})", count=labels.corrected)


def stamp_of(chosen: JudgedSet) -> tuple[str, bool, str]:
    """What figures of these patients are worth: a stamp, whether they are fair, and why."""
    if not chosen.optimistic:
        return (
            tr(FAIR),
            True,
            tr("The model was neither trained nor tuned on any of these patients."),
        )
    if chosen.split_optimistic or chosen.split == TITLES["patch"]:
        return tr("PATCH-WISE (OPTIMISTIC)"), False, from_below(chosen.warning)
    if chosen.roles_unknown:
        return tr("MAY BE OPTIMISTIC"), False, from_below(chosen.warning)
    if chosen.part == "validation":
        return (
            tr("OPTIMISTIC: CHOSE THE THRESHOLD"),
            False,
            tr(
                "These patients chose the model's best epoch and its threshold, so that it does a "
                "little better on them than on new ones."
            ),
        )
    if len(chosen.patients) == 1:
        return tr("OPTIMISTIC: NOT NEW TO THE MODEL"), False, from_below(chosen.warning)
    seen, total = len(chosen.seen), len(chosen.patients)
    return (
        tr("OPTIMISTIC: {seen} OF {total} SEEN", seen=seen, total=total),
        False,
        from_below(chosen.warning),
    )
