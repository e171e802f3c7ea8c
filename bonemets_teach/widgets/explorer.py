"""The explorer: one widget for every scene; the kernel computes and draws, the page shows and asks."""

from __future__ import annotations

import logging
import math
from abc import ABCMeta, abstractmethod
from collections.abc import Callable
from typing import Any, Final, TypeGuard

import anywidget
import traitlets

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.errors import BonemetsError
from bonemets_teach.scenes import ImageScene, Look, Scene, Task
from bonemets_teach.scenes.progress import reporting
from bonemets_teach.scenes.scene_words import scene_language
from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets._idle import Idler
from bonemets_teach.widgets._kept_renderers import kept_renderer
from bonemets_teach.widgets._picture import image_message
from bonemets_teach.widgets._progress import ProgressSender
from bonemets_teach.widgets._specification import scene_specification
from bonemets_teach.widgets._static import module, style

__all__ = ["Explorer", "FigureExplorer", "ImageExplorer", "explorer_for"]

_log: Final = logging.getLogger(__name__)
_IDLER: Final = Idler()
_SHARED: Final = ("dom.js", "controls.js", "tasks.js", "progress.js", "explorer.js")
_PROBLEM: Final = (
    "This picture could not be computed; the last good one is still shown. Change a control to go on."
)
_STOPPED: Final = (
    "This picture could not be computed (it stopped at “{step}”); the last good one is still shown. Change a "
    "control to go on."
)

Recorder = Callable[[dict[str, Any]], None]


class _AbstractWidget(ABCMeta, traitlets.MetaHasTraits):
    """Lets a widget have abstract methods."""


class Explorer(anywidget.AnyWidget, metaclass=_AbstractWidget):
    """Shows one scene and answers the page's messages; the last good picture stays when something fails.

    Parameters
    ----------
    scene : Scene
        What is explored.
    record : callable or None
        Called with each prediction that a learner enters.
    about : str, default ""
        Where the course tells of the models behind the scene, below its address; empty for no link.
    """

    _css = style("explorer.css")
    spec = traitlets.Dict().tag(sync=True)

    def __init__(self, scene: Scene[Any], record: Recorder | None = None, about: str = "") -> None:
        super().__init__(spec=scene_specification(scene, about))
        self._scene = scene
        self._language = scene_language(scene)
        self._record = record
        self._tasks = {task.id: task for task in scene.tasks}
        self.on_msg(self._answer)

    def __repr__(self) -> str:
        return f"Explorer({self._scene.id!r})"

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        message = content if isinstance(content, dict) else {}
        handlers = {"draw": self._draw, "predict": self._predict}
        handler = handlers.get(str(message.get("type")))
        if handler is None:
            return
        sender = ProgressSender(self.send, message.get("seq"))
        try:
            with TURN, speaking(self._language), reporting(sender):
                handler(message)
        except BonemetsError as error:
            self.send({"type": "problem", "text": str(error)})
        except Exception:  # noqa: BLE001 - a learner must never see a traceback; the log keeps it
            _log.exception("scene %s failed for %r", self._scene.id, message)
            words = tr(_STOPPED, step=sender.last) if sender.last else tr(_PROBLEM)
            self.send({"type": "problem", "text": words})
        _IDLER.busy()

    def _draw(self, message: dict[str, Any]) -> None:
        raw = message.get("state")
        state, notes = self._scene.complete(raw if isinstance(raw, dict) else {})
        result = self._scene.compute(state)
        content = {
            "type": "frame",
            "seq": message.get("seq"),
            "state": state,
            "notes": notes,
            "text": self._scene.describe(result),
            **self._progress(message.get("task"), state, result),
        }
        extra, buffer = self._picture(result, _look(message.get("look")))
        self.send(content | extra, buffers=[buffer])

    def _progress(self, task_id: Any, state: dict[str, Any], result: Any) -> dict[str, Any]:
        task = self._tasks.get(str(task_id))
        if task is None or task.goal is None:
            return {}
        return {"task": task.id, "done": bool(task.goal(state, result)), "success": tr(task.success)}

    def _predict(self, message: dict[str, Any]) -> None:
        task = self._tasks.get(str(message.get("task")))
        choice = message.get("choice")
        if task is None or task.prediction is None or not _is_index(choice, len(task.prediction.options)):
            return
        right, text = _reveal(self._scene, task, choice)
        self.send({"type": "revealed", "task": task.id, "right": right, "text": text})
        if self._record is not None:
            self._record(
                {
                    "scene_id": self._scene.id,
                    "task_id": task.id,
                    "prediction": choice,
                    "correct": choice == right,
                }
            )

    @abstractmethod
    def _picture(self, result: Any, look: Look) -> tuple[dict[str, Any], bytes]:
        """Return what the message says of the picture, and its bytes."""


class FigureExplorer(Explorer):
    """An explorer whose picture is a figure drawn by the kernel for the page's width and theme."""

    _esm = module(*_SHARED, "figure_view.js")

    def _picture(self, result: Any, look: Look) -> tuple[dict[str, Any], bytes]:
        return {}, kept_renderer(self._scene, look).png(result)


class ImageExplorer(Explorer):
    """An explorer whose picture is an image with values; window and zoom are set in the browser."""

    _esm = module(*_SHARED, "image_view.js")

    def _picture(self, result: Any, look: Look) -> tuple[dict[str, Any], bytes]:  # noqa: ARG002 - drawn by the page
        assert isinstance(self._scene, ImageScene)  # noqa: S101 - explorer_for chose this class
        meta, buffer = image_message(self._scene.picture(result))
        return {"image": meta}, buffer


def explorer_for(scene: Scene[Any], record: Recorder | None = None, about: str = "") -> Explorer:
    """Make the explorer that fits a scene.

    Parameters
    ----------
    scene : Scene
        A figure or an image scene.
    record : callable or None
        Called with each prediction.
    about : str, default ""
        Where the course tells of the models behind the scene, for example "models#lpt".

    Returns
    -------
    explorer : Explorer
        One widget, ready to be displayed.
    """
    kind = ImageExplorer if isinstance(scene, ImageScene) else FigureExplorer
    return kind(scene, record, about)


def _reveal(scene: Scene[Any], task: Task, choice: int) -> tuple[int, str]:
    prediction = task.prediction
    assert prediction is not None  # noqa: S101 - the caller has checked
    state, _ = scene.complete(task.state)
    result = scene.compute(state)
    right = prediction.answer(result)
    guess, shown = tr(prediction.options[choice]), tr(prediction.options[right])
    other = tr("You predicted “{guess}”; the model shows “{shown}”.", guess=guess, shown=shown)
    verdict = tr("You predicted right.") if choice == right else other
    return right, f"{verdict} {prediction.explain(result)}"


def _is_index(value: Any, length: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < length


def _look(raw: Any) -> Look:
    given = raw if isinstance(raw, dict) else {}
    return Look(
        width_px=int(_number(given.get("width"), 260, 1200, 760)),
        scale=_number(given.get("scale"), 1, 2, 1),
        theme="dark" if given.get("theme") == "dark" else "light",
        narrow=given.get("narrow") is True,
    )


def _number(value: Any, low: float, high: float, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return default
    return float(min(max(value, low), high))
