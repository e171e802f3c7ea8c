"""What a learner's attempts amount to, lesson by lesson."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bonemets_teach.progress.attempt import Attempt

__all__ = ["LessonSummary", "summarize"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSummary:
    """The state of one lesson for one learner.

    Parameters
    ----------
    lesson_id : str
        The lesson.
    items_answered : int
        Items with at least one attempt.
    items_correct : int
        Items whose latest attempt is right.
    first_try_correct : int
        Items whose first attempt was right without a hint.
    attempts : int
        All attempts.
    last_answered_at : datetime
        Moment of the latest attempt, in UTC.
    """

    lesson_id: str
    items_answered: int
    items_correct: int
    first_try_correct: int
    attempts: int
    last_answered_at: datetime


def summarize(attempts: Iterable[Attempt]) -> dict[str, LessonSummary]:
    """Fold attempts of one learner into one summary a lesson.

    Parameters
    ----------
    attempts : iterable of Attempt
        In any order; the moment of the answer decides which was first and last.

    Returns
    -------
    summaries : dict of str to LessonSummary
        By lesson id, the lesson used last comes first.
    """
    lessons: dict[str, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda one: (one.answered_at, one.attempt_id)):
        lessons.setdefault(attempt.lesson_id, []).append(attempt)
    summaries = [_summary(lesson_id, ordered) for lesson_id, ordered in lessons.items()]
    summaries.sort(key=lambda summary: summary.last_answered_at, reverse=True)
    return {summary.lesson_id: summary for summary in summaries}


def _summary(lesson_id: str, ordered: list[Attempt]) -> LessonSummary:
    latest = {attempt.item_id: attempt for attempt in ordered}
    first = {attempt.item_id: attempt for attempt in reversed(ordered)}
    return LessonSummary(
        lesson_id=lesson_id,
        items_answered=len(latest),
        items_correct=sum(attempt.correct is True for attempt in latest.values()),
        first_try_correct=sum(one.correct is True and not one.hints_used for one in first.values()),
        attempts=len(ordered),
        last_answered_at=ordered[-1].answered_at,
    )
