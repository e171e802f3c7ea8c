"""A check may use what the models answered before; a quiz never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.quiz import Item
from bonemets_teach.quiz.computed import key_quantity
from bonemets_teach.quiz.known_keys import known, remembering
from bonemets_teach.quiz.solving import solve


def test_a_question_is_worked_out_once_inside_and_each_time_outside() -> None:
    """Outside of a check nothing is kept."""
    asked: list[int] = []

    def work() -> float:
        asked.append(1)
        return 2.5

    assert [known(("x", {"b": 1, "a": 2}), work) for _ in range(2)] == [2.5, 2.5]
    with remembering({}) as keys:
        assert [known(("x", state), work) for state in ({"b": 1, "a": 2}, {"a": 2, "b": 1})] == [2.5, 2.5]
    assert (len(asked), len(keys)) == (3, 1)


def test_an_error_is_not_kept() -> None:
    """A scene that is mended later gets its chance."""

    def fail() -> float:
        raise ValueError("no")

    with remembering({}) as keys, pytest.raises(ValueError, match="no"):
        known(("x",), fail)
    assert keys == {}


def test_other_states_and_quantities_are_other_questions(model: Callable[..., None]) -> None:
    """Nothing is mixed up."""
    model(lambda state: state["x"])
    with remembering({}):
        found = [
            key_quantity("i", scene, {"x": x}, "q") for scene in ("ct", "radiograph") for x in (1.0, 2.0)
        ]

    assert found == [1.0, 2.0, 1.0, 2.0]


def test_a_remembered_place_is_the_place_that_was_worked_out(item: Callable[..., Item]) -> None:
    """Keys, order and places are the same from memory, after a way through JSON too."""
    spot: Any = item("hotspot")
    fresh = solve(spot)
    with remembering({}) as keys:
        assert solve(spot) == fresh
        for name, value in keys.items():
            keys[name] = list(value) if isinstance(value, tuple) else value
        assert solve(spot) == fresh
