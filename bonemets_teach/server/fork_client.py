"""The web server's side of the fork server: starts it, asks it for kernels, starts it again if it dies."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bonemets_teach.errors import BonemetsError

__all__ = ["ForkClient", "ForkServerError", "single_threaded_environment"]

_PACKAGE_PARENT: Final = Path(__file__).resolve().parents[2]
_LONGEST_LINE: Final = 1 << 20
_READY_WITHIN_S: Final = 180.0
_RETRY_S: Final = (0.0, 1.0, 3.0, 10.0)
_TRIES: Final = 3

_log = logging.getLogger(__name__)


class ForkServerError(BonemetsError, RuntimeError):
    """No kernel could be forked; the message says why."""


def single_threaded_environment() -> dict[str, str]:
    """Return the environment in which a kernel uses one thread and finds this package.

    Returns
    -------
    environment : dict of str to str
        The process environment with thread counts of 1 and the package's parent on ``PYTHONPATH``.
    """
    path = [str(_PACKAGE_PARENT), *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
    )
    # What a frame allocates is kept for the next one (fresh pages would cost 10 ms); larger arrays go back.
    memory = {
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_MMAP_THRESHOLD_": "4194304",
        "MALLOC_TRIM_THRESHOLD_": "8388608",
    }
    return {
        **os.environ,
        **threads,
        **memory,
        "PYTHONPATH": os.pathsep.join(path),
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


class ForkClient:
    """Keeps one fork server running and asks it for kernels.

    Parameters
    ----------
    preload : bool
        Whether it loads the lessons before it forks.
    """

    def __init__(self, *, preload: bool = True) -> None:
        self._preload = preload
        self._ready: asyncio.Future[None] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[int]] = {}
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        # Kernels end when every copy of the write end is gone; only this process has one.
        self._lifeline_read, self._lifeline_write = os.pipe()
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """Process id of the running fork server, None if there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def is_ready(self) -> bool:
        """Tell whether a kernel can be forked now.

        Returns
        -------
        ready : bool
            False while the fork server starts.
        """
        return self._ready is not None and self._ready.done() and self._writer is not None

    def start(self) -> None:
        """Start the fork server in the background and keep it running."""
        self._ready = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._keep_running())

    async def ready(self) -> None:
        """Wait until the fork server can fork.

        Raises
        ------
        ForkServerError
            If it is not ready in time.
        """
        if self._ready is None:
            raise ForkServerError("the fork server was not started; call start() first")
        try:
            await asyncio.wait_for(asyncio.shield(self._ready), _READY_WITHIN_S)
        except TimeoutError:
            message = f"the fork server was not ready within {_READY_WITHIN_S:g} s; the log says why"
            raise ForkServerError(message) from None

    async def fork(self, argv: list[str], cwd: str, env: dict[str, str]) -> int:
        """Fork one kernel.

        Parameters
        ----------
        argv : list of str
            Arguments of the IPython kernel, such as ``["-f", connection_file]``.
        cwd : str
            Working folder of the kernel.
        env : dict of str to str
            Its whole environment.

        Returns
        -------
        pid : int
            Process id of the kernel.

        Raises
        ------
        ForkServerError
            If the fork server is not there or can't fork.
        """
        await self.ready()
        if self._writer is None:
            raise ForkServerError("the fork server has just ended; it is being started again, try once more")
        number = next(self._numbers)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        request = {"id": number, "argv": argv, "cwd": cwd, "env": env}
        self._writer.write(json.dumps(request).encode() + b"\n")
        try:
            return await asyncio.wait_for(answer, 30)
        except TimeoutError:
            raise ForkServerError("the fork server did not answer within 30 s") from None
        finally:
            self._answers.pop(number, None)

    async def stop(self) -> None:
        """End the fork server and, through the lifeline, every kernel that is still there."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        with contextlib.suppress(OSError):
            os.close(self._lifeline_write)
            os.close(self._lifeline_read)

    async def _keep_running(self) -> None:
        failures = 0
        while True:
            try:
                await self._run_once()
            finally:
                was_ready = self._disconnect()
            failures = 0 if was_ready else failures + 1
            if failures >= _TRIES:
                self._give_up_waiting()
            wait = _RETRY_S[min(failures, len(_RETRY_S) - 1)]
            _log.error(
                "The fork server ended; it is started again in %g s. Lessons that are open go on.", wait
            )
            self.restarts += 1
            await asyncio.sleep(wait)

    def _give_up_waiting(self) -> None:
        """Tell those who wait that it does not start; it is still tried again."""
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(
                ForkServerError("the fork server ends before it is ready; the log says why")
            )
            self._ready.exception()  # seen, also if nobody waits
        self._ready = asyncio.get_running_loop().create_future()

    async def _run_once(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = self._launch(theirs.fileno())
        reader, self._writer = await asyncio.open_connection(sock=ours, limit=_LONGEST_LINE)
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                self._take(json.loads(line))

    def _launch(self, requests: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "bonemets_teach.server.fork_server",
            str(requests),
            str(self._lifeline_read),
            "lessons" if self._preload else "kernel",
        ]
        return subprocess.Popen(  # noqa: S603 - our own module
            command,
            pass_fds=(requests, self._lifeline_read),
            stdin=subprocess.DEVNULL,
            env=single_threaded_environment(),
            cwd=_PACKAGE_PARENT,
            start_new_session=True,  # Ctrl-C in the terminal is the web server's to handle
        )

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("ready"):
            for problem in message["problems"]:
                _log.warning("Warming up left something out: %s", problem)
            if self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
            return
        answer = self._answers.get(message["id"])
        if answer is None or answer.done():
            return
        if "pid" in message:
            answer.set_result(message["pid"])
        else:
            answer.set_exception(ForkServerError(message["error"]))

    def _disconnect(self) -> bool:
        """Clean up after a fork server; tell whether it had been ready."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ForkServerError("the fork server ended before it could fork a kernel"))
        was_ready = self._ready is not None and self._ready.done()
        if was_ready:
            self._ready = asyncio.get_running_loop().create_future()
        return was_ready
