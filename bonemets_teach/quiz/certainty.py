"""Certainty-based marking: an answer is worth more, and a wrong one costs more, the surer a learner says to be.

After Gardner-Medwin AR. Assessment Matters and certainty-based marking (three levels, marks 1, 2, 3 if right and 0, -2, -6
if wrong; recalled). With these marks saying what one really believes pays best: level 2 from 67 %, level 3 from 80 %.
"""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.quiz.item import Hotspot, Item, MultipleResponse, Numeric, ShortText, SingleBest

__all__ = ["MARKS", "asks_certainty", "certainty_mark", "read_certainty"]

MARKS: Final = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
"""Level to the marks for a right and for a wrong answer."""

_ONE_ANSWER: Final = SingleBest | MultipleResponse | Numeric | Hotspot | ShortText


def asks_certainty(item: Item) -> bool:
    """Say whether a learner may tell how sure an answer is.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    asks : bool
        As ``confidence`` of the item says; without it, True for the types that have one answer that is right or wrong.
    """
    if item.confidence is not None:
        return item.confidence.scale == "cbm3"
    return isinstance(item, _ONE_ANSWER)


def read_certainty(item: Item, raw: Any) -> int | None:
    """Return the level that a learner gave.

    Parameters
    ----------
    item : Item
        The item answered.
    raw : object
        From the page.

    Returns
    -------
    level : int or None
        1, 2 or 3; None if none was given or the item asks for none.
    """
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in MARKS or not asks_certainty(item):
        return None
    return raw


def certainty_mark(certainty: int | None, *, correct: bool | None) -> int | None:
    """Return the mark of an answer.

    Parameters
    ----------
    certainty : int or None
        Level, 1 to 3.
    correct : bool or None
        Whether the whole answer is right; a partly right one is not.

    Returns
    -------
    mark : int or None
        -6 to 3; None without a level or without a right answer.

    Examples
    --------
    >>> certainty_mark(3, correct=False)
    -6
    """
    if certainty is None or correct is None:
        return None
    right, wrong = MARKS[certainty]
    return right if correct else wrong
