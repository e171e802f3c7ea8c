"""Checks of what an item says after the answer and of everything that it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.hotspot import Target
from bonemets_teach.quiz.item import (
    CaseItem,
    ChoiceItem,
    ExtendedMatching,
    Hotspot,
    Item,
    Numeric,
    SceneTask,
    SequenceItem,
    ShortText,
)
from bonemets_teach.quiz.linter.case_words import case_misconceptions
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.words import after_answer, content_stems, listed_words, row_feedback, texts
from bonemets_teach.quiz.markdown import placeholders, plain
from bonemets_teach.quiz.parts import Option, say
from bonemets_teach.quiz.scene_task import SceneCheck
from bonemets_teach.quiz.solution import Solution

__all__ = ["check_feedback", "check_links", "check_sources", "check_spoilers"]

_OLD: Final = timedelta(days=3 * 365)
_SOON: Final = timedelta(days=60)


def check_feedback(item: Item, solution: Solution | None) -> Hits:
    """Check that every answer gets an answer, and that its placeholders have a number.

    Parameters
    ----------
    item : Item
        The item.
    solution : Solution or None
        None if the key could not be worked out.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    if isinstance(item, Numeric | ShortText) and item.feedback is None:
        yield (
            "FEEDBACK_MISSING",
            "feedback",
            "say something to a right answer (correct) and to a wrong one (incorrect)",
        )
    for path, feedback in row_feedback(item):
        if feedback is None:
            yield "FEEDBACK_MISSING", path.removesuffix(".feedback"), "say why this is right or wrong"
    if isinstance(item, ChoiceItem):
        for option in item.options:
            is_key = solution is not None and option.id in solution.keys
            if item.type == "single_best" and is_key and option.misconception:
                yield (
                    "MISCONCEPTION_ON_KEY",
                    f"options[{option.id}]",
                    "the right option can't point to a wrong idea",
                )
    if solution is None:
        return
    later = dict(after_answer(item))
    for path, text in texts(item):
        unknown = placeholders(text) - (set(solution.numbers) if path in later else set())
        for name in sorted(unknown):
            known = ", ".join(sorted(solution.numbers)) or "none in this item"
            yield (
                "UNKNOWN_PLACEHOLDER",
                path,
                f"{{{{{name}}}}} has no number here; after the answer there are: {known}",
            )


def check_links(item: Item, catalog: Catalog, lesson: str | None) -> Hits:
    """Check objectives, misconceptions, claims and scenes that the item names.

    Parameters
    ----------
    item : Item
        The item.
    catalog : Catalog
        What exists.
    lesson : str or None
        Lesson of the item's folder, if it has one.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    for name in item.objectives:
        found = catalog.objectives.get(name)
        if found is None:
            yield "UNKNOWN_OBJECTIVE", "objectives", f"{name} is not in quizzes/objectives.yaml"
    lessons = {catalog.objectives[name].lesson for name in item.objectives if name in catalog.objectives}
    if lesson and lessons and lesson not in lessons:
        yield "OTHER_LESSON", "objectives", f"none of the objectives belongs to {lesson}"
    for path, name in _misconceptions(item):
        if name not in catalog.misconceptions:
            yield "UNKNOWN_MISCONCEPTION", path, f"{name} is not in quizzes/misconceptions.yaml"
    for number, reference in enumerate(item.references, start=1):
        if reference.claim and catalog.claims is not None and reference.claim not in catalog.claims:
            yield (
                "UNKNOWN_CLAIM",
                f"references[#{number}]",
                f"{reference.claim} is not in assets/evidence/claims.yaml",
            )


def _misconceptions(item: Item) -> list[tuple[str, str]]:
    if isinstance(item, Numeric):
        errors = enumerate(item.common_errors, start=1)
        return [(f"common_errors[#{at}]", error.misconception) for at, error in errors if error.misconception]
    if isinstance(item, ExtendedMatching):
        traps = [(f"vignettes[{case.id}]", trap) for case in item.vignettes for trap in case.traps]
        return [
            (f"{path}.traps[{trap.option}]", trap.misconception) for path, trap in traps if trap.misconception
        ]
    if isinstance(item, SequenceItem):
        return []
    if isinstance(item, CaseItem):
        return case_misconceptions(item)
    field, rows = _rows(item)
    return [(f"{field}[{row.id}]", row.misconception) for row in rows if row.misconception]


def _rows(item: ChoiceItem | Hotspot | SceneTask) -> tuple[str, Sequence[Option | Target | SceneCheck]]:
    if isinstance(item, Hotspot):
        return "targets", item.targets
    return ("checks", item.checks) if isinstance(item, SceneTask) else ("options", item.options)


def check_sources(item: Item, today: date) -> Hits:
    """Check that sources exist and are not too old, and that the review still holds.

    Parameters
    ----------
    item : Item
        The item.
    today : date
        The day to compare with.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    if not item.references:
        yield "REFERENCE_MISSING", "references", "name at least one source"
    for number, reference in enumerate(item.references, start=1):
        if reference.checked_on is None:
            continue
        age, place = today - reference.checked_on, f"references[#{number}]"
        if age < timedelta():
            yield "REF_OLD", place, f"{reference.checked_on} is still to come; say when it was read"
        elif age > _OLD:
            yield "REF_OLD", place, f"read last on {reference.checked_on}; read it again"
        elif age > _OLD - _SOON:
            yield "REF_SOON", place, f"read last on {reference.checked_on}; it has to be read again soon"
    due = item.review.review_by
    if due < today:
        yield "REVIEW_OVERDUE", "review.review_by", f"the review was due on {due}; review the item again"
    elif due - today <= _SOON:
        yield "REVIEW_SOON", "review.review_by", f"the review is due on {due}"


def check_spoilers(item: Item, solution: Solution | None) -> Hits:
    """Check that the words for a picture don't tell the key.

    Parameters
    ----------
    item : Item
        The item.
    solution : Solution or None
        None if the key could not be worked out.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    if solution is None:
        return
    alts = [("scene.alt", say(item.scene.alt))] if item.scene and item.scene.role == "stimulus" else []
    alts += [(f"images[#{at}].alt", say(image.alt)) for at, image in enumerate(item.images, start=1)]
    for path, alt in alts:
        told = _tells_number(alt, solution) if isinstance(item, Numeric) else _tells_key(alt, item, solution)
        if told:
            yield "ALT_GIVES_KEY", path, f"“{told}” is the answer; describe what is seen, not what it means"


def _tells_number(alt: str, solution: Solution) -> str | None:
    number = solution.numbers["answer"].split()[0]
    return number if number in alt.replace(",", " ").rstrip(".").split() else None


def _tells_key(alt: str, item: Item, solution: Solution) -> str | None:
    if not isinstance(item, ChoiceItem | Hotspot):
        return None
    names = [each.id for each in (item.targets if isinstance(item, Hotspot) else item.options)]
    listed = {name: words for name, (_, words) in zip(names, listed_words(item), strict=True)}
    shown = content_stems(plain(alt))
    others = set().union(
        *(content_stems(words) for name, words in listed.items() if name not in solution.keys)
    )
    for name in sorted(solution.keys):
        own = content_stems(listed[name]) - others
        if listed[name].casefold() in alt.casefold() or (own and own <= shown):
            return listed[name]
    return None
