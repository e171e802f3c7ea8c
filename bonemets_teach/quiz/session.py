"""A run of the quiz without a page: messages in, messages out; it keeps the keys, grades and records."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.errors import BonemetsError, ParameterError
from bonemets_teach.quiz.item import Item, KeyFeature, SceneTask
from bonemets_teach.quiz.item_language import item_language
from bonemets_teach.quiz.presenting import hint_view
from bonemets_teach.quiz.presenting_types import state_view
from bonemets_teach.quiz.response_rows import read_state
from bonemets_teach.quiz.session_marking import UNGRADED, Marker, Record, question_view
from bonemets_teach.quiz.session_message import (
    AnswerMessage,
    Block,
    read_answer,
    read_block,
    read_seen,
    read_sheet,
)
from bonemets_teach.quiz.sitting import Sitting, exam_result

__all__ = ["History", "Picture", "QuizSession", "Record", "Send"]

_log: Final = logging.getLogger(__name__)
_SEALED: Final = "this question belongs to the timed exam that is running; its feedback comes at the end"

History = Callable[[str], list[dict[str, Any]]]
Picture = Callable[[Item, Any, Any, bool], tuple[str, bytes]]


class Send(Protocol):
    """Takes a message for the page, with bytes beside it if there are any."""

    def __call__(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send."""


