"""Where kernels can't be forked, each is started as a program."""

from __future__ import annotations

from typing import Any


def test_lessons_open_without_a_fork_server(start_server: Any, connect: Any) -> None:
    """The page comes, its kernel answers, and stopping leaves with status 0."""
    server = start_server(fork=False, ready=0)
    page = server.ask("lesson/counter").page()
    line = connect(server, page["kernel"])
    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})

    assert server.health()["fork_server"] == "not used"
    assert line.receive("comm_msg")["data"]["method"] == "update"
    assert server.stop() == 0
