"""Every answer carries the headers that keep a page to this server."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("path", ["", "no-such-page", "lesson/later", "static/host.js", "healthz"])
def test_the_policy_allows_no_other_host(served: Any, path: str) -> None:
    """The content security policy names this server only and forbids inline scripts."""
    policy = served.ask(path).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self' blob:;" in policy
    assert "http" not in policy


def test_pages_are_not_guessed_to_be_of_another_type(served: Any) -> None:
    """Browsers may not sniff types."""
    assert served.ask().headers["x-content-type-options"] == "nosniff"


def test_no_page_sets_a_cookie(served: Any, lesson: Any) -> None:
    """Neither the home page nor a lesson sets a cookie."""
    assert "set-cookie" not in served.ask().headers
    assert "set-cookie" not in lesson.headers


def test_a_lesson_page_is_never_stored(lesson: Any) -> None:
    """A lesson page belongs to one kernel, so no cache may keep it."""
    assert lesson.headers["cache-control"] == "no-store"
