"""What an imported network takes and gives, in words of the window."""

from __future__ import annotations

from typing import Final

from bcviewer.gui.words import marked, tr
from bcviewer.model.card import ImportCard, PointCard

GIVEN: Final = ("a last", "outputs")
"""Points that tell of what a network gives; the others tell of what it takes."""

SENTENCES: Final = {
    "resized by": marked("resized by {words}"),
    "values": marked("values {words}"),
    "a last": marked("a last {words}"),
}
"""The points whose words do not stand for themselves."""

WORDS: Final = (
    marked("nearest pixel"),
    marked("bilinear"),
    marked("0 to 255"),
    marked("0 to 1"),
    marked("-1 to 1"),
    marked("0 to 255, which the network scales itself"),
    marked("0 to 1, which the network scales itself"),
    marked("sigmoid, since the network gives no probabilities"),
    marked("softmax, since the network gives no probabilities"),
    marked("the first of two is IDC"),
    marked("the second of two is IDC"),
    marked("one, the probability of IDC"),
    marked("read from the file"),
    marked("chosen"),
    marked("assumed"),
)
"""What the lower floors say of points, besides sizes."""


def input_words(card: ImportCard) -> str:
    """What a network takes, and how that is known; "" where nothing is told."""
    return "; ".join(_known(point) for point in card.points if point.name not in GIVEN)


def output_words(card: ImportCard) -> str:
    """What a network gives, and how that is known; "" where nothing is told."""
    return "; ".join(_known(point) for point in card.points if point.name in GIVEN)


def known_words(text: str) -> str:
    """What a lower floor says of a point, in the language of the window."""
    size = text.removesuffix(" pixels")
    return tr("{size} pixels", size=size) if size != text else tr(text)


def sentence(name: str, text: str) -> str:
    """A point as it is told among others, such as "values 0 to 255"."""
    words = known_words(text)
    return tr(SENTENCES[name], words=words) if name in SENTENCES else words


def _known(point: PointCard) -> str:
    told = sentence(point.name, point.words)
    return tr("{told} ({how})", told=told, how=tr(point.how))
