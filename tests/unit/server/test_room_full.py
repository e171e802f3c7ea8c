"""The number of kernels is bounded; who comes too late is told so."""

from __future__ import annotations

from typing import Any


def test_one_too_many_gets_a_page_that_tries_again(start_server: Any) -> None:
    """With room for two, a third learner waits; when one leaves, the lesson opens."""
    server = start_server(max_kernels=2)
    first, second = (server.ask("lesson/counter").page() for _ in range(2))
    third = server.ask("lesson/counter")

    assert third.status == 503
    assert int(third.headers["retry-after"]) > 0
    assert "The room is full" in third.text
    assert "message.js" in third.text
    server.until(lambda: len(server.kernels()) == 2, "the end of kernels that were given up")
    assert server.health()["refused"] == 1

    server.ask(f"api/lesson/close/{first['kernel']}", method="POST", body=first["token"])
    server.until(lambda: server.ask("lesson/counter").status == 200, "room for a third")
    assert server.ask(f"api/lesson/state/{second['kernel']}").json()["alive"]


def test_a_ready_page_of_another_lesson_makes_room(start_server: Any) -> None:
    """Kernels that nobody uses yet are given up before anybody is refused."""
    server = start_server(max_kernels=2)
    server.until(lambda: server.health()["ready"] == 2, "two ready pages")

    assert [server.ask("lesson/counter").status for _ in range(2)] == [200, 200]
