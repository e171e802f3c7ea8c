"""How one answer counts, when its question comes back, and the learner's own rating of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import AttemptLog, ReviewEvent
from bonemets_teach.progress.answers import counted_answers, from_attempts, overrides_of
from bonemets_teach.progress.rating import RATINGS
from bonemets_teach.progress.review import review_cards, reviews_of
from bonemets_teach.server.review_bank import BankFacts

__all__ = ["card_view", "rate_answer"]


def card_view(
    log: AttemptLog, bank: BankFacts, learner_id: str, answer: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Say how an answer counts, and when its card would come back for each rating.

    Parameters
    ----------
    log : AttemptLog
        The log.
    bank : BankFacts
        The bank.
    learner_id : str
        The learner.
    answer : mapping
        "item_id" and "attempt_id".

    Returns
    -------
    card : dict or None
        None if there is no such graded answer. "rating" is None for a right answer that only repeats what the
        feedback has just said.
    """
    item = bank.items.get(str(answer.get("item_id")))
    if item is None:
        return None
    now, attempt_id = datetime.now(UTC), str(answer.get("attempt_id"))
    siblings = [one.id for one in bank.cards[item.card]]
    answers = counted_answers(from_attempts(log.attempts(learner_id, siblings)), now)
    ratings = overrides_of(log.reviews(learner_id, siblings))
    if attempt_id not in {one.attempt_id for one in answers}:
        return None

    def due(given: Mapping[str, int]) -> str:
        return review_cards(reviews_of(answers, bank.items, given), now)[item.card].due_at.isoformat()

    counted = [one for one in reviews_of(answers, bank.items, ratings) if one.answer.attempt_id == attempt_id]
    return {
        "item_id": item.id,
        "attempt_id": attempt_id,
        "title": item.title,
        "rating": counted[0].rating if counted else None,
        "due_at": due(ratings),
        "choices": [
            {"rating": number, "name": words, "due_at": due({**ratings, attempt_id: number})}
            for number, words, _ in RATINGS
        ],
    }


def rate_answer(log: AttemptLog, bank: BankFacts, learner_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Set the rating of an answer.

    Parameters
    ----------
    log : AttemptLog
        The log.
    bank : BankFacts
        The bank.
    learner_id : str
        The learner.
    body : mapping
        "item_id", "attempt_id" and "rating", from the page.

    Returns
    -------
    card : dict
        As from `card_view`, with "saved".

    Raises
    ------
    ParameterError
        If there is no such answer or rating.
    """
    rating = body.get("rating")
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= len(RATINGS):
        raise ParameterError("a rating is 1 (again), 2 (hard), 3 (good) or 4 (easy)")
    before = card_view(log, bank, learner_id, body)
    if before is None:
        raise ParameterError("there is no such answer of yours; reload the page")
    event = ReviewEvent(
        learner_id=learner_id, item_id=before["item_id"], rating=rating, attempt_id=before["attempt_id"]
    )
    saved = log.add_review(event)
    return {**(card_view(log, bank, learner_id, body) or before), "saved": saved}
