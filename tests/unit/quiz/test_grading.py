"""Grading is a pure function of item, response and hints."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz import Item, grade

Make = Callable[..., Item]
_once = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def test_the_key_gets_all_points(item: Make) -> None:
    """One point, correct, no wrong idea."""
    outcome = grade(item("single_best"), "a")

    assert (outcome.correct, outcome.score, outcome.max_score, outcome.misconceptions) == (True, 1.0, 1.0, ())


def test_a_distractor_gets_none_and_names_the_wrong_idea(item: Make) -> None:
    """The misconception of the chosen distractor is reported."""
    outcome = grade(item("single_best"), "b")

    assert (outcome.correct, outcome.score, outcome.misconceptions) == (
        False,
        0.0,
        ("tumor-eats-bone-itself",),
    )


@pytest.mark.parametrize("chosen", ["a", "b", "c", "d"])
def test_every_option_has_feedback_whatever_was_chosen(item: Make, chosen: str) -> None:
    """All four explanations come back, with the chosen one and the key marked."""
    outcome = grade(item("single_best"), chosen)

    assert all(option.feedback.startswith("FEEDBACK-") for option in outcome.options)
    assert [option.id for option in outcome.options if option.chosen] == [chosen]
    assert [option.id for option in outcome.options if option.is_key] == ["a"]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_grading_does_not_depend_on_the_order_of_options(
    raw: Any, item: Make, order: tuple[int, ...]
) -> None:
    """The same answer to the same item in any arrangement gives the same result."""
    options = raw("multiple_response")["options"]
    moved = item("multiple_response", options=[options[at] for at in order])
    plain = item("multiple_response")

    for response in (["a"], ["b", "a"], ["d", "a", "b"], ["c"]):
        first, second = grade(plain, response), grade(moved, response)
        assert (first.correct, first.score, first.response) == (second.correct, second.score, second.response)


@pytest.mark.parametrize(
    ("response", "score"),
    [(["a", "b"], 2.0), (["a"], 1.0), (["a", "c"], 0.0), (["a", "b", "c"], 1.0), (["c", "d"], 0.0), (["a", "b", "c", "d"], 0.0)],
)  # fmt: skip
def test_partial_credit_is_right_minus_wrong_choices(item: Make, response: list[str], score: float) -> None:
    """Choosing everything earns nothing, and nothing goes below zero."""
    assert grade(item("multiple_response"), response).score == score


def test_all_or_none_gives_nothing_for_half(item: Make) -> None:
    """One of two keys is no points where the item says so."""
    strict = item("multiple_response", scoring={"method": "all_or_none", "points": 2})

    assert grade(strict, ["a"]).score == 0.0
    assert grade(strict, ["b", "a"]).score == 2.0


@pytest.mark.parametrize(
    ("response", "words"),
    [(None, "not one of"), ("z", "not one of"), ([], "nothing is chosen"), (["a", "b"], "takes one answer"), (3, "not one of"), ([["a"]], "not one of"), ({"a": 1}, "not one of")],
)  # fmt: skip
def test_what_can_not_be_an_answer_is_refused(item: Make, response: Any, words: str) -> None:
    """The words say what an answer would be."""
    with pytest.raises(ParameterError, match=words):
        grade(item("single_best"), response)


@pytest.mark.parametrize("text", ["87.3", "87,3", "87,3 %", "85.8", "88.8", 87])
def test_a_number_inside_the_tolerance_is_right(item: Make, text: Any) -> None:
    """Both ends of the tolerance count, with comma or point."""
    assert grade(item("numeric"), text).correct


@pytest.mark.parametrize("text", ["85.7", "88.9", "0"])
def test_a_number_outside_the_tolerance_is_wrong(item: Make, text: str) -> None:
    """The feedback for other wrong numbers is given, with the computed number in it."""
    outcome = grade(item("numeric"), text)

    assert not outcome.correct
    assert outcome.message == "FEEDBACK-WRONG: look for the lowest point, 87.3 %."


def test_a_common_error_gets_its_own_feedback(item: Make) -> None:
    """The known wrong number says what went wrong and names the idea."""
    outcome = grade(item("numeric"), "100")

    assert outcome.message.startswith("COMMON-ERROR")
    assert outcome.misconceptions == ("cells-work-independently",)


@pytest.mark.parametrize(("response", "words"), [("-1", "from 0 to 200 %"), ("201", "outside the range"), (True, "must be a number"), (None, "must be a number"), ([1], "must be a number")])  # fmt: skip
def test_a_number_out_of_range_is_refused(item: Make, response: Any, words: str) -> None:
    """It is no wrong answer but a slip, so it is asked back."""
    with pytest.raises(ParameterError, match=words):
        grade(item("numeric"), response)


def test_a_whole_number_is_asked_for_where_the_item_says_so(item: Make) -> None:
    """11.5 is refused, 11 is graded."""
    whole = item("numeric", answer={"value": 11, "tolerance": {"abs": 0}, "integer": True})

    assert grade(whole, "11").correct
    with pytest.raises(ParameterError, match="not a whole number"):
        grade(whole, "11.5")


@pytest.mark.parametrize(("hints", "score"), [(0, 1.0), (1, 0.75), (2, 0.5), (9, 0.5), (-1, 1.0)])
def test_hints_cost_points_but_never_correctness(item: Make, hints: int, score: float) -> None:
    """Each hint takes its share; more hints than exist cost no more."""
    outcome = grade(item("single_best"), "a", hints_used=hints)

    assert (outcome.correct, outcome.score) == (True, score)


@_once
@given(response=st.sets(st.sampled_from("abcd"), min_size=1), hints=st.integers(0, 3))
def test_scores_stay_between_zero_and_the_points(item: Make, response: set[str], hints: int) -> None:
    """No answer earns less than nothing or more than all; only the key set is correct."""
    outcome = grade(item("multiple_response"), sorted(response), hints)

    assert 0.0 <= outcome.score <= outcome.max_score == 2.0
    assert outcome.correct == (response == {"a", "b"})


@_once
@given(response=st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.text(max_size=3), max_size=4)))  # fmt: skip
def test_any_response_is_graded_or_refused_in_words(item: Make, response: Any) -> None:
    """A page can't send anything that breaks the grader."""
    for kind in ("single_best", "multiple_response", "numeric"):
        words = "graded"
        try:
            grade(item(kind), response)
        except ParameterError as error:
            words = str(error)
        assert words
