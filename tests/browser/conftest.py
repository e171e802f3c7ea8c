"""A served copy of the course and a real Chromium, for the tests that drive pages as a learner does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.serving import Asked, Served, ServerForAll, free_port, start_server, wait_for_words
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.lessons.catalog import find_lesson

PATIENCE_MS = 60_000  # for a machine that does much else
expect.set_options(timeout=PATIENCE_MS)


_FOR_ALL = pytest.StashKey[ServerForAll]()
_ASKED = pytest.StashKey[Asked]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker where to ask for the one server of the run."""
    stash = node.config.stash
    stash.setdefault(_FOR_ALL, None)
    if stash[_FOR_ALL] is None:
        stash[_FOR_ALL] = ServerForAll()
    node.workerinput["bonemets_server"] = stash[_FOR_ALL].address


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what needs no server, while the server gets ready."""
    items.sort(key=lambda item: "served" in getattr(item, "fixturenames", ()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the one server after all workers."""
    if config.stash.get(_FOR_ALL, None) is not None:
        config.stash[_FOR_ALL].close()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Ask for the server as soon as a worker knows that it will need it; other tests run while it gets ready."""
    address = getattr(session.config, "workerinput", {}).get("bonemets_server")
    if address and any("served" in getattr(item, "fixturenames", ()) for item in session.items):
        session.config.stash[_ASKED] = Asked(address)


@pytest.fixture(scope="session")
def served(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests of a run, in whatever worker."""
    asked = pytestconfig.stash.get(_ASKED, None)
    if asked is not None:
        yield asked.served()
        return
    server = start_server(tmp_path_factory.mktemp("served") / "data")
    yield server
    server.stop()


@pytest.fixture
def start() -> Iterator[Callable[..., Served]]:
    """Start small servers of a test's own, which end with it."""
    servers: list[Served] = []

    def run(data: Path, port: int = 0) -> Served:
        servers.append(start_server(data, port, small=True))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page in a fresh browser profile."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


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
        page.set_default_timeout(PATIENCE_MS)
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
        # Explorers of a lesson stand in the order of its scenes, whatever their cells are called.
        cell = page.locator('[id^="cell-explorer"]').nth(position)
        cell.scroll_into_view_if_needed()
        root = cell.locator(".bm-explorer[data-seq]")
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
    """Start a Jupyter program with settings of its own in a folder; returns its address when it answers.

    What it says and what its kernels log is printed at the end: pytest shows it beside a failure.
    """
    running: list[subprocess.Popen[str]] = []
    said: list[str] = []
    kernels = _kernel_log(tmp_path / "ipython")
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
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        wait_for_words(running[-1], " is running at", said)
        return f"http://127.0.0.1:{port}"

    yield run
    for process in running:
        process.terminate()
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()
    sys.stdout.write("".join(said))
    sys.stdout.write(kernels.read_text("utf-8") if kernels.exists() else "no kernel has logged anything\n")


def _kernel_log(ipython: Path) -> Path:
    """Let kernels write their log to a file: what they say beside their cells is shown by no page."""
    startup = ipython / "profile_default" / "startup"
    startup.mkdir(parents=True)
    path = ipython / "kernel.log"
    (startup / "00-log.py").write_text(
        f"import logging\nlogging.basicConfig(filename={str(path)!r})\n", "utf-8"
    )
    return path
