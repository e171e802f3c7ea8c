"""The process of the reviews: one request at a time, started when needed, replaced when it fails."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from bonemets_teach.server import review_client
from bonemets_teach.server.review_client import ReviewClient, ReviewFailedError

# Answers as the real process does, and misbehaves when told to.
STAND_IN = """
import json, os, socket, sys, time
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
for text in line.makefile("rb"):
    asked = json.loads(text)
    if asked["op"] == "die" and not os.path.exists(asked["mark"]):
        open(asked["mark"], "w").close()
        os._exit(1)
    if asked["op"] == "always die":
        os._exit(1)
    if asked["op"] == "hang":
        time.sleep(60)
    if asked["op"] == "rubbish":
        line.sendall(b"no JSON\\n")
        continue
    answer = {"pid": os.getpid(), "memory_mb": asked.get("memory_mb", 50)}
    if asked["op"] == "fail":
        answer = {"failed": True, "memory_mb": 50}
    line.sendall(json.dumps(answer).encode() + b"\\n")
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """Run a test with a client whose process is the stand-in."""
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN)

    async def launch(client: ReviewClient) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(script), str(client._path)])

    monkeypatch.setattr(ReviewClient, "_launch", launch)

    def runner(test: Callable[..., Awaitable[Any]]) -> Any:
        async def whole() -> Any:
            client = ReviewClient(tmp_path, None, None)
            try:
                return await test(client)
            finally:
                await client.close()

        return asyncio.run(whole())

    return runner


async def pid(client: ReviewClient, **more: Any) -> int:
    """Ask something; return which process answered."""
    answer = await client.ask({"op": "ask", **more})
    return int(answer["pid"])


def test_one_process_answers_all(run: Any) -> None:
    """Many requests at once are answered in turn by the same process."""

    async def test(client: ReviewClient) -> set[int]:
        return set(await asyncio.gather(*(pid(client) for _ in range(8))))

    assert len(run(test)) == 1


def test_a_process_that_dies_is_replaced(run: Any, tmp_path: Path) -> None:
    """The request that it died on is asked once more, and answered."""

    async def test(client: ReviewClient) -> tuple[int, int]:
        first = await pid(client)
        answer = await client.ask({"op": "die", "mark": str(tmp_path / "mark")})
        return first, answer["pid"]

    first, second = run(test)
    assert first != second


def test_a_process_killed_between_two_requests_is_replaced(run: Any) -> None:
    """As when the machine ran out of memory."""

    async def test(client: ReviewClient) -> tuple[int, int]:
        first = await pid(client)
        os.kill(first, signal.SIGKILL)
        return first, await pid(client)

    first, second = run(test)
    assert first != second


@pytest.mark.parametrize("op", ["always die", "rubbish", "fail"])
def test_what_can_not_be_answered_is_told_in_words(run: Any, op: str) -> None:
    """And the next request is answered."""

    async def test(client: ReviewClient) -> int:
        with pytest.raises(ReviewFailedError, match="right now"):
            await client.ask({"op": op})
        return await pid(client)

    assert run(test)


def test_a_process_that_hangs_is_ended(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time that is never needed."""
    monkeypatch.setattr(review_client, "_ANSWER_S", 0.3)

    async def test(client: ReviewClient) -> tuple[int, int]:
        first = await pid(client)
        with pytest.raises(ReviewFailedError):
            await client.ask({"op": "hang"})
        monkeypatch.setattr(review_client, "_ANSWER_S", 30)
        return first, await pid(client)

    first, second = run(test)
    assert first != second
    assert not psutil.pid_exists(first)


def test_a_process_that_grows_too_large_is_replaced(run: Any) -> None:
    """Its answer is still given."""

    async def test(client: ReviewClient) -> tuple[int, int]:
        return await pid(client, memory_mb=10_000), await pid(client)

    first, second = run(test)
    assert first != second


def test_an_idle_process_is_ended(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started again for the next request."""
    monkeypatch.setattr(review_client, "_IDLE_S", 0.05)

    async def test(client: ReviewClient) -> tuple[int, int]:
        first = await pid(client)
        while client.pid is not None:
            await asyncio.sleep(0.01)  # until the timer has ended it
        return first, await pid(client)

    first, second = run(test)
    assert first != second


def test_a_crowd_is_asked_to_wait(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the most that may wait are refused in words, the others are answered."""
    monkeypatch.setattr(review_client, "_MOST_WAITING", 3)

    async def test(client: ReviewClient) -> list[Any]:
        return await asyncio.gather(*(pid(client) for _ in range(5)), return_exceptions=True)

    refused = [one for one in run(test) if isinstance(one, ReviewFailedError)]
    assert len(refused) == 2
    assert "Wait a moment" in str(refused[0])
