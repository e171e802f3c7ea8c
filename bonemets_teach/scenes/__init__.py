"""Scenes: what an explorer computes, draws and says."""

from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.registry import SCENE_IDS, load_scene, measure
from bonemets_teach.scenes.scene import (
    ImageScene,
    Look,
    Picture,
    Prediction,
    Preset,
    Scene,
    State,
    Task,
    Window,
)

__all__ = [
    "SCENE_IDS", "Choice", "Control", "ImageScene", "Look", "Option", "Parameter", "Picture", "Prediction",
    "Preset", "Scene", "State", "Task", "Toggle", "Window", "load_scene", "measure",
]  # fmt: skip
