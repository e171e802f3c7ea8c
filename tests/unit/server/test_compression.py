"""Text travels compressed."""

from __future__ import annotations

import gzip
from typing import Any

import pytest


@pytest.mark.parametrize("path", ["", "static/host.js", "static/page.css"])
def test_text_is_compressed_when_the_browser_can(served: Any, path: str) -> None:
    """A browser that accepts gzip gets gzip, and less of it."""
    plain = served.ask(path)
    packed = served.ask(path, headers={"Accept-Encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body
