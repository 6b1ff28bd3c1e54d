"""What the command evaluate says to a person: the patients, the scores, the views."""

from __future__ import annotations

from bcviewer.cli.console import patches_words, patients_words, say, say_table
from bcviewer.evaluation.report_markup import interval, number, with_interval
from bcviewer.evaluation.results import Results

_NOTHING = (float("nan"), float("nan"))


def say_results(results: Results) -> None:
    """Say the scores, and what they were measured on."""
    found, chosen, labels = results.shown.evaluation, results.chosen, results.labels
    say(
        f"{patients_words(found.patients)}, {patches_words(found.patches)}, "
        f"{found.idc_patches / found.patches:.1%} of them IDC; {chosen.part}; "
        f"split {chosen.split}; threshold {found.threshold:.3f}"
    )
    if chosen.warning:
        say(chosen.warning)
    rows = [
        [
            name.replace("_", " "),
            number(value),
            interval(found.intervals.get(name, _NOTHING)),
        ]
        for name, value in found.scores.items()
    ]
    say_table(["Score", "Value", "95 % interval, over patients"], rows)
    if labels.fingerprint:
        say(
            f"By labels that readers corrected: {labels.corrected:,} of the data set's; "
            f"{labels.left_out:,} unsure or excluded patches left out."
        )
    if len(results.views) > 1:
        _say_views(results)


def _say_views(results: Results) -> None:
    """Say what calibration and context change, a column a view."""
    found = [each.evaluation for each in results.views]
    rows = [["threshold", *(number(each.threshold) for each in found)]]
    for name in found[0].scores:
        told = (
            with_interval(each.scores[name], each.intervals.get(name, _NOTHING)) for each in found
        )
        rows.append([name.replace("_", " "), *told])
    say("")
    say_table(["Score", *(each.view.title for each in results.views)], rows)
