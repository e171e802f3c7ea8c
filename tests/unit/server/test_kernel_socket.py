"""Only comm messages from our own pages reach a kernel."""

from __future__ import annotations

from typing import Any

import pytest
import websocket


def test_a_widget_answers_with_its_state(served: Any, lesson: Any, connect: Any) -> None:
    """The page can ask a widget for its state."""
    page = lesson.page()
    line = connect(served, page["kernel"])

    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})

    assert line.receive("comm_msg")["data"]["method"] == "update"


def test_code_is_not_executed(served: Any, lesson: Any, connect: Any) -> None:
    """An execute request is dropped; the comm message behind it is answered."""
    page = lesson.page()
    line = connect(served, page["kernel"])
    line.send("execute_request", {"code": "c.value = 777", "silent": False})
    line.send("shutdown_request", {"restart": False})
    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})

    assert line.receive("comm_msg")["data"]["state"]["value"] == 3


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "none"])
def test_other_origins_are_refused(served: Any, lesson: Any, connect: Any, origin: str) -> None:
    """A page of another site, and a client without an origin, can't connect."""
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        connect(served, lesson.page()["kernel"], origin)


def test_an_ended_kernel_can_not_be_connected(served: Any, connect: Any) -> None:
    """A kernel that is not there is refused with 404."""
    with pytest.raises(websocket.WebSocketBadStatusException, match="404"):
        connect(served, "00000000-0000-4000-8000-000000000000")
