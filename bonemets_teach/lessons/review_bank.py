"""What reviews need to know of the whole bank, as plain data: questions, goals, wrong ideas."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.item import ChoiceItem, ExtendedMatching, Hotspot, KeyFeature, Numeric
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.solving import solve

__all__ = ["lessons_of_items", "review_bank", "reviewed_items"]

# Chosen: a look at the page, then four words a second; who answers within that time has not had to think.
_LOOK_MS: Final = 4000
_WORD_MS: Final = 250


def reviewed_items() -> dict[str, Item]:
    """Return the questions that may be reviewed.

    Returns
    -------
    items : dict of str to Item
        Id to published question of the lessons that are ready; in each lesson the easy ones first.
    """
    found = (item for entry in ready_lessons() for item in lesson_items(entry.id))
    return {item.id: item for item in found if "spaced" in item.use}


def lessons_of_items() -> dict[str, str]:
    """Return where each question belongs.

    Returns
    -------
    lessons : dict of str to str
        Id of the question to id of its lesson.
    """
    return {item.id: entry.id for entry in ready_lessons() for item in lesson_items(entry.id)}


def review_bank() -> dict[str, Any]:
    """Describe the bank.

    Returns
    -------
    bank : dict
        "items" (fields of `progress.review_item.ReviewItem`, and "claims" and "scene", by which the section of
        the lesson is found), "objectives" (id, lesson, text) and "ideas" (id to text).
    """
    catalog = load_catalog()
    lesson_of = lessons_of_items()
    lessons = {entry.id for entry in ready_lessons()}
    return {
        "items": [_facts(item, lesson_of[item.id]) for item in reviewed_items().values()],
        "objectives": [
            {"id": goal.id, "lesson": goal.lesson, "text": plain(say(goal.text))}
            for goal in catalog.objectives.values()
            if goal.lesson in lessons
        ],
        "ideas": {idea.id: plain(say(idea.text)) for idea in catalog.misconceptions.values()},
    }


def _facts(item: Item, lesson: str) -> dict[str, Any]:
    computed = getattr(item, "computed", None) or getattr(getattr(item, "answer", None), "computed", None)
    scene = item.scene.id if item.scene else getattr(computed, "scene", getattr(item, "explorer", None))
    return {
        "id": item.id,
        "lesson": lesson,
        "title": plain(say(item.title)),
        "version": item.version,
        "objectives": list(item.objectives),
        "type": item.type,
        "group": item.isomorphic_group,
        "traps": _traps(item),
        "fast_ms": _LOOK_MS + _WORD_MS * _words(item),
        "claims": [source.claim for source in item.references if source.claim],
        "scene": scene,
    }


def _words(item: Item) -> int:
    texts = [item.stem, item.lead_in]
    if isinstance(item, ChoiceItem):
        texts += [option.text for option in item.options]
    elif isinstance(item, ExtendedMatching):
        texts += [case.text for case in item.vignettes]
    return sum(len(say(text).split()) for text in texts)


def _traps(item: Item) -> dict[str, Any]:
    """Say which wrong answer points to which wrong idea, as `progress.review_item.wrong_ideas` reads it."""
    if isinstance(item, ChoiceItem):
        return _named("choice", {option.id: option.misconception for option in item.options})
    if isinstance(item, Hotspot):
        return _named("choice", {target.id: target.misconception for target in item.targets})
    if isinstance(item, ExtendedMatching):
        cases = {case.id: {trap.option: trap.misconception for trap in case.traps} for case in item.vignettes}
        return _by_row(cases)
    if isinstance(item, KeyFeature):
        return _by_row(
            {step.id: {option.id: option.misconception for option in step.options} for step in item.steps}
        )
    if isinstance(item, Numeric) and any(error.misconception for error in item.common_errors):
        return _number_traps(item)
    # Spellings are compared, and states judged, by the grading alone.
    told = getattr(item, "reject", ()) or getattr(item, "checks", ())
    ideas = sorted({each.misconception for each in told if each.misconception})
    return {"graded": ideas} if ideas else {}


def _named(kind: str, ideas: dict[str, str | None]) -> dict[str, Any]:
    known = {name: idea for name, idea in ideas.items() if idea}
    return {kind: known} if known else {}


def _by_row(ideas: dict[str, dict[str, str | None]]) -> dict[str, Any]:
    rows = {row: {name: idea for name, idea in traps.items() if idea} for row, traps in ideas.items()}
    return {"rows": rows} if any(rows.values()) else {}


def _number_traps(item: Numeric) -> dict[str, Any]:
    try:
        errors = solve(item).errors
    except ContentError:
        return {}  # a key that can't be computed is reported by the check of the content
    ideas = [error.misconception for error in item.common_errors]
    return {"number": [[value, width, idea] for (value, width), idea in zip(errors, ideas, strict=True)]}
