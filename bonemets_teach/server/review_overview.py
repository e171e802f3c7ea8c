"""What a learner knows, what is due and what keeps going wrong, as plain data for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bonemets_teach.progress.answers import Answer, counted_answers
from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.gain import gain_of
from bonemets_teach.progress.mastery import LEVELS, Mastery, masteries
from bonemets_teach.progress.misses import missed_items, recurring_ideas
from bonemets_teach.progress.rating import RATINGS
from bonemets_teach.progress.review import ReviewCard, review_cards, reviews_of
from bonemets_teach.progress.review_item import ReviewItem
from bonemets_teach.server.course import Course, Entry
from bonemets_teach.server.review_bank import BankFacts
from bonemets_teach.server.review_tests import is_shown, states_of

__all__ = ["LearnerRecord", "due_words", "overview"]

_MOST_ASKED: Final = 20  # chosen: about a quarter of an hour
_MOST_LISTED: Final = 5
# An explorer stands in its lesson only, so its tasks are asked there.
_IN_LESSON_ONLY: Final = "scene_task"
# Clocks of two processes may differ a little; more than that is a wrong clock.
_SAME_TIME: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRecord:
    """Everything that the overview is computed from."""

    answers: Sequence[Answer] = ()
    events: Sequence[SceneEvent] = ()
    ratings: Mapping[str, int] = field(default_factory=dict)
    problem: str | None = None


def overview(bank: BankFacts, course: Course, record: LearnerRecord, now: datetime) -> dict[str, Any]:
    """Fold a learner's record into what the page shows.

    Parameters
    ----------
    bank : BankFacts
        The bank.
    course : Course
        Lessons in order.
    record : LearnerRecord
        What the learner has done.
    now : datetime
        This moment, in UTC.

    Returns
    -------
    view : dict
        "due", "again", "know", "wrong", "tests", "ratings", "problem", "clock", "answered".
    """
    answers = counted_answers(record.answers, now)
    reviews = reviews_of(answers, bank.items, record.ratings)
    cards = review_cards(reviews, now)
    goals = [goal for texts in bank.goals.values() for goal in texts]
    known = {one.objective: one for one in masteries(goals, reviews, cards, now)}
    order = {answer.item_id: place for place, answer in enumerate(answers)}
    return {
        "answered": len(cards),
        "problem": record.problem,
        "clock": _clock_words(record.answers, now),
        "due": _due(bank, course, order, cards, now),
        "again": [_asked(bank, order, card) for card in _missed(cards, now)][:_MOST_ASKED],
        "know": [_lesson(bank, entry, known) for entry in course.open_lessons()],
        "wrong": {
            "ideas": [
                {"text": bank.ideas.get(one.idea, one.idea), "times": one.times, **_place(course, one.item)}
                for one in recurring_ideas(answers, bank.items)[:_MOST_LISTED]
            ],
            "items": [
                {"text": one.item.title, "times": one.times, **_place(course, one.item)}
                for one in missed_items(answers, bank.items)[:_MOST_LISTED]
            ],
        },
        "tests": [_tests(bank, entry, record.events) for entry in course.open_lessons()],
        "ratings": [{"rating": rating, "name": name, "rule": rule} for rating, name, rule in RATINGS],
    }


def due_words(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the short form of an overview, for the home page and the lessons.

    Parameters
    ----------
    view : mapping
        From `overview`.

    Returns
    -------
    short : dict
        "count", "lessons" (lesson to count), "next_at", "answered".
    """
    due = view["due"]
    return {
        "count": due["count"],
        "lessons": {lesson["id"]: lesson["count"] for lesson in due["lessons"]},
        "next_at": due["next_at"],
        "answered": view["answered"],
    }


def _clock_words(answers: Sequence[Answer], now: datetime) -> str | None:
    latest = max((answer.answered_at for answer in answers), default=now)
    if latest <= now + _SAME_TIME:
        return None
    return (
        f"Some answers are dated {latest:%Y-%m-%d}, which is still to come: a clock was or is wrong. "
        "They count as answered now."
    )


def _due(
    bank: BankFacts, course: Course, order: Mapping[str, int], cards: Mapping[str, ReviewCard], now: datetime
) -> dict[str, Any]:
    askable = [card for card in cards.values() if card.last.item.type != _IN_LESSON_ONLY]
    due = sorted(
        (card for card in askable if card.due_at <= now), key=lambda card: (card.retrievability, card.card)
    )
    later = [card.due_at for card in askable if card.due_at > now]
    by_lesson = Counter(card.last.item.lesson for card in due)
    return {
        "count": len(due),
        "missed": sum(card.last.rating == 1 for card in due),
        "items": [_asked(bank, order, card) for card in due[:_MOST_ASKED]],
        "lessons": [
            {"id": entry.id, "title": entry.title, "count": by_lesson[entry.id]}
            for entry in course.entries
            if by_lesson[entry.id]
        ],
        "next_at": min(later).isoformat() if later else None,
        "next_count": sum(at <= min(later) + timedelta(days=1) for at in later) if later else 0,
    }


def _missed(cards: Mapping[str, ReviewCard], now: datetime) -> list[ReviewCard]:
    """Return cards that were missed last and are not due yet."""
    return [
        card
        for card in cards.values()
        if card.last.rating == 1 and card.due_at > now and card.last.item.type != _IN_LESSON_ONLY
    ]


def _asked(bank: BankFacts, order: Mapping[str, int], card: ReviewCard) -> str:
    """Return which question of a card is asked: the one that was answered longest ago, best never."""
    fit = [item for item in bank.cards[card.card] if item.type != _IN_LESSON_ONLY]
    return min(fit, key=lambda item: order.get(item.id, -1)).id


def _lesson(bank: BankFacts, entry: Entry, known: Mapping[str, Mastery]) -> dict[str, Any]:
    goals = [(text, known[goal]) for goal, text in bank.goals.get(entry.id, {}).items()]
    levels = Counter(one.level for _, one in goals)
    return {
        "id": entry.id,
        "number": entry.number,
        "title": entry.title,
        "solid": levels["solid"],
        "begun": len(goals) - levels["none"],
        "goals": [
            {
                "text": text,
                "level": one.level,
                "words": LEVELS[one.level],
                "share": round(one.share, 3),
                "sentence": one.sentence,
            }
            for text, one in goals
        ],
    }


def _place(course: Course, item: ReviewItem) -> dict[str, Any]:
    entry = course.get(item.lesson)
    return {
        "lesson": item.lesson,
        "title": entry.title if entry else item.lesson,
        "anchor": item.section,
    }


def _tests(bank: BankFacts, entry: Entry, events: Sequence[SceneEvent]) -> dict[str, Any]:
    pre, post = states_of(bank, entry.id, events)
    gain = gain_of(pre, post)
    shown = {
        kind: {
            "asked": len(state.items),
            "answered": len(state.right),
            "left": [] if state.is_done else [name for name in state.items if name not in state.right],
            "done": state.is_done,
            # How it went stays hidden as long as the feedback does.
            "right": state.score if is_shown(kind, pre, post) else None,
        }
        for kind, state in (("pre", pre), ("post", post))
    }
    seen = {name for state in (pre, post) if is_shown(state.kind, pre, post) for name in state.right}
    return {
        "lesson": entry.id,
        "title": entry.title,
        "number": entry.number,
        **shown,
        "results": [name for name in dict.fromkeys((*pre.items, *post.items)) if name in seen],
        "gain": gain.sentence if gain else None,
        "normalized": gain.normalized if gain else None,
    }
