"""A kernel that dies is told to its page."""

from __future__ import annotations

from typing import Any


def test_the_page_hears_that_its_kernel_died(served: Any, connect: Any) -> None:
    """The socket closes with the code for a kernel that is gone, and the state says so."""
    ready = {kernel.pid for kernel in served.kernels()}
    page = served.ask("lesson/counter").page()
    line = connect(served, page["kernel"])
    for kernel in served.kernels():
        if kernel.pid in ready:
            kernel.kill()

    assert line.close_code() == 4410
    assert not served.ask(f"api/lesson/state/{page['kernel']}").json()["alive"]


def test_lessons_open_after_ready_kernels_died(served: Any) -> None:
    """Pages whose kernel died before they were handed out are not handed out."""
    for kernel in served.kernels():
        kernel.kill()
    answer = served.ask("lesson/counter")

    page = answer.page()
    assert answer.status == 200
    assert served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"]).status == 204
