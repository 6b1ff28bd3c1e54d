"""Words that come from the floors below, which speak English, and the way to show them.

Lower floors know nothing of languages: what they say is also written to files and to the terminal.
The window translates it where it shows it. A text that is always the same is listed in `WORDS`;
one that is put together there, such as "IDC: 34 patches of 8975", is known again by its shape.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bcviewer.gui.words import marked, tr

WORDS: Final = (
    # labels, and what became of patches
    marked("original"),
    marked("not IDC"),
    marked("IDC"),
    marked("unsure"),
    marked("excluded"),
    marked("several labels"),
    marked("True positive"),
    marked("False positive"),
    marked("False negative"),
    marked("True negative"),
    marked("true positive"),
    marked("false positive"),
    marked("false negative"),
    marked("true negative"),
    marked("True positives"),
    marked("False positives"),
    marked("False negatives"),
    marked("True negatives"),
    marked("no patch is predicted"),
    # queues
    marked("Least certain"),
    marked("Label doubtful"),
    marked("At odds with neighbours"),
    marked("Random control"),
    # views and ways of asking
    marked("with context, calibrated"),
    marked("with context, raw"),
    marked("single patch, calibrated"),
    marked("single patch, raw"),
    marked("With context, calibrated"),
    marked("With context, raw"),
    marked("Single patch, calibrated"),
    marked("Single patch, raw"),
    marked("averaged over flips and rotations"),
    marked("Averaged over flips and rotations"),
    marked("in bfloat16"),
    marked("In bfloat16"),
    marked("in int8"),
    marked("In int8"),
    # palettes and eyes
    marked("Red/green"),
    marked("Blue/orange"),
    marked("Cividis"),
    marked("Full colour vision"),
    marked("Deuteranopia (no green)"),
    marked("Protanopia (no red)"),
    marked("Greyscale (print)"),
    # splits, parts and roles
    marked("by patient"),
    marked("patch-wise (optimistic)"),
    marked("patch-wise"),
    marked("from lists of patients"),
    marked("from lists of patches"),
    marked("train"),
    marked("validation"),
    marked("test"),
    marked("held out"),
    marked("all patients"),
    marked("all patients, roles unknown"),
    marked("not known"),
    marked("TRAIN"),
    marked("VALIDATION"),
    marked("HELD OUT"),
    marked("UNKNOWN"),
    marked("of unknown role: the model may have been trained on this patient"),
    marked("Unknown role: the model may have been trained on this patient"),
    marked("Optimistic: the split has the same patients in several parts."),
    marked(
        "May be optimistic: the model was imported, and nobody knows which of these patients it "
        "was trained on."
    ),
    # scores and thresholds
    marked("Balanced accuracy"),
    marked("F1"),
    marked("AUC"),
    marked("Sensitivity"),
    marked("Specificity"),
    marked("Accuracy"),
    marked("Average precision"),
    marked("Precision"),
    marked("Brier score"),
    marked("Calibration error"),
    marked("Loss"),
    marked("Best balanced accuracy"),
    marked("Best F1"),
    marked("not known, since the model was trained elsewhere"),
    # trainings and runs
    marked("finished"),
    marked("interrupted"),
    marked("cancelled"),
    marked("failed"),
    marked("running"),
    marked("random"),
    marked("progress in the last epoch"),
    marked("validation loss no number"),
    marked("Starts from ImageNet weights and is fine-tuned whole: the better scores."),
    marked("A small separable network, trained from nothing: quick to try things with."),
    marked("2.3 million parameters (alpha 0.35: 0.4 million)"),
    marked("202 thousand parameters"),
    marked("Building the network."),
    marked("Timing some steps."),
    marked("Timing the validation."),
    marked("Backbone"),
    marked("Batch size"),
    marked("Epochs"),
    marked("Seed"),
    marked("Patience"),
    marked("Schedule"),
    marked("Precision"),
    marked("Augmentation"),
    marked("Class weights"),
    marked("Fine tune"),
    marked("Label smoothing"),
    marked("Weight averaging"),
    marked(
        "The validation patches are all of one class: AUC and balanced accuracy are not defined, "
        "and the best epoch is the one of the lowest loss."
    ),
    marked("No leak: no shared patients, no touching patches; pictures were not compared"),
    marked("No leak: no shared patients, no touching patches, no equal pictures"),
    marked("Its model is damaged or incomplete: make it again, or restore it from a copy."),
    # findings
    marked("Folders without patches"),
    marked("Folders with names that no patient has"),
    marked("Files that are not patches"),
    marked("Patches in a folder that contradicts their name"),
    marked("Patches that lie off the 50 px grid"),
    marked("Several files for one place"),
    marked("Second copies of the data set"),
    marked("Files or folders that cannot be read"),
    marked("Damaged pictures"),
    marked("Pictures of a size no patch has"),
    marked("Pictures that are not RGB (converted)"),
    marked("Pictures that changed since they were indexed"),
    marked("Labels of almost the same data in another workspace"),
    marked("Files of the workspace that could not be used or kept"),
)

SHAPES: Final = (
    marked("Undo {what}"),
    marked("Redo {what}"),
    marked("{what}: 1 patch of {whose}"),
    marked("{what}: {number} patches of {whose}"),
    marked("{number} patients"),
    marked("patient {whose}"),
    marked("{above} of {number} patches ({share} %)"),
    marked("{what}: {label}, predicted {other}"),
    marked("Probability {low} to {high}"),
    marked("Probability {low} to {high}, {label}"),
    marked("Sensitivity {share} %"),
    marked("Optimistic: the model was trained or tuned on {number} of these patients."),
    marked("balanced accuracy {score} (95 %: {low} to {high}); {rest}"),
    marked("balanced accuracy {score}; {rest}"),
    marked("1 patient, {number} patches, split {what}"),
    marked("{count} patients, {number} patches, split {what}"),
    marked("{what}; optimistic: it was trained on {number} of them"),
    marked(
        "Left out of the fit of threshold, calibration and context: {count} of {number} validation "
        "patients, whom the network was trained on."
    ),
    marked(
        "The network was trained on {count} of {number} validation patients, and too few others "
        "are left: threshold and scores are optimistic, and there is neither context nor "
        "calibration."
    ),
    marked("{count} of {number} epochs without progress"),
    marked("1 epoch without progress"),
    marked("{count} epochs without progress"),
    marked("validation loss {score}, the lowest so far"),
    marked("validation loss {score}, lowest {low} in epoch {number}"),
    marked("validation loss {score}"),
    marked("1 deleted run, {size}"),
    marked("{number} deleted runs, {size}"),
    marked("It was deleted more than {number} days ago."),
    marked("{count} of them was deleted more than {number} days ago."),
    marked("{count} of them were deleted more than {number} days ago."),
    marked("{number} days {time}"),
    marked("{number} days"),
    marked("those of the model {what}"),
    marked("ImageNet, about {size} MB to download"),
    marked("{count} of {number}"),
    marked("{size} of {rest}"),
    marked(
        "1 official test case is among the training and validation patients ({rest}): results on "
        "the official test set will not count."
    ),
    marked(
        "{number} official test cases are among the training and validation patients ({rest}): "
        "results on the official test set will not count."
    ),
    marked(
        "The split is {what}: patches of a patient stand in several parts, so the scores are "
        "optimistic and say little about new patients."
    ),
    marked("The {what} part has 1 patient only: the scores will be uncertain."),
    marked("The {what} part has {number} patients only: the scores will be uncertain."),
    marked("1 patch cannot be read: left out of the training."),
    marked("{number} patches cannot be read: left out of the training."),
    marked(
        "The training needs {size} of the machine's {rest} of memory: a smaller batch size needs "
        "less."
    ),
    marked("No leak: no shared patients, no touching patches, no equal pictures in {rest}"),
    marked("{count} x {number} fields over {low} px, {above} px each"),
    marked("{count} x {number} fields over {low} px, {above} px each: coarse"),
    marked("{count} x {number} fields over {low} px, {above} px each: very coarse"),
    marked("Reading patches: {count} of {number} patients."),
    marked("Going on after epoch {number}."),
    marked("Making the model of the best epoch, {number}."),
    marked(
        "The loss is no number any more at step {count} of epoch {number}. The model is that of "
        "the best epoch before. The learning rate, {rest}, was probably too high: train again "
        "with a lower one. Finished epochs are kept."
    ),
)

_TEXTS: Final = frozenset({"what", "whose", "label", "other", "rest", "size", "time"})
"""Names of places that hold words; the others hold a number."""

_PLACE: Final = re.compile(r"\{(\w+)\}")


def from_below(text: str) -> str:
    """A text of a lower floor in the language of the window; as it is where that is not known.

    Args:
        text: As the lower floor says it, in English.
    """
    found = tr(text)
    if found != text:
        return found
    for shape in SHAPES:
        template = tr(shape)
        match = _pattern(shape).fullmatch(text) if template != shape else None
        if match is not None:
            values = match.groupdict()
            return template.format(
                **{
                    name: from_below(value) if name in _TEXTS else value
                    for name, value in values.items()
                }
            )
    return text


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    """What a text of this shape looks like."""
    pieces = _PLACE.split(shape)
    words = [re.escape(piece) for piece in pieces[::2]]
    places = [
        f"(?P<{name}>.+?)" if name in _TEXTS else rf"(?P<{name}>[-+−\d.,]+)"
        for name in pieces[1::2]
    ]
    return re.compile(
        "".join(word + place for word, place in zip(words, [*places, ""], strict=True)), re.DOTALL
    )
