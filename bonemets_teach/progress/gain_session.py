"""The tests before and after a lesson as sessions of the log: begun by the first answer, ended by the last."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.fields import now
from bonemets_teach.progress.gain import TEST_EVENT, TEST_NAMES, TestState, kept_plan, test_states
from bonemets_teach.progress.log import AttemptLog
from bonemets_teach.progress.session import Session

__all__ = ["end_if_done", "place_in_test"]

_KINDS: Final = {"pre": "pretest", "post": "posttest"}
_IDS: Final = uuid.UUID("0a3f0a52-3b0e-4d0f-9b5e-6f1f5d0a7c11")


class _Everything:
    """Questions that have left the bank still stood in the plan."""

    def __contains__(self, _name: object) -> bool:
        return True


def place_in_test(log: AttemptLog, kind: str, attempt: Attempt) -> Attempt:
    """Begin the session of a test, if it is not begun, and number an answer in it.

    Parameters
    ----------
    log : AttemptLog
        The log.
    kind : str
        "pre" or "post".
    attempt : Attempt
        The answer.

    Returns
    -------
    attempt : Attempt
        With ``session_id`` and ``seq_no``.
    """
    state = _state(_events(log, attempt.learner_id), kind, attempt.lesson_id)
    session = _session(attempt.learner_id, attempt.lesson_id, kind, state)
    log.start_session(session)
    others = [name for name in state.right if name != attempt.item_id]
    order = {name: place for place, name in enumerate(state.items, start=1)}
    return replace(attempt, session_id=session.session_id, seq_no=order.get(attempt.item_id, len(others) + 1))


def end_if_done(log: AttemptLog, kind: str, learner_id: str, lesson_id: str) -> None:
    """End the session of a test in which nothing more is asked.

    Parameters
    ----------
    log : AttemptLog
        The log.
    kind : str
        "pre" or "post".
    learner_id, lesson_id : str
        Whose test of which lesson.
    """
    state = _state(_events(log, learner_id), kind, lesson_id)
    if not state.is_done:
        return
    result = {
        "answered": [name for name in state.items if name in state.right],
        "not_reached": [name for name in state.items if name not in state.right],
    }
    session = _session(learner_id, lesson_id, kind, state)
    log.end_session(replace(session, result=result, ended_at=now()))


def _events(log: AttemptLog, learner_id: str) -> list[SceneEvent]:
    return [event for event in log.events(learner_id) if event.kind == TEST_EVENT]


def _state(events: Sequence[SceneEvent], kind: str, lesson_id: str) -> TestState:
    plan = kept_plan(events, lesson_id, _Everything()) or ((), ())
    return test_states(events, lesson_id, plan)[kind]


def _session(learner_id: str, lesson_id: str, kind: str, state: TestState) -> Session:
    return Session(
        learner_id=learner_id,
        lesson_id=lesson_id,
        kind=_KINDS[kind],
        plan={"items": list(state.items)},
        session_id=str(uuid.uuid5(_IDS, f"{learner_id} {lesson_id} {TEST_NAMES[kind]}")),
    )
