"""Servers for tests: the command as a learner starts it, one for all workers of a run, and a small one of a test's own."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

import psutil

# A machine that does much else needs several times the half minute of an idle one.
READY_S = 600
_OPEN_AT = re.compile(r"open at http://127\.0\.0\.1:(\d+)/")
_SMALL = Path(__file__).with_name("one_lesson.py")


@dataclass
class Served:
    """A running server and its data folder; the process is known only to whoever started it."""

    data: Path
    port: int
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def kill_kernels(self) -> None:
        """End the kernels as a machine short of memory does."""
        assert self.process is not None
        server = psutil.Process(self.process.pid)
        # Kernels are children of the fork server, which is a child of the server.
        kernels = [one for one in server.children(recursive=True) if one.parent() != server]
        assert kernels
        for one in kernels:
            one.kill()

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()


def start_server(data: Path, port: int = 0, *, small: bool = False) -> Served:
    """Start a server and return when its lessons are ready.

    A small one has the first lesson alone and loads it when it is opened.
    """
    command = [Path(sysconfig.get_path("scripts")) / "bonemets-teach", "serve"]
    process = subprocess.Popen(
        [*([sys.executable, _SMALL] if small else command), "--port", str(port), "--data", str(data)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=data.parent,
    )  # fmt: skip
    said = wait_for_words(process, "lessons are ready")
    found = _OPEN_AT.search(said)
    assert found is not None, said
    return Served(data, int(found[1]), process)


def wait_for_words(process: subprocess.Popen[str], wanted: str, said: list[str] | None = None) -> str:
    """Wait until a program says certain words, and return all that it said; one that never says them is ended.

    A list that is given goes on to gather what the program says later.
    """
    said = [] if said is None else said
    ready = threading.Event()

    def listen() -> None:
        assert process.stdout is not None
        with contextlib.suppress(ValueError):  # the pipe is closed when the program is stopped
            # It reads on, since a program whose output nobody reads would come to a halt.
            for line in process.stdout:
                said.append(line)
                if wanted in line:
                    ready.set()
        ready.set()

    threading.Thread(target=listen, daemon=True).start()
    ready.wait(timeout=READY_S)
    text = "".join(said)
    if wanted not in text:
        process.kill()
        process.wait(timeout=60)
        message = f"“{wanted}” was not said in time, but: {text}"
        raise RuntimeError(message)
    return text


def free_port() -> int:
    """Return a port that nobody listens on, for programs that can not look for one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerForAll:
    """Starts one server when the first worker of a run asks for it, and tells each worker where it is.

    It lives in the process that starts the workers, which ends after all of them.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bonemets-served-")
        self._listener = Listener(("127.0.0.1", 0), backlog=64)
        self._server: Served | None = None
        self._closed = False
        self._changing = threading.Lock()
        threading.Thread(target=self._answer, daemon=True).start()

    @property
    def address(self) -> tuple[str, int]:
        """Where workers ask."""
        host, port = self._listener.address
        return str(host), int(port)

    def close(self) -> None:
        """End the server if there is one, also one that is just being started."""
        self._listener.close()
        with self._changing:
            self._closed = True
            if self._server is not None:
                self._server.stop()
        self._folder.cleanup()

    def _answer(self) -> None:
        answer: Any = None
        while True:
            try:
                asking = self._listener.accept()
            except OSError:
                return  # closed
            with self._changing:
                answer = answer or self._start()
            with contextlib.suppress(OSError), asking:
                asking.send(answer)

    def _start(self) -> tuple[Path, int] | str:
        if self._closed:
            return "the run has ended"
        try:
            self._server = start_server(Path(self._folder.name) / "data")
        except (RuntimeError, OSError) as error:
            return str(error)
        return self._server.data, self._server.port


class Asked:
    """A worker's question for the server, asked early and answered when the server is ready."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._connection: Connection[Any, Any] = Client(tuple(address))

    def served(self) -> Served:
        """Wait for the server."""
        if not self._connection.poll(READY_S):
            raise RuntimeError("no server for all workers was started in time")
        answer = self._connection.recv()
        self._connection.close()
        if isinstance(answer, str):
            raise RuntimeError(answer)
        data, port = answer
        return Served(data, port)
