"""Kernels that are of no more use end by themselves."""

from __future__ import annotations

from typing import Any


def test_an_idle_kernel_ends_and_its_page_is_told(start_server: Any, connect: Any) -> None:
    """Without messages for the idle time the kernel ends, connected or not."""
    server = start_server(idle_s=3.0, ready=0)
    page = server.ask("lesson/counter").page()

    assert connect(server, page["kernel"]).close_code() == 4410
    assert server.health()["ended_idle"] == 1


def test_a_page_that_never_connects_loses_its_kernel(start_server: Any) -> None:
    """A page fetched by a robot does not keep a kernel."""
    server = start_server(unclaimed_s=0.5, ready=0)
    server.ask("lesson/counter")

    server.until(lambda: server.health().get("ended_unclaimed") == 1, "the end of an unclaimed kernel")
    server.until(lambda: not server.kernels(), "the end of the process")
