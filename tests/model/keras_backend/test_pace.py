"""Time left counts steps and validations, and does not believe the first step."""

from __future__ import annotations

import pytest

from bcviewer.model.keras_backend.pace import Pace


def test_the_first_step_is_not_counted_on() -> None:
    pace = Pace(steps=11, validations=0, batch_size=64, validation_patches=0)
    pace.step_took(5.0)
    assert not pace.settled
    pace.step_took(0.1)
    assert pace.settled
    assert pace.patches_per_second == pytest.approx(640)
    assert pace.seconds_left == pytest.approx(0.9)


def test_validations_are_timed_once_one_was_seen() -> None:
    pace = Pace(steps=4, validations=2, batch_size=10, validation_patches=1000)
    for _ in range(2):
        pace.step_took(0.1)
    guessed = pace.seconds_left
    assert guessed > 0.2
    pace.validation_took(3.0)
    assert pace.seconds_left == pytest.approx(0.2 + 3.0)
    assert pace.seconds_left_within(0.5) == pytest.approx(0.2 + 1.5)


def test_at_the_end_nothing_is_left() -> None:
    pace = Pace(steps=2, validations=1, batch_size=1, validation_patches=1)
    pace.step_took(1.0)
    pace.step_took(1.0)
    pace.validation_took(1.0)
    assert pace.seconds_left == 0
