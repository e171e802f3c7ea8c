"""A warmed, single-threaded process that forks a kernel for each request, ready in a fraction of a second.

`fork_client.ForkClient` starts it with two file descriptors and what to load: a Unix socket for requests, and the
read end of a pipe that only the web server writes to. When the web server dies, by whatever means, the pipe ends, and with it
every kernel; the socket ends too, and with it this process.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from bonemets_teach.server.dense_memory import fill_gaps
from bonemets_teach.server.preload import preload

__all__ = ["main"]


def main() -> None:
    """Warm up, then fork a kernel for each line read from the socket, until the socket ends."""
    requests, lifeline = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    signal.signal(signal.SIGCHLD, _reap)
    # Without a debugger, which no learner can reach, each kernel needs 10 MB less.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    problems = preload(lessons=sys.argv[3] == "lessons")
    fill_gaps()
    gc.freeze()  # keeps the collector from touching shared pages, which would copy them
    _answer(requests, {"ready": True, "problems": problems})
    with requests.makefile("rb") as lines:
        for line in lines:
            _serve(requests, lifeline, json.loads(line))


def _serve(requests: socket.socket, lifeline: int, request: dict[str, Any]) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        pid = os.fork()
    except OSError as error:
        _answer(requests, {"id": request["id"], "error": f"no kernel could be forked: {error}"})
        return
    if pid == 0:
        os.close(requests.fileno())  # close() would wait for the file made of it
        _become_kernel(request, lifeline)
    _answer(requests, {"id": request["id"], "pid": pid})


def _answer(requests: socket.socket, message: dict[str, Any]) -> None:
    requests.sendall(json.dumps(message).encode() + b"\n")


def _reap(_signum: int, _frame: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become_kernel(request: dict[str, Any], lifeline: int) -> None:
    """Turn this fork into an IPython kernel; never returns."""
    code = 1
    try:
        _take_name("review-worker" if request["argv"][:1] == ["--review"] else "lesson-kernel")
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device, not a file
            os.dup2(nothing.fileno(), 0)
        threading.Thread(target=_end_with_server, args=(lifeline,), daemon=True).start()
        _run(request["argv"])
        code = 0
    finally:
        os._exit(code)


def _take_name(name: str) -> None:
    """Take a name that process tables show, where the system lets a process do so."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name, "ascii")


def _end_with_server(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


def _run(argv: list[str]) -> None:
    if argv[:1] == ["--review"]:
        from bonemets_teach.lessons.review_worker import main as ask_reviews  # noqa: PLC0415 - a fork of its own

        ask_reviews(argv[1])
    else:
        _run_kernel(argv)


def _run_kernel(argv: list[str]) -> None:
    from bonemets_teach.server.lean_kernel import LeanKernelApp  # noqa: PLC0415 - imported by the warm-up

    sys.argv = ["ipykernel_launcher", *argv]
    app = LeanKernelApp.instance(capture_fd_output=False, log_level=logging.CRITICAL)
    app.config.HistoryManager.enabled = False  # saves a thread and a database for each learner
    app.config.IPCompleter.use_jedi = False
    app.initialize(argv)
    app.start()


if __name__ == "__main__":
    main()
