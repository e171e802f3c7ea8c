"""Reads what a learner answered and refuses in words what can't be an answer."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from bonemets_teach.content.language import tr
from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz.item import ChoiceItem, Numeric, SingleBest
from bonemets_teach.quiz.keys import Answer

__all__ = ["parse_number", "range_words", "read_choice", "read_number"]

_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}([ ',.\u00a0\u2009\u202f’]\d{3})+([.,]\d+)?")
_LONGEST: Final = 60


def read_choice(item: ChoiceItem, response: Any) -> tuple[str, ...]:
    """Return the chosen options.

    Parameters
    ----------
    item : ChoiceItem
        The item answered.
    response : object
        An option id, or a list of option ids.

    Returns
    -------
    chosen : tuple of str
        Option ids, in the order of the item.

    Raises
    ------
    ParameterError
        If nothing, too much or something unknown is chosen.
    """
    wanted = response if isinstance(response, list) else [response]
    known = [option.id for option in item.options]
    if not all(isinstance(name, str) and name in known for name in wanted):
        raise ParameterError("the answer is not one of this question's options; choose one that is shown")
    if not wanted:
        raise ParameterError("nothing is chosen yet; choose an option first")
    if isinstance(item, SingleBest) and len(wanted) != 1:
        message = tr("this question takes one answer and {count} were sent; choose one", count=len(wanted))
        raise ParameterError(message)
    return tuple(name for name in known if name in wanted)


def read_number(item: Numeric, response: Any) -> float:
    """Return the number that a learner entered.

    Parameters
    ----------
    item : Numeric
        The item answered.
    response : object
        Text from the answer box, or a number.

    Returns
    -------
    value : float
        In the answer's unit.

    Raises
    ------
    ParameterError
        If it is no number or outside the range that the item allows.
    """
    answer = item.answer
    if isinstance(response, bool) or not isinstance(response, str | int | float):
        raise ParameterError("the answer must be a number; write it with digits, for example 12.5")
    value = parse_number(str(response), answer.unit)
    if answer.integer and value != int(value):
        message = tr("{value:g} is not a whole number; this question asks for one", value=value)
        raise ParameterError(message)
    if (answer.min is not None and value < answer.min) or (answer.max is not None and value > answer.max):
        allowed = range_words(answer)
        words = "{value:g} is outside the range of this question; enter a number {allowed}"
        message = tr(words, value=value, allowed=allowed)
        raise ParameterError(message)
    return value


def range_words(answer: Answer) -> str:
    """Say which numbers an answer box takes.

    Parameters
    ----------
    answer : Answer
        Of a numeric item.

    Returns
    -------
    words : str
        For example "from 0 to 200 %"; empty if any number goes.
    """
    unit = f" {tr(answer.unit)}" if answer.unit else ""
    if answer.min is not None and answer.max is not None:
        return tr("from {low:g} to {high:g}{unit}", low=answer.min, high=answer.max, unit=unit)
    if answer.min is not None:
        return tr("of at least {low:g}{unit}", low=answer.min, unit=unit)
    return "" if answer.max is None else tr("of at most {high:g}{unit}", high=answer.max, unit=unit)


def parse_number(text: str, unit: str = "") -> float:
    """Read a number as people write it: point or comma, the unit behind it if they like.

    Parameters
    ----------
    text : str
        What was entered.
    unit : str, default ""
        Unit that may follow.

    Returns
    -------
    value : float
        A finite number.

    Raises
    ------
    ParameterError
        If it is empty, no number, has thousands separators, or another unit.
    """
    words = text.strip().replace("\u2212", "-")
    if not words:
        raise ParameterError("no number is entered yet; write one, for example 12.5")
    shown = words[:_LONGEST]
    if len(words) > _LONGEST:
        message = tr("“{shown}…” is too long for a number; write digits only", shown=shown)
        raise ParameterError(message)
    number = _without_unit(words, unit)
    _refuse_grouping(number, shown)
    if not _NUMBER.fullmatch(number):
        told = (
            "“{shown}” is not a number; write digits, for example 12.5 or with the unit, 12.5 {unit}"
            if unit
            else "“{shown}” is not a number; write digits, for example 12.5 without a unit"
        )
        message = tr(told, shown=shown, unit=unit)
        raise ParameterError(message)
    value = float(number.replace(",", "."))
    if not math.isfinite(value):
        message = tr("“{shown}” is too large", shown=shown)
        raise ParameterError(message)
    return value


def _refuse_grouping(number: str, shown: str) -> None:
    found = _GROUPED.fullmatch(number)
    if found is None:
        return
    separators = re.findall(r"[^\d+-]", number)
    # "12.500" and "0,125" can only be decimals; "1,250" may be either, so it is asked back.
    if len(separators) == 1 and (separators[0] == "." or re.match(r"[+-]?0[,.]", number)):
        return
    decimals = found.group(2) or ""
    whole = re.sub(r"[^\d+-]", "", number.removesuffix(decimals)) + decimals.replace(",", ".")
    if separators == [","]:
        other = number.replace(",", ".").rstrip("0").rstrip(".")
        message = tr(
            "“{shown}” can be read in two ways; write {whole}, or {other}",
            shown=shown,
            whole=whole,
            other=other,
        )
        raise ParameterError(message)
    message = tr("“{shown}” has a thousands separator; write {whole}", shown=shown, whole=whole)
    raise ParameterError(message)


def _without_unit(words: str, unit: str) -> str:
    if unit and words.casefold().endswith(unit.casefold()):
        return words[: -len(unit)].rstrip()
    return words
