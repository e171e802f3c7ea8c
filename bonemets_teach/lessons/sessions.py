"""Writes the sessions of a quiz to the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bonemets_teach.progress import AttemptLog, Session
from bonemets_teach.progress.fields import now

__all__ = ["keep_session"]


def keep_session(log: AttemptLog, lesson_id: str, told: Mapping[str, Any]) -> bool:
    """Write the start of a session, or its end if there is a result.

    Parameters
    ----------
    log : AttemptLog
        The log.
    lesson_id : str
        The lesson, or "review".
    told : mapping
        As `quiz.sitting.Sitting` tells it.

    Returns
    -------
    saved : bool
        As `AttemptLog.record`.

    Raises
    ------
    ParameterError
        If a field can't be kept.
    """
    result = told.get("result")
    session = Session(
        learner_id=log.learner(told["learner"]),
        lesson_id=lesson_id,
        kind=told["kind"],
        plan=told.get("plan"),
        result=result,
        session_id=told["session_id"],
        ended_at=None if result is None else now(),
    )
    return log.start_session(session) if result is None else log.end_session(session)
