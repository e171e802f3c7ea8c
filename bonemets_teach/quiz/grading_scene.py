"""Grades items about a picture or a state of an explorer: hotspots and scene tasks."""

from __future__ import annotations

from typing import Any

from bonemets_teach.content.language import tr
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.outcome import OptionOutcome, Outcome, RowOutcome, points, words
from bonemets_teach.quiz.response_rows import read_spot, read_state
from bonemets_teach.quiz.scene_task import SceneCheck, SceneTask
from bonemets_teach.quiz.solution import Solution, format_number
from bonemets_teach.quiz.task_state import check_state

__all__ = ["grade_spot", "grade_task"]


def grade_spot(item: Hotspot, response: Any, solution: Solution, hints_used: int) -> Outcome:
    """Grade a point or a chosen label; see `grade`."""
    target, point = read_spot(item, response)
    hit = target if point is None else _target_at(item, solution, point)
    correct = hit in solution.keys
    options = tuple(
        OptionOutcome(
            id=each.id,
            is_key=each.id in solution.keys,
            chosen=each.id == hit,
            feedback=words(each.feedback, solution),
        )
        for each in item.targets
    )
    ideas = [each.misconception for each in item.targets if each.id == hit and each.misconception]
    normal = {"target": hit} if point is None else {"target": hit, "point": list(point)}
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=normal,
        correct=correct,
        score=points(item, item.scoring.points, float(correct), hints_used),
        max_score=float(item.scoring.points),
        options=options,
        regions=solution.regions,
        message=_miss(item, solution) if hit is None else "",
        explanation=words(item.explanation, solution),
        references=item.references,
        misconceptions=() if correct else tuple(ideas),
    )


def _target_at(item: Hotspot, solution: Solution, point: tuple[float, float]) -> str | None:
    """Return the target that a point lies in; of several, the one whose center is nearest."""
    inside = [each.id for each in item.targets if solution.regions[each.id].contains(*point)]

    def distance(name: str) -> float:
        region = solution.regions[name]
        return (region.x - point[0]) ** 2 + (region.y - point[1]) ** 2

    return min(inside, key=distance) if inside else None


def _miss(item: Hotspot, solution: Solution) -> str:
    return words(item.miss, solution) or tr("Your point lies in none of the listed places.")


def grade_task(item: SceneTask, response: Any, solution: Solution, hints_used: int) -> Outcome:
    """Grade a state of the explorer; see `grade`."""
    state = read_state(item, response)
    found = check_state(item, state)
    rows = tuple(_check_row(check, found[check.id], solution) for check in item.checks)
    share = sum(row.right for row in rows) / len(rows)
    failed = {row.id for row in rows if not row.right}
    ideas = [check.misconception for check in item.checks if check.id in failed and check.misconception]
    paid = share if item.scoring.method == "per_check" else float(not failed)
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=state,
        correct=not failed,
        score=points(item, item.scoring.points, paid, hints_used),
        max_score=float(item.scoring.points),
        rows=rows,
        explanation=words(item.explanation, solution),
        references=item.references,
        misconceptions=tuple(ideas),
    )


def _check_row(check: SceneCheck, value: Any, solution: Solution) -> RowOutcome:
    right = check.holds(value)
    return RowOutcome(
        id=check.id,
        right=right,
        given=_value_words(check, value),
        wanted=_range_words(check),
        feedback="" if right else words(check.feedback, solution),
        text=words(check.text, solution),
    )


def _value_words(check: SceneCheck, value: Any) -> str:
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    number = format_number(value, check.round) if isinstance(value, int | float) else str(value)
    return f"{number} {tr(check.unit)}".rstrip()


def _range_words(check: SceneCheck) -> str:
    unit = f" {tr(check.unit)}" if check.unit else ""
    if check.rule == "between":
        return tr("{low:g} to {high:g}{unit}", low=check.low, high=check.high, unit=unit)
    if check.rule == "equals":
        return _value_words(check, check.setting)
    words = "at least {value:g}{unit}" if check.rule == "above" else "at most {value:g}{unit}"
    return tr(words, value=check.value, unit=unit)
