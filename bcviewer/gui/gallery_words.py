"""What the window says of the gallery: what it holds, why it is empty, and what fills it."""

from __future__ import annotations

from typing import Final

from bcviewer.gui.words import marked, tr

NOTHING_CHOSEN: Final = marked(
    "Once patients are predicted, click a cell of the confusion matrix or a bar of a histogram in "
    "the tab Scores: its patches will be here, most confident first."
)
OTHER_MODEL: Final = marked(
    "The patches that were here were chosen with another model. Click a cell of the confusion "
    "matrix, or a bar of a histogram, again."
)
BLIND: Final = marked(
    "You read blind: these patches would tell what the model predicts. Show the predictions of a "
    "patient, and its patches are here."
)


def title_words(title: str, count: int, hidden: int) -> str:
    """What the gallery holds, such as "False positives · 312 patches, most confident first".

    Args:
        title: What the patches are.
        count: How many there are to see.
        hidden: How many more there are that the reader must not see yet.
    """
    patches = (
        tr("1 patch") if count == 1 else tr("{count:,} patches, most confident first", count=count)
    )
    unseen = tr("; {count:,} more are hidden while you read blind", count=hidden) if hidden else ""
    return f"{title} · {patches}{unseen}"