class QuizSession:
    """Asks items and takes answers; a widget or a plain page only carries its messages.

    Parameters
    ----------
    items : sequence of Item
        What is asked, in this order.
    record : callable
        Called once for each attempt with a dictionary (learner, attempt_id, item_id, item_version, response,
        score, max_score, correct, hints_used, latency_ms, certainty, cbm_mark, option_order, misconceptions, and
        session_id and seq_no where there is a session);
        returns whether it is saved. ``learner`` is the secret from the page.
    history : callable
        ``history(secret)`` returns earlier attempts, oldest first, each with item_id, response, hints_used and
        certainty; those with another item_version are left out.
    picture : callable
        ``picture(item, index, look, answered)`` returns the type and the bytes of a picture, or raises.
    send : callable
        ``send(message, buffers=None)`` takes every answer to a message.
    sitting : Sitting or None
        Keeps the sessions; without it answers of an exam alone name one.

    Attributes
    ----------
    spares : frozenset of str
        Ids of items that are asked only as another try at one of the same group; one that was answered before is
        shown with its answer.

    Notes
    -----
    While a timed exam runs, nothing leaves that would tell the key of one of its items: neither outcomes, earlier
    ones included, nor hints, nor pictures that belong to an explanation. Its page keeps the answers and sends them
    at the end; a page that is opened meanwhile names the exam in its greeting. Nothing that a page sends raises. Messages may come from several threads; they are taken one by one.
    """

    def __init__(
        self,
        items: Sequence[Item],
        *,
        record: Record,
        history: History,
        picture: Picture,
        send: Send,
        sitting: Sitting | None = None,
    ) -> None:
        self._items = {item.id: item for item in items}
        self.spares: frozenset[str] = frozenset()
        self._sitting = sitting or Sitting()
        self._marker = Marker(record, self._sitting)
        self._history = history
        self._draw = picture
        self._send = send
        self._answered: set[str] = set()
        self._hints_seen: dict[str, int] = {}
        self._block: Block | None = None
        self._results: dict[str, dict[str, Any]] = {}
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
            "exam": self._start_exam, "exam_end": self._end_exam,
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
            self._refuse(message, tr(UNGRADED))

    def _refuse(self, message: dict[str, Any], words: str) -> None:
        known = {
            name: message.get(name)
            for name in ("attempt_id", "item_id")
            if isinstance(message.get(name), str)
        }
        if words == _SEALED:
            known["sealed"] = True
        self._send({"type": "refused", "about": str(message.get("type"))[:20], "text": tr(words)} | known)

    def _item(self, message: dict[str, Any]) -> Item:
        item = self._items.get(str(message.get("item_id")))
        if item is None:
            raise ParameterError("this question is not part of this lesson any more; reload the page")
        return item

    def _open_item(self, message: dict[str, Any]) -> Item:
        item = self._item(message)
        if self._is_sealed(item):
            raise ParameterError(_SEALED)
        return item

    def _is_sealed(self, item: Item) -> bool:
        return self._block is not None and item.id in self._block.attempts

    def _greet(self, message: dict[str, Any]) -> None:
        secret = message.get("secret")
        if not isinstance(secret, str) or not 1 <= len(secret) <= 200:
            raise ParameterError("the page did not say who is learning; reload it")
        self._marker.learner = secret
        block = self._joined(message.get("block"))
        latest, tries = self._marker.latest(self._earlier(secret), self._items)
        self._answered |= set(latest)
        outcomes = {name: view for name, view in latest.items() if not self._is_sealed(self._items[name])}
        views = [
            question_view(item, secret) | {"spare": name in self.spares - latest.keys()}
            for name, item in self._items.items()
        ]
        about = {"items": views, "outcomes": outcomes, "tries": tries}
        self._send({"type": "quiz", **about, "exam": block.id if block else None})
        if block is not None and block.id in self._results:
            self._send(self._results[block.id])

    def _earlier(self, secret: str) -> list[dict[str, Any]]:
        try:
            return self._history(secret)
        except Exception:  # noqa: BLE001 - progress must never stop a quiz
            _log.exception("earlier answers could not be read")
            return []

    def _answer(self, message: dict[str, Any]) -> None:
        item = self._open_item(message)
        answer = read_answer(message, hints=len(item.hints), seen=self._hints_seen.get(item.id, 0))
        self._send(self._taken(item, answer))

    def _taken(self, item: Item, answer: AnswerMessage, exam: Block | None = None) -> dict[str, Any]:
        reply = self._marker.take(item, answer, exam)
        self._answered.add(item.id)
        self._hints_seen.pop(item.id, None)
        return reply

    def _join_exam(self, raw: Any) -> Block:
        """Seal the items of an exam until it ends; one that has ended stays ended."""
        block = read_block(raw, self._items)
        if self._block is not None and self._block != block:
            raise ParameterError("another timed exam is running here; finish that one first")
        if block.id not in self._results and self._block is None:
            self._block = block
            for name in block.attempts:
                self._marker.steps.forget(name)
            versions = [self._items[name].version for name in block.attempts]
            self._sitting.begin_exam(self._marker.learner, block, versions)
        return block

    def _joined(self, raw: Any) -> Block | None:
        # An exam that can't be read must not keep the questions from a page.
        try:
            return None if raw is None else self._join_exam(raw)
        except ParameterError:
            return None

    def _start_exam(self, message: dict[str, Any]) -> None:
        block = self._join_exam(message.get("block"))
        started = {"type": "exam", "block_id": block.id, "items": list(block.attempts)}
        self._send(self._results.get(block.id, started))

    def _end_exam(self, message: dict[str, Any]) -> None:
        block = self._join_exam(message.get("block"))
        known = self._results.get(block.id)
        if known is not None and known["saved"]:
            self._send(known)
            return
        outcomes, unread = [], {}
        sheet = read_sheet(message.get("answers"), block)
        for name, answer in sheet.items():
            try:
                outcomes.append(self._taken(self._items[name], answer, block))
            except ParameterError as error:
                unread[name] = str(error)
        self._block = None
        result = exam_result(block, read_seen(message.get("seen"), block), sheet, unread)
        ended = self._sitting.end_exam(self._marker.learner, block, result)
        saved = ended and all(outcome["saved"] for outcome in outcomes)
        reply = {
            "type": "results",
            "block_id": block.id,
            "outcomes": outcomes,
            "unread": unread,
            "saved": saved,
        }
        self._results[block.id] = reply
        self._send(reply)

    def _hint(self, message: dict[str, Any]) -> None:
        item = self._open_item(message)
        number = message.get("number")
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(item.hints):
            raise ParameterError("this question has no further hint")
        self._hints_seen[item.id] = max(number, self._hints_seen.get(item.id, 0))
        with speaking(item_language(item)):
            view = hint_view(item, number)
        self._send({"type": "hint", **view})

    def _shows_all(self, item: Item) -> bool:
        return item.id in self._answered and not self._is_sealed(item)

    def _take_state(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        if not isinstance(item, SceneTask):
            raise ParameterError("this question takes no state of an explorer")
        state = read_state(item, message.get("state"))
        with speaking(item_language(item)):
            view = state_view(item, state)
        self._send({"type": "state", "item_id": item.id, "state": state, **view})

    def _take_step(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        if not isinstance(item, KeyFeature):
            raise ParameterError("this question has no steps")
        with speaking(item_language(item)):
            view = self._marker.steps.take(item, message.get("step"), message.get("response"))
        self._send({"type": "step", "item_id": item.id, **view})

    def _picture(self, message: dict[str, Any]) -> None:
        item = self._item(message)
        index = message.get("index")
        known = {"type": "picture", "item_id": item.id, "index": index}
        try:
            mime, data = self._draw(item, index, message.get("look"), self._shows_all(item))
        except Exception:  # noqa: BLE001 - without a picture its words are shown
            _log.exception("the picture of item %s could not be drawn", item.id)
            self._send(
                known | {"problem": tr("The picture could not be drawn; its description stands here.")}
            )
            return
        self._send(known | {"mime": mime}, buffers=[data])
