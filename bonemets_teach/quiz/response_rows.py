"""Reads answers of several parts: cases, an order, a place in a picture, a state of an explorer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from bonemets_teach.content.language import tr
from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.matching import ExtendedMatching
from bonemets_teach.quiz.ordering import SequenceItem
from bonemets_teach.quiz.scene_task import SceneTask
from bonemets_teach.scenes.registry import load_scene

__all__ = ["SpotResponse", "read_matching", "read_order", "read_spot", "read_state"]

SpotResponse = tuple[str | None, tuple[float, float] | None]
# More entries than any explorer has controls.
_MOST: Final = 40


def read_matching(item: ExtendedMatching, response: Any) -> dict[str, str]:
    """Return the answer to each case.

    Parameters
    ----------
    item : ExtendedMatching
        The item answered.
    response : object
        Case id to id of the list.

    Returns
    -------
    chosen : dict
        For every case, in the order of the item.

    Raises
    ------
    ParameterError
        If a case has no answer or an unknown one.
    """
    if not isinstance(response, dict):
        raise ParameterError("the answer must name a choice for each case; choose one in every list")
    known = {entry.id for entry in item.option_list}
    cases = [case.id for case in item.vignettes]
    if set(response) - set(cases) or any(
        not isinstance(name, str) or name not in known for name in response.values()
    ):
        raise ParameterError(
            "the answer has a case or a choice that is not in this question; reload the page"
        )
    missing = len(cases) - len(response)
    if missing:
        words = "{missing} of {all} cases have no answer yet; choose one in every list"
        message = tr(words, missing=missing, all=len(cases))
        raise ParameterError(message)
    return {name: response[name] for name in cases}


def read_order(item: SequenceItem, response: Any) -> list[str]:
    """Return the steps as the learner put them.

    Parameters
    ----------
    item : SequenceItem
        The item answered.
    response : object
        List of all step ids.

    Returns
    -------
    order : list of str
        First to last.

    Raises
    ------
    ParameterError
        If it is not each step once.
    """
    known = sorted(step.id for step in item.steps)
    if (
        not isinstance(response, list)
        or not all(isinstance(name, str) for name in response)
        or sorted(response) != known
    ):
        raise ParameterError("the answer must hold each step of this question once; reload the page")
    return list(response)


def read_spot(item: Hotspot, response: Any) -> SpotResponse:
    """Return what was chosen from the list, or the point in the picture.

    Parameters
    ----------
    item : Hotspot
        The item answered.
    response : object
        ``{"target": id}`` or ``{"point": [x, y]}``, shares of width and height from top left.

    Returns
    -------
    chosen : (str or None, (float, float) or None)
        A point decides if there is one.

    Raises
    ------
    ParameterError
        If it is neither, or lies outside the picture.
    """
    given = response if isinstance(response, dict) else {}
    target, point = given.get("target"), given.get("point")
    if point is not None:
        if not isinstance(point, list) or len(point) != 2 or not all(_is_share(value) for value in point):
            raise ParameterError("the point lies outside the picture; point into it, or choose from the list")
        return None, (round(float(point[0]), 4), round(float(point[1]), 4))
    if target is None:
        raise ParameterError("nothing is chosen yet; point into the picture, or choose from the list")
    if target not in [each.id for each in item.targets]:
        raise ParameterError("the answer is not one of this question's places; choose one that is listed")
    return str(target), None


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value <= 1


def read_state(item: SceneTask, response: Any) -> dict[str, Any]:
    """Return a complete state of the item's explorer.

    Parameters
    ----------
    item : SceneTask
        The item answered.
    response : object
        Control name to value.

    Returns
    -------
    state : dict
        A value in range for every control.

    Raises
    ------
    ParameterError
        If it is no state of this explorer, or a value is out of range; says which.
    """
    if not isinstance(response, Mapping) or not 1 <= len(response) <= _MOST:
        raise ParameterError("no state of the explorer is taken yet; set the explorer, then use its state")
    if not all(isinstance(value, str | int | float) for value in response.values()):
        raise ParameterError("this is no state of the explorer; set the explorer, then use its state again")
    state, notes = load_scene(item.explorer).complete({str(name): value for name, value in response.items()})
    if notes:
        words = "this state can't be used as it is: {notes} Change the explorer and use its state again"
        message = tr(words, notes=" ".join(notes))
        raise ParameterError(message)
    return state
