"""What the window asks the evaluation for, from the state that it is in."""

from __future__ import annotations

from bcviewer.gui.evaluation_measured import EvaluationWish
from bcviewer.gui.evaluation_parts import Part, may_have_split, reasons_against
from bcviewer.gui.session import Session
from bcviewer.model.context import View


def wish_of(session: Session, part: Part) -> EvaluationWish | None:
    """Judging the model in use on some patients; None while there is nothing to judge.

    Args:
        session: The state of the window.
        part: Whom to judge on.
    """
    if session.dataset is None or session.model is None or session.blindness.on:
        return None
    dataset, model = session.dataset, session.model.folder
    shown = session.views.of(model)
    views: tuple[View, ...] = (shown,)
    if model.context is not None:
        views = tuple(View(context, shown.calibrated) for context in (False, True))
    return EvaluationWish(
        dataset=dataset,
        model=model,
        # Copied, as predictions may come while it is judged.
        predictions=session.predictions.copy(),
        labels=dataset.labels if session.labels is None else session.labels.effective(),
        part=part,
        patient=session.patient,
        views=views,
        shown=shown,
        threshold=session.shown_thresholds[1],
    )


def reasons_in(session: Session) -> dict[Part, str]:
    """The parts that cannot be judged on now, each with the reason."""
    if session.dataset is None or session.model is None:
        return {}
    model = session.model.folder
    has_split = may_have_split(session.dataset, model)
    return reasons_against(session.dataset, model, session.patient, has_split=has_split)
