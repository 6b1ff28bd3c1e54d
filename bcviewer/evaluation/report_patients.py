"""The patients of a report: a line each, share of IDC, and maps of the worst and the best."""

from __future__ import annotations

import numpy as np

from bcviewer.counting import counted
from bcviewer.evaluation.per_patient import PatientTable
from bcviewer.evaluation.report import Report
from bcviewer.evaluation.report_markup import (
    Markup,
    element,
    number,
    percent,
    safe,
    section,
    table,
)
from bcviewer.evaluation.report_pictures import PatientMap
from bcviewer.evaluation.report_plots import figure
from bcviewer.evaluation.report_svg import Plot
from bcviewer.evaluation.results import Results

_HEADS = (
    "Patient",
    "Role",
    "Patches",
    "IDC labelled",
    "IDC predicted",
    "Balanced accuracy",
    "F1",
    "AUC",
    "Accuracy",
    "Missed",
    "False alarms",
)


def shares_section(report: Report) -> Markup:
    """How well the share of IDC of a patient is predicted."""
    found = report.shown.patients
    plot = Plot("Share of IDC a patient", "Share labelled IDC", "Share predicted IDC")
    plot.line([0, 1], [0, 1], "even")
    titles = [
        f"{name}: {percent(true)} labelled, {percent(said)} predicted, {counted(patches, 'patch')}"
        for name, true, said, patches in zip(
            found.names,
            found.idc_share_true.tolist(),
            found.idc_share_predicted.tolist(),
            found.patches.tolist(),
            strict=True,
        )
    ]
    plot.points(found.idc_share_true, found.idc_share_predicted, "patient", size=4.5, titles=titles)
    rows = [
        [
            each.result.view.title.capitalize(),
            number(each.agreement.correlation),
            percent(each.agreement.mean_absolute_error),
        ]
        for each in report.details
    ]
    return section(
        "Share of IDC, patient by patient",
        element(
            "div",
            figure(plot, f"A dot is a patient, {report.shown.result.view.title}"),
            table(["", "Correlation", "Mean error"], rows, caption="Predicted against labelled."),
            role="plots",
        ),
    )


def table_section(report: Report) -> Markup:
    """A line a patient, the worst first."""
    found, results = report.shown.patients, report.results
    rows = [_row(found, place, results) for place in found.worst_first.tolist()]
    return section(
        "Patients",
        table(
            _HEADS,
            rows,
            caption="The worst first: by balanced accuracy, or accuracy where one class is "
            "missing. A dash is what cannot be measured there.",
        ),
    )


def maps_section(report: Report) -> Markup:
    """The worst and the best patients, each in two pictures."""
    if not report.worst:
        return Markup("")
    parts: list[str] = [
        element(
            "p",
            "Left the tissue, right the prediction over it, from green (not IDC) to red. "
            "Black in white: outline of the labelled IDC. Blue: predicted IDC. "
            "Hatched: no patch was cut here. Patients with both classes only, where there are any.",
            role="muted",
        )
    ]
    for title, maps in (("Worst", report.worst), ("Best", report.best)):
        parts += [element("h3", title)] if maps else []
        parts += [_map(each, report) for each in maps]
    return section("Worst and best patients", *parts)


def _row(found: PatientTable, place: int, results: Results) -> list[str]:
    name = found.names[place]
    return [
        name,
        results.model.role_of(name),
        f"{found.patches[place]:,}",
        percent(float(found.idc_share_true[place])),
        percent(float(found.idc_share_predicted[place])),
        number(float(found.balanced_accuracy[place])),
        number(float(found.f1[place])),
        number(float(found.auc[place])),
        number(float(found.accuracy[place])),
        f"{found.fn[place]:,}",
        f"{found.fp[place]:,}",
    ]


def _map(shown: PatientMap, report: Report) -> Markup:
    found = report.shown.patients
    place = int(np.flatnonzero(np.array(found.names) == shown.patient)[0])
    words = (
        f"Patient {shown.patient} ({report.results.model.role_of(shown.patient)}): "
        f"balanced accuracy {number(float(found.balanced_accuracy[place]))}, "
        f"{int(found.fn[place]):,} missed and {counted(int(found.fp[place]), 'false alarm')} "
        f"among {counted(int(found.patches[place]), 'patch')}; IDC "
        f"{percent(float(found.idc_share_true[place]))} labelled, "
        f"{percent(float(found.idc_share_predicted[place]))} predicted."
    )
    pictures = (
        _picture(shown.tissue, "tissue", shown),
        _picture(shown.heatmap, "prediction", shown),
    )
    return element("div", element("p", words), element("div", *pictures, role="pair"), role="map")


def _picture(uri: str, what: str, shown: PatientMap) -> Markup:
    width, height = shown.size
    words = safe(f"{what} of patient {shown.patient}")
    return element(
        "figure",
        Markup(f'<img src="{safe(uri)}" alt="{words}" width="{width}" height="{height}">'),
    )
