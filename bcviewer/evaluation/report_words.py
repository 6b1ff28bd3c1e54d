"""The words of a report: what it is for, what its scores mean, how they were measured."""

from __future__ import annotations

from typing import Final

USE: Final = (
    "Research use only. bcviewer is no medical device; nothing in this report may be used for the "
    "diagnosis or the treatment of a person."
)

NOT_FOR: Final = (
    "Diagnosis, grading, staging or treatment of a person, or the choice of who is examined.",
    "Sparing a pathologist from looking at tissue: of the patches that are predicted not IDC, some "
    "hold IDC.",
    "Tissue other than breast, other stains than H&E, other scanners or scales than those of the "
    "training data: nothing here was measured on them.",
    "Regions smaller than a patch of 50 x 50 px, or lesions other than invasive ductal carcinoma.",
    "Comparison with scores from other patients or from a patch-wise split: such scores differ "
    "for reasons that have nothing to do with the model.",
)
"""What the model and this report must not be used for."""

SCORES: Final = {
    "balanced_accuracy": ("Balanced accuracy", "mean of sensitivity and specificity"),
    "f1": ("F1 of IDC", "harmonic mean of precision and sensitivity"),
    "sensitivity": ("Sensitivity", "share of the IDC patches that is found"),
    "specificity": ("Specificity", "share of the other patches that is passed"),
    "auc": ("AUC", "area under the ROC curve; needs no threshold"),
    "average_precision": ("Average precision", "area under precision over sensitivity"),
    "accuracy": ("Accuracy", "share of all patches that is right; moves with the share of IDC"),
    "brier": ("Brier score", "mean squared error of the probability; lower is better"),
    "calibration_error": (
        "Calibration error",
        "expected, in ten bins: how far probabilities are from the share that is IDC; lower is "
        "better",
    ),
    "loss": ("Loss", "mean cross-entropy; lower is better"),
}
"""Title and meaning of each score, in the order they are told."""

LEADING: Final = ("balanced_accuracy", "f1", "auc", "sensitivity", "specificity")
"""The scores at the head of the page."""

HOW: Final = (
    "Intervals hold 95 % of 2,000 bootstrap samples of the patients: patches of one patient are "
    "alike, so patients are drawn and not patches. One patient alone has no interval.",
    "A patch is predicted IDC where its probability is at or above the threshold.",
    "Probabilities of single patches are what the network says of a patch alone; with context, its "
    "neighbours speak too; calibrated, so many of a hundred such patches are IDC.",
    "In the published data set labels come from outlines that were drawn at low magnification and "
    "cut into patches: along the border of a region they are doubtful, so no score can reach 1.",
)
"""How it was measured, a sentence or two each."""


def score_title(name: str) -> str:
    """What people call a score."""
    return SCORES[name][0] if name in SCORES else name.replace("_", " ").capitalize()


def score_meaning(name: str) -> str:
    """What a score says; "" for one that nobody explained."""
    return SCORES[name][1] if name in SCORES else ""


def in_order(names: list[str]) -> list[str]:
    """The names of scores in the order they are told, those without words last."""
    known = [name for name in SCORES if name in names]
    return known + [name for name in names if name not in SCORES]
