"""Errors say what was wrong, the value with its unit, what is allowed, and the way out."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.errors import BonemetsError, ParameterError, require_in_range


def test_a_value_out_of_range_is_named_with_unit_and_range() -> None:
    """The message can be read by a student."""
    with pytest.raises(
        ParameterError, match=r"dose = 0 Gy is outside \[0\.1, 30\] Gy; choose a value in that range"
    ):
        require_in_range("dose", 0, 0.1, 30, "Gy")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None, "abc", [], {}, True, 1j])
def test_what_is_no_finite_number_is_refused(value: Any) -> None:
    """Neither not-a-number nor another type passes."""
    with pytest.raises(ParameterError, match="dose = "):
        require_in_range("dose", value, 0, 30, "Gy")


@given(st.floats(min_value=-5, max_value=5))
def test_a_value_in_range_comes_back_as_it_was(value: float) -> None:
    """Checking changes nothing."""
    assert value == require_in_range("x", value, -5, 5)


def test_every_error_of_the_package_can_be_caught_as_one() -> None:
    """A parameter error is one of ours and a ValueError."""
    assert issubclass(ParameterError, BonemetsError)
    assert issubclass(ParameterError, ValueError)
