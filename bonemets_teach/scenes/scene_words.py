"""The fixed words of a scene, and whether all of them can be said in the language spoken now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bonemets_teach.content.language import has_words, language
from bonemets_teach.scenes.parameter import Choice, Control, Parameter
from bonemets_teach.scenes.scene import ImageScene, Scene, Task

__all__ = ["fixed_words", "scene_language"]


def scene_language(scene: Scene[Any]) -> str:
    """Return the language in which a scene is shown.

    Parameters
    ----------
    scene : Scene
        Any scene.

    Returns
    -------
    code : str
        The language spoken now if all fixed words of the scene have a translation, else English: half a
        translation would mix two languages in one picture.
    """
    return language() if all(has_words(text) for text in fixed_words(scene)) else "en"


def fixed_words(scene: Scene[Any]) -> Iterator[str]:
    """Yield everything that a scene says in the same words whatever its state.

    Parameters
    ----------
    scene : Scene
        Any scene.

    Yields
    ------
    text : str
        English; never empty.
    """
    yield scene.title
    yield scene.summary
    for control in scene.controls:
        yield from filter(None, _control(control))
    for preset in scene.presets:
        yield from filter(None, (preset.label, preset.help))
    for task in scene.tasks:
        yield from filter(None, _task(task))
    if isinstance(scene, ImageScene):
        yield from (window.label for window in scene.windows)


def _control(control: Control) -> Iterator[str]:
    yield control.label
    yield control.help
    if isinstance(control, Parameter):
        yield control.unit
        yield from control.ends
    elif isinstance(control, Choice):
        yield from (option.label for option in control.options)


def _task(task: Task) -> Iterator[str]:
    yield from (task.text, task.success, task.hint)
    if task.prediction is not None:
        yield task.prediction.prompt
        yield from task.prediction.options
