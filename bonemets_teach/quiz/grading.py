"""Grades a response: a pure function of item, response and hints used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bonemets_teach.quiz.computed import Solution, format_number, solve
from bonemets_teach.quiz.item import ChoiceItem, Item, Numeric
from bonemets_teach.quiz.markdown import fill
from bonemets_teach.quiz.parts import Reference, Text, say
from bonemets_teach.quiz.response import read_choice, read_number

__all__ = ["OptionOutcome", "Outcome", "grade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOutcome:
    """What one option turned out to be; ``feedback`` is Markdown."""

    id: str
    is_key: bool
    chosen: bool
    feedback: str


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
        The answer in its normal form: option id, sorted list of ids, or number.
    correct : bool
        True for full agreement with the key.
    score, max_score : float
        Points reached and reachable; hints used lower ``score`` only.
    options : tuple of OptionOutcome
        All options in the order of the item; empty for numeric items.
    message : str
        Markdown feedback to a number, or "".
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
    correct: bool
    score: float
    max_score: float
    options: tuple[OptionOutcome, ...] = ()
    message: str = ""
    accepted: str = ""
    explanation: str = ""
    references: tuple[Reference, ...] = ()
    misconceptions: tuple[str, ...] = ()


def grade(item: Item, response: Any, hints_used: int = 0) -> Outcome:
    """Grade a response.

    Parameters
    ----------
    item : Item
        The item.
    response : object
        Option id, list of option ids, or a number as text.
    hints_used : int, default 0
        Hints seen before answering; each costs the share of the points that the item says.

    Returns
    -------
    outcome : Outcome
        Score and feedback.

    Raises
    ------
    ParameterError
        If the response can't be an answer to this item; says in words what would be.
    ContentError
        If a computed key can't be worked out.
    """
    solution = solve(item)
    if isinstance(item, Numeric):
        return _grade_number(item, read_number(item, response), solution, hints_used)
    return _grade_choice(item, read_choice(item, response), solution, hints_used)


def _grade_choice(item: ChoiceItem, chosen: tuple[str, ...], solution: Solution, hints_used: int) -> Outcome:
    picked = frozenset(chosen)
    share = float(picked == solution.keys)
    if item.scoring.method == "per_option":
        share = max(0, len(picked & solution.keys) - len(picked - solution.keys)) / len(solution.keys)
    options = tuple(
        OptionOutcome(
            id=option.id,
            is_key=option.id in solution.keys,
            chosen=option.id in picked,
            feedback=_words(option.feedback, solution),
        )
        for option in item.options
    )
    wrong = [option for option in item.options if (option.id in picked) != (option.id in solution.keys)]
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=sorted(chosen) if item.type == "multiple_response" else chosen[0],
        correct=picked == solution.keys,
        score=_points(item, share, hints_used),
        max_score=float(item.scoring.points),
        options=options,
        explanation=_words(item.explanation, solution),
        references=item.references,
        misconceptions=tuple(option.misconception for option in wrong if option.misconception),
    )


def _grade_number(item: Numeric, value: float, solution: Solution, hints_used: int) -> Outcome:
    assert solution.value is not None  # noqa: S101 - numeric items always have one
    correct = _is_near(value, solution.value, solution.tolerance)
    message, wrong_ideas = _number_feedback(item, value, solution, correct=correct)
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=value,
        correct=correct,
        score=_points(item, float(correct), hints_used),
        max_score=float(item.scoring.points),
        message=message,
        accepted=_accepted(item, solution),
        explanation=_words(item.explanation, solution),
        references=item.references,
        misconceptions=wrong_ideas,
    )


def _number_feedback(
    item: Numeric, value: float, solution: Solution, *, correct: bool
) -> tuple[str, tuple[str, ...]]:
    general = item.feedback
    if correct:
        return _words(general.correct if general else None, solution), ()
    for error, (wrong, width) in zip(item.common_errors, solution.errors, strict=True):
        if _is_near(value, wrong, width):
            ideas = (error.misconception,) if error.misconception else ()
            return _words(error.feedback, solution), ideas
    return _words(general.incorrect if general else None, solution), ()


def _is_near(value: float, target: float, width: float) -> bool:
    # The last digits of a decimal have no exact binary form, so a hair more is let through.
    return abs(value - target) <= width + 1e-9 * max(1.0, abs(target))


def _accepted(item: Numeric, solution: Solution) -> str:
    answer = solution.numbers["answer"]
    if not solution.tolerance:
        return answer
    unit = f" {item.answer.unit}" if item.answer.unit else ""
    decimals = max(item.answer.round, 2 if solution.tolerance < 0.1 else 1)
    return f"{answer} (accepted: within {format_number(solution.tolerance, decimals)}{unit})"


def _points(item: Item, share: float, hints_used: int) -> float:
    cost = sum(hint.cost for hint in item.hints[: max(0, hints_used)])
    return round(item.scoring.points * share * max(0.0, 1.0 - cost), 4)


def _words(text: Text | None, solution: Solution) -> str:
    return "" if text is None else fill(say(text), solution.numbers)
