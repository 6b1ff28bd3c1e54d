"""What the form of a training says under its fields."""

from __future__ import annotations

from bcviewer.gui.widgets.file_choice import FOLDER, FileChoice
from bcviewer.gui.widgets.form_number import NumberField
from bcviewer.gui.widgets.weights_choice import BUNDLED
from bcviewer.gui.words import marked, tr
from bcviewer.model.weight_files import DOWNLOAD_MB, imagenet_file

DOWNLOAD_WORD = marked("Downloaded once, about {size} MB, when the training starts.")
RANDOM_WORD = marked("Learns slowly and scores lower than from ImageNet weights.")
NO_WEIGHTS_WORD = marked("Simple CNN starts from nothing, or goes on from a model.")
FROZEN_WORD = marked("Only the head learns: faster, with lower scores.")
FROZEN_RANDOM_WORD = marked(
    "Frozen at random weights, it hardly learns: fine-tune it, or start elsewhere."
)
PATCH_WISE_WORD = marked("Optimistic: the patches of one patient both train and validate.")
SAME_SPLIT_WORD = marked("As that model was split, where it was trained on these data.")
RATE_WORD = marked("A number above 0, at most 1, such as 0.0004; empty for automatic.")
RATE_PROBLEM = marked(
    "Learning rate: a number above 0, at most 1, such as 0.0004; empty for automatic."
)
WHOLE_WORD = marked("a whole number from {least:,} to {most:,}.")
SPECIAL_WORD = marked("1 to {most:,}; empty for “{special}”.")
NUMBER_WORD = marked("a number from {least:,} to {most:,}.")

TIPS = {
    "model": marked("The network that is trained"),
    "weights": marked("What the network knows when it begins"),
    "backbone": marked("All of the network but its last layer; frozen, it stays as it is"),
    "split": marked("Who is trained on, who chooses the best epoch, and who is kept for a test"),
    "seed": marked("Where chance begins: of split, start weights, order and augmentation"),
    "job_file": marked("All these settings in a file, to train with them again, here or elsewhere"),
    "epochs": marked("How often it goes through the training patches; after each it is judged"),
    "steps": marked("So many batches are an epoch: fewer, to be judged more often"),
    "patience": marked("End when so many epochs in a row were no better than the best one"),
    "batch_size": marked("So many patches are learned from at once; more take more memory"),
    "learning_rate": marked(
        "How far a step changes the network: too far, and it finds nothing; too little takes long"
    ),
    "schedule": marked("Cosine lowers the learning rate to nearly nothing; constant keeps it"),
    "precision": marked(
        "What the network computes in; automatic: what is fastest for it on this machine"
    ),
    "smoothing": marked(
        "How far the loss moves each label towards a half; labels at borders are doubtful"
    ),
    "class_weights": marked("Weigh IDC and not IDC alike, whatever their numbers"),
    "augmentation": marked("Flips, quarter turns and a mild change of colours"),
    "averaging": marked(
        "Judge and keep the average of the weights over the last epoch: steadier, mostly better"
    ),
}
"""What each setting is, in a plain word."""

Said = tuple[str, str]
"""A text, and the role that colours it."""

NOTHING: Said = ("", "")


def of_number(number: NumberField) -> str:
    """What a number should be that cannot be used; "" for one that can."""
    if number.number is not None:
        return ""
    if number.special:
        return tr(SPECIAL_WORD, most=number.most, special=number.special)
    text = WHOLE_WORD if number.whole else NUMBER_WORD
    return tr(text, least=number.least, most=number.most)


def of_weights(weights: FileChoice, *, pretrained: bool, alpha: float) -> Said:
    """What to know of the start weights."""
    if weights.problem:
        return weights.problem, "danger"
    if weights.choice == "imagenet" and imagenet_file(alpha) is None:
        return tr(DOWNLOAD_WORD, size=DOWNLOAD_MB.get(alpha, 9)), ""
    if weights.choice == "none":
        return (tr(RANDOM_WORD), "warn") if pretrained else (tr(NO_WEIGHTS_WORD), "")
    return NOTHING


def of_backbone(backbone: str, weights: str) -> Said:
    """What it means to freeze the backbone."""
    if backbone != "frozen":
        return NOTHING
    return (tr(FROZEN_RANDOM_WORD), "warn") if weights == "none" else (tr(FROZEN_WORD), "")


def of_split(split: FileChoice, weights: str) -> Said:
    """What to know of the split."""
    if split.problem:
        return split.problem, "danger"
    if split.choice == "patch":
        return tr(PATCH_WISE_WORD), "warn"
    same = split.choice == "patient" and weights in (BUNDLED, FOLDER)
    return (tr(SAME_SPLIT_WORD), "") if same else NOTHING
