"""JupyterLab answers widgets in threads beside the one that runs cells: one at a time computes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from anywidget import AnyWidget

from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets.explorer import explorer_for
from bonemets_teach.widgets.quiz import QuizPlayer
from bonemets_teach.widgets.reading_room import ReadingRoom
from bonemets_teach.widgets.volume_viewer import VolumeViewer

Answers = list[dict[str, Any]]
DRAW = {"type": "draw", "state": {}}
LEARNER = {"type": "learner", "secret": "0123456789abcdef0123456789abcdef"}
# Long enough for an answer to come where nothing holds it back.
_MOMENT_S = 0.2


def _quiz() -> QuizPlayer:
    return QuizPlayer([], record=lambda _attempt: True, history=lambda _secret: [])


def _asking(widget: AnyWidget, message: dict[str, Any]) -> tuple[Thread, Answers]:
    """Return a thread that sends a message to a widget, and where the answers will be."""
    answers: Answers = []
    widget.send = lambda content, buffers=None: answers.append(content)
    return Thread(target=lambda: widget._handle_custom_msg(message, [])), answers


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda toys: explorer_for(toys.ToyScene()), {"type": "predict", "task": "guess", "choice": 1}),
        (lambda _toys: _quiz(), LEARNER),
        (lambda _toys: ReadingRoom(), LEARNER),
        (lambda _toys: VolumeViewer(), {"type": "close"}),
    ],
    ids=["explorer", "quiz", "reading room", "viewer"],
)
def test_no_widget_answers_while_a_cell_computes(
    toys: ModuleType, make: Callable[[ModuleType], AnyWidget], message: dict[str, Any]
) -> None:
    """An answer waits for its turn, and comes then."""
    thread, answers = _asking(make(toys), message)

    with TURN:
        thread.start()
        thread.join(_MOMENT_S)
        early = list(answers)
    thread.join()

    assert early == []
    assert len(answers) == 1


def test_a_picture_asked_for_while_another_one_is_drawn_breaks_neither(toys: ModuleType) -> None:
    """Two explorers share the place for one kept figure: the second one must not take it from under the first."""
    second, of_second = _asking(explorer_for(toys.ToyScene()), DRAW)

    class Interrupted(toys.ToyScene):  # type: ignore[misc, name-defined]
        def update(self, artists: Any, result: Any) -> None:
            second.start()
            second.join(_MOMENT_S)
            super().update(artists, result)

    first, of_first = _asking(explorer_for(Interrupted()), DRAW)
    first.start()
    first.join()
    second.join()

    assert ["frame"] == [answer["type"] for answer in of_first]
    assert ["frame"] == [answer["type"] for answer in of_second]
