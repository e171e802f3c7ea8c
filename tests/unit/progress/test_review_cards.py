"""Cards follow from the answers alone: the same answers, the same cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, ReviewLog
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.progress.answers import Answer, counted_answers, overrides_of
from bonemets_teach.progress.rating import rate
from bonemets_teach.progress.review import LEAD, SHORTEST, ReviewCard, review_cards, reviews_of, scheduler
from bonemets_teach.progress.review_event import ReviewEvent
from bonemets_teach.progress.review_item import ReviewItem

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ITEMS = {
    name: ReviewItem(id=name, lesson="l", title=name, version=1, objectives=("G",), group=group, fast_ms=9000)
    for name, group in (("a", None), ("b", "pair"), ("c", "pair"))
}


def answer(days_ago: float, item: str = "a", correct: bool | None = True, **changes: object) -> Answer:
    """Make an answer of some days ago."""
    at = NOW - timedelta(days=days_ago)
    values = {"certainty": None, "hints_used": 0, "latency_ms": 20_000, "response": "x"} | changes
    return Answer(at, str(changes.get("attempt_id", f"{item}{days_ago}{correct}")), item, 1, correct, *(
        values[name] for name in ("certainty", "hints_used", "latency_ms", "response")
    ))  # fmt: skip


def cards(answers: Sequence[Answer], ratings: dict[str, int] | None = None) -> dict[str, ReviewCard]:
    """Fold answers into cards as of the fixed moment."""
    return review_cards(reviews_of(counted_answers(answers, NOW), ITEMS, ratings), NOW)


ANSWERS = st.lists(
    st.builds(
        answer,
        st.floats(-3, 300, allow_nan=False),
        st.sampled_from(["a", "b", "c", "gone"]),
        st.sampled_from([True, False, None]),
        certainty=st.sampled_from([None, 1, 2, 3]),
        hints_used=st.integers(0, 2),
        latency_ms=st.integers(0, 60_000),
        attempt_id=st.uuids().map(str),
    ),
    max_size=25,
)


@given(ANSWERS, st.randoms())
def test_order_and_doubles_change_nothing(answers: list[Answer], chance: object) -> None:
    """The log may be read in any order, and twice."""
    mixed = [*answers, *answers]
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert cards(mixed) == cards(answers)


@given(ANSWERS)
def test_a_card_is_due_after_its_last_review(answers: list[Answer]) -> None:
    """Nothing comes back within some hours, and nothing waits longer than a year."""
    for card in cards(answers).values():
        wait = card.due_at - card.last.answer.answered_at
        assert SHORTEST <= wait <= timedelta(days=365)
        assert 0 <= card.retrievability <= 1


@given(ANSWERS)
def test_the_library_itself_replays_to_the_same_card(answers: list[Answer]) -> None:
    """FSRS gives the same dates from a log of the same reviews."""
    reviews = reviews_of(counted_answers(answers, NOW), ITEMS)
    for name, card in review_cards(reviews, NOW).items():
        mine = [review for review in reviews if review.item.card == name]
        logs = [ReviewLog(7, Rating(one.rating), one.answer.answered_at, None) for one in mine]
        replayed = scheduler().reschedule_card(Card(card_id=7), logs)
        last = mine[-1].answer.answered_at
        assert max(replayed.due - LEAD, last + SHORTEST) == card.due_at
        assert replayed.stability == card.stability_days


@pytest.mark.parametrize(
    ("changes", "rating"),
    [
        ({"correct": False}, 1),
        ({"correct": False, "certainty": 3, "latency_ms": 5}, 1),
        ({"hints_used": 1, "certainty": 3}, 2),
        ({"certainty": 1}, 2),
        ({}, 3),
        ({"certainty": 2, "latency_ms": 5}, 3),
        ({"certainty": 3, "latency_ms": 9001}, 3),
        ({"certainty": 3, "latency_ms": 0}, 3),
        ({"certainty": 3, "latency_ms": 9000}, 4),
    ],
)
def test_an_answer_has_a_rating(changes: dict[str, object], rating: int) -> None:
    """Wrong is again; a hint or a guess is hard; right is good; sure and fast is easy."""
    assert rate(answer(1, **changes), 9000) == rating  # type: ignore[arg-type]


def test_polls_and_lost_questions_never_count() -> None:
    """A question without a key, or one that is gone, gives no card."""
    assert cards([answer(1, correct=None), answer(2, "gone")]) == {}


def test_a_wrong_answer_comes_back_tomorrow() -> None:
    """Missed today, due after a night."""
    card = cards([answer(0, correct=False)])["a"]

    assert card.due_at == NOW + timedelta(hours=18)


def test_right_answers_wait_longer_and_longer() -> None:
    """Each right answer in time makes the next wait longer."""
    waits = []
    given_: list[Answer] = []
    at = 200.0
    for _ in range(4):
        given_.append(answer(at))
        card = cards(given_)["a"]
        waits.append(card.due_at - card.last.answer.answered_at)
        at -= (waits[-1] + LEAD) / timedelta(days=1)

    assert waits == sorted(set(waits))


def test_repeating_what_the_feedback_said_does_not_count() -> None:
    """A right answer minutes after a wrong one leaves the card as it was; a wrong one does not."""
    wrong = answer(2, correct=False)

    assert cards([wrong, answer(1.99)]) == cards([wrong])
    assert cards([answer(2), answer(1.99, correct=False)])["a"].last.rating == 1


def test_questions_of_one_group_share_a_card() -> None:
    """A second try may be asked as its sibling."""
    found = cards([answer(9, "b"), answer(3, "c")])

    assert list(found) == ["group:pair"]
    assert found["group:pair"].reviews == 2
    assert found["group:pair"].last.item.id == "c"


def test_the_learner_may_rate_an_answer() -> None:
    """The latest rating of an attempt holds, and a rated repetition counts."""
    learner = "00000000-0000-4000-8000-000000000000"
    attempt = "11111111-1111-4111-8111-111111111111"
    ratings = overrides_of(
        ReviewEvent(
            learner_id=learner, item_id="a", rating=rating, attempt_id=attempt, reviewed_at=NOW - wait
        )
        for rating, wait in ((4, timedelta(hours=1)), (2, timedelta(0)))
    )

    assert ratings == {attempt: 2}
    assert cards([answer(1, attempt_id=attempt)], ratings)["a"].last.rating == 2
    assert cards([answer(1), answer(0.99, attempt_id=attempt)], ratings)["a"].reviews == 2


def test_an_answer_from_the_future_counts_as_of_now() -> None:
    """A clock that was wrong pushes nothing years away."""
    assert cards([answer(-5000, correct=False)])["a"].due_at == NOW + timedelta(hours=18)
