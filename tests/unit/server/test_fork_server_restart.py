"""The fork server may die: open lessons go on, new ones open again."""

from __future__ import annotations

from typing import Any

import psutil


def test_open_lessons_go_on_and_new_ones_open(start_server: Any, connect: Any) -> None:
    """After the fork server is killed, the old kernel answers and another fork server serves the next page."""
    server = start_server(ready=0)
    page = server.ask("lesson/counter").page()
    line = connect(server, page["kernel"])
    old = server.fork_server()
    old.kill()
    assert [] == psutil.wait_procs([old], timeout=120)[1]

    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})
    assert line.receive("comm_msg")["data"]["method"] == "update"
    assert server.ask("lesson/counter").status == 200
    assert server.fork_server().pid != old.pid
