"""Which of the first steps is done and which is next: the rules, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.gui.first_steps import Facts, Lack, Memory, Step, begin, follow, lack, next_step

OPEN = Facts(data="d", patient="p1", model="m1")
PREDICTED = replace(OPEN, predicted=True)
ON_ERROR = replace(PREDICTED, row=7, differs=True)
CORRECTED = replace(PREDICTED, row=7, corrected=7)
RETRAINED = replace(CORRECTED, model="m2", learned=True, earlier=True, retrained=True)
SEEN = replace(RETRAINED, change_shown=True)
WHOLE = (OPEN, PREDICTED, ON_ERROR, CORRECTED, RETRAINED, SEEN)

facts = st.builds(
    Facts,
    data=st.sampled_from(["", "d", "e"]),
    patient=st.sampled_from(["", "p1"]),
    model=st.sampled_from(["", "m1", "m2"]),
    blind=st.booleans(),
    predicted=st.booleans(),
    row=st.integers(-1, 3),
    differs=st.booleans(),
    settled=st.booleans(),
    corrected=st.integers(-1, 3),
    learned=st.booleans(),
    earlier=st.booleans(),
    retrained=st.booleans(),
    change_shown=st.booleans(),
)


def walk(*seen: Facts) -> tuple[Memory, Step | None]:
    memory = Memory()
    for each in seen:
        memory = follow(memory, each)
    return memory, next_step(memory, seen[-1])


def test_the_five_come_one_after_the_other() -> None:
    steps = [walk(*WHOLE[: count + 1])[1] for count in range(len(WHOLE))]
    assert steps == [*Step, None]


def test_a_look_elsewhere_does_not_lose_the_patch_that_was_found() -> None:
    memory, step = walk(ON_ERROR, replace(PREDICTED, row=3))
    assert (memory.found, step) == (7, Step.CORRECT)


def test_another_error_that_is_looked_at_takes_its_place() -> None:
    assert walk(ON_ERROR, replace(ON_ERROR, row=9))[0].found == 9


def test_a_label_that_is_confirmed_leads_to_the_next_error() -> None:
    memory, step = walk(ON_ERROR, replace(PREDICTED, row=7, settled=True))
    assert step is Step.FIND
    assert memory.confirmed
    assert not walk(ON_ERROR, replace(PREDICTED, settled=True), ON_ERROR)[0].confirmed


def test_a_correction_that_is_undone_is_none() -> None:
    memory, step = walk(ON_ERROR, CORRECTED, PREDICTED)
    assert memory.corrected == -1
    assert step is Step.CORRECT


def test_corrections_that_nobody_was_led_to_count_too() -> None:
    assert walk(replace(OPEN, corrected=4))[1] is Step.RETRAIN


def test_corrections_that_the_model_knows_do_not_count() -> None:
    assert walk(replace(PREDICTED, corrected=4, learned=True))[1] is Step.FIND


def test_more_corrections_after_the_retraining_do_not_lead_back() -> None:
    more = replace(RETRAINED, corrected=9, learned=False)
    memory, step = walk(CORRECTED, RETRAINED, more)
    assert step is Step.COMPARE
    assert memory.corrected == 7


def test_another_model_without_the_corrections_leads_back_to_retraining() -> None:
    other = replace(CORRECTED, model="m3", earlier=True)
    assert walk(CORRECTED, RETRAINED, other)[1] is Step.RETRAIN


def test_without_the_earlier_model_there_is_nothing_to_compare_with() -> None:
    gone = replace(RETRAINED, earlier=False, retrained=False)
    assert walk(CORRECTED, RETRAINED, gone)[1] is Step.FIND


def test_once_done_it_stays_done_until_it_is_begun_anew() -> None:
    memory, _ = walk(*WHOLE)
    assert next_step(follow(memory, PREDICTED), PREDICTED) is None
    again = begin(SEEN)
    assert next_step(again, SEEN) is Step.FIND
    more = replace(SEEN, corrected=9, learned=False)
    assert next_step(follow(again, more), more) is Step.RETRAIN
    newer = replace(more, model="m3", learned=True)
    assert next_step(follow(follow(again, more), newer), newer) is None


def test_other_data_begin_at_the_first_step() -> None:
    memory, _ = walk(*WHOLE)
    other = replace(OPEN, data="e")
    assert follow(memory, other) == Memory("e")
    assert next_step(follow(memory, other), other) is Step.PREDICT


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        (Facts(), Lack.DATA),
        (Facts(data="d"), Lack.MODEL),
        (Facts(data="d", model="m"), Lack.PATIENT),
        (replace(OPEN, blind=True), Lack.SIGHT),
        (OPEN, None),
    ],
)
def test_what_is_missing_is_told_one_by_one(now: Facts, missing: Lack | None) -> None:
    assert lack(walk(now)[1], now) is missing


def test_to_retrain_and_compare_needs_no_slide() -> None:
    assert lack(Step.RETRAIN, replace(CORRECTED, patient="", blind=True)) is None


@given(st.lists(facts, min_size=1, max_size=12))
def test_whatever_happens_there_is_one_next_step_or_the_end(seen: list[Facts]) -> None:
    memory, step = walk(*seen)
    assert (step is None) == memory.done
    assert memory.data == seen[-1].data
    assert follow(memory, seen[-1]) == memory


@given(st.lists(facts, max_size=8))
def test_from_anywhere_the_whole_way_ends_at_the_end(before: list[Facts]) -> None:
    assert walk(*before, Facts(), *WHOLE)[1] is None
