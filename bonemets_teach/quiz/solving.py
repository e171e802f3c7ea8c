"""Works out what is right in an item of any type."""

from __future__ import annotations

import itertools

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.computed import key_quantity, solve_choice, solve_number
from bonemets_teach.quiz.free_text import main_spelling
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.item import CaseItem, ChoiceItem, Item, Numeric
from bonemets_teach.quiz.key_feature import KeyFeature
from bonemets_teach.quiz.matching import ExtendedMatching
from bonemets_teach.quiz.ordering import ComputedOrder, SequenceItem
from bonemets_teach.quiz.placing import solve_hotspot
from bonemets_teach.quiz.scene_task import SceneTask
from bonemets_teach.quiz.short_text import ShortText
from bonemets_teach.quiz.solution import Solution, format_number
from bonemets_teach.quiz.task_state import check_state

__all__ = ["solve"]

ListedItem = ChoiceItem | ExtendedMatching | SequenceItem | Hotspot | SceneTask


def solve(item: Item) -> Solution:
    """Work out the key of an item.

    Parameters
    ----------
    item : Item
        Any item.

    Returns
    -------
    solution : Solution
        Keys, number and tolerance, order, or places.

    Raises
    ------
    ContentError
        If a scene, a quantity or a state does not exist, or the models give no usable key; names
        item and scene.
    """
    if isinstance(item, CaseItem):
        return Solution(keys=_listed_keys(item))
    if isinstance(item, Numeric):
        return solve_number(item)
    return _solve_listed(item)


def _listed_keys(item: CaseItem) -> frozenset[str]:
    """Return what the file itself says; polls and script concordance have no key."""
    if isinstance(item, ShortText):
        return frozenset({main_spelling(item.accept)})
    if not isinstance(item, KeyFeature):
        return frozenset()
    return frozenset(f"{step.id}.{name}" for step in item.steps for name in step.wanted())


def _solve_listed(item: ListedItem) -> Solution:
    if isinstance(item, ExtendedMatching):
        return Solution(keys=frozenset(case.key for case in item.vignettes))
    if isinstance(item, SequenceItem):
        return _solve_order(item)
    if isinstance(item, Hotspot):
        return solve_hotspot(item)
    if isinstance(item, SceneTask):
        return _solve_task(item)
    return solve_choice(item)


def _solve_order(item: SequenceItem) -> Solution:
    asked = item.computed
    if asked is None:
        return Solution(order=tuple(step.id for step in item.steps))
    measured = {step.id: _quantity(item.id, asked, step.id) for step in item.steps}
    order = sorted(measured, key=lambda name: measured[name], reverse=asked.order == "descending")
    for one, other in itertools.pairwise(order):
        if abs(measured[one] - measured[other]) <= 1e-6 * max(abs(measured[one]), abs(measured[other])):
            message = f"item {item.id}: steps {one} and {other} come out equal, so they have no order"
            raise ContentError(message)
    numbers = {name: format_number(value, asked.round) for name, value in measured.items()}
    return Solution(order=tuple(order), measured=measured, numbers=numbers)


def _quantity(item_id: str, asked: ComputedOrder, step: str) -> float:
    if asked.cases is not None:
        return key_quantity(item_id, asked.scene, asked.cases[step], str(asked.quantity))
    quantities = asked.quantities or {}
    return key_quantity(item_id, asked.scene, asked.state, quantities[step])


def _solve_task(item: SceneTask) -> Solution:
    found = check_state(item, item.solution)
    failed = [check.id for check in item.checks if not check.holds(found[check.id])]
    if failed:
        shown = ", ".join(f"{name} = {found[name]}" for name in failed)
        message = f"item {item.id}, scene {item.explorer}: the solution does not keep all checks ({shown})"
        raise ContentError(message)
    measured = {name: float(value) for name, value in found.items() if isinstance(value, int | float)}
    numbers = {
        check.id: format_number(measured[check.id], check.round)
        for check in item.checks
        if check.id in measured
    }
    return Solution(measured=measured, numbers=numbers)
