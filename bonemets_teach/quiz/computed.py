"""Keys that the models compute, so that a key can't drift away from the simulator."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from bonemets_teach.errors import BonemetsError, ContentError
from bonemets_teach.quiz.item import ChoiceItem, Numeric
from bonemets_teach.quiz.keys import Answer, CommonError, ComputedChoice
from bonemets_teach.quiz.known_keys import known
from bonemets_teach.quiz.solution import Solution, format_number
from bonemets_teach.scenes.registry import measure

__all__ = ["key_quantity", "solve_choice", "solve_number"]

# Two cases closer than this, relative to the larger, count as equal: then there is no single best.
_TIE: Final = 1e-6


def solve_number(item: Numeric) -> Solution:
    """Work out the right number; see `solve`."""
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
    raw = key_quantity(item_id, asked.scene, asked.state, asked.quantity)
    return round(raw * source.scale, source.round)


def _width(value: float, source: Answer | CommonError) -> float:
    tolerance = source.tolerance
    assert tolerance is not None  # noqa: S101 - callers checked
    return tolerance.abs if tolerance.abs is not None else abs(value) * (tolerance.rel or 0.0)


def solve_choice(item: ChoiceItem) -> Solution:
    """Work out the right options; see `solve`."""
    asked = item.computed
    if asked is None:
        return Solution(keys=frozenset(option.id for option in item.options if option.key))
    if asked.cases is None:
        value = key_quantity(item.id, asked.scene, asked.state or {}, asked.quantity) * asked.scale
        measured = {option.id: float(option.value or 0.0) for option in item.options}
        keys = _nearest(item.id, measured, value)
        return Solution(keys=keys, numbers={"answer": format_number(value, asked.round)}, measured=measured)
    measured = {
        name: key_quantity(item.id, asked.scene, state, asked.quantity) * asked.scale
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


def key_quantity(item_id: str, scene: str, state: Mapping[str, Any], quantity: str) -> float:
    """Measure a quantity for a key.

    Parameters
    ----------
    item_id : str
        For messages.
    scene, state, quantity
        As in `scenes.registry.measure`.

    Returns
    -------
    value : float
        Finite.

    Raises
    ------
    ContentError
        If there is no such scene, state or quantity, or no finite value.
    """
    try:
        words = json.dumps(state, sort_keys=True)
        value = float(known((scene, words, quantity), lambda: _measured(scene, words, quantity)))
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
