"""A slow scene tells how far it is; a failing one says where it stopped."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from bonemets_teach.scenes.progress import report, reporting
from bonemets_teach.widgets._progress import ProgressSender
from bonemets_teach.widgets.explorer import explorer_for


class _Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_without_a_listener_nothing_happens() -> None:
    """A scene may report in tests, prints and quiz keys as well."""
    report(0.5, "half")


def test_a_listener_hears_shares_between_zero_and_one_and_only_in_its_block() -> None:
    """Shares are clamped; the outer listener is heard again after an inner one."""
    outer: list[tuple[float, str]] = []
    inner: list[tuple[float, str]] = []
    with reporting(lambda *told: outer.append(told)):
        report(-1.0, "a")
        with reporting(lambda *told: inner.append(told)):
            report(3.0, "b")
        report(0.5, "c")
    report(0.9, "d")
    assert outer == [(0.0, "a"), (0.5, "c")]
    assert inner == [(1.0, "b")]


def test_messages_are_at_least_a_tenth_of_a_second_apart() -> None:
    """Of many reports only some are sent; the last words are remembered all the same."""
    clock, sent = _Clock(), []
    sender = ProgressSender(sent.append, 7, clock)
    for step in range(100):
        clock.now = step * 0.01
        sender(step / 100, f"step {step}")
    assert 8 <= len(sent) <= 10
    assert {"type", "seq", "fraction", "text"} == set(sent[0])
    assert {message["seq"] for message in sent} == {7}
    assert sender.last == "step 99"


def _explorer(toys: ModuleType, compute: Any) -> tuple[Any, list[Any]]:
    scene = toys.ToyScene()
    scene.compute = compute
    explorer = explorer_for(scene)
    sent: list[Any] = []
    explorer.send = lambda content, buffers=None: sent.append(content)
    return explorer, sent


def test_progress_comes_before_the_picture(toys: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each report is sent with the number of its request, then the frame."""
    monkeypatch.setattr("bonemets_teach.widgets._progress._PAUSE_S", 0.0)

    def slow(state: Any) -> Any:
        for step in (1, 2, 3):
            report(step / 3, f"part {step} of 3")
        return toys._compute(state)

    explorer, sent = _explorer(toys, slow)
    explorer._answer(explorer, {"type": "draw", "seq": 4, "state": {}}, [])
    assert [message["type"] for message in sent] == ["progress"] * 3 + ["frame"]
    assert sent[1] == {"type": "progress", "seq": 4, "fraction": 0.667, "text": "part 2 of 3"}


def test_an_unexpected_failure_says_where_it_stopped(toys: ModuleType) -> None:
    """No picture is sent, so the last one stays; the words name the last step and no detail."""

    def failing(_: Any) -> Any:
        report(0.4, "Growing the lesion: month 7 of 18")
        raise ZeroDivisionError("secret detail")

    explorer, sent = _explorer(toys, failing)
    explorer._answer(explorer, {"type": "draw", "seq": 1, "state": {}}, [])
    assert [message["type"] for message in sent] == ["problem"]
    assert "it stopped at “Growing the lesion: month 7 of 18”" in sent[0]["text"]
    assert "last good one is still shown" in sent[0]["text"]
    assert "secret" not in sent[0]["text"]
