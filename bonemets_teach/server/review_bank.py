"""The bank as the server knows it: facts about questions, goals and wrong ideas, without the questions themselves."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.progress.gain import plan_tests
from bonemets_teach.progress.review_item import ReviewItem
from bonemets_teach.server.course import Course
from bonemets_teach.server.notebook import Section, load_notebook, sections

__all__ = ["BankFacts", "read_bank"]

_log: Final = logging.getLogger(__name__)
_CITED: Final = re.compile(r"\(#claim-([a-z0-9_]+)\)")
_EXPLORER: Final = re.compile(r"explorer\(\s*[\"']([a-z0-9-]+)[\"']")

Plan = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class BankFacts:
    """What the server needs to know of the bank.

    Parameters
    ----------
    items : mapping
        Id to question.
    cards : mapping
        Card to the questions that share it.
    goals : mapping
        Lesson to its goals: id to text, in order.
    ideas : mapping
        Id of a wrong idea to its sentence.
    tests : mapping
        Lesson to the questions of its tests before and after.
    """

    items: Mapping[str, ReviewItem]
    cards: Mapping[str, tuple[ReviewItem, ...]]
    goals: Mapping[str, Mapping[str, str]]
    ideas: Mapping[str, str]
    tests: Mapping[str, Plan] = field(default_factory=dict)


def read_bank(bank: Mapping[str, Any], course: Course) -> BankFacts:
    """Take in what the process of the reviews says about the bank.

    Parameters
    ----------
    bank : mapping
        As `lessons.review_bank.review_bank` makes it.
    course : Course
        Its notebooks tell where a question is explained.

    Returns
    -------
    facts : BankFacts
        Of the lessons that can be opened.
    """
    places = {entry.id: _places(course, entry.id) for entry in course.open_lessons()}
    found = [_item(raw, places[raw["lesson"]]) for raw in bank["items"] if raw["lesson"] in places]
    cards: dict[str, tuple[ReviewItem, ...]] = {}
    for item in found:
        cards[item.card] = (*cards.get(item.card, ()), item)
    goals: dict[str, dict[str, str]] = {name: {} for name in places}
    for goal in bank["objectives"]:
        if goal["lesson"] in goals:
            goals[goal["lesson"]][goal["id"]] = goal["text"]
    return BankFacts(
        items={item.id: item for item in found},
        cards=cards,
        goals=goals,
        ideas=bank["ideas"],
        tests={
            lesson: plan_tests(list(texts), [item for item in found if item.lesson == lesson])
            for lesson, texts in goals.items()
        },
    )


def _item(raw: Mapping[str, Any], places: list[tuple[str, frozenset[str]]]) -> ReviewItem:
    known = {
        name: raw[name] for name in ("id", "lesson", "title", "version", "type", "group", "traps", "fast_ms")
    }
    wanted = {*raw["claims"], f"scene {raw['scene']}"}
    return ReviewItem(objectives=tuple(raw["objectives"]), section=_best(places, wanted), **known)


def _best(places: Iterable[tuple[str, frozenset[str]]], wanted: set[str]) -> str:
    """Return the section that cites most of the item's sources or shows its explorer; "" if none does."""
    ranked = [(len(has & wanted), section) for section, has in places]
    most, section = max(ranked, key=lambda pair: pair[0], default=(0, ""))
    return section if most else ""


def _places(course: Course, lesson_id: str) -> list[tuple[str, frozenset[str]]]:
    """Return each section of a lesson with the claims that it cites and the explorers that it shows."""
    entry = course.get(lesson_id)
    path = course.notebook(entry) if entry else None
    if path is None:
        return []
    try:
        cut = sections(load_notebook(path).cells)
    except BonemetsError:
        _log.exception("The sections of lesson %s can't be read; links lead to its beginning.", lesson_id)
        return []
    return [(section.id, _has(section)) for section in cut if section.title]


def _has(section: Section) -> frozenset[str]:
    texts = [cell.source for cell in section.cells]
    explorers = {f"scene {name}" for text in texts for name in _EXPLORER.findall(text)}
    return frozenset({name for text in texts for name in _CITED.findall(text)} | explorers)
