"""The web server's side of the process that asks and grades reviews: started when needed, ended when idle."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.server.fork_client import ForkClient, single_threaded_environment
from bonemets_teach.server.forked_process import ForkedProcess

__all__ = ["ReviewClient", "ReviewFailedError"]

_log: Final = logging.getLogger(__name__)
_IDLE_S: Final = 180.0  # chosen: longer than a learner thinks about one question
_START_S: Final = 60.0
_ANSWER_S: Final = 60.0  # chosen: the slowest key takes a few seconds on a busy machine
_MOST_WAITING: Final = 40
_MOST_MB: Final = 700.0
_LONGEST_LINE: Final = 32 * 1024**2  # a picture is some 100 kB


class ReviewFailedError(BonemetsError, RuntimeError):
    """The reviews can't be asked now; the message is meant for the learner."""


class ReviewClient:
    """Sends requests to the process, one at a time.

    Parameters
    ----------
    folder : Path
        Where the socket may lie.
    data : Path or None
        Folder for progress.
    fork_client : ForkClient or None
        Forks the process in a moment; until it can, a program of its own is started.

    Notes
    -----
    One process serves all learners: the models are loaded once, keys are computed once, and no key is computed
    beside another. It is ended after three minutes without a request, and when it holds too much memory.
    """

    def __init__(self, folder: Path, data: Path | None, fork_client: ForkClient | None) -> None:
        self._path = folder / "review.sock"
        self._data = data
        self._fork = fork_client
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._server: asyncio.Server | None = None
        self._arrived: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._process: subprocess.Popen[bytes] | ForkedProcess | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """Process id while the process runs."""
        return self._process.pid if self._process is not None else None

    async def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Send one request and wait for the answer.

        Parameters
        ----------
        request : mapping
            As `lessons.review_worker` says.

        Returns
        -------
        answer : dict
            What the process answers.

        Raises
        ------
        ReviewFailedError
            If too many requests wait, or the process does not start or does not answer in time.
        """
        if self._waiting >= _MOST_WAITING:
            raise ReviewFailedError("Many people are being asked right now. Wait a moment and try again.")
        self._waiting += 1
        try:
            async with self._turn:
                return await self._ask(json.dumps(request).encode() + b"\n")
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the process."""
        self._end()
        if self._server is not None:
            self._server.close()

    async def _ask(self, request: bytes) -> dict[str, Any]:
        self._stay()
        try:
            # An idle process may have been killed from outside: a new one gets the same request once.
            answer = await self._send(request) or await self._send(request)
        except (OSError, TimeoutError, BonemetsError, ValueError) as error:
            _log.exception("The process of the reviews failed.")
            self._end()
            raise ReviewFailedError(
                "The questions can't be asked right now. Try again in a moment."
            ) from error
        if answer is None or answer.get("failed"):
            raise ReviewFailedError("This question can't be asked right now. Go on with the next one.")
        if answer["memory_mb"] > _MOST_MB:
            self._end()
        else:
            self._timer = asyncio.get_running_loop().call_later(_IDLE_S, self._end)
        return answer

    async def _send(self, request: bytes) -> dict[str, Any] | None:
        """Send a request; return None if the process has ended instead of answering."""
        if self._line is None:
            await asyncio.wait_for(self._start(), _START_S)
        assert self._line is not None  # noqa: S101 - just started
        reader, writer = self._line
        with contextlib.suppress(ConnectionError):
            writer.write(request)
            await writer.drain()
            if line := await asyncio.wait_for(reader.readline(), _ANSWER_S):
                found: dict[str, Any] = json.loads(line)
                return found
        self._end()
        return None

    async def _start(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_unix_server(self._take, self._path, limit=_LONGEST_LINE)
        while not self._arrived.empty():  # one that came too late, after its time was over
            self._arrived.get_nowait()[1].close()
        self._process = await self._launch()
        self._line = await self._arrived.get()

    async def _launch(self) -> subprocess.Popen[bytes] | ForkedProcess:
        environment = single_threaded_environment()
        if self._data is not None:
            environment["BONEMETS_DATA"] = str(self._data.absolute())
        if self._fork is not None and self._fork.is_ready():
            pid = await self._fork.fork(["--review", str(self._path)], str(self._path.parent), environment)
            return ForkedProcess(pid, lambda: None)
        command = [sys.executable, "-m", "bonemets_teach.lessons.review_worker", str(self._path)]
        return await asyncio.to_thread(subprocess.Popen, command, env=environment, stdin=subprocess.DEVNULL)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._arrived.put_nowait((reader, writer))

    def _stay(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        """Close the line and end the process; every answer that it has confirmed is in the log."""
        self._stay()
        if self._line is not None:
            self._line[1].close()
            self._line = None
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
