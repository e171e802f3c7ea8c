"""What the page may see of matching, sequence, hotspot and scene task before the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from bonemets_teach.content.language import numeral, tr, trn
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.item import (
    ExtendedMatching,
    Item,
    KeyFeature,
    Numeric,
    Poll,
    SceneTask,
    ScriptConcordance,
    SequenceItem,
    ShortText,
)
from bonemets_teach.quiz.markdown import plain, to_html
from bonemets_teach.quiz.parts import say
from bonemets_teach.scenes.parameter import Choice, Control, Parameter
from bonemets_teach.scenes.registry import load_scene

__all__ = ["option_order", "state_view", "type_view"]


def option_order(item: Item, learner: str) -> list[str] | None:
    """Return ids of options, cases, steps or targets in the order that this learner sees, always the same.

    Parameters
    ----------
    item : Item
        The item.
    learner : str
        Anything that stays the same for a learner.

    Returns
    -------
    order : list of str or None
        All ids; options with ``fixed_last`` at the end. None for types that have none.
    """
    if isinstance(item, Numeric | SceneTask | ShortText | KeyFeature | ScriptConcordance):
        return None
    if isinstance(item, SequenceItem):
        return _shuffled(item.id, learner, (step.id for step in item.steps))
    last: list[str] = []
    if isinstance(item, ExtendedMatching):
        names = [case.id for case in item.vignettes]
    elif isinstance(item, Hotspot):
        names = [target.id for target in item.targets]
    elif isinstance(item, Poll):
        names = [option.id for option in item.options]
    else:
        names = [option.id for option in item.options if not option.fixed_last]
        last = [option.id for option in item.options if option.fixed_last]
    return (_shuffled(item.id, learner, names) if item.shuffle else names) + last


def _shuffled(item_id: str, learner: str, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: hashlib.sha256(f"{learner}|{item_id}|{name}".encode()).digest())


def type_view(item: Item, learner: str) -> dict[str, Any]:
    """Return the part of the view that belongs to the item's type.

    Parameters
    ----------
    item : Item
        Of a type other than choice and numeric.
    learner : str
        Decides the order.

    Returns
    -------
    view : dict
        Plain data for a message; built from what is listed here and nothing else.
    """
    order = option_order(item, learner) or []
    if isinstance(item, ExtendedMatching):
        return _matching_view(item, order)
    if isinstance(item, SequenceItem):
        return _sequence_view(item, order)
    if isinstance(item, Hotspot):
        return _hotspot_view(item, order)
    assert isinstance(item, SceneTask)  # noqa: S101 - all other types are handled by the caller
    rule = trn(len(item.checks), "{n} thing is checked.", "{n} things are checked.")
    partial = f" {tr('Points for each of them.')}" if item.scoring.method == "per_check" else ""
    return {
        "explorer": item.explorer,
        "explorer_title": tr(load_scene(item.explorer).title),
        "rule": rule + partial if len(item.checks) > 1 else "",
    }


def state_view(item: SceneTask, state: Mapping[str, Any]) -> dict[str, Any]:
    """Say which state of the explorer is taken as an answer.

    Parameters
    ----------
    item : SceneTask
        The item.
    state : mapping
        A complete state.

    Returns
    -------
    view : dict
        Each control with its setting, and the explorer's words for the picture.
    """
    scene = load_scene(item.explorer)
    settings = [
        {"label": tr(control.label), "value": _setting(control, state[control.name])}
        for control in scene.controls
    ]
    return {"settings": settings, "text": scene.describe(scene.compute(state))}


def _setting(control: Control, value: Any) -> str:
    if isinstance(control, Parameter):
        return f"{numeral(f'{value:g}')} {tr(control.unit)}".rstrip()
    if isinstance(control, Choice):
        return next((tr(option.label) for option in control.options if option.value == value), str(value))
    return tr("on") if value else tr("off")


def _matching_view(item: ExtendedMatching, order: list[str]) -> dict[str, Any]:
    cases = {case.id: to_html(say(case.text), inline=True) for case in item.vignettes}
    rule = tr("An answer may be used once, more than once or not at all.")
    if item.scoring.method == "per_row":
        rule += f" {tr('Points for each case.')}"
    return {
        "rows": [{"id": name, "html": cases[name]} for name in order],
        "choices": [{"id": entry.id, "text": plain(say(entry.text))} for entry in item.option_list],
        "rule": rule,
    }


def _sequence_view(item: SequenceItem, order: list[str]) -> dict[str, Any]:
    steps = {step.id: say(step.text) for step in item.steps}
    partial = item.scoring.method == "adjacent_pairs"
    return {
        "steps": [
            {"id": name, "html": to_html(steps[name], inline=True), "text": plain(steps[name])}
            for name in order
        ],
        "ends": [plain(say(item.ends.first)), plain(say(item.ends.last))],
        "rule": tr("Partial credit: points for each right pair of neighbors.") if partial else "",
    }


def _hotspot_view(item: Hotspot, order: list[str]) -> dict[str, Any]:
    labels = {target.id: to_html(say(target.label), inline=True) for target in item.targets}
    return {"targets": [{"id": name, "html": labels[name]} for name in order]}
