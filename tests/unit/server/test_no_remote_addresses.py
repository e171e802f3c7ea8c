"""Pages ask no other host for anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest


class _Addresses(HTMLParser):
    """Collects what a browser would fetch on its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses of one element; links to click on are not fetched."""
        self.found += [
            value
            for name, value in attrs
            if value and (name in {"src", "srcset"} or (name == "href" and tag == "link"))
        ]


@pytest.mark.parametrize("path", ["", "nothing-here", "lesson/counter", "lesson/slider"])
def test_everything_fetched_is_on_this_server(served: Any, path: str) -> None:
    """No src and no stylesheet of a page, the fall-back included, names a host."""
    answer = served.ask(path)
    parser = _Addresses()
    parser.feed(answer.text)

    remote = [url for url in parser.found if re.match(r"(?:[a-z]+:)?//", url)]

    assert parser.found
    assert remote == []
    if "lesson" in path:
        page = answer.page()
        served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"])
