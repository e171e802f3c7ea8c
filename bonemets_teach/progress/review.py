"""Spaced repetition: cards as a projection of the answers, computed with FSRS and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fsrs import Card, Rating, Scheduler

from bonemets_teach.progress.answers import Answer
from bonemets_teach.progress.rating import rate
from bonemets_teach.progress.review_item import ReviewItem

__all__ = ["LEAD", "SHORTEST", "Review", "ReviewCard", "review_cards", "reviews_of", "scheduler"]

# Chosen: what was answered in the evening some days ago is due in the morning, not in the evening.
LEAD: Final = timedelta(hours=8)
# Chosen: nothing comes back before a night has passed.
SHORTEST: Final = timedelta(hours=18)
# Chosen: a right answer so soon after the last one repeats what the feedback has just said.
_REPEAT: Final = timedelta(hours=8)
# Chosen: nothing waits longer than a course of study lasts.
_LONGEST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that counts, with its rating from 1 (again) to 4 (easy)."""

    answer: Answer
    item: ReviewItem
    rating: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """What is known about one card at one moment.

    Parameters
    ----------
    card : str
        Id of the item, or name of its group.
    last : Review
        The latest review.
    reviews : int
        How many reviews there were.
    due_at : datetime
        From when on it is to be asked again, UTC.
    stability_days : float
        After so many days the chance to know it is 90 %.
    retrievability : float
        Chance to know it now, 0 to 1.
    """

    card: str
    last: Review
    reviews: int
    due_at: datetime
    stability_days: float
    retrievability: float


def scheduler() -> Scheduler:
    """Return the scheduler: whole days, no chance in it, so that the same answers give the same cards.

    Returns
    -------
    scheduler : fsrs.Scheduler
        FSRS-6 with its published parameters; a card comes again when the chance to know it falls to 90 %.
    """
    return Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=_LONGEST_DAYS
    )


def reviews_of(
    answers: Iterable[Answer], items: Mapping[str, ReviewItem], ratings: Mapping[str, int] | None = None
) -> list[Review]:
    """Choose the answers that count as reviews.

    Parameters
    ----------
    answers : iterable of Answer
        From `counted_answers`.
    items : mapping
        Id to question; answers to questions that are gone don't count.
    ratings : mapping or None
        Ratings that the learner has set, by attempt.

    Returns
    -------
    reviews : list of Review
        Oldest first. A right answer within eight hours of the last one to the same card is left out, unless the
        learner has rated it: it repeats what the feedback has just said. A wrong one always counts.
    """
    given = ratings or {}
    last: dict[str, datetime] = {}
    found: list[Review] = []
    for answer in answers:
        item = items.get(answer.item_id)
        if item is None:
            continue
        before = last.get(item.card)
        last[item.card] = answer.answered_at
        own = given.get(answer.attempt_id)
        is_repeat = before is not None and answer.answered_at - before < _REPEAT
        if answer.correct and is_repeat and own is None:
            continue
        found.append(Review(answer, item, own or rate(answer, item.fast_ms)))
    return found


def review_cards(reviews: Iterable[Review], now: datetime) -> dict[str, ReviewCard]:
    """Fold reviews into cards.

    Parameters
    ----------
    reviews : iterable of Review
        From `reviews_of`.
    now : datetime
        This moment, in UTC.

    Returns
    -------
    cards : dict of str to ReviewCard
        By card, those due first come first.
    """
    schedule = scheduler()
    by_card: dict[str, list[Review]] = {}
    for review in reviews:
        by_card.setdefault(review.item.card, []).append(review)
    cards = [_card(schedule, name, found, now) for name, found in by_card.items()]
    return {card.card: card for card in sorted(cards, key=lambda card: (card.due_at, card.card))}


def _card(schedule: Scheduler, name: str, reviews: list[Review], now: datetime) -> ReviewCard:
    card = Card(card_id=1, due=reviews[0].answer.answered_at)
    for review in reviews:
        card, _ = schedule.review_card(card, Rating(review.rating), review.answer.answered_at)
    return ReviewCard(
        card=name,
        last=reviews[-1],
        reviews=len(reviews),
        due_at=max(card.due - LEAD, reviews[-1].answer.answered_at + SHORTEST),
        stability_days=card.stability or 0.0,
        retrievability=schedule.get_card_retrievability(card, now),
    )
