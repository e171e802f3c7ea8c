"""Says to the page what an explorer offers: controls, presets, tasks; never the answer of a prediction."""

from __future__ import annotations

from typing import Any

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.scenes import Choice, Control, ImageScene, Parameter, Scene, Task
from bonemets_teach.scenes.scene_words import scene_language

__all__ = ["scene_specification"]


def scene_specification(scene: Scene[Any], about: str = "") -> dict[str, Any]:
    """Return the part of a scene that the page may know.

    Parameters
    ----------
    scene : Scene
        Any scene.
    about : str, default ""
        Where the course tells of the models behind it, below its address.

    Returns
    -------
    specification : dict
        Plain values that JSON can hold.
    """
    code = scene_language(scene)
    with speaking(code):
        return _said(scene, about) | {"language": code}


def _said(scene: Scene[Any], about: str) -> dict[str, Any]:
    specification: dict[str, Any] = {
        "id": scene.id,
        "title": tr(scene.title),
        "summary": tr(scene.summary),
        "about": about,
        "view": "image" if isinstance(scene, ImageScene) else "figure",
        "aspect": scene.aspect,
        "aspect_narrow": scene.aspect_narrow,
        "defaults": scene.defaults(),
        "controls": [_control(control) for control in scene.controls],
        "presets": [
            {"id": preset.id, "label": tr(preset.label), "state": dict(preset.state), "help": tr(preset.help)}
            for preset in scene.presets
        ],
        "tasks": [_task(task) for task in scene.tasks],
    }
    if isinstance(scene, ImageScene):
        specification["unit"] = scene.unit
        specification["windows"] = [
            {"id": window.id, "label": tr(window.label), "center": window.center, "width": window.width}
            for window in scene.windows
        ]
    return specification


def _control(control: Control) -> dict[str, Any]:
    shared = {
        "name": control.name,
        "label": tr(control.label),
        "on_release": control.on_release,
        "help": tr(control.help),
    }
    if isinstance(control, Parameter):
        limits = {"low": control.low, "high": control.high, "step": control.step, "unit": tr(control.unit)}
        return shared | limits | {"kind": "number", "ends": [tr(words) for words in control.ends]}
    if isinstance(control, Choice):
        options = [{"value": option.value, "label": tr(option.label)} for option in control.options]
        return shared | {"kind": "choice", "options": options}
    return shared | {"kind": "toggle"}


def _task(task: Task) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": task.id,
        "text": tr(task.text),
        "state": dict(task.state),
        "hint": tr(task.hint),
    }
    if task.prediction is not None:
        known |= {
            "prompt": tr(task.prediction.prompt),
            "options": [tr(words) for words in task.prediction.options],
        }
    return known
