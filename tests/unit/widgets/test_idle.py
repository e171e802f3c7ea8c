"""What happens when a learner pauses."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.widgets import _idle


class Timer:
    """A timer of an event loop that runs only when told to."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work, self.canceled = work, False

    def cancel(self) -> None:
        self.canceled = True


def idler(monkeypatch: pytest.MonkeyPatch, get_running_loop: Callable[[], Any]) -> _idle.Idler:
    """Return an idler in a loop of the test."""
    monkeypatch.setattr(_idle, "asyncio", types.SimpleNamespace(get_running_loop=get_running_loop))
    return _idle.Idler()


def test_a_burst_ends_in_one_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture puts the pause off; only the last timer is left to give memory back."""
    timers: list[Timer] = []
    given_back: list[int] = []
    monkeypatch.setattr(_idle, "give_back", lambda: given_back.append(1))
    loop = types.SimpleNamespace(call_later=lambda _, work: timers.append(Timer(work)) or timers[-1])
    waiting = idler(monkeypatch, lambda: loop)
    for _ in range(5):
        waiting.busy()
    assert [timer.canceled for timer in timers] == [True] * 4 + [False]
    timers[-1].work()
    assert given_back == [1]


def test_without_a_loop_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that draws pictures has nobody to pause."""

    def no_loop() -> Any:
        raise RuntimeError("no running event loop")

    alone = idler(monkeypatch, no_loop)
    alone.busy()
    assert alone._timer is None
