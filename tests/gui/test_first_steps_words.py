"""What the card of the first steps says: a sentence for every case, and buttons that have words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bcviewer.gui.first_steps import Facts, Memory, Step
from bcviewer.gui.first_steps_scene import Difference, Patch, Scene, SlideCount
from bcviewer.gui.first_steps_words import BUTTONS, NAMES, Offer, advice
from bcviewer.gui.widgets.first_steps_card import MOST_OFFERS

NAN = float("nan")
FACTS = Facts(data="d", patient="p1", model="m", predicted=True)
FIND = Scene(FACTS, Memory("d"), slide=SlideCount(100, 7), next_wrong="p1", patients=3)
CORRECT = Scene(
    replace(FACTS, row=4),
    Memory("d", found=4),
    found=Patch("p1", 0, 0.9, 0.6, "TRAIN"),
)
RETRAIN = Scene(FACTS, Memory("d", corrected=4), patients=3, corrections=1, taught=1, can_fit=True)
DONE = Scene(FACTS, Memory("d", corrected=4, retrained="m", done=True))
CHANGED = Difference("p1", 0.93, 0.41, 800, 12)


def words(scene: Scene) -> str:
    return advice(scene).words


def test_every_step_has_a_name_and_every_offer_its_words() -> None:
    assert set(NAMES) == set(Step)
    assert set(BUTTONS) == set(Offer)
    assert len(set(BUTTONS.values())) == len(BUTTONS)


def test_the_slide_is_told_in_figures() -> None:
    assert "7 of 100 patches" in words(FIND)
    assert advice(FIND).offers == (Offer.SHOW_WRONG,)


def test_a_slide_without_differences_leads_to_the_patient_that_has_some() -> None:
    assert "of p7 there is" in words(replace(FIND, next_wrong="p7"))


def test_where_nothing_differs_anywhere_the_eyes_of_the_reader_are_asked() -> None:
    none = replace(FIND, next_wrong="")
    assert advice(none).offers == (Offer.NEXT_PATIENT,)
    alone = replace(none, patients=1)
    assert advice(alone).offers == ()
    assert "A, then 1 or 2" in words(alone)


@pytest.mark.parametrize(
    ("label", "probability", "said"),
    [
        (0, 0.9, "The label says not IDC, the model IDC (0.90)."),
        (1, 0.5, "The label says IDC, the model not IDC (0.50)."),
    ],
)
def test_the_question_takes_no_side(label: int, probability: float, said: str) -> None:
    scene = replace(CORRECT, found=Patch("p1", label, probability, 0.6, "TRAIN"))
    assert said in words(scene)
    assert advice(scene).offers[:2] == (Offer.SAY_IDC, Offer.SAY_NOT_IDC)


def test_nobody_is_asked_where_another_model_agrees_with_the_label() -> None:
    agreed = replace(CORRECT, found=Patch("p1", 0, 0.4, 0.6, "TRAIN"))
    assert "agree on this patch now" in words(agreed)
    assert advice(agreed).offers == (Offer.ANOTHER,)


def test_who_walked_away_is_led_back() -> None:
    away = replace(CORRECT, facts=replace(FACTS, row=9))
    assert advice(away).offers == (Offer.BACK, Offer.ANOTHER)


@pytest.mark.parametrize(
    ("corrections", "taught", "said"),
    [
        (1, 1, "One label is corrected"),
        (1, 0, "TRAIN patients only"),
        (1200, 1200, "1,200 labels are corrected"),
        (5, 2, "learns the 2 of TRAIN patients"),
    ],
)
def test_it_is_told_what_a_head_learns(corrections: int, taught: int, said: str) -> None:
    scene = replace(RETRAIN, corrections=corrections, taught=taught)
    assert said in words(scene)
    assert advice(scene).offers == (Offer.FIT_HEAD,)


def test_where_no_head_can_be_fitted_a_network_trains_if_there_are_patients_enough() -> None:
    assert advice(replace(RETRAIN, can_fit=False)).offers == (Offer.TRAIN,)
    alone = replace(RETRAIN, can_fit=False, patients=1)
    assert advice(alone).offers == (Offer.OPEN_FOLDER,)


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (None, "the slide shows"),
        (replace(CHANGED, before=NAN), "the slide shows"),
        (CHANGED, "went from 0.93 to 0.41. 12 of the slide's 800 patches"),
        (replace(CHANGED, turned=0), "None of the slide's 800 patches"),
        (replace(CHANGED, turned=1), "One of the slide's 800 patches"),
        (replace(CHANGED, after=0.932), "stays 0.93"),
    ],
)
def test_the_end_tells_what_changed(difference: Difference | None, said: str) -> None:
    assert said in words(replace(DONE, difference=difference))
    assert advice(DONE).offers == (Offer.SHOW_COUNTS, Offer.SHOW_QUEUE)


def test_a_small_change_says_how_to_get_a_larger_one() -> None:
    assert "A dozen corrections" in words(replace(DONE, difference=replace(CHANGED, turned=3)))
    assert "A dozen" not in words(replace(DONE, difference=CHANGED))


@pytest.mark.parametrize(
    ("facts", "offer"),
    [
        (Facts(), Offer.OPEN_DEMO),
        (replace(FACTS, model=""), Offer.LOAD_MODEL),
        (replace(FACTS, patient="", predicted=False), Offer.FIRST_PATIENT),
        (replace(FACTS, blind=True, predicted=False), Offer.SHOW_LABELS),
        (replace(FACTS, predicted=False), Offer.PREDICT),
    ],
)
def test_what_is_missing_is_offered(facts: Facts, offer: Offer) -> None:
    found = advice(Scene(facts, Memory(facts.data)))
    assert found.offers[0] is offer
    assert found.words


def test_there_is_room_for_all_offers() -> None:
    for scene in (FIND, CORRECT, RETRAIN, DONE, Scene(Facts(), Memory())):
        assert len(advice(scene).offers) <= MOST_OFFERS
