"""Grades a response: a pure function of item, response and hints used."""

from __future__ import annotations

from typing import Any

from bonemets_teach.content.language import tr
from bonemets_teach.quiz.grading_cases import grade_case
from bonemets_teach.quiz.grading_rows import grade_matching, grade_order
from bonemets_teach.quiz.grading_scene import grade_spot, grade_task
from bonemets_teach.quiz.item import (
    CaseItem,
    ChoiceItem,
    ExtendedMatching,
    Hotspot,
    Item,
    Numeric,
    SceneTask,
    SequenceItem,
)
from bonemets_teach.quiz.outcome import OptionOutcome, Outcome, points, words
from bonemets_teach.quiz.response import read_choice, read_number
from bonemets_teach.quiz.solution import Solution, format_number
from bonemets_teach.quiz.solving import solve

__all__ = ["grade"]


def grade(item: Item, response: Any, hints_used: int = 0) -> Outcome:
    """Grade a response.

    Parameters
    ----------
    item : Item
        The item.
    response : object
        Option id, list of ids, number or words as text, dictionary of cases, rows or steps, target or point,
        state of an explorer.
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
    if isinstance(item, CaseItem):
        return grade_case(item, response, hints_used)
    solution = solve(item)
    if isinstance(item, Numeric):
        return _grade_number(item, read_number(item, response), solution, hints_used)
    return _grade_listed(item, response, solution, hints_used)


def _grade_listed(
    item: ChoiceItem | ExtendedMatching | SequenceItem | Hotspot | SceneTask,
    response: Any,
    solution: Solution,
    hints_used: int,
) -> Outcome:
    if isinstance(item, ExtendedMatching):
        return grade_matching(item, response, hints_used)
    if isinstance(item, SequenceItem):
        return grade_order(item, response, solution, hints_used)
    if isinstance(item, Hotspot):
        return grade_spot(item, response, solution, hints_used)
    if isinstance(item, SceneTask):
        return grade_task(item, response, solution, hints_used)
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
            feedback=words(option.feedback, solution),
        )
        for option in item.options
    )
    wrong = [option for option in item.options if (option.id in picked) != (option.id in solution.keys)]
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=sorted(chosen) if item.type == "multiple_response" else chosen[0],
        correct=picked == solution.keys,
        score=points(item, item.scoring.points, share, hints_used),
        max_score=float(item.scoring.points),
        options=options,
        explanation=words(item.explanation, solution),
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
        score=points(item, item.scoring.points, float(correct), hints_used),
        max_score=float(item.scoring.points),
        message=message,
        accepted=_accepted(item, solution),
        explanation=words(item.explanation, solution),
        references=item.references,
        misconceptions=wrong_ideas,
    )


def _number_feedback(
    item: Numeric, value: float, solution: Solution, *, correct: bool
) -> tuple[str, tuple[str, ...]]:
    general = item.feedback
    if correct:
        return words(general.correct if general else None, solution), ()
    for error, (wrong, width) in zip(item.common_errors, solution.errors, strict=True):
        if _is_near(value, wrong, width):
            ideas = (error.misconception,) if error.misconception else ()
            return words(error.feedback, solution), ideas
    return words(general.incorrect if general else None, solution), ()


def _is_near(value: float, target: float, width: float) -> bool:
    # The last digits of a decimal have no exact binary form, so a hair more is let through.
    return abs(value - target) <= width + 1e-9 * max(1.0, abs(target))


def _accepted(item: Numeric, solution: Solution) -> str:
    answer = solution.numbers["answer"]
    if not solution.tolerance:
        return answer
    unit = f" {tr(item.answer.unit)}" if item.answer.unit else ""
    decimals = max(item.answer.round, 2 if solution.tolerance < 0.1 else 1)
    within = format_number(solution.tolerance, decimals)
    return tr("{answer} (accepted: within {within}{unit})", answer=answer, within=within, unit=unit)
