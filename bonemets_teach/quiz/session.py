"""A run of the quiz without a page: messages in, messages out; it keeps the keys, grades and records."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, Protocol

from bonemets_teach.errors import BonemetsError, ContentError, ParameterError
from bonemets_teach.quiz.catalog import Catalog, load_catalog
from bonemets_teach.quiz.grading import grade
from bonemets_teach.quiz.item import Item, KeyFeature, SceneTask
from bonemets_teach.quiz.outcome import Outcome
from bonemets_teach.quiz.presenting import hint_view, outcome_view, public_view
from bonemets_teach.quiz.presenting_types import option_order, state_view
from bonemets_teach.quiz.response_rows import read_state
from bonemets_teach.quiz.session_message import AnswerMessage, read_answer
from bonemets_teach.quiz.session_steps import StepKeeper

__all__ = ["History", "Picture", "QuizSession", "Record", "Send"]

_log: Final = logging.getLogger(__name__)
_UNGRADED: Final = "This question can't be graded at the moment. Go on with the next one."
_UNSAVED: Final = "This answer could not be saved here. This browser keeps it and sends it again next time."

Record = Callable[[dict[str, Any]], bool]
History = Callable[[str], list[dict[str, Any]]]
Picture = Callable[[Item, Any, Any, bool], tuple[str, bytes]]


class Send(Protocol):
    """Takes a message for the page, with bytes beside it if there are any."""

    def __call__(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send."""


@cache
def _catalog() -> Catalog:
    # Read at the first answer: a page with questions must not wait for citations.
    return load_catalog()


