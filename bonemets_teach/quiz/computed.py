"""Keys that the models compute, so that a key can't drift away from the simulator."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from bonemets_teach.errors import BonemetsError, ContentError
from bonemets_teach.quiz.item import ChoiceItem, Item, Numeric
from bonemets_teach.quiz.keys import Answer, CommonError, ComputedChoice
from bonemets_teach.scenes.registry import measure

__all__ = ["Solution", "format_number", "solve"]

# Two cases closer than this, relative to the larger, count as equal: then there is no single best.
_TIE: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What is right, worked out: never part of what the page gets before the answer.

    Parameters
    ----------
    keys : frozenset of str
        Ids of the right options; empty for numeric items.
    value : float or None
        Right number of a numeric item.
    tolerance : float
        Largest accepted distance from ``value``, in the answer's unit.
    errors : tuple of (float, float)
        Value and tolerance of each common error, in order.
    numbers : mapping
        Words for the placeholders ``{{answer}}``, ``{{a}}``...
    measured : mapping
        Quantity of each option of a computed choice; empty otherwise.
    """

    keys: frozenset[str] = frozenset()
    value: float | None = None
    tolerance: float = 0.0
    errors: tuple[tuple[float, float], ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)


def solve(item: Item) -> Solution:
    """Work out the key of an item.

    Parameters
    ----------
    item : Item
        Any item.

    Returns
    -------
    solution : Solution
        Keys, or number and tolerance.

    Raises
    ------
    ContentError
        If a scene, a quantity or a state does not exist, or the models give no usable key; names
        item and scene.
    """
    if isinstance(item, Numeric):
        return _solve_number(item)
    if item.computed is None:
        return Solution(keys=frozenset(option.id for option in item.options if option.key))
    return _solve_choice(item, item.computed)


def format_number(value: float, decimals: int) -> str:
    """Write a number with at most so many decimals, without trailing zeros.

    Parameters
    ----------
    value : float
        Any finite number.
    decimals : int
        Decimals to keep.

    Returns
    -------
    words : str
        For example "89.8".
    """
    words = f"{value:.{decimals}f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return "0" if words == "-0" else words


def _solve_number(item: Numeric) -> Solution:
    answer = item.answer
    value = _number(item.id, answer)
    low = -math.inf if answer.min is None else answer.min
    high = math.inf if answer.max is None else answer.max
    if not low <= value <= high:
        message = (
            f"item {item.id}: the computed key {value:g} lies outside min to max, so nobody could enter it"
        )
        raise ContentError(message)
    tolerance = _width(value, answer)
    errors = []
    for error in item.common_errors:
        wrong = _number(item.id, error)
        errors.append((wrong, tolerance if error.tolerance is None else _width(wrong, error)))
    unit = f" {answer.unit}" if answer.unit else ""
    words = f"{format_number(value, answer.round)}{unit}"
    return Solution(value=value, tolerance=tolerance, errors=tuple(errors), numbers={"answer": words})


def _number(item_id: str, source: Answer | CommonError) -> float:
    if source.computed is None:
        assert source.value is not None  # noqa: S101 - the model has exactly one of the two
        return source.value
    asked = source.computed
    raw = _measure(item_id, asked.scene, asked.state, asked.quantity)
    return round(raw * source.scale, source.round)


def _width(value: float, source: Answer | CommonError) -> float:
    tolerance = source.tolerance
    assert tolerance is not None  # noqa: S101 - callers checked
    return tolerance.abs if tolerance.abs is not None else abs(value) * (tolerance.rel or 0.0)


def _solve_choice(item: ChoiceItem, asked: ComputedChoice) -> Solution:
    if asked.cases is None:
        value = _measure(item.id, asked.scene, asked.state or {}, asked.quantity) * asked.scale
        measured = {option.id: float(option.value or 0.0) for option in item.options}
        keys = _nearest(item.id, measured, value)
        return Solution(keys=keys, numbers={"answer": format_number(value, asked.round)}, measured=measured)
    measured = {
        name: _measure(item.id, asked.scene, state, asked.quantity) * asked.scale
        for name, state in asked.cases.items()
    }
    keys = _choose(item.id, asked, measured)
    if not 1 <= len(keys) < len(measured) or (item.scoring.method == "key" and len(keys) != 1):
        found = ", ".join(f"{name} = {number:g}" for name, number in measured.items())
        where = f"item {item.id}, scene {asked.scene}"
        message = f"{where}: {len(keys)} options fit “{asked.choose}” ({found}); change cases or value"
        raise ContentError(message)
    numbers = {name: format_number(number, asked.round) for name, number in measured.items()}
    numbers["answer"] = ", ".join(numbers[name] for name in sorted(keys))
    return Solution(keys=keys, numbers=numbers, measured=measured)


def _choose(item_id: str, asked: ComputedChoice, measured: Mapping[str, float]) -> frozenset[str]:
    limit = 0.0 if asked.value is None else asked.value
    if asked.choose == "above":
        return frozenset(name for name, number in measured.items() if number > limit)
    if asked.choose == "below":
        return frozenset(name for name, number in measured.items() if number < limit)
    if asked.choose == "nearest":
        return _nearest(item_id, measured, limit)
    sign = 1.0 if asked.choose == "max" else -1.0
    return _first(item_id, {name: sign * number for name, number in measured.items()})


def _nearest(item_id: str, measured: Mapping[str, float], value: float) -> frozenset[str]:
    return _first(item_id, {name: -abs(number - value) for name, number in measured.items()})


def _first(item_id: str, rank: Mapping[str, float]) -> frozenset[str]:
    best, second = sorted(rank.values(), reverse=True)[:2]
    if best - second <= _TIE * max(abs(best), abs(second)):
        names = ", ".join(name for name, number in rank.items() if number >= second)
        message = f"item {item_id}: options {names} come out equal, so there is no single best one"
        raise ContentError(message)
    return frozenset(name for name, number in rank.items() if number == best)


def _measure(item_id: str, scene: str, state: Mapping[str, Any], quantity: str) -> float:
    try:
        value = _measured(scene, json.dumps(state, sort_keys=True), quantity)
    except (BonemetsError, ImportError, TypeError) as error:
        message = f"item {item_id}: the key can't be computed from scene {scene}: {error}"
        raise ContentError(message) from error
    if not math.isfinite(value):
        message = f"item {item_id}: scene {scene} gives {value} for {quantity}, which is no key"
        raise ContentError(message)
    return value


@cache
def _measured(scene: str, state: str, quantity: str) -> float:
    return measure(scene, json.loads(state), quantity)
