"""A report as one page that needs nothing else: no script, no link, no picture from elsewhere."""

from __future__ import annotations

from typing import Final

from bcviewer.evaluation.report import Report
from bcviewer.evaluation.report_card import card_section
from bcviewer.evaluation.report_markup import Markup, element, safe, section
from bcviewer.evaluation.report_patients import maps_section, shares_section, table_section
from bcviewer.evaluation.report_plots import plots_section
from bcviewer.evaluation.report_scores import (
    badges,
    judged_section,
    judged_words,
    leading_scores,
    scores_section,
    threshold_section,
)
from bcviewer.evaluation.report_style import STYLE
from bcviewer.evaluation.report_words import HOW, NOT_FOR, USE

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may load for the page: the pictures that are in it, and nothing from outside."""


def report_html(report: Report) -> str:
    """The whole page."""
    results = report.results
    title = f"Evaluation of {results.model.card.name}"
    body = element(
        "main",
        _head(report, title),
        judged_section(results),
        scores_section(report),
        threshold_section(report),
        plots_section(report),
        shares_section(report),
        maps_section(report),
        table_section(report),
        _list_section("Leak check", report.leaks),
        card_section(results.model),
        _list_section("How it was measured", HOW),
        _list_section("What it must not be used for", NOT_FOR),
        element("footer", f"{_made(report)}. {USE}"),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>{body}</body>\n</html>\n"
    )


def _head(report: Report, title: str) -> Markup:
    results = report.results
    warning = results.chosen.warning
    return element(
        "header",
        element("h1", title),
        element(
            "p",
            f"Data set {results.dataset.root.name}; model {results.model.fingerprint[:8]}; "
            f"{_made(report)}",
            role="muted",
        ),
        element("p", USE, role="notice"),
        badges(results.chosen, synthetic=results.dataset.synthetic),
        element("p", warning, role="warning") if warning else Markup(""),
        leading_scores(results),
        element("p", judged_words(results), role="muted"),
    )


def _list_section(title: str, lines: tuple[str, ...]) -> Markup:
    return section(title, element("ul", *(element("li", line) for line in lines)))


def _made(report: Report) -> str:
    return f"{report.made:%Y-%m-%d %H:%M} UTC, {report.program}"
