"""A learner's own data: progress, code for another device, export, erasure."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

LEARNER = {"X-Bonemets-Learner": "0123456789abcdef" * 2}


def test_progress_of_a_new_learner_is_empty(served: Any) -> None:
    """Nothing answered, nothing wrong."""
    assert served.ask("api/progress", headers=LEARNER).json() == {"lessons": {}, "problem": None}


@pytest.mark.parametrize("secret", ["", "short", "x" * 32])
def test_without_a_learner_nothing_is_told(served: Any, secret: str) -> None:
    """A request without a secret is refused in words."""
    answer = served.ask("api/progress", headers={"X-Bonemets-Learner": secret})

    assert answer.status == 400
    assert "Reload the page" in answer.json()["error"]


def test_the_code_leads_back_to_the_learner(served: Any) -> None:
    """The code shown on one device gives the same secret on another."""
    code = served.ask("api/resume", headers=LEARNER).json()["code"]
    answer = served.ask("api/resume", method="POST", body=json.dumps({"code": code.lower()}))

    assert answer.json()["secret"] == LEARNER["X-Bonemets-Learner"]


@pytest.mark.parametrize(
    "body", ["{}", '{"code": 5}', '{"code": " "}', '{"code": "ABC"}', '{"code": "%s%d"}']
)
def test_a_mistyped_code_is_refused_in_words(served: Any, body: str) -> None:
    """A slip of the hand is answered with a sentence, and is no error in the browser's console."""
    answer = served.ask("api/resume", method="POST", body=body)

    assert answer.status == 200
    assert list(answer.json()) == ["problem"]
    assert answer.json()["problem"].endswith((".", "of it"))


@pytest.mark.parametrize("body", ["", "[]", "x" * 5000])
def test_what_is_no_request_for_a_code_is_refused(served: Any, body: str) -> None:
    """Whatever is sent, the answer is a sentence and no failure of the server."""
    answer = served.ask("api/resume", method="POST", body=body)

    assert answer.status in {400, 413}
    assert answer.json()["error"].endswith((".", "of it"))


def test_the_export_is_an_archive(served: Any) -> None:
    """The learner gets a zip file."""
    answer = served.ask("api/me/export", headers=LEARNER)

    assert "attachment" in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.body)).testzip() is None


def test_erasing_says_how_much_there_was(served: Any) -> None:
    """A learner without answers has nothing to lose."""
    assert served.ask("api/me/erase", method="POST", headers=LEARNER).json() == {"erased": 0}


def test_another_site_can_not_erase(served: Any) -> None:
    """A request from another origin is refused."""
    headers = {**LEARNER, "Origin": "http://evil.example"}

    assert served.ask("api/me/erase", method="POST", headers=headers).status == 403
