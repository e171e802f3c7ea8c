"""Our server and stock Voilà, each as a process of its own on its own port."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.server.settings import ServeSettings
from tests.bench.waiting import wait_until

__all__ = ["Server", "our_server", "private_mb", "stock_voila"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server; times are those of the monotonic clock [s]."""

    url: str
    process: subprocess.Popen[str]
    started_s: float
    announced_s: float

    def health(self) -> dict[str, Any]:
        """Return what ``/healthz`` of our server says."""
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def wait_for_lessons(self, count: int | None = None) -> None:
        """Return when every lesson that is kept ready has a kernel waiting, and nothing is being made."""
        wanted = min(len(ready_lessons()), ServeSettings().preheated_lessons) if count is None else count

        def is_ready() -> bool:
            health = self.health()
            return health["ready"] >= wanted and not health["building"]

        wait_until(is_ready, "pre-heated lessons")

    def kernels(self) -> list[psutil.Process]:
        """Return the kernel processes of this server, our fork server left out."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        parents = {child.ppid() for child in children}
        return [
            child for child in children if child.pid not in parents and "fork_server" in _words(child)
        ] + [child for child in children if "ipykernel" in _words(child)]


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def private_mb(process: psutil.Process) -> float:
    """Return the memory that would be free if this process ended [MB]."""
    return float(process.memory_full_info().uss) / 1e6


@contextmanager
def our_server(*words: str, wait: bool = True) -> Iterator[Server]:
    """Serve the course from a fresh data folder.

    Parameters
    ----------
    *words : str
        More words for ``bonemets-teach serve``.
    wait : bool
        Whether to wait for the pre-heated lessons.
    """
    folder, port = tempfile.mkdtemp(prefix="bench-data-"), _free_port()
    command = [str(Path(sysconfig.get_path("scripts")) / "bonemets-teach"), "serve", "--port", str(port)]
    started = time.monotonic()
    environment = os.environ | {"BROWSER": "true"}
    with _running([*command, "--data", folder, *words], environment, subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if f":{port}" in line:
                break
        server = Server(
            url=f"http://127.0.0.1:{port}", process=process, started_s=started, announced_s=time.monotonic()
        )
        if wait:
            server.wait_for_lessons()
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stock_voila(folder: Path | None = None) -> Iterator[Server]:
    """Serve notebooks with Voilà as it is installed, with no configuration at all.

    Parameters
    ----------
    folder : Path or None
        Notebooks; None serves copies of the course's own.
    """
    home, port = Path(tempfile.mkdtemp(prefix="bench-voila-")), _free_port()
    served = home / "course"
    served.mkdir()
    # Stock Voilà fails on a picture named by "../", so pictures lie in its root and are named from there.
    shutil.copytree(assets_folder() / "figures", served / "assets" / "figures")
    for notebook in (folder or notebooks_folder()).glob("*.ipynb"):
        text = notebook.read_text("utf-8").replace("../assets/", "assets/")
        (served / notebook.name).write_text(text, "utf-8")
    ours = {
        name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    ours |= {"IPYTHONDIR": str(home / "ipython"), "BONEMETS_DATA": str(home / "data")}
    threads = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"}
    environment = {name: value for name, value in os.environ.items() if name not in threads} | ours
    command = [sys.executable, "-m", "voila", str(served), "--no-browser", f"--port={port}"]
    started = time.monotonic()
    with _running(command, environment, subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(url, process), "stock Voilà")
        yield Server(url=url, process=process, started_s=started, announced_s=time.monotonic())
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _running(command: list[str], environment: dict[str, str], output: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        stdout=output,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=tempfile.gettempdir(),
    )
    try:
        yield process
    finally:
        left = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
        for child in left:
            if child.is_running():
                child.kill()


def _answers(url: str, process: subprocess.Popen[str]) -> bool:
    if process.poll() is not None:
        message = f"stock Voilà ended with status {process.returncode}"
        raise RuntimeError(message)
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
