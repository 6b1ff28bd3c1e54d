"""Cells of tables: no formula gets in, and what goes out comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bcviewer.tables import STARTS, plain_words, safe_cell

words = some.lists(some.sampled_from((*STARTS, "'", "a", " ", "1")), max_size=4).map("".join)


@given(words | some.text(max_size=5))
def test_no_cell_begins_as_a_formula_and_all_come_back(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert not cell.startswith(STARTS)
    assert plain_words(cell) == text


@pytest.mark.parametrize("value", ["p00", "", "'tis", 3, -3, -0.5, None, "not IDC"])
def test_what_is_no_formula_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value
