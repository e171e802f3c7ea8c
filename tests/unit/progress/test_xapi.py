"""Statements keep to the specification, tell no name, and are the same each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bonemets_teach.progress import Attempt, SceneEvent, Session
from bonemets_teach.progress.xapi import event_statement, statement, statement_id

SCHEMA = json.loads(Path(__file__).with_name("xapi_statement.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LEARNER = "3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6"


def require_valid(made: dict[str, Any]) -> None:
    """Hold a statement, as it is written and read again, against the schema and the rules on numbers."""
    VALIDATOR.validate(json.loads(json.dumps(made, allow_nan=False)))
    score = made.get("result", {}).get("score")
    if score:
        assert score["min"] <= score["raw"] <= score["max"]
        assert score["min"] < score["max"]


def test_the_schema_refuses_what_must_not_be_there() -> None:
    """A statement with a mail address, a name, or without a verb does not pass."""
    good = {
        "id": LEARNER, "version": "1.0.3", "timestamp": "2026-01-01T00:00:00Z", "verb": {"id": "http://x/y"},
        "actor": {"account": {"homePage": "https://x", "name": "a"}}, "object": {"id": "https://x/1"},
    }  # fmt: skip
    VALIDATOR.validate(good)
    actor = good["actor"]
    for bad in (
        {"actor": {**actor, "mbox": "mailto:a@b.c"}},
        {"actor": {**actor, "name": "A"}},
        {"verb": {}},
        {"id": "x"},
    ):
        assert not VALIDATOR.is_valid({**good, **bad})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"correct": None, "max_score": 0, "score": 0},
        {"score": -2, "certainty": 3, "cbm_mark": -6.0, "correct": False},
        {"score": 0.3333, "hints_used": 2, "latency_ms": 2_000_000_000},
        {"item_id": "a b/ä?#%<>\"'", "lesson_id": "{x}|^`\\", "lang": "no language at all"},
        {"response": {"x": ["ä", None]}, "lang": "es-419"},
        {"session_id": "00000000-0000-4000-8000-000000000000", "seq_no": 4},
        {"answered_at": datetime(2026, 3, 1, 12, 30, 0, 999_999, tzinfo=UTC)},
    ],
)
def test_any_attempt_is_a_valid_statement(
    make_attempt: Callable[..., Attempt], changes: dict[str, object]
) -> None:
    """The verb is answered, the actor an account under the pseudonym."""
    made = statement(make_attempt(LEARNER, **changes), "pseudonym")
    require_valid(made)
    assert made["verb"]["id"].endswith("/answered")
    assert made["actor"]["account"]["name"] == "pseudonym"
    assert LEARNER not in json.dumps(made)


def test_the_id_follows_from_the_attempt(make_attempt: Callable[..., Attempt]) -> None:
    """Sent again, a statement has the same id; another attempt has another."""
    attempt = make_attempt(LEARNER)
    assert statement(attempt, "a")["id"] == statement(attempt, "b")["id"] == statement_id(attempt.attempt_id)
    assert statement_id(attempt.attempt_id) != statement_id(make_attempt(LEARNER).attempt_id)


def test_an_ended_session_is_completed() -> None:
    """Its start says nothing; its end is a statement about the lesson's test."""
    session = Session(learner_id=LEARNER, lesson_id="bone-remodeling", kind="posttest")
    ended = replace(session, ended_at=session.started_at + timedelta(minutes=3))
    assert event_statement(session.start_event(), "p") is None
    made = event_statement(ended.end_event(), "p")
    assert made is not None
    require_valid(made)
    assert made["verb"]["id"].endswith("/completed")
    assert made["object"]["id"].endswith("/lesson/bone-remodeling/posttest")
    assert made["context"]["registration"] == session.session_id


@pytest.mark.parametrize(
    ("kind", "verb"), [("prediction", "answered"), ("reading", "completed"), ("task_done", "completed")]
)
def test_events_of_explorers_are_statements(
    make_event: Callable[..., SceneEvent], kind: str, verb: str
) -> None:
    """A prediction is answered; a reading and a task are completed."""
    made = event_statement(make_event(LEARNER, kind=kind, task_id="a b"), "p")
    assert made is not None
    require_valid(made)
    assert made["verb"]["id"].endswith(f"/{verb}")
