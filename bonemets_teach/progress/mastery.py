"""What a learner knows of each goal: the last answers, weighed by the chance to know them still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bonemets_teach.progress.review import Review, ReviewCard

__all__ = ["LEVELS", "Mastery", "masteries"]

# Chosen: enough to smooth one slip, few enough to forget a bad start.
_LAST: Final = 6
_FEWEST_ITEMS: Final = 2
_SOLID_SHARE: Final = 0.75
_GROWING_SHARE: Final = 0.5
# A card is due at 90 %; somewhat below that it has waited for about as long again.
_FRESH: Final = 0.85

LEVELS: Final = {
    "none": "Not asked yet",
    "early": "Too early to say",
    "weak": "Needs work",
    "growing": "Getting there",
    "fading": "Fading",
    "solid": "Solid",
}
"""Level to its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastery:
    """The state of one goal.

    Parameters
    ----------
    objective : str
        Id of the goal.
    level : str
        Key of `LEVELS`.
    share : float
        Length of the bar, 0 to 1: each of the last six answers counts, if right, as the chance to know it now.
    sentence : str
        Why, in words.
    """

    objective: str
    level: str
    share: float
    sentence: str


def masteries(
    objectives: Iterable[str], reviews: Iterable[Review], cards: Mapping[str, ReviewCard], now: datetime
) -> list[Mastery]:
    """Judge goals by the last answers.

    Parameters
    ----------
    objectives : iterable of str
        Ids of the goals, in the order wanted.
    reviews : iterable of Review
        Oldest first.
    cards : mapping
        Cards made from these reviews.
    now : datetime
        This moment, in UTC.

    Returns
    -------
    masteries : list of Mastery
        One for each goal. From fewer than two different questions nothing is claimed.
    """
    by_goal: dict[str, list[Review]] = {}
    for review in reviews:
        for goal in review.item.objectives:
            by_goal.setdefault(goal, []).append(review)
    return [_mastery(goal, by_goal.get(goal, [])[-_LAST:], cards, now) for goal in objectives]


def _mastery(goal: str, last: list[Review], cards: Mapping[str, ReviewCard], now: datetime) -> Mastery:
    if not last:
        return Mastery(objective=goal, level="none", share=0.0, sentence="No question answered yet.")
    chances = [cards[review.item.card].retrievability for review in last if review.answer.correct]
    right, total = len(chances), len(last)
    share = sum(chances) / total
    days = (now - last[-1].answer.answered_at).days
    sentence = f"{_answers(right, total)}, last seen {_ago(days)}."
    if len({review.item.id for review in last}) < _FEWEST_ITEMS:
        return Mastery(
            objective=goal, level="early", share=share, sentence=f"{sentence} One question is too few."
        )
    fresh = sum(chances) / right if right else 0.0
    level = _level(right / total, fresh)
    if level == "fading":
        sentence = f"{sentence} The chance to know them now is about {round(100 * fresh)} %."
    return Mastery(objective=goal, level=level, share=share, sentence=sentence)


def _level(right: float, fresh: float) -> str:
    if right >= _SOLID_SHARE:
        return "solid" if fresh >= _FRESH else "fading"
    return "growing" if right >= _GROWING_SHARE else "weak"


def _answers(right: int, total: int) -> str:
    if total == 1:
        return "Your one answer was right" if right else "Your one answer was not right"
    return f"{right} of your last {total} answers right"


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
