"""What an answer brings: points, what each part of it turned out to be, feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bonemets_teach.quiz.base import ItemBase
from bonemets_teach.quiz.markdown import fill
from bonemets_teach.quiz.outcome_parts import PanelOutcome, StepOutcome
from bonemets_teach.quiz.parts import Reference, Text, say
from bonemets_teach.quiz.solution import Region, Solution

__all__ = ["OptionOutcome", "Outcome", "RowOutcome", "points", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOutcome:
    """What one option turned out to be; ``feedback`` is Markdown."""

    id: str
    is_key: bool
    chosen: bool
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What one case, step or check turned out to be.

    Parameters
    ----------
    id : str
        Of the vignette, the step or the check.
    right : bool
        Whether this row is right.
    given, wanted : str
        What was answered and what is right, in words.
    feedback : str
        Markdown.
    text : str
        What the row is about where the page does not know it yet, Markdown; else "".
    """

    id: str
    right: bool
    given: str
    wanted: str
    feedback: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that an answer brings.

    Parameters
    ----------
    item_id : str
        The item graded.
    item_version : int
        Its version.
    response : object
        The answer in its normal form: option id, list of ids, number, or a dictionary; grading it again
        brings the same outcome.
    correct : bool or None
        True for full agreement with the key; None where there is no right answer.
    score, max_score : float
        Points reached and reachable; hints used lower ``score`` only.
    options : tuple of OptionOutcome
        All options or targets in the order of the item; empty for other types.
    rows : tuple of RowOutcome
        All cases, steps in their right order, or checks; empty for other types.
    steps : tuple of StepOutcome
        All steps of a key-feature case; empty for other types.
    panel : tuple of PanelOutcome
        All rows of a script concordance item; empty for other types.
    regions : mapping
        Places of the targets of a hotspot.
    message : str
        Markdown feedback to the answer as a whole, or "".
    accepted : str
        The right number with its tolerance, in words; "" for choice items.
    explanation : str
        Markdown.
    references : tuple of Reference
        Sources.
    misconceptions : tuple of str
        Ids of the wrong ideas that the response points to.
    """

    item_id: str
    item_version: int
    response: Any
    correct: bool | None
    score: float
    max_score: float
    options: tuple[OptionOutcome, ...] = ()
    rows: tuple[RowOutcome, ...] = ()
    steps: tuple[StepOutcome, ...] = ()
    panel: tuple[PanelOutcome, ...] = ()
    regions: Mapping[str, Region] = field(default_factory=dict)
    message: str = ""
    accepted: str = ""
    explanation: str = ""
    references: tuple[Reference, ...] = ()
    misconceptions: tuple[str, ...] = ()


def points(item: ItemBase, most: int, share: float, hints_used: int) -> float:
    """Return the points of an answer.

    Parameters
    ----------
    item : ItemBase
        The item; its hints cost points.
    most : int
        Points for a right answer without hints.
    share : float
        How much of the answer is right, 0 to 1.
    hints_used : int
        Hints seen before answering.

    Returns
    -------
    points : float
        0 to ``most``.
    """
    cost = sum(hint.cost for hint in item.hints[: max(0, hints_used)])
    return round(most * share * max(0.0, 1.0 - cost), 4)


def words(text: Text | None, solution: Solution) -> str:
    """Return a text with its placeholders filled.

    Parameters
    ----------
    text : dict or None
        Language to Markdown.
    solution : Solution
        Has the numbers.

    Returns
    -------
    words : str
        Markdown, "" for no text.
    """
    return "" if text is None else fill(say(text), solution.numbers)
