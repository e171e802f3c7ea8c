"""Reads texts the way a test-wise student does: words, their stems, numbers and ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

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
)
from bonemets_teach.quiz.linter.case_words import case_feedback, case_later, case_listed, case_texts
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.matching import Vignette
from bonemets_teach.quiz.ordering import Step
from bonemets_teach.quiz.parts import Option, Text, say
from bonemets_teach.quiz.scene_task import SceneCheck

__all__ = [
    "after_answer",
    "content_stems",
    "leading_number",
    "listed_words",
    "number_range",
    "option_words",
    "row_feedback",
    "texts",
]

# Words of five letters and more that carry no cue.
_COMMON: Final = frozenset(
    re.findall(
        "[a-z]+",
        "about above after again against almost already although among another because become "
        "becomes before being below between cause causes change changes could during each either "
        "first found given gives great large leads less likely lower makes might months never "
        "normal often other patient patients people rather right shows since small still their "
        "there these thing those three through times today under until using value weeks where "
        "which while whole whose within without woman would years your ",
    )
)
_SCALE: Final = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2629800.0,
    "year": 31557600.0, "mm": 1.0, "cm": 10.0, "m": 1000.0,
}  # fmt: skip
_DIGITS: Final = r"[-\u2212]?\d+(?:\.\d+)?"


def option_words(option: Option) -> str:
    """Return the text of an option without marks.

    Parameters
    ----------
    option : Option
        An option.

    Returns
    -------
    words : str
        One line.
    """
    return plain(say(option.text))


def content_stems(text: str) -> set[str]:
    """Return the stems of the words that carry meaning.

    Parameters
    ----------
    text : str
        Words.

    Returns
    -------
    stems : set of str
        The first seven letters of words of five letters and more.
    """
    found = re.findall(r"[a-z]{5,}", text.casefold())
    return {word[:7] for word in found if word not in _COMMON}


def leading_number(text: str) -> tuple[float, str] | None:
    """Return the number that an option starts with, in a common unit, and the words after it.

    Parameters
    ----------
    text : str
        An option such as "About 3 weeks".

    Returns
    -------
    number : (float, str) or None
        Value and the rest of the text with time and length units taken out.
    """
    found = re.match(
        rf"(?:about|around|roughly|some|~|≈)?\s*({_DIGITS})\s*(.*)$", text.strip(), re.IGNORECASE
    )
    if not found:
        return None
    value, rest = float(found.group(1).replace("\u2212", "-")), found.group(2).strip()
    unit = re.match(r"[a-z]+", rest)
    factor = _SCALE.get(unit.group(0).removesuffix("s")) if unit else None
    if unit and factor is not None:
        return value * factor, rest[unit.end() :].strip()
    return value, rest


def number_range(text: str) -> tuple[float, float, str] | None:
    """Return the range of numbers that an option stands for.

    Parameters
    ----------
    text : str
        An option such as "30 to 50 %" or "more than 50 %".

    Returns
    -------
    limits : (float, float, str) or None
        Low, high and unit; ends that are not included are moved by a hair.
    """
    both = re.match(
        rf"(?:about\s+)?({_DIGITS})\s*[^\d\s]{{0,3}}\s*(?:to|-|–|and)\s*({_DIGITS})\s*(.*)$",
        text,
        re.IGNORECASE,
    )
    if both:
        low, high = (float(both.group(at).replace("\u2212", "-")) for at in (1, 2))
        return (low, high, both.group(3).strip()) if low < high else None
    one = re.match(
        rf"(less than|under|below|<|more than|over|above|>)\s*({_DIGITS})\s*(.*)$", text, re.IGNORECASE
    )
    if not one:
        return None
    value, unit = float(one.group(2).replace("\u2212", "-")), one.group(3).strip()
    if one.group(1).casefold() in {"less than", "under", "below", "<"}:
        return -math.inf, math.nextafter(value, -math.inf), unit
    return math.nextafter(value, math.inf), math.inf, unit


def row_feedback(item: Item) -> Iterator[tuple[str, Text | None]]:
    """List the feedback that every option, case, step, target or check must have.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    feedback : (str, dict or None)
        Path and text.
    """
    rows: dict[str, Sequence[Option | Vignette | Step | Target | SceneCheck]] = {}
    if isinstance(item, ChoiceItem):
        rows = {"options": item.options}
    elif isinstance(item, ExtendedMatching):
        rows = {"vignettes": item.vignettes}
    elif isinstance(item, SequenceItem):
        rows = {"steps": item.steps}
    elif isinstance(item, Hotspot):
        rows = {"targets": item.targets}
    elif isinstance(item, SceneTask):
        rows = {"checks": item.checks}
    elif isinstance(item, CaseItem):
        yield from case_feedback(item)
    for field, each in rows.items():
        yield from ((f"{field}[{row.id}].feedback", row.feedback) for row in each)


def listed_words(item: Item) -> list[tuple[str, str]]:
    """List what a learner may choose or order, as path and plain words.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    listed : list of (str, str)
        Empty for numeric items and scene tasks.
    """
    if isinstance(item, ChoiceItem):
        return [(f"options[{each.id}].text", option_words(each)) for each in item.options]
    if isinstance(item, ExtendedMatching):
        return [(f"option_list[{each.id}].text", plain(say(each.text))) for each in item.option_list]
    if isinstance(item, SequenceItem):
        return [(f"steps[{each.id}].text", plain(say(each.text))) for each in item.steps]
    if isinstance(item, Hotspot):
        return [(f"targets[{each.id}].label", plain(say(each.label))) for each in item.targets]
    return case_listed(item) if isinstance(item, CaseItem) else []


def _more_after_answer(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, ExtendedMatching):
        for case in item.vignettes:
            for trap in case.traps:
                yield f"vignettes[{case.id}].traps[{trap.option}].feedback", say(trap.feedback)
    if isinstance(item, Hotspot) and item.miss:
        yield "miss", say(item.miss)
    if isinstance(item, SceneTask):
        for check in item.checks:
            yield f"checks[{check.id}].text", say(check.text)
    if isinstance(item, CaseItem):
        yield from case_later(item)


def after_answer(item: Item) -> Iterator[tuple[str, str]]:
    """List the texts that are shown after the answer.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    text : (str, str)
        Path and Markdown.
    """
    yield "explanation", say(item.explanation)
    for path, feedback in row_feedback(item):
        if feedback:
            yield path, say(feedback)
    yield from _more_after_answer(item)
    if isinstance(item, Numeric):
        for number, error in enumerate(item.common_errors, start=1):
            yield f"common_errors[#{number}].feedback", say(error.feedback)
        if item.feedback:
            yield "feedback.correct", say(item.feedback.correct)
            yield "feedback.incorrect", say(item.feedback.incorrect)


def texts(item: Item) -> Iterator[tuple[str, str]]:
    """List all texts of an item but its options.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    text : (str, str)
        Path and Markdown.
    """
    yield "title", say(item.title)
    yield "stem", say(item.stem)
    yield "lead_in", say(item.lead_in)
    for number, hint in enumerate(item.hints, start=1):
        yield f"hints[#{number}]", say(hint.text)
    if isinstance(item, ExtendedMatching):
        for case in item.vignettes:
            yield f"vignettes[{case.id}].text", say(case.text)
    if isinstance(item, CaseItem):
        yield from case_texts(item)
    yield from after_answer(item)
