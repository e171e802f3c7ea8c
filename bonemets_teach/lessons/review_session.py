"""Questions asked outside a lesson: due questions, and the tests before and after a lesson."""

from __future__ import annotations

import base64
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.lessons.asked_items import asked_item
from bonemets_teach.lessons.sessions import keep_session
from bonemets_teach.progress import Attempt, AttemptLog, SceneEvent
from bonemets_teach.progress.fields import now
from bonemets_teach.progress.gain import TEST_EVENT, TEST_NAMES
from bonemets_teach.progress.gain_session import end_if_done, place_in_test
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.scene_task import SceneTask
from bonemets_teach.quiz.session import QuizSession
from bonemets_teach.quiz.siblings import sibling, siblings
from bonemets_teach.quiz.sitting import Sitting
from bonemets_teach.scenes import Look, load_scene
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.widgets._quiz_picture import item_picture

__all__ = ["ReviewSessions"]

_MOST_OPEN: Final = 64
_ATTEMPT_FIELDS: Final = frozenset(field.name for field in fields(Attempt)) - {"learner_id", "lesson_id"}
_REVIEWS: Final = uuid.UUID("f2a5c1a4-0b55-4f0f-8f5c-2f7a8d0e6b3c")
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
        names = [*item_ids, *(self._spares(item_ids, secret) if kind == "review" else ())]
        run = _Run(self._log, {name: self._items[name] for name in names}, kind, secret)
        run.offer(names[len(item_ids) :])
        # The quiz must know who asks, also when it was forgotten in between.
        run.receive({"type": "learner", "secret": secret})
        return run

    def _spares(self, item_ids: Sequence[str], secret: str) -> list[str]:
        """Return what may be asked at another try: questions of the same group, in an order of the learner's own."""
        every = [item for _, item in self._items.values() if not isinstance(item, SceneTask)]
        found: dict[str, None] = {}
        for name in item_ids:
            item = self._items[name][1]
            for attempt in range(2, len(siblings(item, every)) + 2):
                found[sibling(item, every, secret, attempt).id] = None
        return [name for name in found if name not in item_ids]


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
        self._frozen = {name: asked_item(item) for name, (_, item) in items.items()}
        self._quiz = QuizSession(
            [item for _, item in items.values()],
            record=self._record,
            history=self._history,
            picture=self._picture,
            send=self._send,
            sitting=self._sitting(list(items)),
        )

    def offer(self, names: Sequence[str]) -> None:
        """Ask these questions only as another try at one like them."""
        self._quiz.spares = frozenset(names)

    def _sitting(self, names: list[str]) -> Sitting:
        if self._kind != "review":
            return Sitting()  # the sessions of a test follow from its answers; the feedback on them is none
        # Several processes may lead one review, one after another; the same questions on one day are one session.
        learner, day = self._log.learner(self._secret), now().date()
        own = str(uuid.uuid5(_REVIEWS, " ".join((learner, f"{day}", *names))))
        return Sitting(
            lambda told: keep_session(self._log, "review", told), kind="spaced", session_id=own, order=names
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
        asked = self._frozen[attempt.item_id]
        if not self._is_test:
            return self._log.record(attempt, asked)
        attempt = place_in_test(self._log, self._kind, attempt)
        event = _test_event(attempt, self._kind)
        # A test before the lesson measures and moves nothing; after it, an answer is an answer.
        kept = self._log.record_event(event) and (self._kind == "pre" or self._log.record(attempt, asked))
        end_if_done(self._log, self._kind, learner, lesson)
        return kept

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
            "session_id": attempt.session_id,
            "seq_no": attempt.seq_no,
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
