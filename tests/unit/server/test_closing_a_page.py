"""A kernel ends with its page, and only its page can end it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest
import websocket
from tornado import web

from bonemets_teach.server.kernel_handlers import KernelSocket


def test_the_right_token_ends_the_kernel(served: Any) -> None:
    """The beacon of the page ends the process of its kernel."""
    page = served.ask("lesson/counter").page()
    before = {kernel.pid for kernel in served.kernels()}

    answer = served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"])

    assert answer.status == 204
    assert not served.ask(f"api/lesson/state/{page['kernel']}").json()["alive"]
    served.until(lambda: any(not psutil.pid_exists(pid) for pid in before), "the end of the process")


def test_a_wrong_token_ends_nothing(served: Any, lesson: Any) -> None:
    """Another token is refused, and the kernel goes on."""
    kernel = lesson.page()["kernel"]

    assert served.ask(f"api/lesson/close/{kernel}", method="POST", body="wrong").status == 403
    assert served.ask(f"api/lesson/close/{kernel}", method="POST", body="").status == 403
    assert served.ask(f"api/lesson/state/{kernel}").json()["alive"]


def test_another_site_can_not_end_a_kernel(served: Any, lesson: Any) -> None:
    """A request from another origin is refused even with the token."""
    page = lesson.page()
    headers = {"Origin": "http://evil.example"}

    answer = served.ask(
        f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"], headers=headers
    )

    assert answer.status == 403


def test_an_unknown_kernel_looks_like_a_wrong_token(served: Any) -> None:
    """Nobody can find out which kernels there are."""
    unknown = "00000000-0000-4000-8000-000000000000"

    assert served.ask(f"api/lesson/close/{unknown}", method="POST", body="x").status == 403


def test_what_was_sent_before_the_end_is_still_read(served: Any, connect: Any) -> None:
    """An answer may be on its way when the page closes; it is neither misread nor an error of the server."""
    page = served.ask("lesson/counter").page()
    before = len(served.log.read_text())
    line = connect(served, page["kernel"])
    message = {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}}

    served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"])
    while line.socket.recv_frame().opcode != websocket.ABNF.OPCODE_CLOSE:
        pass
    line.send("comm_msg", message)
    line.socket.send_close()

    assert b"" == line.socket.sock.recv(1)
    assert "Uncaught exception" not in served.log.read_text()[before:]


def test_a_page_that_goes_while_it_connects_is_no_error() -> None:
    """Tornado lets a request that is finished go without a word; anything else raised here it reports as a failure."""
    line = KernelSocket.__new__(KernelSocket)
    line.connection = None
    with pytest.raises(web.Finish):
        line.select_subprotocol(["v1.kernel.websocket.jupyter.org"])


def test_what_a_kernel_says_to_a_page_that_has_gone_is_dropped() -> None:
    """A message may leave the kernel while its page closes; that is no error."""

    async def send() -> None:
        line = KernelSocket.__new__(KernelSocket)
        line.ws_connection = None
        await line.write_message('{"header": {"msg_type": "status"}}')

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, send()).result()
