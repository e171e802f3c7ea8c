"""The addresses of the reviews: words for whatever is sent, and no kernel."""

from __future__ import annotations

import json
from typing import Any

import pytest

LEARNER = {"X-Bonemets-Learner": "fedcba9876543210" * 2}


def test_the_page_needs_no_kernel(served: Any) -> None:
    """It is the same for everybody, with the player's code by address."""
    before = served.health()["live"]
    answer = served.ask("review")

    assert answer.status == 200
    assert 'data-player="/widget/' in answer.text
    assert "script-src 'self' blob:" in answer.headers["content-security-policy"]
    assert served.health()["live"] == before


@pytest.mark.parametrize("path", ["api/review", "api/review/due"])
def test_without_a_learner_nothing_is_told(served: Any, path: str) -> None:
    """A request without a secret is refused in words."""
    answer = served.ask(path)

    assert answer.status == 400
    assert "Reload the page" in answer.json()["error"]


def test_nothing_is_due_for_a_new_learner(served: Any) -> None:
    """And no process is started to find out."""
    answer = served.ask("api/review/due", headers=LEARNER)

    assert answer.json() == {"count": 0, "lessons": {}, "next_at": None, "answered": 0}


@pytest.mark.parametrize("path", ["api/review/message", "api/review/rate", "api/review/end"])
@pytest.mark.parametrize(
    ("body", "status"),
    [("", 400), ("[]", 400), ("{}", 400), ('{"kind": "%s", "items": ["%d"]}', 400), ("x" * 5000, 413)],
)
def test_rubbish_is_refused_in_words(served: Any, path: str, body: str, status: int) -> None:
    """Whatever is sent, the answer is a sentence and no failure of the server."""
    answer = served.ask(path, method="POST", body=body, headers=LEARNER)

    assert answer.status == status
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize("path", ["api/review/message", "api/review/rate", "api/review/end"])
def test_another_site_can_not_ask(served: Any, path: str) -> None:
    """A request from another origin is refused."""
    headers = {**LEARNER, "Origin": "http://evil.example"}

    assert served.ask(path, method="POST", body="{}", headers=headers).status == 403


def test_the_overview_lists_lessons_of_this_course_only(served: Any) -> None:
    """Questions of lessons that are not served here are not asked."""
    view = served.ask("api/review", headers=LEARNER).json()

    assert view["due"]["count"] == 0
    assert {lesson["id"] for lesson in view["know"]} <= {"counter", "slider", "broken", "unreadable"}
    assert json.dumps(view["wrong"]) == '{"ideas": [], "items": []}'
