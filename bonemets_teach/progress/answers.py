"""The part of an attempt that reviews are computed from, read without the cost of checking each field again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bonemets_teach.progress.attempt import Attempt
from bonemets_teach.progress.review_event import ReviewEvent

__all__ = ["Answer", "counted_answers", "from_attempts", "overrides_of"]


class Answer(NamedTuple):
    """One graded answer; fields as in `Attempt`, the moment in UTC."""

    answered_at: datetime
    attempt_id: str
    item_id: str
    item_version: int
    correct: bool | None
    certainty: int | None
    hints_used: int
    latency_ms: int
    response: Any
    misconceptions: Sequence[str] | None = None


def from_attempts(attempts: Iterable[Attempt]) -> list[Answer]:
    """Take from attempts what reviews need.

    Parameters
    ----------
    attempts : iterable of Attempt
        In any order.

    Returns
    -------
    answers : list of Answer
        In the same order.
    """
    return [
        Answer(
            one.answered_at.astimezone(UTC), one.attempt_id, one.item_id, one.item_version, one.correct,
            one.certainty, one.hints_used, one.latency_ms, one.response, one.misconceptions,
        )
        for one in attempts
    ]  # fmt: skip


def counted_answers(answers: Iterable[Answer], now: datetime) -> list[Answer]:
    """Put answers in order, each once, without polls; what is dated after now counts as answered now.

    Parameters
    ----------
    answers : iterable of Answer
        In any order, perhaps with doubles.
    now : datetime
        This moment, in UTC.

    Returns
    -------
    counted : list of Answer
        Oldest first; the id decides between two of the same moment.
    """
    once = {one.attempt_id: one for one in answers if one.correct is not None}
    # A clock that was wrong must not push reviews years away.
    sane = [one if one.answered_at <= now else one._replace(answered_at=now) for one in once.values()]
    return sorted(sane, key=lambda one: (one.answered_at, one.attempt_id))


def overrides_of(reviews: Iterable[ReviewEvent]) -> dict[str, int]:
    """Return the ratings that the learner has set, by attempt.

    Parameters
    ----------
    reviews : iterable of ReviewEvent
        All of one learner, in any order.

    Returns
    -------
    ratings : dict of str to int
        Attempt id to 1 to 4; the latest rating of an attempt holds.
    """
    ordered = sorted(reviews, key=lambda one: (one.reviewed_at, one.review_id))
    return {one.attempt_id: one.rating for one in ordered if one.attempt_id is not None}
