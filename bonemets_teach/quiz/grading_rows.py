"""Grades items of several rows: extended matching and sequences."""

from __future__ import annotations

import itertools
from typing import Any

from bonemets_teach.content.language import tr
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.matching import ExtendedMatching, Vignette
from bonemets_teach.quiz.ordering import SequenceItem
from bonemets_teach.quiz.outcome import Outcome, RowOutcome, points, words
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.response_rows import read_matching, read_order
from bonemets_teach.quiz.solution import Solution

__all__ = ["grade_matching", "grade_order"]


def grade_matching(item: ExtendedMatching, response: Any, hints_used: int) -> Outcome:
    """Grade the answers to all cases; see `grade`."""
    chosen = read_matching(item, response)
    names = {entry.id: plain(say(entry.text)) for entry in item.option_list}
    rows = tuple(
        RowOutcome(
            id=case.id,
            right=chosen[case.id] == case.key,
            given=names[chosen[case.id]],
            wanted=names[case.key],
            feedback=_case_feedback(case, chosen[case.id]),
        )
        for case in item.vignettes
    )
    share = sum(row.right for row in rows) / len(rows)
    ideas = [
        trap.misconception
        for case in item.vignettes
        for trap in case.traps
        if trap.option == chosen[case.id] and trap.misconception
    ]
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=chosen,
        correct=share == 1.0,
        score=points(item, item.scoring.points, _whole(share, item.scoring.method), hints_used),
        max_score=float(item.scoring.points),
        rows=rows,
        explanation=words(item.explanation, Solution()),
        references=item.references,
        misconceptions=tuple(ideas),
    )


def _case_feedback(case: Vignette, chosen: str) -> str:
    trap = next((say(trap.feedback) for trap in case.traps if trap.option == chosen), "")
    return " ".join(text for text in (trap, say(case.feedback)) if text)


def _whole(share: float, method: str) -> float:
    return share if method == "per_row" else float(share == 1.0)


def grade_order(item: SequenceItem, response: Any, solution: Solution, hints_used: int) -> Outcome:
    """Grade an order; see `grade`."""
    order = read_order(item, response)
    right = list(solution.order)
    pairs = set(itertools.pairwise(right))
    kept = sum(pair in pairs for pair in itertools.pairwise(order))
    share = float(order == right) if item.scoring.method == "exact" else kept / len(pairs)
    feedback = {step.id: words(step.feedback, solution) for step in item.steps}
    rows = tuple(
        RowOutcome(
            id=name,
            right=order[place] == name,
            given=tr("place {number}", number=order.index(name) + 1),
            wanted=tr("place {number}", number=place + 1),
            feedback=feedback[name],
        )
        for place, name in enumerate(right)
    )
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=order,
        correct=order == right,
        score=points(item, item.scoring.points, share, hints_used),
        max_score=float(item.scoring.points),
        rows=rows,
        explanation=words(item.explanation, solution),
        references=item.references,
    )
