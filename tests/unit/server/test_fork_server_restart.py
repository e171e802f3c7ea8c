"""The fork server may die: open lessons go on, new ones open again."""

from __future__ import annotations

from typing import Any


def test_open_lessons_go_on_and_new_ones_open(start_server: Any, connect: Any, wait_until: Any) -> None:
    """After the fork server is killed, the old kernel answers and another fork server serves the next page."""
    server = start_server(ready=0)
    page = server.ask("lesson/counter").page()
    line = connect(server, page["kernel"])
    old = server.fork_server()
    old.kill()
    wait_until(lambda: not old.is_running() or old.status() == "zombie", "the end of the fork server")

    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})
    assert line.receive("comm_msg")["data"]["method"] == "update"
    assert server.ask("lesson/counter").status == 200
    assert server.fork_server().pid != old.pid
