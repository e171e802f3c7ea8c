"""The course works below a path, as behind a reverse proxy, and beside a second server."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.server.settings import ServeSettings


def test_every_address_lies_below_the_path(start_server: Any, connect: Any, served: Any) -> None:
    """Pages, files and the kernel's socket are found below the base URL, while another server runs."""
    server = start_server(base_url="/course/a/")
    answer = server.ask("lesson/counter")
    urls = re.findall(r'(?:src|href)="(/[^"]*)"', answer.text + server.ask().text)
    page = answer.page()
    line = connect(server, page["kernel"])
    line.send("comm_msg", {"comm_id": next(iter(page["models"])), "data": {"method": "request_state"}})

    assert line.receive("comm_msg")["data"]["method"] == "update"
    assert [url for url in urls if not url.startswith("/course/a/")] == []
    assert {server.ask(url).status for url in set(urls) if "/lesson/" not in url} == {200}
    assert served.ask().status == 200


def test_the_bare_address_leads_to_the_course(start_server: Any) -> None:
    """The root and the path without its slash lead to the course; other addresses do not exist."""
    server = start_server(base_url="/course/", ready=0)

    assert server.ask("/").headers["location"] == "/course/"
    assert server.ask("/course").headers["location"] == "/course/"
    assert server.ask("/healthz").status == 404


@pytest.mark.parametrize("base_url", ["course", "/course", "course/", "//evil.example/", "/a b/", "/../"])
def test_a_path_that_is_none_is_refused(base_url: str) -> None:
    """The message shows what a base URL looks like."""
    with pytest.raises(ParameterError, match="base_url"):
        ServeSettings(base_url=base_url)
