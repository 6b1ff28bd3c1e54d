"""The scores of a report: what was judged, how well, and what the threshold does."""

from __future__ import annotations

from bcviewer.counting import counted
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.evaluation.operating import OperatingPoint
from bcviewer.evaluation.report import Report, ViewDetail
from bcviewer.evaluation.report_markup import (
    Markup,
    badge,
    element,
    facts,
    interval,
    joined,
    number,
    percent,
    section,
    table,
)
from bcviewer.evaluation.report_words import LEADING, in_order, score_meaning, score_title
from bcviewer.evaluation.results import Results
from bcviewer.model.context_view import threshold_in
from bcviewer.model.folder import ModelFolder


def judged_words(results: Results) -> str:
    """What was judged, in a sentence."""
    found, chosen = results.shown.evaluation, results.chosen
    return (
        f"{counted(found.patients, 'patient')}, {counted(found.patches, 'patch')}, "
        f"{percent(found.idc_patches / found.patches)} of them IDC; {chosen.part}; "
        f"split {chosen.split}; threshold {number(found.threshold)}; "
        f"{results.shown.view.title}."
    )


def badges(chosen: JudgedSet, *, synthetic: bool) -> Markup:
    """What the scores are worth, at a glance."""
    stamps = [badge(chosen.part.upper(), "warn" if chosen.optimistic else "good")]
    stamps.append(badge(f"split {chosen.split}", "warn" if chosen.split_optimistic else "quiet"))
    stamps += [badge("OPTIMISTIC", "warn")] if chosen.optimistic else []
    stamps += [badge("SYNTHETIC TISSUE", "warn")] if synthetic else []
    return element("p", *stamps)


def leading_scores(results: Results) -> Markup:
    """The scores at the head of the page."""
    found = results.shown.evaluation
    cards = []
    for name in LEADING:
        ends = interval(found.intervals.get(name, (float("nan"), float("nan"))))
        told = f"95 %: {ends}" if ends else "no interval: one patient"
        cards.append(
            element(
                "div",
                element("span", score_title(name)),
                element("b", number(found.scores[name])),
                element("span", told),
                role="card",
            )
        )
    return element("div", *cards, role="cards")


def judged_section(results: Results) -> Markup:
    """Who was judged, by which labels, and what the model knew of them."""
    chosen, labels, dataset = results.chosen, results.labels, results.dataset
    by = "as they came with the data"
    if labels.fingerprint:
        by = (
            f"as readers corrected them: {labels.corrected:,} of the data set's labels corrected, "
            f"{counted(labels.left_out, 'patch')} left out as unsure or excluded "
            f"(label set {labels.fingerprint[:8]})"
        )
    synthetic = "; synthetic tissue" if dataset.synthetic else ""
    return section(
        "What was judged",
        facts(
            [
                (
                    "Data set",
                    f"{dataset.root.name}: {counted(len(dataset.patients), 'patient')}, "
                    f"{counted(len(dataset), 'patch')}, {percent(float(dataset.labels.mean()))} "
                    f"IDC{synthetic}",
                ),
                ("Data fingerprint", dataset.fingerprint[:16]),
                ("Judged", judged_words(results)),
                ("Roles for the model", _roles(results)),
                ("Labels", by),
                ("Predictions", ", ".join(results.way.words)),
            ]
        ),
        element(
            "details",
            element("summary", f"The {counted(len(chosen.patients), 'patient')}"),
            element("p", ", ".join(chosen.patients), role="small"),
        ),
    )


def scores_section(report: Report) -> Markup:
    """All scores with their intervals, a column a view."""
    details = report.details
    names = in_order(list(details[0].result.evaluation.scores))
    rows = [["Threshold", *(number(each.result.evaluation.threshold) for each in details)]]
    rows += [[_named(name), *(_cell(each, name) for each in details)] for name in names]
    heads = ["Score", *(each.result.view.title.capitalize() for each in details)]
    return section("Scores", table(heads, rows, caption="With 95 % intervals, over patients."))


def threshold_section(report: Report) -> Markup:
    """The confusion matrix, and what other thresholds would make of it."""
    shown, model = report.shown, report.results.model
    found = shown.point.confusion
    own = threshold_in(model, shown.result.view)
    at = shown.result.evaluation.threshold
    whose = "the model's own" if at == own else f"set by hand; the model's own is {number(own)}"
    matrix = _matrix(found.tp, found.fp, found.fn, found.tn)
    rows = [_proposal("In use", shown.point)]
    rows += [_proposal(each.title, point) for each, point in shown.proposals]
    return section(
        "Threshold and confusion matrix",
        element("p", f"Threshold {number(at)}, {whose}. Positive: at or above it."),
        matrix,
        element("h3", "Other thresholds on these patches"),
        table(
            ["", "Threshold", "Balanced accuracy", "F1", "Sensitivity", "Specificity", "Precision"],
            rows,
        ),
        element(
            "p",
            "Best on these very patches, so better than they would be on others: choose a "
            "threshold on validation patients.",
            role="small muted",
        ),
        _chosen_on_validation(model),
    )


def _chosen_on_validation(model: ModelFolder) -> Markup:
    kept: dict[str, float] = getattr(model.card, "thresholds", {}) or {}
    if not kept:
        return Markup("")
    told = ", ".join(f"{name.replace('_', ' ')} {number(value)}" for name, value in kept.items())
    return element("p", f"Chosen on validation, kept in the card: {told}.", role="small muted")


def _matrix(tp: int, fp: int, fn: int, tn: int) -> Markup:
    def cell(count: int, of: int, role: str) -> Markup:
        share = percent(count / of) if of else "–"
        return element("td", f"{count:,}", element("i", f"{share} of its row"), role=role)

    rows = (
        element(
            "tr",
            element("th", "Labelled IDC"),
            cell(tp, tp + fn, "right"),
            cell(fn, tp + fn, "wrong"),
        ),
        element(
            "tr",
            element("th", "Labelled not IDC"),
            cell(fp, fp + tn, "wrong"),
            cell(tn, fp + tn, "right"),
        ),
    )
    head = element(
        "tr", *(element("th", each) for each in ("", "Predicted IDC", "Predicted not IDC"))
    )
    return element(
        "div",
        element("table", element("thead", head), element("tbody", *rows), role="matrix"),
        role="wide",
    )


def _proposal(title: str, point: OperatingPoint) -> list[str]:
    found = (
        point.threshold,
        point.balanced_accuracy,
        point.f1,
        point.sensitivity,
        point.specificity,
        point.precision,
    )
    return [title, *(number(each) for each in found)]


def _named(name: str) -> Markup:
    return joined([score_title(name), element("i", score_meaning(name))])


def _cell(detail: ViewDetail, name: str) -> Markup:
    found = detail.result.evaluation
    ends = interval(found.intervals.get(name, (float("nan"), float("nan"))))
    value = number(found.scores[name])
    return joined([value, element("i", ends)] if ends else [value])


def _roles(results: Results) -> str:
    chosen = results.chosen
    if chosen.roles_unknown:
        return "unknown: the model was made elsewhere"
    roles = [results.model.role_of(each) for each in chosen.patients]
    names = sorted(set(roles))
    return ", ".join(f"{roles.count(name)} {name}" for name in names)
