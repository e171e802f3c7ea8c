"""Records as xAPI 1.0.3 statements (ADL, Experience API, part two: data)."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.session import ENDED, STARTED

__all__ = ["HOME", "event_statement", "statement", "statement_id"]

HOME: Final = "https://bonemets-teach.invalid"
"""Start of every name in a statement; the ending ``.invalid`` belongs to nobody, so it can't be visited."""

_IDS: Final = uuid.UUID("cc23228b-acfb-5a8a-b5ec-2fa721de2700")
_VERBS: Final = {
    "answered": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
    "completed": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
}
_TYPES: Final = "http://adlnet.gov/expapi/activities"
_COMPLETED: Final = frozenset({ENDED, "reading", "task_done"})
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def statement_id(record_id: str) -> str:
    """Return the id of the statement of a record: the same record always gives the same statement.

    Parameters
    ----------
    record_id : str
        ``attempt_id`` or ``event_id``.

    Returns
    -------
    id : str
        UUID, version 5.
    """
    return str(uuid.uuid5(_IDS, record_id))


def statement(attempt: Attempt, actor: str) -> dict[str, Any]:
    """Return the statement of an attempt: the verb is *answered*.

    Parameters
    ----------
    attempt : Attempt
        What was answered.
    actor : str
        Pseudonym of the learner.

    Returns
    -------
    statement : dict
        JSON; the actor is an account without name or mail.
    """
    result: dict[str, Any] = {
        "completion": True,
        "duration": _duration(attempt.latency_ms / 1000),
        "response": json.dumps(attempt.response, ensure_ascii=False),
    }
    if attempt.correct is not None:
        result["success"] = attempt.correct
    if attempt.max_score > 0:
        least = 0.0 if attempt.score >= 0 else -2 * attempt.max_score
        scaled = max(-1.0, attempt.score / attempt.max_score)
        result["score"] = {"raw": attempt.score, "min": least, "max": attempt.max_score, "scaled": scaled}
    extras = {"certainty": attempt.certainty, "cbm-mark": attempt.cbm_mark, "hints-used": attempt.hints_used}
    told = {f"{HOME}/xapi/{name}": value for name, value in extras.items() if value is not None}
    name = f"item/{quote(attempt.item_id, safe='')}/{attempt.item_version}"
    made = _statement(attempt.attempt_id, actor, "answered", _activity(name, "question"), attempt.answered_at)
    made["result"] = {**result, "extensions": told}
    made["context"] = _context(attempt.lesson_id, attempt.session_id)
    if _LANGUAGE.fullmatch(attempt.lang):
        made["context"]["language"] = attempt.lang
    return made


def event_statement(event: SceneEvent, actor: str) -> dict[str, Any] | None:
    """Return the statement of an event: *answered* for a prediction, *completed* for what came to its end.

    Parameters
    ----------
    event : SceneEvent
        What was done.
    actor : str
        Pseudonym of the learner.

    Returns
    -------
    statement : dict or None
        None for the start of a session, which is neither.
    """
    if event.kind == STARTED:
        return None
    verb = "completed" if event.kind in _COMPLETED else "answered"
    is_session = event.kind == ENDED
    scene, task = quote(event.scene_id, safe=""), quote(event.task_id, safe="")
    if is_session:
        activity = _activity(f"lesson/{quote(event.lesson_id, safe='')}/{scene}", "assessment")
    else:
        activity = _activity(f"scene/{scene}/{task}", "interaction")
    made = _statement(event.event_id, actor, verb, activity, event.happened_at)
    result: dict[str, Any] = {"completion": True}
    if event.correct is not None:
        result["success"] = event.correct
    if event.prediction is not None:
        result["response"] = json.dumps(event.prediction, ensure_ascii=False)
    made["result"] = result
    made["context"] = _context(event.lesson_id, event.task_id if is_session else None)
    return made


def _statement(
    record_id: str, actor: str, verb: str, activity: Mapping[str, Any], moment: datetime
) -> dict[str, Any]:
    return {
        "id": statement_id(record_id),
        "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": actor}},
        "verb": _VERBS[verb],
        "object": activity,
        "timestamp": moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def _activity(name: str, kind: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": f"{HOME}/{name}", "definition": {"type": f"{_TYPES}/{kind}"}}


def _context(lesson_id: str, registration: str | None) -> dict[str, Any]:
    parent = _activity(f"lesson/{quote(lesson_id, safe='')}", "lesson")
    context: dict[str, Any] = {"platform": "bonemets-teach", "contextActivities": {"parent": [parent]}}
    if registration is not None:
        context["registration"] = registration
    return context


def _duration(seconds: float) -> str:
    return f"PT{seconds:.2f}S"
