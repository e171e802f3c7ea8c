"""Looks up what a scene task checks in a state of its explorer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bonemets_teach.errors import BonemetsError, ContentError
from bonemets_teach.quiz.computed import key_quantity
from bonemets_teach.quiz.scene_task import SceneTask
from bonemets_teach.scenes.registry import load_scene

__all__ = ["check_state"]


def check_state(item: SceneTask, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value that each check looks at.

    Parameters
    ----------
    item : SceneTask
        The item.
    state : mapping
        Partial state of its explorer; the rest is the default.

    Returns
    -------
    found : dict
        Check id to number, or to the setting of a control.

    Raises
    ------
    ContentError
        If scene, quantity, control or a value of the state does not exist.
    """
    try:
        full, notes = load_scene(item.explorer).complete(state)
    except (BonemetsError, ImportError) as error:
        message = f"item {item.id}: there is no scene {item.explorer}: {error}"
        raise ContentError(message) from error
    if notes:
        message = f"item {item.id}, scene {item.explorer}: {' '.join(notes)}"
        raise ContentError(message)
    found: dict[str, Any] = {}
    for check in item.checks:
        if check.control is None:
            found[check.id] = key_quantity(item.id, item.explorer, full, str(check.quantity))
        elif check.control in full:
            found[check.id] = full[check.control]
        else:
            message = f"item {item.id}, scene {item.explorer}: there is no control {check.control}"
            raise ContentError(message)
    return found
