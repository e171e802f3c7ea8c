"""The tests before and after a lesson, as the server sees them: what may be asked, and when feedback may be seen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import AttemptLog, SceneEvent
from bonemets_teach.progress.gain import END, PLAN, TEST_EVENT, TEST_NAMES, TestState, kept_plan, test_states
from bonemets_teach.progress.gain_session import end_if_done
from bonemets_teach.server.review_bank import BankFacts, Plan

__all__ = ["end_test", "is_shown", "require_test", "states_of", "test_events"]

_PLANS: Final = uuid.UUID("c7c1a4a4-6f0e-4b6c-8d7a-7d8a3a3a9b51")


def test_events(log: AttemptLog, learner_id: str) -> list[SceneEvent]:
    """Return the events of the tests of a learner.

    Parameters
    ----------
    log : AttemptLog
        The log.
    learner_id : str
        The learner.

    Returns
    -------
    events : list of SceneEvent
        Oldest first.
    """
    return [event for event in log.events(learner_id) if event.kind == TEST_EVENT]


test_events.__test__ = False  # type: ignore[attr-defined] # the name begins as those that pytest collects


def states_of(bank: BankFacts, lesson: str, events: Sequence[SceneEvent]) -> tuple[TestState, TestState]:
    """Return how far both tests of a lesson are.

    Parameters
    ----------
    bank : BankFacts
        Plans the tests that were not begun.
    lesson : str
        Id of the lesson.
    events : sequence of SceneEvent
        Of the learner.

    Returns
    -------
    pre, post : TestState
        The tests.
    """
    plan = kept_plan(events, lesson, bank.items) or bank.tests.get(lesson, ((), ()))
    states = test_states(events, lesson, plan)
    return states["pre"], states["post"]


def is_shown(kind: str, pre: TestState, post: TestState) -> bool:
    """Tell whether the feedback of a test may be seen.

    Parameters
    ----------
    kind : str
        "pre" or "post".
    pre, post : TestState
        Both tests of a lesson.

    Returns
    -------
    shown : bool
        When the test after the lesson is done, or the learner has ended the one before it.
    """
    return post.is_done or (kind == "pre" and pre.is_ended)


def require_test(log: AttemptLog, bank: BankFacts, learner_id: str, kind: str, items: Sequence[str]) -> None:
    """Refuse feedback that is not due yet, and questions that a test does not ask; keep the plan of a new test.

    Parameters
    ----------
    log : AttemptLog
        The log.
    bank : BankFacts
        The bank.
    learner_id : str
        The learner.
    kind : str
        "pre", "post" or "results".
    items : sequence of str
        Questions wanted; all exist.

    Raises
    ------
    ParameterError
        Says in words why not.
    """
    lesson = bank.items[items[0]].lesson
    events = test_events(log, learner_id)
    tests = dict(zip(("pre", "post"), states_of(bank, lesson, events), strict=True))
    if kind in TEST_NAMES:
        if not set(items) <= set(tests[kind].items):
            raise ParameterError("this test does not ask one of these questions; reload the page")
        if tests[kind].is_ended:
            raise ParameterError("this test has been ended; go back to the overview")
        if kept_plan(events, lesson, bank.items) is None:
            _keep_plan(log, learner_id, lesson, (tests["pre"].items, tests["post"].items))
        return
    shown = {name for kind, test in tests.items() if is_shown(kind, **tests) for name in test.right}
    if not set(items) <= shown:
        raise ParameterError("the feedback waits until the test after the lesson is done")


def _keep_plan(log: AttemptLog, learner_id: str, lesson: str, plan: Plan) -> None:
    log.record_event(
        SceneEvent(
            learner_id=learner_id,
            lesson_id=lesson,
            scene_id=TEST_NAMES["pre"],
            task_id=PLAN,
            kind=TEST_EVENT,
            prediction={"pre": list(plan[0]), "post": list(plan[1])},
            event_id=str(uuid.uuid5(_PLANS, f"{learner_id} {lesson}")),  # two tabs begin the same test
        )
    )


def end_test(log: AttemptLog, bank: BankFacts, learner_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """End a test before all its questions are answered, or show its feedback before the other test.

    Parameters
    ----------
    log : AttemptLog
        The log.
    bank : BankFacts
        The bank.
    learner_id : str
        The learner.
    body : mapping
        "kind" and "lesson", from the page.

    Returns
    -------
    saved : dict
        Whether it is kept.

    Raises
    ------
    ParameterError
        If there is no such test, or nothing of it was answered.
    """
    kind, lesson = body.get("kind"), body.get("lesson")
    if (
        not isinstance(kind, str)
        or not isinstance(lesson, str)
        or kind not in TEST_NAMES
        or lesson not in bank.tests
    ):
        raise ParameterError("there is no such test; reload the page")
    pre, post = states_of(bank, lesson, test_events(log, learner_id))
    if not (pre if kind == "pre" else post).right:
        raise ParameterError("a test without answers can't be ended; answer a question first")
    event = SceneEvent(
        learner_id=learner_id, lesson_id=lesson, scene_id=TEST_NAMES[kind], task_id=END, kind=TEST_EVENT
    )
    saved = log.record_event(event)
    end_if_done(log, kind, learner_id, lesson)
    return {"saved": saved}
