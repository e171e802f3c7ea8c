"""The home page shows the course map and costs no kernel."""

from __future__ import annotations

from typing import Any


def test_all_lessons_are_on_the_map(served: Any) -> None:
    """Lessons with a notebook are links, the others are marked as coming."""
    text = served.ask().text

    assert '<a href="/lesson/counter">Counting</a>' in text
    assert "Later" in text
    assert '<a href="/lesson/later">' not in text
    assert "Coming" in text


def test_it_has_language_title_and_landmarks(served: Any) -> None:
    """The page says its language and has a skip link, header, main and footer."""
    text = served.ask().text

    for part in ('<html lang="en"', "<title>", 'href="#main"', "<header", '<main id="main"', "<footer"):
        assert part in text


def test_it_says_what_it_is_not_for(served: Any) -> None:
    """The home page carries the notice."""
    assert "A teaching model. Not for clinical use." in served.ask().text


def test_it_starts_no_kernel(served: Any) -> None:
    """Home pages leave the number of live kernels alone."""
    before = served.health()["live"]
    served.ask()

    assert served.health()["live"] == before
