"""Reviews on the server: the bank's facts once, each learner's overview from the log, questions through the process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import AttemptLog
from bonemets_teach.progress.answers import overrides_of
from bonemets_teach.server.course import Course
from bonemets_teach.server.review_bank import BankFacts, read_bank
from bonemets_teach.server.review_client import ReviewClient, ReviewFailedError
from bonemets_teach.server.review_overview import LearnerRecord, due_words, overview
from bonemets_teach.server.review_rating import card_view, rate_answer
from bonemets_teach.server.review_tests import end_test, require_test, test_events

__all__ = ["ReviewDesk"]

_KINDS: Final = ("review", "pre", "post", "results")
_MOST_ITEMS: Final = 40
_MOST_KEPT: Final = 64  # each some 50 kB
_NOTHING_DUE: Final = {"count": 0, "lessons": {}, "next_at": None, "answered": 0}


class ReviewDesk:
    """What the handlers of reviews ask.

    Parameters
    ----------
    log : AttemptLog
        The learners' answers.
    course : Course
        The lessons.
    client : ReviewClient
        The process that knows the questions.
    """

    def __init__(self, log: AttemptLog, course: Course, client: ReviewClient) -> None:
        self._log = log
        self._course = course
        self._client = client
        self._bank: BankFacts | None = None
        self._reading = asyncio.Lock()
        self._kept: dict[str, tuple[tuple[object, ...], dict[str, Any]]] = {}

    async def bank(self) -> BankFacts:
        """Return the facts about the bank.

        Returns
        -------
        bank : BankFacts
            Read at the first call.

        Raises
        ------
        ReviewFailedError
            If the process that reads the bank fails.
        """
        async with self._reading:
            if self._bank is None:
                answer = await self._client.ask({"op": "bank"})
                if "bank" not in answer:
                    raise ReviewFailedError("The questions can't be read right now. Try again in a moment.")
                self._bank = await asyncio.to_thread(read_bank, answer["bank"], self._course)
        return self._bank

    async def overview(self, learner_id: str) -> dict[str, Any]:
        """Return what a learner knows, what is due and what keeps going wrong.

        Parameters
        ----------
        learner_id : str
            The learner.

        Returns
        -------
        view : dict
            As `review_overview.overview` makes it.
        """
        bank = await self.bank()
        return await asyncio.to_thread(self._overview, bank, learner_id)

    async def due(self, learner_id: str) -> dict[str, Any]:
        """Return how much is due, for the home page and the lessons.

        Parameters
        ----------
        learner_id : str
            The learner.

        Returns
        -------
        short : dict
            As `review_overview.due_words` makes it.
        """
        if not await asyncio.to_thread(self._log.answers, learner_id):
            return dict(_NOTHING_DUE)  # most visitors are new: no process is started for them
        return due_words(await self.overview(learner_id))

    async def ask(self, secret: str, learner_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Hand a message of the page to its quiz.

        Parameters
        ----------
        secret, learner_id : str
            Who is learning.
        body : mapping
            "kind", "lesson", "items" and "message"; nothing in it is taken on trust.

        Returns
        -------
        answer : dict
            "sent": messages for the page with their buffers; "card" after an answer of a review.

        Raises
        ------
        ParameterError
            If the page asks for what it can't have; the words say why.
        ReviewFailedError
            If the question can't be asked now.
        """
        bank = await self.bank()
        kind, items, message = _read(body, bank)
        if kind != "review":
            await asyncio.to_thread(require_test, self._log, bank, learner_id, kind, items)
        request = {"op": "message", "secret": secret, "kind": kind, "items": items, "message": message}
        answer = await self._client.ask(request)
        if "refused" in answer:
            raise ParameterError(answer["refused"])
        found = {"sent": answer["sent"]}
        if kind == "review" and message.get("type") == "answer":
            found["card"] = await asyncio.to_thread(card_view, self._log, bank, learner_id, message)
        return found

    async def rate(self, learner_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Set the rating of an answer.

        Parameters
        ----------
        learner_id : str
            The learner.
        body : mapping
            "item_id", "attempt_id" and "rating".

        Returns
        -------
        card : dict
            As in `ask`.

        Raises
        ------
        ParameterError
            If there is no such answer or rating.
        """
        return await asyncio.to_thread(rate_answer, self._log, await self.bank(), learner_id, body)

    async def end_test(self, learner_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """End a test early; see `review_tests.end_test`.

        Parameters
        ----------
        learner_id : str
            The learner.
        body : mapping
            From the page.

        Returns
        -------
        saved : dict
            Whether it is kept.
        """
        return await asyncio.to_thread(end_test, self._log, await self.bank(), learner_id, body)

    def _overview(self, bank: BankFacts, learner_id: str) -> dict[str, Any]:
        """Compute the overview, or give the kept one: nothing in it changes within a minute without a new record."""
        log, now = self._log, datetime.now(UTC)
        mark = (*log.revision(learner_id), now.replace(second=0, microsecond=0))
        kept = self._kept.get(learner_id)
        if kept is not None and kept[0] == mark:
            return kept[1]
        record = LearnerRecord(
            answers=log.answers(learner_id),
            events=test_events(log, learner_id),
            ratings=overrides_of(log.reviews(learner_id)),
            problem=log.problem,
        )
        view = overview(bank, self._course, record, now)
        self._kept.pop(learner_id, None)
        self._kept[learner_id] = mark, view
        while len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        return view


def _read(body: Mapping[str, Any], bank: BankFacts) -> tuple[str, list[str], dict[str, Any]]:
    kind, items, message = (body.get(name) for name in ("kind", "items", "message"))
    if kind not in _KINDS or not isinstance(message, dict):
        raise ParameterError("this message is not one that the review understands; reload the page")
    if (
        not isinstance(items, list)
        or not 0 < len(items) <= _MOST_ITEMS
        or not all(isinstance(name, str) for name in items)
    ):
        message = f"a review names 1 to {_MOST_ITEMS} questions; reload the page"
        raise ParameterError(message)
    if len(set(items)) < len(items) or not set(items) <= set(bank.items):
        raise ParameterError("a question of this review is no longer in the bank; reload the page")
    return str(kind), items, message
