"""A stretch of answering: practice, spaced review, an exam, a pre-test or a post-test."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.fields import (
    new_id,
    now,
    require_id,
    require_json,
    require_moment,
    require_uuid,
)

__all__ = ["ENDED", "KINDS", "PAUSE", "STARTED", "Session", "fold_session", "rested"]

KINDS = ("practice", "spaced", "exam", "pretest", "posttest")
"""What a session may be."""

STARTED, ENDED = "session_started", "session_ended"
"""Kinds of the two events from which a session follows."""

PAUSE: Final = timedelta(minutes=30)
"""So long without an answer ends a session that nobody ends by a word: practice and reviews (chosen)."""

_IDS = uuid.UUID("18461ec0-f95a-54f9-988f-d5211bbd4841")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of one learner.

    Parameters
    ----------
    learner_id : str
        Random UUID of the learner.
    lesson_id : str
        The lesson, or a word such as ``"review"`` for what belongs to none.
    kind : str
        One of `KINDS`.
    plan : mapping or None
        What is needed to go on with it: items in their order, seconds allowed.
    result : mapping or None
        What came of it, once it has ended.
    started_at : datetime
        Moment, with a time zone; kept in UTC.
    ended_at : datetime or None
        Moment of its end; None while it is open.
    session_id : str
        UUID; attempts name it.

    Raises
    ------
    ParameterError
        If the kind is unknown, or a field has no time zone, is no UUID or can't be written as JSON.
    """

    learner_id: str
    lesson_id: str
    kind: str
    plan: Mapping[str, Any] | None = None
    result: Mapping[str, Any] | None = None
    started_at: datetime = field(default_factory=now)
    ended_at: datetime | None = None
    session_id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            message = f"kind = {self.kind!r} is no kind of session; choose one of {', '.join(KINDS)}"
            raise ParameterError(message)
        require_uuid("session_id", self.session_id)
        require_uuid("learner_id", self.learner_id)
        require_id("lesson_id", self.lesson_id)
        require_moment("started_at", self.started_at)
        if self.ended_at is not None:
            require_moment("ended_at", self.ended_at)
        require_json("plan", self.plan)
        require_json("result", self.result)

    def start_event(self) -> SceneEvent:
        """Return what the log keeps of the start.

        Returns
        -------
        event : SceneEvent
            Its id follows from the session, so that a repeated start changes nothing.
        """
        return self._event(STARTED, self.plan, self.started_at)

    def end_event(self) -> SceneEvent:
        """Return what the log keeps of the end.

        Returns
        -------
        event : SceneEvent
            Its id follows from the session, so that only the first end counts.

        Raises
        ------
        ParameterError
            If the session has not ended.
        """
        if self.ended_at is None:
            raise ParameterError("ended_at = None: an open session has no end; give the moment of its end")
        return self._event(ENDED, self.result, self.ended_at)

    def _event(self, kind: str, content: Mapping[str, Any] | None, moment: datetime) -> SceneEvent:
        return SceneEvent(
            event_id=str(uuid.uuid5(_IDS, f"{self.session_id} {kind}")),
            learner_id=self.learner_id,
            lesson_id=self.lesson_id,
            scene_id=self.kind,
            task_id=self.session_id,
            kind=kind,
            outcome=None if content is None else dict(content),
            happened_at=moment,
        )


def fold_session(events: Iterable[SceneEvent]) -> Session | None:
    """Return the session that its events tell of.

    Parameters
    ----------
    events : iterable of SceneEvent
        Events of one session in any order; others than `STARTED` and `ENDED` are passed over.

    Returns
    -------
    session : Session or None
        None while its start is not known.
    """
    told = {event.kind: event for event in events}
    start, end = told.get(STARTED), told.get(ENDED)
    if start is None:
        return None
    try:
        session = Session(
            session_id=start.task_id,
            learner_id=start.learner_id,
            lesson_id=start.lesson_id,
            kind=start.scene_id,
            plan=start.outcome,
            started_at=start.happened_at,
        )
    except ParameterError:
        # An event of the same name that is none of ours must not stop the log.
        return None
    return session if end is None else replace(session, result=end.outcome, ended_at=end.happened_at)


def rested(session: Session, last_answer: datetime | None, moment: datetime) -> Session:
    """Return a session as it stands at a moment: practice and reviews end with their last answer.

    Parameters
    ----------
    session : Session
        As the log tells it.
    last_answer : datetime or None
        Moment of its last answer; None without one.
    moment : datetime
        Now, with a time zone.

    Returns
    -------
    session : Session
        With the last answer as its end if it has no end of its own, is practice or a review, and has rested for
        longer than `PAUSE`.
    """
    if session.ended_at is not None or session.kind not in {"practice", "spaced"}:
        return session
    last = max(session.started_at, last_answer or session.started_at)
    return replace(session, ended_at=last) if moment - last > PAUSE else session
