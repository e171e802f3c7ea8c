"""What happens when a learner pauses."""

from __future__ import annotations

import asyncio

import pytest

from bonemets_teach.widgets import _idle


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows each time memory is given back."""
    calls: list[int] = []
    monkeypatch.setattr(_idle, "_PAUSE_S", 0.01)
    monkeypatch.setattr(_idle.Idler, "_give_back", lambda self: calls.append(1))
    return calls


def test_a_burst_ends_in_one_pause(given_back: list[int]) -> None:
    """Memory is given back once, after the last picture."""

    async def burst() -> None:
        idler = _idle.Idler()
        idler._trim = lambda _: None
        for _ in range(5):
            idler.busy()
        timer = idler._timer
        assert timer is not None
        while not given_back:
            await asyncio.sleep(0)
        assert not timer.cancelled()

    asyncio.run(burst())
    assert given_back == [1]


def test_without_a_loop_nothing_is_waited_for(given_back: list[int]) -> None:
    """A script that draws pictures has nobody to pause."""
    idler = _idle.Idler()
    idler._trim = lambda _: None
    idler.busy()
    assert idler._timer is None
    assert given_back == []
