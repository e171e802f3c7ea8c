"""When the server ends, everything ends."""

from __future__ import annotations

import signal
from typing import Any

import psutil
import pytest


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_server_and_all_kernels(start_server: Any, number: int) -> None:
    """SIGTERM and SIGINT end the server with status 0 and leave no process behind."""
    server = start_server()
    server.ask("lesson/counter")
    processes = [server.fork_server(), *server.kernels()]

    server.process.send_signal(number)

    assert server.process.wait(120) == 0
    assert [] == psutil.wait_procs(processes, timeout=120)[1]


def test_a_killed_server_leaves_no_kernel_behind(start_server: Any) -> None:
    """Even SIGKILL, which nothing can answer, ends the fork server and the kernels."""
    server = start_server()
    server.ask("lesson/counter")
    processes = [server.fork_server(), *server.kernels()]

    server.process.kill()
    server.process.wait(120)

    assert [] == psutil.wait_procs(processes, timeout=120)[1]
