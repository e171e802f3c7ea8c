"""The line of the learner answers only what it knows."""

from __future__ import annotations

from typing import Any

import pytest

from bonemets_teach.content import asset
from bonemets_teach.widgets.learner import LearnerLine


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> tuple[LearnerLine, list[tuple[dict[str, Any], Any]]]:
    """Return a line and what it sends."""
    sent: list[tuple[dict[str, Any], Any]] = []
    widget = LearnerLine(lambda secret: {"text": secret, "problem": None, "code": None})
    monkeypatch.setattr(widget, "send", lambda message, buffers=None: sent.append((message, buffers)))
    return widget, sent


def test_a_figure_of_the_course_is_handed_over(line: Any) -> None:
    """The bytes are those of the file, with its kind."""
    widget, sent = line
    widget._answer(widget, {"type": "figure", "name": "bone-remodeling/rankl-opg.svg"}, [])

    figure = asset("figures/bone-remodeling/rankl-opg.svg").read_bytes()
    assert sent == [
        ({"type": "figure", "name": "bone-remodeling/rankl-opg.svg", "mime": "image/svg+xml"}, [figure])
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../evidence/claims.yaml",
        "bone-remodeling/none.svg",
        "/etc/passwd",
        "a/../../x.svg",
        "",
        None,
        7,
        ["a/b.svg"],
    ],
)
def test_nothing_else_is_handed_over(line: Any, name: Any) -> None:
    """Paths that lead out, other files and other types get no answer."""
    widget, sent = line
    widget._answer(widget, {"type": "figure", "name": name}, [])

    assert sent == []


@pytest.mark.parametrize("message", [None, 3, "learner", [], {}, {"type": "learner", "secret": 5}])
def test_a_message_without_sense_changes_nothing(line: Any, message: Any) -> None:
    """Nothing is raised and nothing is sent."""
    widget, sent = line
    widget._answer(widget, message, [])

    assert sent == []
