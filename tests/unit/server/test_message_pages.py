"""What can't be shown is said in words, with a way home."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "lesson/nothing",
        "lesson/UPPER",
        "api/nothing",
        "voila/static/nothing.js",
        "voila/templates/x",
    ],
)
def test_unknown_addresses_lead_home(served: Any, path: str) -> None:
    """An unknown address is a 404 page with a link to the course map."""
    answer = served.ask(path)

    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/">To the course map' in answer.text


@pytest.mark.parametrize("path", ["", "lesson/nothing", "nothing"])
def test_an_address_of_a_million_characters_is_answered_in_words(served: Any, path: str) -> None:
    """The line is not cut, and the page says what to do."""
    answer = served.ask(f"{path}?x={'a' * 1_000_000}")

    assert answer.status == 414
    assert "That address is too long" in answer.text
    assert "Copy it again" in answer.text


def test_a_coming_lesson_says_so(served: Any) -> None:
    """A lesson without a notebook is announced."""
    answer = served.ask("lesson/later")

    assert answer.status == 404
    assert "is coming" in answer.text


@pytest.mark.parametrize("lesson_id", ["broken", "unreadable"])
def test_a_broken_lesson_shows_a_reference_and_no_traceback(served: Any, lesson_id: str) -> None:
    """A notebook that fails gives a 500 page with a reference for the log, nothing else."""
    answer = served.ask(f"lesson/{lesson_id}")

    assert answer.status == 500
    assert "Reference: <code>" in answer.text
    assert "hidden words" not in answer.text
    assert "Traceback" not in answer.text


def test_the_log_holds_what_the_page_hides(served: Any) -> None:
    """Whoever runs the server finds the error under the reference."""
    reference = served.ask("lesson/broken").text.partition("<code>")[2].partition("</code>")[0]

    assert f"reference {reference}" in served.log.read_text()
    assert "hidden words" in served.log.read_text()


def test_a_broken_lesson_leaves_the_others_alone(served: Any, lesson: Any) -> None:
    """After a broken lesson another one opens."""
    assert served.ask("lesson/broken").status == 500
    assert lesson.status == 200


def test_methods_that_mean_nothing_are_refused(served: Any) -> None:
    """DELETE is refused without a traceback."""
    answer = served.ask("", method="DELETE")

    assert answer.status == 405
    assert "Traceback" not in answer.text
