"""Grading of matching, sequence, hotspot and scene task: pure, bounded, and the same in any order."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz import Item, grade, public_view
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.presenting import outcome_view
from bonemets_teach.quiz.solving import solve

Make = Callable[..., Item]
_few = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    max_examples=40,
    deadline=None,
)
RIGHT: dict[str, Any] = {
    "extended_matching": {"pit": "osteoclast", "walled": "osteocyte", "row": "osteoblast"},
    "sequence": ["activation", "resorption", "reversal", "formation"],
    "hotspot": {"target": "low"},
    "scene_task": {"formation": 72},
}
CELLS = ["chondrocyte", "lining", "osteoblast", "osteoclast", "osteocyte"]


@pytest.mark.parametrize("kind", list(RIGHT))
def test_the_right_answer_gets_all_points(item: Make, kind: str) -> None:
    """Full agreement with the key is correct and brings every point."""
    outcome = grade(item(kind), RIGHT[kind])

    assert (outcome.correct, outcome.score) == (True, outcome.max_score)
    assert outcome.misconceptions == ()


@pytest.mark.parametrize("kind", list(RIGHT))
def test_a_hint_lowers_the_points(item: Make, kind: str) -> None:
    """A hint costs its share, in every type."""
    outcome = grade(item(kind), RIGHT[kind], hints_used=1)

    assert outcome.score == pytest.approx(0.75 * outcome.max_score)


@_few
@given(
    chosen=st.fixed_dictionaries({name: st.sampled_from(CELLS) for name in ("pit", "walled", "row")}),
    data=st.data(),
)
def test_matching_does_not_depend_on_the_order_of_cases(
    item: Make, raw: Any, chosen: dict[str, str], data: Any
) -> None:
    """The same answers to the same cases in any arrangement give the same points."""
    order = data.draw(st.permutations(range(3)))
    cases = raw("extended_matching")["vignettes"]
    moved = item("extended_matching", vignettes=[cases[at] for at in order])
    shuffled = dict(data.draw(st.permutations(list(chosen.items()))))
    one, other = grade(item("extended_matching"), chosen), grade(moved, shuffled)

    assert (one.correct, one.score, one.response) == (other.correct, other.score, other.response)
    assert one.score == sum(chosen[name] == key for name, key in RIGHT["extended_matching"].items())


@pytest.mark.parametrize("order", list(permutations(RIGHT["sequence"])))
def test_a_sequence_is_right_only_in_its_order(item: Make, order: tuple[str, ...]) -> None:
    """Partial credit counts right neighbors and is full for the right order alone."""
    outcome = grade(item("sequence"), list(order))

    assert outcome.correct == (list(order) == RIGHT["sequence"])
    assert (outcome.score == outcome.max_score) == outcome.correct
    assert 0 <= outcome.score <= outcome.max_score


def test_a_computed_order_does_not_depend_on_the_order_in_the_file(raw: Any, item: Make) -> None:
    """What the model says decides, not the file."""
    computed = {"scene": "remodeling-cycle", "order": "ascending", "quantity": "bone_end_percent", "cases": {"activation": {"formation": 120}, "resorption": {"formation": 80}, "reversal": {"formation": 100}, "formation": {"formation": 60}}}  # fmt: skip
    steps = raw("sequence")["steps"]

    orders = {
        solve(item("sequence", steps=list(each), computed=computed)).order for each in permutations(steps)
    }
    assert orders == {("formation", "resorption", "reversal", "activation")}


def test_exact_scoring_gives_nothing_for_neighbors(item: Make) -> None:
    """All or nothing where the item says so."""
    strict = item("sequence", scoring={"method": "exact", "points": 3})

    assert grade(strict, ["formation", "activation", "resorption", "reversal"]).score == 0


@_few
@given(x=st.floats(0, 1), y=st.floats(0, 1))
def test_a_point_and_the_label_of_its_place_count_the_same(item: Make, x: float, y: float) -> None:
    """Pointing and choosing from the list are two ways to one answer."""
    spot = item("hotspot")
    pointed = grade(spot, {"point": [x, y]})
    hit = pointed.response["target"]

    if hit is None:
        assert (pointed.correct, pointed.score) == (False, 0)
        assert pointed.message.startswith("FEEDBACK-MISS")
    else:
        listed = grade(spot, {"target": hit})
        assert (pointed.correct, pointed.score) == (listed.correct, listed.score)
        assert pointed.options == listed.options


def test_the_key_of_a_hotspot_follows_the_model(item: Make) -> None:
    """Places are computed for the state shown: with less formation the low point moves down and right."""
    scene = {
        "id": "remodeling-cycle",
        "state": {"formation": 60},
        "role": "stimulus",
        "alt": {"en": "Curves."},
    }
    usual, moved = solve(item("hotspot")), solve(item("hotspot", scene=scene))

    assert usual.keys == moved.keys == {"low"}
    assert moved.regions["low"].x > usual.regions["low"].x
    assert moved.regions["low"].y > usual.regions["low"].y


@pytest.mark.parametrize(
    ("state", "score", "ideas"),
    [({"formation": 72, "event": 5}, 0.0, ("coupling-is-balance",)), ({"formation": 100}, 1.0, ("coupling-is-balance",)), ({"formation": 72}, 2.0, ())],
)  # fmt: skip
def test_a_task_is_graded_check_by_check(item: Make, state: Any, score: float, ideas: Any) -> None:
    """What the model says about the state decides; a failed check names its wrong idea."""
    outcome = grade(item("scene_task"), state)

    assert (outcome.score, outcome.misconceptions) == (score, ideas)
    assert {row.id for row in outcome.rows} == {"end", "event"}


@pytest.mark.parametrize("kind", list(RIGHT))
def test_a_recorded_answer_is_graded_alike(item: Make, kind: str, catalog: Catalog) -> None:
    """The normal form survives JSON and brings the same outcome again."""
    sample = item(kind)
    answers = [RIGHT[kind], {"point": [0.14, 0.79]} if kind == "hotspot" else RIGHT[kind]]
    for answer in answers:
        first = grade(sample, answer)
        again = grade(sample, json.loads(json.dumps(first.response)))
        assert first == again
        json.dumps(outcome_view(sample, first, catalog))


BAD: list[tuple[str, Any, str]] = [
    ("extended_matching", None, "choose one in every list"),
    ("extended_matching", {"pit": "osteoclast"}, "2 of 3 cases have no answer"),
    (
        "extended_matching",
        {"pit": "fibroblast", "walled": "osteocyte", "row": "lining"},
        "not in this question",
    ),
    (
        "extended_matching",
        {"pit": ["osteoclast"], "walled": "osteocyte", "row": "lining"},
        "not in this question",
    ),
    ("sequence", ["activation"], "each step of this question once"),
    ("sequence", ["activation"] * 4, "each step of this question once"),
    ("sequence", [1, None, {}, []], "each step of this question once"),
    ("hotspot", {}, "nothing is chosen yet"),
    ("hotspot", {"target": "nose"}, "one of this question's places"),
    ("hotspot", {"target": ["low"]}, "one of this question's places"),
    ("hotspot", {"point": [2, 0.5]}, "outside the picture"),
    ("hotspot", {"point": [float("nan"), 0.5]}, "outside the picture"),
    ("hotspot", {"point": "here"}, "outside the picture"),
    ("scene_task", None, "no state of the explorer is taken"),
    ("scene_task", {}, "no state of the explorer is taken"),
    ("scene_task", {"formation": 7000}, "7000 % is outside 50 to 150 %"),
    ("scene_task", {"formation": "lots"}, "is not a number"),
    ("scene_task", {"formation": [1]}, "no state of the explorer"),
    ("scene_task", {"moon": 1}, "is not a control of this explorer"),
    ("scene_task", {f"c{n}": 1 for n in range(99)}, "no state of the explorer is taken"),
]


@pytest.mark.parametrize(("kind", "response", "words"), BAD)
def test_what_can_not_be_an_answer_is_refused_in_words(
    item: Make, kind: str, response: Any, words: str
) -> None:
    """The learner reads what is missing or out of range."""
    with pytest.raises(ParameterError, match=words):
        grade(item(kind), response)


@_few
@given(response=st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4), max_leaves=6))  # fmt: skip
@pytest.mark.parametrize("kind", list(RIGHT))
def test_nothing_that_a_page_can_send_raises_anything_else(item: Make, kind: str, response: Any) -> None:
    """Any JSON is graded or refused in words."""
    try:
        outcome = grade(item(kind), response)
    except ParameterError:
        return
    assert 0 <= outcome.score <= outcome.max_score


@_few
@given(learner=st.text(min_size=1, max_size=12))
@pytest.mark.parametrize("kind", list(RIGHT))
def test_the_view_before_the_answer_is_the_same_whatever_is_right(
    item: Make, raw: Any, kind: str, learner: str
) -> None:
    """The key can't be in it: the message does not change when the key does."""
    changed: dict[str, Any] = {}
    data = raw(kind)
    if kind == "extended_matching":
        changed["vignettes"] = [case | {"key": "lining"} for case in data["vignettes"]]
    elif kind == "sequence":
        changed["steps"] = data["steps"][::-1]
    elif kind == "hotspot":
        targets = [{name: value for name, value in target.items() if name not in {"around", "box"}} for target in data["targets"]]  # fmt: skip
        changed = {"computed": None, "targets": [target | {"circle": {"x": 0.5, "y": 0.5, "r": 0.2}} | ({"key": True} if target["id"] == "end" else {}) for target in targets]}  # fmt: skip
    else:
        changed = {"checks": [data["checks"][1] | {"setting": 3}, data["checks"][0] | {"low": 1, "high": 2}], "solution": {"event": 3}}  # fmt: skip

    assert public_view(item(kind), learner) == public_view(item(kind, **changed), learner)
