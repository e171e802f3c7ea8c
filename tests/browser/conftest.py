"""A served copy of the course and a real Chromium, for the tests that drive pages as a learner does."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.lessons.catalog import find_lesson

expect.set_options(timeout=30_000)


@dataclass
class Served:
    """A running server and its data folder."""

    data: Path
    port: int
    process: subprocess.Popen[str] = field(repr=False)

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(timeout=30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(data: Path, port: int | None = None) -> Served:
    """Start a server and return when its lessons are ready."""
    port = port or free_port()
    command = Path(sysconfig.get_path("scripts")) / "bonemets-teach"
    process = subprocess.Popen(
        [str(command), "serve", "--port", str(port), "--data", str(data)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=data.parent,
    )  # fmt: skip
    said: list[str] = []
    ready = threading.Event()
    # The thread reads on, since a server whose output nobody reads would come to a halt.
    threading.Thread(target=_listen, args=(process, "lessons are ready", said, ready), daemon=True).start()
    if not ready.wait(timeout=120) or process.poll() is not None:
        process.kill()
        message = "the server was not ready in time; it said: " + "".join(said)
        raise RuntimeError(message)
    return Served(data, port, process)


def _listen(process: subprocess.Popen[str], wanted: str, said: list[str], ready: threading.Event) -> None:
    assert process.stdout is not None
    with contextlib.suppress(ValueError):  # the pipe is closed when the server is stopped
        for line in process.stdout:
            said.append(line)
            if wanted in line:
                ready.set()
    ready.set()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests of a run."""
    server = start_server(tmp_path_factory.mktemp("served") / "data")
    yield server
    server.stop()


@pytest.fixture
def start() -> Iterator[Callable[..., Served]]:
    """Start further servers, which end with the test."""
    servers: list[Served] = []

    def run(data: Path, port: int | None = None) -> Served:
        servers.append(start_server(data, port))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()


@dataclass
class Watched:
    """A page with what went wrong on it and what it asked for."""

    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Callable[..., Watched]]:
    """Open a path of the served course in a fresh browser profile and watch it."""
    contexts: list[BrowserContext] = []

    def run(
        path: str, *, width: int = 1280, height: int = 900, context: BrowserContext | None = None
    ) -> Watched:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce"
            )
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        watched = Watched(page)
        page.on(
            "console",
            lambda message: watched.errors.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on(
            "request",
            lambda request: None if _own(request.url, served) else watched.foreign.append(request.url),
        )
        page.goto(served.url + path)
        return watched

    yield run
    for context in contexts:
        context.close()


def _own(url: str, served: Served) -> bool:
    return url.startswith((served.url, f"ws://127.0.0.1:{served.port}", "blob:", "data:"))


@pytest.fixture(scope="session")
def reach() -> Callable[[Page, str], Locator]:
    """Scroll to an explorer as a reader does, and return it when its first picture is there."""

    def run(page: Page, scene: str) -> Locator:
        # An explorer is loaded when its cell comes near the screen; what lies above may still grow.
        lesson = urlsplit(page.url).path.rpartition("/")[2]
        position = find_lesson(lesson).scenes.index(scene)
        cell = "#cell-explorer" if position == 0 else f"#cell-explorer-{position + 1}"
        page.locator(cell).scroll_into_view_if_needed()
        root = page.locator(f"{cell} .bm-explorer[data-seq]")
        root.wait_for()
        root.scroll_into_view_if_needed()
        return root

    return run


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """Return a folder with copies of the notebooks and figures, laid out as in the repository."""
    shutil.copytree(notebooks_folder(), tmp_path / "course/notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(assets_folder() / "figures", tmp_path / "course/assets/figures")
    return tmp_path / "course"


@pytest.fixture
def start_jupyter(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start a Jupyter program with settings of its own in a folder; returns its address when it answers."""
    running: list[subprocess.Popen[bytes]] = []
    names = ("CONFIG_DIR", "RUNTIME_DIR", "DATA_DIR", "LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR")
    own = {f"JUPYTER{'' if name.startswith('LAB') else '_'}{name}": str(tmp_path / name) for name in names}
    own |= {"IPYTHONDIR": str(tmp_path / "ipython"), "BONEMETS_DATA": str(tmp_path / "data")}

    def run(folder: Path, module: str, *words: str) -> str:
        port = free_port()
        command = [sys.executable, "-m", module, *words, "--no-browser", f"--port={port}"]
        running.append(
            subprocess.Popen(
                command,
                env=os.environ | own,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        url = f"http://127.0.0.1:{port}"
        _wait_for_answer(url, running[-1])
        return url

    yield run
    for process in running:
        process.terminate()
        process.wait(timeout=30)


def _wait_for_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5).close()
            return
    pytest.fail(f"nothing answers at {url}")
