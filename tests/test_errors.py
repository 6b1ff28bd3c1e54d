"""The words of an error can be shown, whatever they quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bcviewer.errors import LONGEST_WORDS, BcviewerError, ModelError, showable, unmarked


@given(message=some.text(max_size=3000), hint=some.text(max_size=50))
def test_an_error_fits_on_a_line_of_any_terminal(message: str, hint: str) -> None:
    error = BcviewerError(message, hint=hint)
    for words in (error.message, error.hint, str(error)):
        assert words.isprintable()
        assert len(words) <= 2 * LONGEST_WORDS


def test_plain_words_stay_as_they_are() -> None:
    text = "Cannot read /data/p 00 (é, 名前): a < b, 3 <= 4, “quoted”, 'p00'."
    assert showable(text) == text
    assert str(ModelError(text, hint="Try again.")) == f"{text} Try again."


def test_of_long_words_the_beginning_and_the_end_are_kept() -> None:
    text = showable("begin" + "x" * 10**6 + "end")
    assert (text[:5], text[-3:], " … " in text) == ("begin", "end", True)


@pytest.mark.parametrize("name", ["<img src=x>", "a<b>c", "</p>", "<!-- x", "<?xml", "p<IMG/>"])
def test_markup_is_taken_apart(name: str) -> None:
    assert "<" not in unmarked(name)
    assert unmarked(name).replace("‹", "<") == name
