"""A scene as tests use it: partial states in, results, quantities and judged tasks out."""

from __future__ import annotations

from typing import Any

from bonemets_teach.scenes import Choice, Parameter, load_scene, measure
from bonemets_teach.scenes.parameter import Control

__all__ = ["SceneInUse", "values"]


class SceneInUse:
    """A scene with its tasks by id."""

    def __init__(self, scene_id: str) -> None:
        self.scene = load_scene(scene_id)
        self.tasks = {task.id: task for task in self.scene.tasks}

    def result(self, **state: Any) -> Any:
        """Compute a partial state, which the controls take as it is."""
        complete, notes = self.scene.complete(state)
        assert notes == []
        return self.scene.compute(complete)

    def quantity(self, name: str, **state: Any) -> float:
        """Return one quantity of a partial state, as the key of a question is."""
        return measure(self.scene.id, state, name)

    def reached(self, task_id: str, **state: Any) -> bool:
        """Tell whether a state reaches the goal of a task."""
        task = self.tasks[task_id]
        assert task.goal is not None
        complete, _ = self.scene.complete({**task.state, **state})
        return task.goal(complete, self.scene.compute(complete))

    def guess(self, task_id: str) -> str:
        """Return the right option of a prediction."""
        task = self.tasks[task_id]
        assert task.prediction is not None
        return task.prediction.options[task.prediction.answer(self.result(**task.state))]


def values(control: Control) -> list[Any]:
    """Return low, middle and high of a number, or all options."""
    if isinstance(control, Parameter):
        return [control.low, (control.low + control.high) / 2, control.high]
    return [option.value for option in control.options] if isinstance(control, Choice) else [True, False]
