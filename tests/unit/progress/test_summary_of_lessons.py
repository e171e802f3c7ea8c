"""A lesson's summary follows from its attempts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.progress import Attempt
from bonemets_teach.progress.summary import summarize

LEARNER = "6f1c2d3e-0000-4000-8000-000000000001"
START = datetime(2026, 1, 1, tzinfo=UTC)


def test_latest_and_first_try_are_told_apart(make_attempt: Callable[..., Attempt]) -> None:
    """Latest answers count as correct, first answers without hints as correct at first try."""
    rows = [("a", False, 0), ("a", True, 0), ("b", True, 0), ("b", False, 0), ("c", True, 1), ("d", None, 0)]
    attempts = [
        make_attempt(
            LEARNER,
            item_id=item,
            correct=correct,
            hints_used=hints,
            answered_at=START + timedelta(minutes=minute),
        )
        for minute, (item, correct, hints) in enumerate(rows)
    ]
    summary = summarize(attempts)["bone-remodeling"]
    assert (summary.items_answered, summary.items_correct, summary.first_try_correct) == (4, 2, 1)
    assert summary.attempts == 6
    assert summary.last_answered_at == START + timedelta(minutes=5)


def test_lessons_are_kept_apart_latest_first(make_attempt: Callable[..., Attempt]) -> None:
    """Each lesson has its own summary; the one used last comes first."""
    attempts = [
        make_attempt(LEARNER, lesson_id=lesson, answered_at=START + timedelta(minutes=minute))
        for lesson, minute in (("two", 5), ("one", 1))
    ]
    assert list(summarize(attempts)) == ["two", "one"]
    assert summarize([]) == {}


@given(st.data())
def test_the_order_of_reading_does_not_matter(data: st.DataObject) -> None:
    """Any permutation of the same attempts has the same summary."""
    rows = data.draw(st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.integers(0, 3)), max_size=8))
    attempts = [
        Attempt(
            learner_id=LEARNER,
            lesson_id="x",
            item_id=item,
            item_version=1,
            response=0,
            score=0,
            max_score=1,
            correct=correct,
            answered_at=START + timedelta(minutes=minute),
        )
        for item, correct, minute in rows
    ]
    assert summarize(data.draw(st.permutations(attempts))) == summarize(attempts)
