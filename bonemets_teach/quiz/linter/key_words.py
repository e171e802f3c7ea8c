"""Writes the key of an item as text, for authors."""

from __future__ import annotations

from collections.abc import Iterator

from bonemets_teach.quiz.item import (
    CaseItem,
    ChoiceItem,
    ExtendedMatching,
    Hotspot,
    Item,
    SceneTask,
    SequenceItem,
)
from bonemets_teach.quiz.linter.case_words import case_keys
from bonemets_teach.quiz.linter.words import option_words
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.solution import Solution

__all__ = ["key_lines"]


def key_lines(item: Item, solution: Solution) -> Iterator[str]:
    """Say what is right.

    Parameters
    ----------
    item : Item
        The item.
    solution : Solution
        Its key.

    Yields
    ------
    line : str
        One option, case, step, target or check; or the number.
    """
    if isinstance(item, CaseItem):
        yield from case_keys(item)
        return
    if isinstance(item, ChoiceItem):
        listed = [(each.id, option_words(each)) for each in item.options]
    elif isinstance(item, ExtendedMatching):
        listed = [(case.key, plain(say(case.text))) for case in item.vignettes]
    elif isinstance(item, SequenceItem):
        steps = {step.id: plain(say(step.text)) for step in item.steps}
        listed = [(name, steps[name]) for name in solution.order]
    elif isinstance(item, Hotspot):
        listed = [(each.id, plain(say(each.label)) + _place(solution, each.id)) for each in item.targets]
    elif isinstance(item, SceneTask):
        listed = [(check.id, plain(say(check.text))) for check in item.checks]
    else:
        yield f"  key: {solution.numbers['answer']} within {solution.tolerance:g}"
        return
    for name, words in listed:
        yield f"  {'*' if name in solution.keys else ' '} {name}. {words}{_measured(solution, name)}"


def _place(solution: Solution, name: str) -> str:
    region = solution.regions[name]
    return f"  [at {region.x:.3f}, {region.y:.3f}]"


def _measured(solution: Solution, name: str) -> str:
    return f"  [{solution.measured[name]:g}]" if name in solution.measured else ""
