"""Keys are computed once in the background, and never twice."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest

from bonemets_teach.server import key_filling


class Process:
    """A process that ends at once."""

    returncode: int | None = None

    async def wait(self) -> int:
        """End."""
        self.returncode = 0
        return 0


def run(work: Coroutine[Any, Any, bool]) -> bool:
    """Run a coroutine that waits for nothing outside."""
    with pytest.raises(StopIteration) as ended:
        work.send(None)
    return bool(ended.value.value)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Return what was started instead of a process."""
    found: list[tuple[Any, ...]] = []

    async def start(*words: Any, **_: Any) -> Process:
        found.append(words)
        return Process()

    async def here(work: Any) -> Any:
        return work()

    monkeypatch.setattr(key_filling.asyncio, "create_subprocess_exec", start)
    monkeypatch.setattr(key_filling.asyncio, "to_thread", here)
    return found


def test_keys_that_are_there_are_not_computed(
    started: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process is started."""
    monkeypatch.setattr(key_filling, "load_keys", lambda: {"a": 1.0})

    assert not run(key_filling.fill_keys())
    assert not started


def test_missing_keys_are_computed_by_the_check(
    started: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process of its own, which stands back."""
    monkeypatch.setattr(key_filling, "load_keys", dict)

    assert run(key_filling.fill_keys())
    (words,) = started
    assert "check_content(processes=1)" in words[-1]
    assert "os.nice" in words[-1]