class QuizSession:
    """Asks items and takes answers; a widget or a plain page only carries its messages.

    Parameters
    ----------
    items : sequence of Item
        What is asked, in this order.
    record : callable
        Called once for each attempt with a dictionary (learner, attempt_id, item_id, item_version, response,
        score, max_score, correct, hints_used, latency_ms, option_order, misconceptions); returns whether it
        is saved. ``learner`` is the secret from the page.
    history : callable
        ``history(secret)`` returns earlier attempts, oldest first, each with item_id, response and hints_used;
        those with another item_version are left out.
    picture : callable
        ``picture(item, index, look, answered)`` returns the type and the bytes of a picture, or raises.
    send : callable
        ``send(message, buffers=None)`` takes every answer to a message.

    Notes
    -----
    Nothing that a page sends raises. Messages may come from several threads; they are taken one by one.
    """

    def __init__(
        self, items: Sequence[Item], *, record: Record, history: History, picture: Picture, send: Send
    ) -> None:
        self._items = {item.id: item for item in items}
        self._record = record
        self._history = history
        self._draw = picture
        self._send = send
        self._learner: str | None = None
        self._answered: set[str] = set()
        self._hints_seen: dict[str, int] = {}
        self._done: dict[str, dict[str, Any]] = {}
        self._steps = StepKeeper()
        self._turn = threading.RLock()

    def receive(self, content: object) -> None:
        """Take one message from the page; every answer goes to ``send``.

        Parameters
        ----------
        content : object
            A dictionary with "type"; anything else is refused in words.
        """
        with self._turn:
            self._take(content if isinstance(content, dict) else {})

    def _take(self, message: dict[str, Any]) -> None:
        handlers = {
            "learner": self._greet, "answer": self._answer, "hint": self._hint, "picture": self._picture,
            "state": self._take_state, "step": self._take_step,
        }  # fmt: skip
        handler = handlers.get(str(message.get("type")))
        if handler is None:
            self._refuse(message, "this message is not one that the quiz understands; reload the page")
            return
        try:
            handler(message)
        except BonemetsError as error:
            self._refuse(message, str(error))
        except Exception:  # noqa: BLE001 - a learner must never see a traceback; the log keeps it
            _log.exception("the quiz failed on a message of type %s", message.get("type"))
            self._refuse(message, _UNGRADED)

    def _refuse(self, message: dict[str, Any], words: str) -> None:
        known = {
            name: message.get(name)
            for name in ("attempt_id", "item_id")
            if isinstance(message.get(name), str)
        }
        self._send({"type": "refused", "about": str(message.get("type"))[:20], "text": words} | known)

    def _item(self, message: dict[str, Any]) -> Item:
        item = self._items.get(str(message.get("item_id")))
        if item is None:
            raise ParameterError("this question is not part of this lesson any more; reload the page")
        return item

    def _greet(self, message: dict[str, Any]) -> None:
        secret = message.get("secret")
        if not isinstance(secret, str) or not 1 <= len(secret) <= 200:
            raise ParameterError("the page did not say who is learning; reload it")
        self._learner = secret
        outcomes: dict[str, Any] = {}
        tries: dict[str, int] = {}
        for attempt in self._earlier(secret):
            view = self._replay(attempt)
            if view is not None:
                outcomes[view["item_id"]] = view
                tries[view["item_id"]] = tries.get(view["item_id"], 0) + 1
        self._answered |= set(outcomes)
        views = [public_view(item, secret) for item in self._items.values()]
        self._send({"type": "quiz", "items": views, "outcomes": outcomes, "tries": tries})

    def _earlier(self, secret: str) -> list[dict[str, Any]]:
        try:
            return self._history(secret)
        except Exception:  # noqa: BLE001 - progress must never stop a quiz
            _log.exception("earlier answers could not be read")
            return []

    def _replay(self, attempt: dict[str, Any]) -> dict[str, Any] | None:
        item = self._items.get(str(attempt.get("item_id")))
        if item is None or attempt.get("item_version", item.version) != item.version:
            return None
        try:
            outcome = grade(item, attempt.get("response"), int(attempt.get("hints_used") or 0))
        except BonemetsError:
            return None
        return outcome_view(item, outcome, _catalog()) | {"saved": True}

    def _answer(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        answer = read_answer(message, hints=len(item.hints), seen=self._hints_seen.get(item.id, 0))
        known = self._done.get(answer.attempt_id)
        if known is not None and known["saved"]:
            self._send(known)
            return
        response = answer.response
        if isinstance(item, KeyFeature):
            response = self._steps.whole(item, response)
        try:
            outcome = grade(item, response, answer.hints_used)
        except ContentError:
            _log.exception("item %s could not be graded", item.id)
            raise ParameterError(_UNGRADED) from None
        attempt = self._attempt(item, answer, outcome)
        saved = self._save(attempt)
        self._answered.add(item.id)
        self._hints_seen.pop(item.id, None)
        self._steps.forget(item.id)
        self._reply(answer, outcome_view(item, outcome, _catalog()), saved=saved)

    def _attempt(self, item: Item, answer: AnswerMessage, outcome: Outcome) -> dict[str, Any]:
        return {
            "learner": self._learner,
            "attempt_id": answer.attempt_id,
            "item_id": item.id,
            "item_version": item.version,
            "response": outcome.response,
            "score": outcome.score,
            "max_score": outcome.max_score,
            "correct": outcome.correct,
            "hints_used": answer.hints_used,
            "latency_ms": answer.latency_ms,
            "option_order": option_order(item, self._learner or ""),
            "misconceptions": list(outcome.misconceptions),
        }

    def _reply(self, answer: AnswerMessage, view: dict[str, Any], *, saved: bool) -> None:
        reply = {"type": "outcome", "attempt_id": answer.attempt_id, **view, "saved": saved}
        if not saved:
            reply["note"] = _UNSAVED
        self._done[answer.attempt_id] = reply
        self._send(reply)

    def _save(self, attempt: dict[str, Any]) -> bool:
        if self._learner is None:
            return False
        try:
            return bool(self._record(attempt))
        except Exception:  # noqa: BLE001 - an answer is graded even where it can't be saved
            _log.exception("attempt %s could not be saved", attempt["attempt_id"])
            return False

    def _hint(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        number = message.get("number")
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(item.hints):
            raise ParameterError("this question has no further hint")
        self._hints_seen[item.id] = max(number, self._hints_seen.get(item.id, 0))
        self._send({"type": "hint", **hint_view(item, number)})

    def _take_state(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        if not isinstance(item, SceneTask):
            raise ParameterError("this question takes no state of an explorer")
        state = read_state(item, message.get("state"))
        self._send({"type": "state", "item_id": item.id, "state": state, **state_view(item, state)})

    def _take_step(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        if not isinstance(item, KeyFeature):
            raise ParameterError("this question has no steps")
        view = self._steps.take(item, message.get("step"), message.get("response"))
        self._send({"type": "step", "item_id": item.id, **view})

    def _picture(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        index = message.get("index")
        known = {"type": "picture", "item_id": item.id, "index": index}
        try:
            mime, data = self._draw(item, index, message.get("look"), item.id in self._answered)
        except Exception:  # noqa: BLE001 - without a picture its words are shown
            _log.exception("the picture of item %s could not be drawn", item.id)
            self._send(known | {"problem": "The picture could not be drawn; its description stands here."})
            return
        self._send(known | {"mime": mime}, buffers=[data])
