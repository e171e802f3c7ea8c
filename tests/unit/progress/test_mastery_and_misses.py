"""What a learner knows and keeps getting wrong, from answers alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bonemets_teach.progress.answers import Answer, counted_answers
from bonemets_teach.progress.mastery import Mastery, masteries
from bonemets_teach.progress.misses import missed_items, recurring_ideas
from bonemets_teach.progress.review import review_cards, reviews_of
from bonemets_teach.progress.review_item import ReviewItem, wrong_ideas

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def item(name: str, **changes: Any) -> ReviewItem:
    """Make a question on one goal."""
    return ReviewItem(id=name, lesson="l", title=name, version=2, objectives=("G",), **changes)


ITEMS = {
    one.id: one
    for one in (
        item("a", traps={"choice": {"x": "idea", "y": "other"}}),
        item("b", traps={"number": [[1.0, 0.1, None], [1.0, 5.0, "idea"]]}),
        item("c"),
    )
}


def answers(*given: tuple[float, str, bool] | tuple[float, str, bool, Any], version: int = 2) -> list[Answer]:
    """Make answers from (days ago, item, right, response)."""
    return [
        Answer(NOW - timedelta(days=one[0]), str(n), one[1], version, one[2], None, 0, 0, [*one, "x"][3])
        for n, one in enumerate(given)
    ]


def mastery(given: Sequence[Answer]) -> Mastery:
    """Judge the one goal."""
    reviews = reviews_of(counted_answers(given, NOW), ITEMS)
    return masteries(["G"], reviews, review_cards(reviews, NOW), NOW)[0]


def test_without_answers_nothing_is_claimed() -> None:
    """No answer, no level, an empty bar."""
    assert mastery([]) == Mastery(
        objective="G", level="none", share=0.0, sentence="No question answered yet."
    )


def test_one_question_never_makes_mastery() -> None:
    """However often it was right."""
    found = mastery(answers((30, "a", True), (20, "a", True), (1, "a", True)))

    assert found.level == "early"
    assert found.sentence == "3 of your last 3 answers right, last seen yesterday. One question is too few."


def test_the_sentence_says_why() -> None:
    """Three of four right, last seen six days ago."""
    found = mastery(answers((9, "a", False), (8, "b", True), (7, "c", True), (6, "a", True)))

    assert found.sentence.startswith("3 of your last 4 answers right, last seen 6 days ago.")


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ([(1, "a", True), (1, "b", True)], "solid"),
        ([(200, "a", True), (200, "b", True)], "fading"),
        ([(1, "a", True), (1, "b", False)], "growing"),
        ([(1, "a", False), (1, "b", False), (0, "c", True)], "weak"),
    ],
)
def test_levels(given: list[tuple[float, str, bool]], level: str) -> None:
    """Right and fresh is solid; right and long ago is fading."""
    assert mastery(answers(*given)).level == level


def test_only_the_last_answers_count() -> None:
    """A bad start is forgotten after six answers."""
    early = [(90.0 - n, "a", False) for n in range(9)]
    late = [(12.0 - 2 * n, "abc"[n % 3], True) for n in range(6)]

    assert mastery(answers(*early, *late)).level == "solid"


def test_a_repetition_of_the_feedback_is_no_knowledge() -> None:
    """Wrong, then right a minute later, is still one wrong answer."""
    found = mastery(answers((1, "a", False), (0.999, "a", True), (1, "b", False), (0.999, "b", True)))

    assert found.level == "weak"


@pytest.mark.parametrize(
    ("name", "response", "ideas"),
    [
        ("a", "x", ("idea",)),
        ("a", ["x", "y"], ("idea", "other")),
        ("a", {"target": "y", "point": [0.1, 0.2]}, ("other",)),
        ("a", "unknown", ()),
        ("a", {"target": None}, ()),
        ("a", [["x"]], ()),
        ("b", 1.05, ()),
        ("b", 3, ("idea",)),
        ("b", "3", ()),
        ("c", {"anything": 1}, ()),
        ("a", None, ()),
    ],
)
def test_a_response_points_to_ideas(name: str, response: object, ideas: tuple[str, ...]) -> None:
    """By option, target or number; what does not fit points to none."""
    assert wrong_ideas(ITEMS[name], response) == ideas


def test_rows_point_to_ideas() -> None:
    """Each case of an extended matching question has its own traps."""
    one = item("m", traps={"rows": {"1": {"x": "idea"}, "2": {"y": "other"}}})

    assert wrong_ideas(one, {"1": "x", "2": "x", "3": "x"}) == ("idea",)
    assert wrong_ideas(one, {"1": ["k", "x"], "2": []}) == ("idea",)
    assert one.ideas == {"idea", "other"}


def test_an_idea_that_comes_back_is_named() -> None:
    """Twice held, with the question that showed it last."""
    found = recurring_ideas(answers((9, "a", False, "x"), (3, "b", False, 3)), ITEMS)

    assert [(one.idea, one.times, one.item.id) for one in found] == [("idea", 2, "b")]


def test_two_answers_without_the_idea_take_it_off() -> None:
    """One is not enough."""
    held = [(9.0, "a", False, "x"), (8.0, "a", False, "x"), (7.0, "a", True, "k")]

    assert recurring_ideas(answers(*held), ITEMS)
    assert not recurring_ideas(answers(*held, (6, "b", True, 9)), ITEMS)


def test_answers_to_an_older_version_tell_nothing_about_ideas() -> None:
    """Its options may have meant something else."""
    assert not recurring_ideas(answers((9, "a", False, "x"), (8, "a", False, "x"), version=1), ITEMS)


def test_questions_missed_twice_are_listed() -> None:
    """The most often missed first, until it is right twice in a row."""
    missed = [(9.0, "a", False), (8.0, "b", False), (7.0, "b", False), (6.0, "b", False), (5.0, "a", False)]

    assert [(one.item.id, one.times) for one in missed_items(answers(*missed), ITEMS)] == [("b", 3), ("a", 2)]
    right = [(2.0, "b", True), (1.0, "b", True), (1.0, "a", True)]
    assert [one.item.id for one in missed_items(answers(*missed, *right), ITEMS)] == ["a"]


def test_what_the_grading_told_counts_before_what_the_options_tell() -> None:
    """An idea kept with the answer is named for any type and version, and none kept means none."""
    words = item("w", traps={"graded": ["idea"]})
    items = ITEMS | {"w": words}
    told = [
        one._replace(misconceptions=("idea",)) for one in answers((9, "w", False), (5, "w", False), version=1)
    ]
    silent = [one._replace(misconceptions=()) for one in answers((9, "a", False), (5, "a", False))]

    assert [(one.idea, one.times) for one in recurring_ideas(told, items)] == [("idea", 2)]
    assert recurring_ideas(silent, items) == []
    cleared = [*told, *answers((3, "w", True), (1, "w", True))]
    assert recurring_ideas(sorted(cleared), items) == []
