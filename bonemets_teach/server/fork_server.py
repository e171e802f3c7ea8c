"""A warmed, single-threaded process that forks a kernel for each request, ready in a fraction of a second.

`fork_client.ForkClient` starts it with two file descriptors: a Unix socket for requests, and the read end of a
pipe that only the web server writes to. When the web server dies, by whatever means, the pipe ends, and with it
every kernel; the socket ends too, and with it this process.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import signal
import socket
import sys
import threading
from typing import Any, Final

__all__ = ["main"]

# Imported before the first fork, so that all kernels share these pages of memory.
_MODULES: Final = (
    "numpy",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipywidgets",
    "anywidget",
    "bonemets_teach.lessons",
    "bonemets_teach.lessons.catalog",
    "bonemets_teach.lessons.preload",
)
_WARMERS: Final = ("bonemets_teach.biology.warm", "bonemets_teach.imaging.warm")


def main() -> None:
    """Warm up, then fork a kernel for each line read from the socket, until the socket ends."""
    requests, lifeline = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    signal.signal(signal.SIGCHLD, _reap)
    problems = _warm()
    gc.collect()
    gc.freeze()  # keeps the collector from touching shared pages, which would copy them
    _answer(requests, {"ready": True, "problems": problems})
    with requests.makefile("rb") as lines:
        for line in lines:
            _serve(requests, lifeline, json.loads(line))


def _warm() -> list[str]:
    """Import and compile; a part that fails is reported and left to the lesson that needs it."""
    attempts = [_attempt(name, warm=False) for name in _MODULES]
    attempts += [_attempt(name, warm=True) for name in _WARMERS]
    return [problem for problem in attempts if problem is not None]


def _attempt(name: str, *, warm: bool) -> str | None:
    try:
        module = importlib.import_module(name)
        if warm:
            module.warm()
    except ModuleNotFoundError as error:
        if error.name == name:  # a part that this installation does not have
            return None
        return f"{name}: {error}"
    except Exception as error:  # noqa: BLE001 - one broken part must not keep the other lessons away
        return f"{name}: {type(error).__name__}: {error}"
    return None


def _serve(requests: socket.socket, lifeline: int, request: dict[str, Any]) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        pid = os.fork()
    except OSError as error:
        _answer(requests, {"id": request["id"], "error": f"no kernel could be forked: {error}"})
        return
    if pid == 0:
        requests.close()
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
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device, not a file
            os.dup2(nothing.fileno(), 0)
        threading.Thread(target=_end_with_server, args=(lifeline,), daemon=True).start()
        _run_kernel(request["argv"])
        code = 0
    finally:
        os._exit(code)


def _end_with_server(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


def _run_kernel(argv: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported by the warm-up

    sys.argv = ["ipykernel_launcher", *argv]
    app = IPKernelApp.instance(capture_fd_output=False, log_level=logging.CRITICAL)
    app.config.HistoryManager.enabled = False  # saves a thread and a database for each learner
    app.config.IPCompleter.use_jedi = False
    app.initialize(argv)
    app.start()


if __name__ == "__main__":
    main()
