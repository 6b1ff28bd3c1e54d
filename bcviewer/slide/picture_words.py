"""The words above a picture: whose it is, which model made it, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import ImageFont

from bcviewer.slide.sheet import Box, Mark, Text, plain

INK: Final = "#202024"
MUTED: Final = "#5a5a64"
USE: Final = "Research use only; not for diagnosis."

_GOOD: Final = ("#e2f3e8", "#1f6b43")
_QUIET: Final = ("#ececf0", "#3a3a44")
_WARN: Final = ("#fff1d6", "#7a4b00")
BADGES: Final = {"HELD OUT": _GOOD, "VALIDATION": _QUIET}
"""Ground and ink of the badge of a role; any other one is a warning."""

_NARROWEST: Final = 46
# Other programs draw an SVG's words with fonts that run wider than the one measured here.
_WIDER: Final = 1.15


@dataclass(frozen=True)
class ToldModel:
    """What is told of a model that predicted a patient.

    Attributes:
        name: Its name.
        threshold: From this probability on a patch is IDC in these files.
        own_threshold: The model's own, in the same view; None for the same.
        role: What the patient was for the model: TRAIN, VALIDATION, HELD OUT or another word.
        meaning: What that is worth, a sentence.
        split: Title of the split that it was trained on.
        labels: The labels that it learned from.
    """

    name: str
    threshold: float
    own_threshold: float | None = None
    role: str = ""
    meaning: str = ""
    split: str = ""
    labels: str = ""

    @property
    def threshold_words(self) -> str:
        """The threshold, and whether it is the model's own."""
        own = self.own_threshold
        given = "" if own is None else f" (given; the model's own is {own:.2f})"
        return f"threshold {self.threshold:.2f}{given}"

    def lines(self, what: str) -> list[str]:
        """Which model it is, and what the patient was for it."""
        parts = [f"{what} {self.name}", self.threshold_words]
        parts += [f"split {self.split}"] if self.split else []
        parts += [f"trained on {self.labels}"] if self.labels else []
        lines = [", ".join(parts)]
        if self.role:
            told = f": {self.meaning}" if self.meaning else ""
            lines.append(f"For this model the patient is {self.role}{told}")
        return [plain(line) for line in lines]


@dataclass(frozen=True)
class Provenance:
    """Where a picture comes from.

    Attributes:
        patient: The patient.
        date: When it was made.
        program: What made it.
        model: What predicted; None for a picture without a prediction.
        against: What a change is counted from; None for no change.
        synthetic: Whether the tissue is synthetic.
        notes: More to know, a line each.
    """

    patient: str
    date: str
    program: str
    model: ToldModel | None = None
    against: ToldModel | None = None
    synthetic: bool = False
    notes: tuple[str, ...] = ()

    @property
    def models(self) -> tuple[tuple[ToldModel, list[str]], ...]:
        """The models, each with its lines."""
        told = ((self.model, "Model"), (self.against, "Change counted from"))
        return tuple((model, model.lines(what)) for model, what in told if model is not None)

    @property
    def last_lines(self) -> list[str]:
        """What is told after the models."""
        lines = [*self.notes, f"{self.date}, {self.program}. {USE}"]
        return [plain(line) for line in lines]

    @property
    def lines(self) -> list[str]:
        """What stands under the title, a line each."""
        return [line for _, lines in self.models for line in lines] + self.last_lines


@dataclass(frozen=True)
class Measures:
    """The lengths of a sheet, all in its pixels; they grow with the tissue.

    Attributes:
        width: Of the sheet.
        unit: The size of its words.
        line: Width of a line over the tissue.
    """

    width: int
    unit: int
    line: int

    @property
    def margin(self) -> int:
        """Around everything."""
        return 2 * self.unit

    @property
    def hatch(self) -> float:
        """Between the lines of the hatch."""
        return self.unit / 2

    @property
    def inner(self) -> int:
        """Width between the margins."""
        return self.width - 2 * self.margin


def measures_of(tissue_width: int) -> Measures:
    """Choose the lengths for a width of the tissue."""
    unit = min(max(15, round(tissue_width / 75)), 40)
    inner = max(tissue_width, _NARROWEST * unit)
    return Measures(inner + 4 * unit, unit, max(2, round(unit / 8)))


def header_marks(provenance: Provenance, measures: Measures) -> tuple[list[Mark], int]:
    """The words above the tissue, and where they end."""
    unit, left = measures.unit, measures.margin
    size = 1.6 * unit
    baseline = measures.margin + size
    title = plain(f"Patient {provenance.patient}")
    room = measures.inner - 18 * unit
    title = _shortened(title, size, room)
    marks: list[Mark] = [Text(left, baseline, title, size, INK)]
    at = left + words_width(title, size) + unit
    roles = [model.role for model, _ in provenance.models if model.role]
    # Of two models each has its badge beside its own lines.
    badges = roles if provenance.against is None else []
    badges += ["SYNTHETIC TISSUE"] if provenance.synthetic else []
    for words in badges:
        badge, at = _badge(words, at=at, baseline=baseline, unit=unit)
        marks += badge
    baseline += 0.6 * unit
    beside = max((_badge_width(role, unit) for role in roles), default=0.0) + unit
    for model, lines in provenance.models:
        indent = 0.0 if provenance.against is None else beside
        if indent and model.role:
            marks += _badge(model.role, at=left, baseline=baseline + 1.5 * unit, unit=unit)[0]
        more, baseline = _paragraph(lines, measures, top=baseline, indent=indent)
        marks += more
        baseline += 0.4 * unit if indent else 0
    more, baseline = _paragraph(provenance.last_lines, measures, top=baseline, indent=0)
    return [*marks, *more], round(baseline + 1.2 * unit)


def _paragraph(
    lines: list[str], measures: Measures, *, top: float, indent: float
) -> tuple[list[Mark], float]:
    """Lines of words one under the other, and the baseline of the last."""
    unit, marks = measures.unit, list[Mark]()
    for line in lines:
        for part in wrapped(line, unit, measures.inner - indent):
            top += 1.4 * unit
            marks.append(Text(measures.margin + indent, top, part, unit, MUTED))
    return marks, top


def wrapped(words: str, size: float, room: float) -> list[str]:
    """Break words into lines that fit; a word longer than a line is broken too."""
    lines, line = [], ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if words_width(longer, size) <= room:
            line = longer
            continue
        lines += [line] if line else []
        while words_width(word, size) > room:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or _fits(word[:n], size, room))
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def words_width(words: str, size: float) -> float:
    """How wide words may be in any font that shows them."""
    return _WIDER * font(size).getlength(words)


@cache
def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font of pictures."""
    return ImageFont.load_default(size)


def _fits(words: str, size: float, room: float) -> bool:
    return words_width(words, size) <= room


def _shortened(words: str, size: float, room: float) -> str:
    if _fits(words, size, room):
        return words
    shown = words
    while shown and not _fits(shown + "...", size, room):
        shown = shown[:-1]
    return shown + "..."


def _badge(words: str, *, at: float, baseline: float, unit: int) -> tuple[list[Mark], float]:
    """A badge, and where the next one goes."""
    ground, ink = BADGES.get(words, _WARN)
    width = _badge_width(words, unit)
    box = Box(at, baseline - 1.25 * unit, width, 1.6 * unit, ground)
    text = Text(at + width / 2, baseline - 0.1 * unit, plain(words), unit, ink, "middle")
    return [box, text], at + width + unit / 2


def _badge_width(words: str, unit: int) -> float:
    return words_width(plain(words), unit) + unit
