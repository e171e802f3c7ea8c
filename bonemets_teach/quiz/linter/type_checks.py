"""Checks that belong to one type: matching, sequence, hotspot, scene task."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Final

from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.item import ExtendedMatching, Item, SceneTask, SequenceItem
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.words import leading_number, listed_words
from bonemets_teach.quiz.solution import Region, Solution
from bonemets_teach.quiz.task_state import check_state

__all__ = ["check_type"]

# Chosen: so many more answers than cases, that the last case is not solved by what is left over.
_SPARE: Final = 2
# Neighbors of a computed order keep at least this share of the whole spread between them.
_CLEAR: Final = 0.01
# A circle of 24 px (WCAG 2.2, 2.5.8) on a picture 300 px wide, as on a phone.
_SMALLEST: Final = 0.04


def check_type(item: Item, solution: Solution) -> Hits:
    """Check what only this type of item has.

    Parameters
    ----------
    item : Item
        The item.
    solution : Solution
        Its key.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    if isinstance(item, ExtendedMatching):
        yield from _check_list(item, solution)
    elif isinstance(item, SequenceItem):
        yield from _check_order(item, solution)
    elif isinstance(item, Hotspot):
        yield from _check_places(solution)
    elif isinstance(item, SceneTask):
        found = check_state(item, {})
        if all(check.holds(found[check.id]) for check in item.checks):
            yield (
                "TASK_ALREADY_DONE",
                "checks",
                "the explorer's default state keeps all checks; nothing has to be done",
            )


def _check_list(item: ExtendedMatching, solution: Solution) -> Hits:
    cases, answers = len(item.vignettes), len(item.option_list)
    if answers < cases + _SPARE:
        words = f"{answers} answers for {cases} cases; give at least {cases + _SPARE}, so that none is left over at the end"
        yield "LIST_TOO_SHORT", "option_list", words
    if len(solution.keys) == 1:
        yield "SAME_KEY", "vignettes", "all cases have the same answer; vary it"
    listed = [words for _, words in listed_words(item)]
    numbers = [number[0] for words in listed if (number := leading_number(words))]
    in_order = (
        numbers == sorted(numbers)
        if len(numbers) == len(listed)
        else listed == sorted(listed, key=str.casefold)
    )
    if not in_order:
        yield (
            "LIST_NOT_SORTED",
            "option_list",
            "write the list in alphabetical order, numbers ascending, so that nobody has to hunt",
        )


def _check_order(item: SequenceItem, solution: Solution) -> Hits:
    if item.computed is None:
        return
    values = [solution.measured[name] for name in solution.order]
    spread = abs(values[-1] - values[0])
    for (one, low), (other, high) in pairwise(zip(solution.order, values, strict=True)):
        if abs(high - low) < _CLEAR * spread:
            yield (
                "KEY_TOO_CLOSE",
                "computed",
                f"{one} = {low:g} and {other} = {high:g} are nearly equal; move them apart",
            )


def _check_places(solution: Solution) -> Hits:
    for name, region in solution.regions.items():
        path = f"targets[{name}]"
        if not (region.half_width <= region.x <= 1 - region.half_width) or not (
            region.half_height <= region.y <= 1 - region.half_height
        ):
            yield "TARGET_OUTSIDE", path, "this place reaches beyond the picture; move it or make it smaller"
        if region.half_width < _SMALLEST:
            words = f"half as wide as {region.half_width:.3f} of the picture is hard to hit on a phone; use {_SMALLEST} or more"
            yield "TARGET_TOO_SMALL", path, words
    for (one, a), (other, b) in combinations(solution.regions.items(), 2):
        if a.contains(b.x, b.y) or b.contains(a.x, a.y) or _share_rim(a, b):
            yield "OVERLAPPING_TARGETS", "targets", f"{one} and {other} overlap, so one point lies in both"


def _share_rim(a: Region, b: Region) -> bool:
    """Tell whether two regions meet on the line between their centers."""
    steps = [k / 50 for k in range(51)]
    return any(
        a.contains(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
        and b.contains(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
        for t in steps
    )
