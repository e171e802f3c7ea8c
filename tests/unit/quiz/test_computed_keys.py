"""Keys come out of the models, or are refused with item and scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz import Item, grade
from bonemets_teach.quiz.solving import solve

Make = Callable[..., Item]
Use = Callable[[Callable[[Mapping[str, Any]], float]], None]


def _choice(raw: Any, item: Make, **computed: Any) -> Item:
    options = [
        {name: value for name, value in option.items() if name != "key"}
        for option in raw("single_best")["options"]
    ]
    for option, value in zip(options, (10, 20, 30, 40), strict=True):
        option["value"] = value
    kind = "multiple_response" if computed.get("choose") in {"above", "below"} else "single_best"
    source = {"scene": "ct", "quantity": "noise_hu", **computed}
    scoring = {"points": 1}
    return item("single_best", type=kind, options=options, computed=source, scoring=scoring)


CASES = {name: {"x": value} for name, value in zip("abcd", (1.0, 4.0, 2.0, 3.0), strict=True)}


@pytest.mark.parametrize(
    ("choose", "value", "keys"),
    [
        ("max", None, "b"),
        ("min", None, "a"),
        ("nearest", 2.2, "c"),
        ("above", 2.5, "bd"),
        ("below", 2.5, "ac"),
    ],
)
def test_cases_are_ranked_by_the_model(
    raw: Any, item: Make, model: Use, choose: str, value: float | None, keys: str
) -> None:
    """Each way to choose marks the options that the numbers say."""
    model(lambda state: state["x"])
    extra = {} if value is None else {"value": value}

    assert solve(_choice(raw, item, choose=choose, cases=CASES, **extra)).keys == frozenset(keys)


def test_options_with_values_are_compared_with_one_state(raw: Any, item: Make, model: Use) -> None:
    """The option nearest to the model's number is the key."""
    model(lambda _: 31.2)

    assert solve(_choice(raw, item, choose="nearest", state={})).keys == {"c"}


def test_the_key_moves_with_the_model(raw: Any, item: Make, model: Use) -> None:
    """When the simulator changes, so does the key: nothing is written twice."""
    choice = _choice(raw, item, choose="max", cases=CASES)
    model(lambda state: state["x"])
    before = grade(choice, "b").correct
    model(lambda state: -state["x"])

    assert (before, grade(choice, "b").correct, grade(choice, "a").correct) == (True, False, True)


def test_a_tie_is_refused_with_item_and_scene(raw: Any, item: Make, model: Use) -> None:
    """Two equal options have no single best."""
    model(lambda _: 1.0)

    with pytest.raises(ContentError, match=r"item bm\.sample\.single\.01.*equal"):
        solve(_choice(raw, item, choose="max", cases=CASES))


def test_a_threshold_that_marks_nothing_is_refused(raw: Any, item: Make, model: Use) -> None:
    """A question without a right option can't be asked."""
    model(lambda state: state["x"])

    with pytest.raises(ContentError, match="0 options fit"):
        solve(_choice(raw, item, choose="above", value=99.0, cases=CASES))


def test_a_number_is_scaled_and_rounded(item: Make, model: Use) -> None:
    """The key is the quantity times scale, rounded; the words carry the unit."""
    model(lambda _: 0.87654)
    answer = {
        "computed": {"scene": "ct", "quantity": "share"},
        "scale": 100,
        "round": 1,
        "tolerance": {"rel": 0.01},
        "unit": "%",
    }
    solution = solve(item("numeric", answer=answer, common_errors=[]))

    assert (solution.value, solution.numbers["answer"]) == (87.7, "87.7 %")
    assert solution.tolerance == pytest.approx(0.877)


def test_a_computed_key_nobody_could_enter_is_refused(item: Make, model: Use) -> None:
    """The range of the answer box must hold the key."""
    model(lambda _: 500.0)
    answer = {"computed": {"scene": "ct", "quantity": "share"}, "tolerance": {"abs": 1}, "min": 0, "max": 100}

    with pytest.raises(ContentError, match="outside min to max"):
        solve(item("numeric", answer=answer, common_errors=[]))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_model_that_gives_no_number_is_refused(item: Make, model: Use, value: float) -> None:
    """Not-a-number is no key."""
    model(lambda _: value)
    answer = {"computed": {"scene": "ct", "quantity": "share"}, "tolerance": {"abs": 1}}

    with pytest.raises(ContentError, match=r"item bm\.sample\.numeric\.01: scene ct gives"):
        solve(item("numeric", answer=answer, common_errors=[]))


def test_an_unknown_scene_is_refused_with_item_and_scene(item: Make) -> None:
    """The author reads which scenes there are."""
    answer = {"computed": {"scene": "moon-landing", "quantity": "share"}, "tolerance": {"abs": 1}}

    with pytest.raises(
        ContentError, match=r"item bm\.sample\.numeric\.01.*scene moon-landing.*remodeling-cycle"
    ):
        solve(item("numeric", answer=answer, common_errors=[]))


def test_the_model_runs_once_for_the_same_state(item: Make, model: Use) -> None:
    """A key that was computed is kept."""
    calls = []
    model(lambda state: calls.append(state) or 50.0)
    answer = {"computed": {"scene": "ct", "quantity": "share"}, "tolerance": {"abs": 1}, "min": 0, "max": 100}
    numeric = item("numeric", answer=answer, common_errors=[])
    for text in ("1", "2", "50"):
        grade(numeric, text)

    assert len(calls) == 1
