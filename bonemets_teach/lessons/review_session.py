"""Questions asked outside a lesson: due questions, and the tests before and after a lesson."""

from __future__ import annotations

import base64
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import Attempt, AttemptLog, SceneEvent
from bonemets_teach.progress.gain import TEST_EVENT, TEST_NAMES
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.session import QuizSession
from bonemets_teach.scenes import Look, load_scene
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.widgets._quiz_picture import item_picture

__all__ = ["ReviewSessions"]

_MOST_OPEN: Final = 64
_ATTEMPT_FIELDS: Final = frozenset(field.name for field in fields(Attempt)) - {"learner_id", "lesson_id"}
# A post-test answer is kept twice, as an attempt and as an answer of the test; each needs an id of its own.
_TEST_NAMESPACE: Final = uuid.UUID("5b0f8a3e-6c53-4a0e-9d1c-2f9d0b7a9f10")

Sent = list[tuple[dict[str, Any], list[str]]]


class ReviewSessions:
    """The quizzes that are under way; the one unused for longest is forgotten first.

    Parameters
    ----------
    log : AttemptLog
        Where answers go.
    items : mapping
        Id to (lesson, question) of all that may be asked.

    Notes
    -----
    A quiz may be forgotten at any time: its page names the questions with every message, and an answer that is
    sent twice is one attempt.
    """

    def __init__(self, log: AttemptLog, items: Mapping[str, tuple[str, Item]]) -> None:
        self._log = log
        self._items = items
        self._open: OrderedDict[tuple[Any, ...], _Run] = OrderedDict()

    def receive(self, secret: str, kind: str, item_ids: Sequence[str], message: Any) -> Sent:
        """Hand a message of the page to its quiz.

        Parameters
        ----------
        secret : str
            The learner's secret.
        kind : str
            "review", "pre", "post" or "results".
        item_ids : sequence of str
            What is asked.
        message : JSON value
            From the page; nothing in it is taken on trust.

        Returns
        -------
        sent : list of (dict, list of str)
            Messages for the page, each with its buffers in base64.

        Raises
        ------
        ParameterError
            If a question is not to be asked here.
        """
        key = (secret, kind, *item_ids)
        run = self._open.get(key)
        if run is None:
            run = self._begin(secret, kind, item_ids)
            self._open[key] = run
            while len(self._open) > _MOST_OPEN:
                self._open.popitem(last=False)
        self._open.move_to_end(key)
        return run.receive(message)

    def _begin(self, secret: str, kind: str, item_ids: Sequence[str]) -> _Run:
        missing = [name for name in item_ids if name not in self._items]
        if missing or not item_ids:
            raise ParameterError("a question of this review is no longer in the bank; reload the page")
        run = _Run(self._log, {name: self._items[name] for name in item_ids}, kind, secret)
        # The quiz must know who asks, also when it was forgotten in between.
        run.receive({"type": "learner", "secret": secret})
        return run


class _Run:
    """One quiz of one page."""

    def __init__(
        self, log: AttemptLog, items: Mapping[str, tuple[str, Item]], kind: str, secret: str
    ) -> None:
        self._log = log
        self._lessons = {name: lesson for name, (lesson, _) in items.items()}
        self._kind = kind
        self._secret = secret
        self._sent: Sent = []
        self._quiz = QuizSession(
            [item for _, item in items.values()],
            record=self._record,
            history=self._history,
            picture=self._picture,
            send=self._send,
        )

    @property
    def _is_test(self) -> bool:
        return self._kind in TEST_NAMES

    def receive(self, message: Any) -> Sent:
        """Take a message; return what the quiz says to it."""
        self._sent = []
        kind = message.get("type") if isinstance(message, dict) else None
        if self._is_test and kind == "hint":
            words = "a test gives no hints"
            self._send({"type": "refused", "about": "hint", "text": words, "item_id": message.get("item_id")})
        elif kind == "learner":
            self._quiz.receive({"type": "learner", "secret": self._secret})
        else:
            self._quiz.receive(message)
        return self._sent

    def _send(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        if self._is_test:
            message = _without_feedback(message)
        self._sent.append((message, [base64.b64encode(part).decode() for part in buffers or ()]))

    def _picture(self, item: Item, index: Any, look: Any, answered: bool) -> tuple[str, bytes]:  # noqa: FBT001 - the session's own form
        return item_picture(item, index, look, _figure, answered=answered and not self._is_test)

    def _record(self, answer: dict[str, Any]) -> bool:
        learner = self._log.learner(self._secret)
        values = {name: value for name, value in answer.items() if name in _ATTEMPT_FIELDS}
        lesson = self._lessons[answer["item_id"]]
        if values.get("option_order") is not None:
            values["option_order"] = tuple(values["option_order"])
        attempt = Attempt(learner_id=learner, lesson_id=lesson, **values)
        if not self._is_test:
            return self._log.record(attempt)
        event = _test_event(attempt, self._kind)
        # A test before the lesson measures and moves nothing; after it, an answer is an answer.
        return self._log.record_event(event) and (self._kind == "pre" or self._log.record(attempt))

    def _history(self, _secret: str) -> list[dict[str, Any]]:
        if self._kind != "results":
            return []
        first: dict[str, SceneEvent] = {}
        for event in self._log.events(self._log.learner(self._secret)):
            if event.kind == TEST_EVENT and event.task_id in self._lessons:
                first.setdefault(f"{event.scene_id} {event.task_id}", event)
        return [
            {
                "item_id": event.task_id,
                "item_version": (event.outcome or {}).get("item_version"),
                "response": event.prediction,
                "hints_used": 0,
            }
            for event in first.values()
        ]


def _test_event(attempt: Attempt, kind: str) -> SceneEvent:
    return SceneEvent(
        learner_id=attempt.learner_id,
        lesson_id=attempt.lesson_id,
        scene_id=TEST_NAMES[kind],
        task_id=attempt.item_id,
        kind=TEST_EVENT,
        prediction=attempt.response,
        outcome={
            "score": attempt.score,
            "max_score": attempt.max_score,
            "item_version": attempt.item_version,
            "latency_ms": attempt.latency_ms,
            "certainty": attempt.certainty,
        },
        correct=attempt.correct,
        happened_at=attempt.answered_at,
        event_id=str(uuid.uuid5(_TEST_NAMESPACE, attempt.attempt_id)),
    )


def _without_feedback(message: dict[str, Any]) -> dict[str, Any]:
    """Return what a test may say: that an answer is kept, and no hints."""
    if message.get("type") == "outcome":
        known = ("attempt_id", "item_id", "saved", "note")
        return {"type": "kept"} | {name: message[name] for name in known if name in message}
    if message.get("type") == "quiz":
        return message | {"items": [view | {"hints": 0} for view in message["items"]]}
    return message


def _figure(scene_id: str, state: Mapping[str, Any], look: Mapping[str, Any]) -> bytes:
    scene = load_scene(scene_id)
    full, _ = scene.complete(state)
    renderer = FigureRenderer(scene, Look(**look))
    try:
        return renderer.png(scene.compute(full))
    finally:
        renderer.close()
