"""What a learner keeps getting wrong: ideas that come back, and questions missed more than once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bonemets_teach.progress.answers import Answer
from bonemets_teach.progress.review_item import ReviewItem, wrong_ideas

__all__ = ["MissedItem", "WrongIdea", "missed_items", "recurring_ideas"]

_OFTEN: Final = 2
_CLEARED_BY: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongIdea:
    """A wrong idea that came up more than once, and the question that showed it last."""

    idea: str
    times: int
    item: ReviewItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedItem:
    """A question missed more than once."""

    item: ReviewItem
    times: int


def missed_items(answers: Iterable[Answer], items: Mapping[str, ReviewItem]) -> list[MissedItem]:
    """Find the questions that are missed again and again.

    Parameters
    ----------
    answers : iterable of Answer
        From `counted_answers`.
    items : mapping
        Id to question.

    Returns
    -------
    missed : list of MissedItem
        Missed at least twice, the most often missed first; two right answers in a row take a question off.
    """
    known = [(items[one.item_id].card, one) for one in answers if one.item_id in items]
    by_card: dict[str, list[Answer]] = {}
    for card, answer in known:
        by_card.setdefault(card, []).append(answer)
    found = []
    for given in by_card.values():
        wrong = [answer for answer in given if not answer.correct]
        if len(wrong) >= _OFTEN and not _is_cleared([bool(answer.correct) for answer in given]):
            found.append((len(wrong), wrong[-1]))
    found.sort(key=lambda pair: (pair[0], pair[1].answered_at, pair[1].attempt_id), reverse=True)
    return [MissedItem(item=items[last.item_id], times=times) for times, last in found]


def recurring_ideas(answers: Iterable[Answer], items: Mapping[str, ReviewItem]) -> list[WrongIdea]:
    """Find the wrong ideas that come back.

    Parameters
    ----------
    answers : iterable of Answer
        From `counted_answers`.
    items : mapping
        Id to question. What an answer showed was kept when it was graded; of older records the options tell it, and
        those to an older version of a question tell nothing.

    Returns
    -------
    ideas : list of WrongIdea
        Come up at least twice, the most frequent first. Two answers in a row without the idea, to questions that
        can show it, take it off.
    """
    shown: dict[str, list[tuple[bool, Answer]]] = {}
    for answer in answers:
        item = items.get(answer.item_id)
        if item is None or (item.version != answer.item_version and answer.misconceptions is None):
            continue
        had = _shown(item, answer)
        for idea in item.ideas.union(had):
            shown.setdefault(idea, []).append((idea not in had, answer))
    found = []
    for idea, history in shown.items():
        held = [answer for free, answer in history if not free]
        if len(held) >= _OFTEN and not _is_cleared([free for free, _ in history]):
            found.append((len(held), held[-1], idea))
    found.sort(key=lambda each: (each[0], each[1].answered_at, each[2]), reverse=True)
    return [WrongIdea(idea=idea, times=times, item=items[last.item_id]) for times, last, idea in found]


def _shown(item: ReviewItem, answer: Answer) -> tuple[str, ...]:
    if answer.misconceptions is not None:
        return tuple(answer.misconceptions)
    return () if answer.correct else wrong_ideas(item, answer.response)


def _is_cleared(right: list[bool]) -> bool:
    return len(right) >= _CLEARED_BY and all(right[-_CLEARED_BY:])
