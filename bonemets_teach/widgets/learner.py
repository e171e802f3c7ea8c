"""The line at the top of a lesson: learns who is learning, says whether answers are saved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import anywidget

from bonemets_teach.content.language import tr
from bonemets_teach.widgets._own_figure import figure_message
from bonemets_teach.widgets._static import module, style

__all__ = ["LearnerLine"]

_log: Final = logging.getLogger(__name__)

Greeting = Callable[[str], dict[str, Any]]


class LearnerLine(anywidget.AnyWidget):
    """Hands the learner's secret to the lesson and shows the state of the learner's progress.

    Parameters
    ----------
    greet : callable
        ``greet(secret)`` returns ``{"text", "problem", "code"}``: the state in words, a problem in words or
        None, and the resume code or None.
    """

    _esm = module("dom.js", "own_figures.js", "learner.js")
    _css = style("learner.css")

    def __init__(self, greet: Greeting) -> None:
        super().__init__()
        self._greet = greet
        self._secret: str | None = None
        self.on_msg(self._answer)

    def __repr__(self) -> str:
        return "LearnerLine()"

    def refresh(self) -> None:
        """Show the state anew, after an answer was recorded."""
        if self._secret is not None:
            self._tell()

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        if content.get("type") == "learner" and isinstance(content.get("secret"), str):
            self._secret = content["secret"]
            self._tell()
        elif content.get("type") == "figure" and (found := figure_message(content.get("name"))):
            self.send(*found)

    def _tell(self) -> None:
        assert self._secret is not None  # noqa: S101 - both callers have checked
        try:
            state = self._greet(self._secret)
        except Exception:  # noqa: BLE001 - progress must never stop a lesson
            _log.exception("progress could not be read")
            state = {
                "text": "",
                "problem": tr("Your progress can't be read or saved. The lesson works all the same."),
                "code": None,
            }
        self.send({"type": "learner-state"} | state)
