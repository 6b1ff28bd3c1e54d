"""The curves of a report: ROC, precision over sensitivity, reliability, histogram."""

from __future__ import annotations

import numpy as np

from bcviewer.counting import counted
from bcviewer.evaluation.report import Report, ViewDetail
from bcviewer.evaluation.report_markup import Markup, element, number, section, with_interval
from bcviewer.evaluation.report_svg import Plot

_SHADES = 4
_ENDS = (0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0)
"""Where an axis of shares may end, so that its fifths are short numbers."""


def plots_section(report: Report) -> Markup:
    """All four, with what they show in words."""
    return section(
        "Curves",
        element(
            "div",
            _roc(report.details),
            _precision_recall(report.details),
            _reliability(report.details),
            _histogram(report.shown),
            role="plots",
        ),
    )


def figure(plot: Plot, title: str, *words: str) -> Markup:
    """A plot with its title and what there is to say."""
    told = element("figcaption", element("b", title), Markup("<br>"), *words)
    return element("figure", plot.svg(), told)


def _roc(details: tuple[ViewDetail, ...]) -> Markup:
    plot = Plot("ROC curve", "1 − specificity", "Sensitivity")
    plot.line([0, 1], [0, 1], "even")
    for shade, each in _shaded(details):
        plot.line(each.roc.x, each.roc.y, f"v{shade}")
    for shade, each in _shaded(details):
        plot.points([1 - each.point.specificity], [each.point.sensitivity], f"p{shade}", size=5)
    return figure(plot, "ROC curve; the dot is the threshold", *_keys(details, "auc", "AUC"))


def _precision_recall(details: tuple[ViewDetail, ...]) -> Markup:
    plot = Plot("Precision over sensitivity", "Sensitivity", "Precision")
    found = details[0].result.evaluation
    share = found.idc_patches / found.patches
    plot.line([0, 1], [share, share], "even")
    for shade, each in _shaded(details):
        plot.line(each.precision_recall.x, each.precision_recall.y, f"v{shade}")
    for shade, each in _shaded(details):
        plot.points([each.point.sensitivity], [each.point.precision], f"p{shade}", size=5)
    return figure(
        plot,
        "Precision over sensitivity; thin dashes: share of IDC",
        *_keys(details, "average_precision", "average precision"),
    )


def _reliability(details: tuple[ViewDetail, ...]) -> Markup:
    plot = Plot("Reliability", "Mean probability", "Share that is IDC")
    plot.line([0, 1], [0, 1], "even")
    for shade, each in _shaded(details):
        found = each.reliability
        plot.line(found.mean_probability, found.idc_share, f"v{shade}")
        titles = [counted(count, "patch") for count in found.counts.tolist()]
        plot.points(found.mean_probability, found.idc_share, f"p{shade}", size=4, titles=titles)
    return figure(
        plot,
        "Reliability; on the diagonal probabilities mean what they say",
        *_keys(details, "calibration_error", "calibration error"),
    )


def _histogram(detail: ViewDetail) -> Markup:
    found = detail.histogram
    shares = [each / max(int(each.sum()), 1) for each in (found.other, found.idc)]
    highest = max(float(np.max(each, initial=0)) for each in shares)
    top = next(each for each in _ENDS if each >= highest)
    plot = Plot("Probabilities by class", "Probability of IDC", "Share of the class", y_end=top)
    plot.bars(found.edges, shares[0], "other", inset=0.5)
    plot.bars(found.edges, shares[1], "idc", inset=2.5)
    at = detail.point.threshold
    plot.line([at, at], [0, top], "at")
    return figure(
        plot,
        f"Probabilities by class, {detail.result.view.title}; dashes: threshold {number(at)}",
        _key("box"),
        f"not IDC ({int(found.other.sum()):,})  ",
        _key("stripes"),
        f"IDC ({int(found.idc.sum()):,})",
    )


def _shaded(details: tuple[ViewDetail, ...]) -> list[tuple[int, ViewDetail]]:
    """Each view with the number of its colour; the first is drawn last, over the others."""
    return [(number_ % _SHADES, each) for number_, each in enumerate(details)][::-1]


def _keys(details: tuple[ViewDetail, ...], name: str, title: str) -> list[str]:
    """What each line is, with its score."""
    keys: list[str] = []
    for shade, each in _shaded(details)[::-1]:
        found = each.result.evaluation
        ends = found.intervals.get(name, (float("nan"), float("nan")))
        score = with_interval(found.scores[name], ends)
        keys += [_key(f"k{shade}"), f"{each.result.view.title}: {title} {score}", Markup("<br>")]
    return keys[:-1]


def _key(role: str) -> Markup:
    return element("span", role=f"key {role}")
