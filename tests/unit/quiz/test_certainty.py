"""Certainty-based marking: marks, who is asked, what is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.quiz.certainty import MARKS, asks_certainty, certainty_mark, read_certainty


@pytest.mark.parametrize(
    ("certainty", "correct", "mark"),
    [(1, True, 1), (2, True, 2), (3, True, 3), (1, False, 0), (2, False, -2), (3, False, -6), (None, True, None), (2, None, None)],
)  # fmt: skip
def test_the_marks_are_those_of_the_table(
    certainty: int | None, correct: bool | None, mark: int | None
) -> None:
    """1, 2, 3 for a right answer, 0, -2, -6 for a wrong one, nothing without a level or a key."""
    assert certainty_mark(certainty, correct=correct) == mark


@pytest.mark.parametrize(("percent", "best"), [(0, 1), (66, 1), (68, 2), (79, 2), (81, 3), (100, 3)])
def test_saying_what_one_believes_pays_best(percent: int, best: int) -> None:
    """The expected mark is highest at level 2 from 67 % and at level 3 from 80 %."""
    share = percent / 100
    expected = {level: share * right + (1 - share) * wrong for level, (right, wrong) in MARKS.items()}

    assert max(expected, key=lambda level: expected[level]) == best


@pytest.mark.parametrize(
    ("kind", "asks"),
    [("single_best", True), ("multiple_response", True), ("numeric", True), ("hotspot", True), ("sequence", False), ("scene_task", False)],
)  # fmt: skip
def test_types_with_one_answer_ask_unless_told_otherwise(
    item: Callable[..., Any], kind: str, asks: bool
) -> None:
    """The field of the item decides where it is set."""
    assert asks_certainty(item(kind)) is asks
    assert asks_certainty(item(kind, confidence={"scale": "cbm3"})) is True
    assert asks_certainty(item(kind, confidence={"scale": "none"})) is False


@pytest.mark.parametrize("level", [0, 4, -1, True, "3", 2.0, None, [], {}])
def test_what_is_no_level_counts_as_none(item: Callable[..., Any], level: Any) -> None:
    """A page can't make up marks."""
    assert read_certainty(item("single_best"), level) is None


def test_a_level_counts_only_where_it_is_asked(item: Callable[..., Any]) -> None:
    """An item without certainty takes none."""
    assert read_certainty(item("single_best"), 3) == 3
    assert read_certainty(item("single_best", confidence={"scale": "none"}), 3) is None
