"""What the projections need to know of a question; the bank itself is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["ReviewItem", "wrong_ideas"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One published question.

    Parameters
    ----------
    id, lesson, title, type : str
        Which it is, where it belongs, what the learner reads, and its kind.
    version : int
        Its version now.
    objectives : tuple of str
        Ids of the goals that it asks for.
    group : str or None
        Name that questions share which ask the same in other words.
    traps : mapping
        Which wrong answer points to which wrong idea: ``{"choice": {option: idea}}``,
        ``{"rows": {row: {option: idea}}}`` or ``{"number": [[value, width, idea or None], ...]}``; ideas that only
        the grading can tell stand in ``{"graded": [idea, ...]}``.
    section : str
        Where the lesson explains it: an anchor of the lesson's page, or "".
    fast_ms : int
        Answered within this time it counts as known without thinking [ms].
    """

    id: str
    lesson: str
    title: str
    version: int
    objectives: tuple[str, ...]
    type: str = "single_best"
    group: str | None = None
    traps: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    fast_ms: int = 0

    @property
    def card(self) -> str:
        """What is scheduled: questions that ask the same share one card."""
        return f"group:{self.group}" if self.group else self.id

    @property
    def ideas(self) -> frozenset[str]:
        """The wrong ideas that this question can bring to light."""
        found = set(self.traps.get("choice", {}).values())
        for row in self.traps.get("rows", {}).values():
            found |= set(row.values())
        found |= {idea for _, _, idea in self.traps.get("number", ()) if idea}
        return frozenset(found | set(self.traps.get("graded", ())))


def wrong_ideas(item: ReviewItem, response: Any) -> tuple[str, ...]:
    """Return the wrong ideas that a wrong answer points to.

    Parameters
    ----------
    item : ReviewItem
        The question.
    response : JSON value
        The answer as it was recorded.

    Returns
    -------
    ideas : tuple of str
        Each once; empty if the answer points to none.
    """
    found: list[str] = []
    if choices := item.traps.get("choice"):
        found = _picked(choices, response.get("target") if isinstance(response, Mapping) else response)
    elif (rows := item.traps.get("rows")) and isinstance(response, Mapping):
        found = [idea for row, picked in response.items() for idea in _picked(rows.get(row, {}), picked)]
    elif "number" in item.traps and isinstance(response, int | float):
        near = (idea for value, width, idea in item.traps["number"] if _is_near(response, value, width))
        found = [idea for idea in [next(near, None)] if idea]
    return tuple(dict.fromkeys(found))


def _picked(ideas: Mapping[str, str], picked: Any) -> list[str]:
    names = picked if isinstance(picked, list | tuple) else [picked]
    return [ideas[name] for name in names if isinstance(name, str) and name in ideas]


def _is_near(number: float, value: float, width: float) -> bool:
    # As in grading: the last digits of a decimal have no exact binary form.
    return abs(number - value) <= width + 1e-9 * max(1.0, abs(value))
