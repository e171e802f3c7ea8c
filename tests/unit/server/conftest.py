"""A served course of tiny notebooks, in a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import websocket
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    def page(self) -> dict[str, Any]:
        """Return the data that the lesson page holds."""
        found = re.search(
            r'<script type="application/json" id="bm-page">(.*?)</script>', self.text, re.DOTALL
        )
        assert found, self.text[:2000]
        data: dict[str, Any] = json.loads(found[1])
        return data


@dataclass
class Served:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    base_url: str = "/"
    address: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.port}{self.base_url}"

    def ask(
        self,
        path: str = "",
        *,
        method: str = "GET",
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request to a path below the base URL, or to an absolute one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            target = path if path.startswith("/") else self.base_url + path
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def health(self) -> dict[str, Any]:
        """Return what the server says about itself."""
        found: dict[str, Any] = self.ask("healthz").json()
        return found

    def fork_server(self) -> psutil.Process:
        """Return the process that forks kernels."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if "bonemets_teach.server.fork_server" in child.cmdline())

    def kernels(self) -> list[psutil.Process]:
        """Return the forked kernels that run; the process of the reviews is another fork."""
        return [
            child
            for child in self.fork_server().children()
            if child.status() != psutil.STATUS_ZOMBIE and child.name() != "review-worker"
        ]

    def until(self, condition: Callable[[], Any], what: str, within_s: float = 120) -> Any:
        """Return the first true value of a condition that the running server will fulfill."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            if value := condition():
                return value
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self.process.wait(0.05)
                message = f"the server ended with {code} before {what}; it said: {self.log.read_text()}"
                raise AssertionError(message)
        message = f"{what} did not happen within {within_s} s"
        raise AssertionError(message)

    def stop(self) -> int:
        """Stop the server as SIGTERM does."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(120)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def launch(folder: Path, port: int, options: dict[str, Any]) -> tuple[subprocess.Popen[bytes], Path]:
    """Start a server process; return it and its log."""
    notebooks = folder / "course" / "notebooks"
    shutil.copytree(HERE / "notebooks", notebooks)
    shutil.copy(HERE / "counter_widget.py", notebooks.parent)
    (notebooks / "unreadable.ipynb").write_text('{"cells": [')
    options = {"notebooks": str(notebooks), "data": str(folder / "data"), "preload": False, **options}
    log = folder / "log.txt"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "course_server.py"), str(port), json.dumps(options)],
            stdout=stream, stderr=subprocess.STDOUT, env=environment, cwd=folder,
        )  # fmt: skip
    return process, log


def start(folder: Path, **options: Any) -> Served:
    """Start a server and return when it says that it is ready."""
    port = free_port()
    process, log = launch(folder, port, options)
    server = Served(port, process, log, options.get("base_url", "/"))
    server.until(lambda: "lessons are ready" in log.read_text(), "the lessons were ready", 300)
    return server


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve with ordinary settings, shared by all tests that leave it as it is."""
    server = start(tmp_path_factory.mktemp("served"), max_kernels=12)
    yield server
    server.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start servers with settings of the test's own."""
    running: list[Served] = []

    def run(**options: Any) -> Served:
        folder = tmp_path / str(len(running))
        folder.mkdir()
        running.append(start(folder, **options))
        return running[-1]

    yield run
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(name="launch")
def _launch() -> Callable[..., Any]:
    """Return a function that starts a server process and does not wait."""
    return launch


@pytest.fixture
def lesson(served: Served) -> Iterator[Answer]:
    """Return a lesson page of the shared server; its kernel ends with the test."""
    answer = served.ask("lesson/counter")
    yield answer
    page = answer.page()
    served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"])


@dataclass
class KernelSocket:
    """A page's side of the kernel socket."""

    socket: websocket.WebSocket

    def send(self, kind: str, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send one message on the shell channel."""
        message = {
            "header": {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "test", "username": "", "version": "5.4",
                       "date": "2026-01-01T00:00:00Z"},
            "parent_header": {}, "metadata": {}, "content": content,
        }  # fmt: skip
        parts = [
            json.dumps(message[key]).encode() for key in ("header", "parent_header", "metadata", "content")
        ]
        self.socket.send_binary(serialize_msg_to_ws_v1([*parts, *(buffers or [])], "shell"))

    def receive(self, kind: str) -> dict[str, Any]:
        """Return the content of the next message of a kind."""
        while True:
            _, (header, _, _, content, *_) = deserialize_msg_from_ws_v1(self.socket.recv())
            if json.loads(header)["msg_type"] == kind:
                found: dict[str, Any] = json.loads(content)
                return found

    def close_code(self) -> int:
        """Wait until the server closes; return its code."""
        while True:
            opcode, data = self.socket.recv_data()
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(data[:2], "big")


@pytest.fixture
def connect() -> Iterator[Callable[..., KernelSocket]]:
    """Connect to the kernel of a page, as the page's script does."""
    opened: list[websocket.WebSocket] = []

    def run(server: Served, kernel: str, origin: str | None = None) -> KernelSocket:
        url = (
            server.address.replace("http", "ws")
            + f"api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        )
        origin = origin or f"http://127.0.0.1:{server.port}"
        options: dict[str, Any] = {"suppress_origin": True} if origin == "none" else {"origin": origin}
        protocols = ["v1.kernel.websocket.jupyter.org"]
        opened.append(websocket.WebSocket())
        opened[-1].settimeout(60)
        opened[-1].connect(url, subprotocols=protocols, **options)
        return KernelSocket(opened[-1])

    yield run
    for one in opened:
        one.shutdown()
