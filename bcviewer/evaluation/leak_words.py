"""What the leak check found, in words and as JSON."""

from __future__ import annotations

from typing import Any

from bcviewer.counting import counted
from bcviewer.dataset.split import TITLES
from bcviewer.evaluation.leaks import LeakReport, PairLeaks

SOME = 5
NOT_COMPARED = "Pictures were not compared."


def leak_sentences(report: LeakReport) -> tuple[str, ...]:
    """The report: the verdict first, then each finding."""
    found = [sentence for pair in report.pairs for sentence in _of_pair(pair)]
    return (verdict(report), *found, *_official(report), *_blank(report), _pictures(report))


def verdict(report: LeakReport) -> str:
    """What the check means for the scores of the split."""
    if report.clean:
        return f"No leak was found in the split {report.title}."
    shared = any(pair.patients for pair in report.pairs)
    stamp = TITLES["patch"] if shared else "optimistic"
    return (
        f"The parts of the split {report.title} leak into each other: its scores are {stamp} and "
        "say little about new patients."
    )


def short_words(report: LeakReport) -> str:
    """The report in one short sentence, for beside the split."""
    if report.clean:
        looked = "no shared patients, no touching patches"
        if not report.compared:
            return f"No leak: {looked}; pictures were not compared"
        some = "" if report.compared == report.patches else f" in {_share_compared(report)}"
        return f"No leak: {looked}, no equal pictures{some}"
    worst = max(report.pairs, key=_weight)
    words = []
    if worst.patients:
        words.append(f"{len(worst.patients)} of {report.patients} patients are in both")
    if worst.second_touching:
        words.append(f"{worst.touching_share:.0%} of the {worst.second} patches touch one of it")
    if worst.identical:
        words.append(f"{_count(len(worst.identical), 'picture')} in both")
    return f"Leak from {worst.first} to {worst.second}: {'; '.join(words)}"


def leaks_as_json(report: LeakReport) -> dict[str, Any]:
    """The report under the fields' names; rows are those of the data set."""
    return {
        "title": report.title,
        "clean": report.clean,
        "patients": report.patients,
        "patches": report.patches,
        "patches_compared": report.compared,
        "official_test_in_train": list(report.official_train),
        "official_test_in_validation": list(report.official_validation),
        "pairs": [
            {
                **{name: value for name, value in vars(pair).items() if name != "identical"},
                "patients": list(pair.patients),
                "identical": len(pair.identical),
                "identical_rows": list(pair.identical),
            }
            for pair in report.pairs
        ],
        "words": list(leak_sentences(report)),
    }


def _of_pair(pair: PairLeaks) -> list[str]:
    parts = f"{pair.first} and {pair.second}"
    words = []
    if pair.patients:
        subject = _count(len(pair.patients), "patient")
        words.append(f"{subject} in {parts}: {_some(pair.patients)}.")
    if pair.second_touching:
        touch = f"patch of {pair.first} touches", f"patches of {pair.first} touch"
        words.append(
            f"{pair.touching_share:.0%} of the {pair.second} patches ({pair.second_touching:,} of "
            f"{pair.second_patches:,}) touch a patch of {pair.first}; "
            f"{counted(pair.first_touching, *touch)} one of {pair.second}."
        )
    if pair.identical:
        subject = _count(len(pair.identical), f"picture of {pair.second}", "also")
        words.append(f"{subject} in {pair.first}, pixel by pixel.")
    return words


def _official(report: LeakReport) -> list[str]:
    parts = {"train": report.official_train, "validation": report.official_validation}
    return [
        f"{_count(len(found), 'official test case')} in the {part} part ({_some(found)}): results "
        "on the official test set will not count."
        for part, found in parts.items()
        if found
    ]


def _blank(report: LeakReport) -> list[str]:
    blank = max(pair.blank for pair in report.pairs)
    if not blank:
        return []
    return [f"{_count(blank, 'blank, near-white picture')} in several parts; that is no leak."]


def _pictures(report: LeakReport) -> str:
    if not report.compared:
        return NOT_COMPARED
    return f"Pictures were compared pixel by pixel: {_share_compared(report)}."


def _share_compared(report: LeakReport) -> str:
    if report.compared == report.patches:
        return f"all {report.patches:,}"
    return f"{report.compared:,} of {report.patches:,}"


def _weight(pair: PairLeaks) -> tuple[bool, bool, float]:
    """How bad a leak is; one out of train is worse than one out of validation."""
    return (not pair.clean, pair.first == "train", pair.touching_share)


def _count(count: int, noun: str, adverb: str = "") -> str:
    """``1 picture is``, ``3 pictures of test are also``."""
    first, *rest = noun.split(" of ")
    plural = first if count == 1 else f"{first}s"
    verb = "is" if count == 1 else "are"
    return " ".join(filter(None, [f"{count:,}", " of ".join([plural, *rest]), verb, adverb]))


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:SOME]) + (", …" if len(names) > SOME else "")
