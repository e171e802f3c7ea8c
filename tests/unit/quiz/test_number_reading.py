"""Numbers are read as people write them, and refused in words where they mean two things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz.response import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", 12.5), ("12,5", 12.5), (" 12.5 % ", 12.5), ("12.5%", 12.5), ("-3", -3.0), ("\u22123", -3.0),
        ("+4", 4.0), (".5", 0.5), (",5", 0.5), ("12.", 12.0), ("0,125", 0.125), ("12.500", 12.5), ("1e2", 100.0),
        ("1250", 1250.0), ("12,50", 12.5), ("１２", 12.0),
    ],
)  # fmt: skip
def test_a_number_is_read_with_point_comma_and_unit(text: str, value: float) -> None:
    """Spaces, a sign of any kind and the unit do no harm."""
    assert parse_number(text, "%") == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no number is entered"), ("ninety", "is not a number"), ("12.5.1", "is not a number"),
        ("12 mm", "is not a number"), ("nan", "is not a number"), ("inf", "is not a number"), ("1e999", "is too large"),
        ("1,250", "write 1250, or 1.25"), ("1.250,5", "write 1250.5"), ("1,250.5", "write 1250.5"),
        ("1 250", "write 1250"), ("1'250", "write 1250"), ("1,250,000", "write 1250000"), ("9" * 61, "too long"),
        ("12; rm", "is not a number"), ("0x10", "is not a number"),
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused_in_words(text: str, words: str) -> None:
    """The words say what to write instead."""
    with pytest.raises(ParameterError) as caught:
        parse_number(text, "%")

    assert words in str(caught.value)


@given(st.floats(-999, 999, allow_nan=False).map(lambda value: round(value, 2)))
def test_comma_and_point_mean_the_same(value: float) -> None:
    """A decimal comma never changes the value."""
    text = f"{value:.2f}"

    assert parse_number(text) == parse_number(text.replace(".", ","))


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """Nothing but a ParameterError leaves the reader."""
    words = "a number"
    try:
        parse_number(text, "mm")
    except ParameterError as error:
        words = str(error)

    assert words
