"""Checks and graders may use what the models answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bonemets_teach.quiz import Item, known_keys
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


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Forget afterwards what was recalled."""
    yield
    known_keys.recall_with(None)


def _name(question: tuple[object, ...]) -> str:
    with known_keys.remembering({}) as values:
        known_keys.known(question, lambda: 0.0)
    return next(iter(values))


@pytest.mark.usefixtures("forgetful")
def test_a_grader_uses_what_was_computed_before() -> None:
    """A recalled answer is given without work; another question is worked out."""
    known_keys.recall_with(lambda: {_name(("a",)): 4.0})

    assert 4.0 == known_keys.known(("a",), lambda: pytest.fail("worked out again"))
    assert 5.0 == known_keys.known(("b",), lambda: 5.0)


@pytest.mark.usefixtures("forgetful")
def test_an_empty_memory_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are computed while a lesson is open are found, without looking at each question."""
    clock, looks = [0.0], []
    monkeypatch.setattr(known_keys.time, "monotonic", lambda: clock[0])
    found: dict[str, object] = {}
    known_keys.recall_with(lambda: looks.append(clock[0]) or dict(found))
    found[_name(("a",))] = 4.0

    assert 1.0 == known_keys.known(("a",), lambda: 1.0)
    clock[0] = 60.0
    assert 4.0 == known_keys.known(("a",), lambda: 1.0)
    assert [0.0, 60.0] == looks


@pytest.mark.usefixtures("forgetful")
def test_a_check_does_not_see_what_a_grader_recalls() -> None:
    """Whoever remembers for a check starts from what was handed over."""
    known_keys.recall_with(lambda: {_name(("a",)): 4.0})
    with known_keys.remembering({}) as values:
        assert 2.0 == known_keys.known(("a",), lambda: 2.0)
    assert [2.0] == list(values.values())
