"""Grades and records the answers of one learner, each attempt once, and tells what the page may then show."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.errors import BonemetsError, ContentError, ParameterError
from bonemets_teach.quiz.catalog import Catalog, load_catalog
from bonemets_teach.quiz.certainty import asks_certainty, certainty_mark, read_certainty
from bonemets_teach.quiz.grading import grade
from bonemets_teach.quiz.item import Item, KeyFeature, Poll, ScriptConcordance
from bonemets_teach.quiz.item_language import item_language
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.outcome import Outcome
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.presenting import level_words, outcome_view, public_view
from bonemets_teach.quiz.presenting_types import option_order
from bonemets_teach.quiz.session_message import AnswerMessage, Block
from bonemets_teach.quiz.session_steps import StepKeeper
from bonemets_teach.quiz.sitting import Sitting

__all__ = ["UNGRADED", "Marker", "Record", "question_view"]

_log: Final = logging.getLogger(__name__)
UNGRADED: Final = "This question can't be graded at the moment. Go on with the next one."
_UNSAVED: Final = "This answer could not be saved here. This browser keeps it and sends it again next time."
_SECONDS: Final = 90  # chosen: the usual time for one question of a licensing exam

Record = Callable[[dict[str, Any]], bool]


@cache
def _catalog() -> Catalog:
    # Read at the first answer: a page with questions must not wait for citations.
    return load_catalog()


def question_view(item: Item, learner: str) -> dict[str, Any]:
    """Return what the page shows of an item and what the player may do with it, before the answer.

    Parameters
    ----------
    item : Item
        The item.
    learner : str
        Decides the order of the options.

    Returns
    -------
    view : dict
        As `public_view`, with "certainty" (whether to ask), "seconds" (time in an exam), "group" (items that ask the
        same) and "in_exam" (whether it has a right answer that an exam can count).
    """
    with speaking(item_language(item)):
        view = public_view(item, learner)
    # What stands beside the question is the page's own, in the page's language.
    return view | {
        "level": level_words(item),
        "certainty": asks_certainty(item),
        "seconds": item.time_limit_s or _SECONDS,
        "group": item.isomorphic_group,
        "in_exam": not isinstance(item, Poll | ScriptConcordance),
    }


class Marker:
    """Takes answers; the same attempt id again brings the same outcome and nothing else.

    Parameters
    ----------
    record : callable
        Called with each new attempt; returns whether it is saved.
    sitting : Sitting
        Tells in which session an answer is given.
    """

    def __init__(self, record: Record, sitting: Sitting) -> None:
        self.learner: str | None = None
        self.steps = StepKeeper()
        self.sitting = sitting
        self._record = record
        self._done: dict[str, dict[str, Any]] = {}

    def latest(
        self, attempts: Iterable[dict[str, Any]], items: dict[str, Item]
    ) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
        """Grade earlier attempts again.

        Parameters
        ----------
        attempts : iterable of dict
            Oldest first.
        items : dict
            Id to item.

        Returns
        -------
        views : dict
            Item id to the outcome of its last attempt.
        tries : dict
            Item id to the number of attempts.
        """
        views: dict[str, dict[str, Any]] = {}
        tries: dict[str, int] = {}
        for attempt in reversed(list(attempts)):
            name = str(attempt.get("item_id"))
            item = items.get(name)
            if item is None or attempt.get("item_version", item.version) != item.version:
                continue
            view = views.get(name) or self._replay(item, attempt)
            if view is not None:
                views[name] = view
                tries[name] = tries.get(name, 0) + 1
        return views, tries

    def take(self, item: Item, answer: AnswerMessage, exam: Block | None = None) -> dict[str, Any]:
        """Grade an answer and record it.

        Parameters
        ----------
        item : Item
            The item.
        answer : AnswerMessage
            From the page.
        exam : Block or None
            The exam that it belongs to.

        Returns
        -------
        reply : dict
            The outcome for the page; "saved" says whether it is recorded.

        Raises
        ------
        ParameterError
            If the response can't be an answer to this item, or the item can't be graded.
        """
        known = self._done.get(answer.attempt_id)
        if known is not None and known["saved"]:
            return known
        with speaking(item_language(item)):
            reply = self._graded(item, answer, exam)
        self._done[answer.attempt_id] = reply
        return reply

    def _graded(self, item: Item, answer: AnswerMessage, exam: Block | None) -> dict[str, Any]:
        response = (
            self.steps.whole(item, answer.response) if isinstance(item, KeyFeature) else answer.response
        )
        try:
            outcome = grade(item, response, answer.hints_used)
        except ContentError:
            _log.exception("item %s could not be graded", item.id)
            raise ParameterError(tr(UNGRADED)) from None
        certainty = read_certainty(item, answer.certainty)
        place = self._place(item.id, answer.attempt_id, exam)
        saved = self._save(self._attempt(item, answer, outcome, certainty) | place)
        self.steps.forget(item.id)
        reply = {"type": "outcome", "attempt_id": answer.attempt_id, "saved": saved}
        reply |= _shown(item, outcome, certainty)
        if not saved:
            reply["note"] = tr(_UNSAVED)
        return reply

    def _replay(self, item: Item, attempt: dict[str, Any]) -> dict[str, Any] | None:
        with speaking(item_language(item)):
            try:
                outcome = grade(item, attempt.get("response"), int(attempt.get("hints_used") or 0))
            except BonemetsError:
                return None
            return _shown(item, outcome, read_certainty(item, attempt.get("certainty"))) | {"saved": True}

    def _attempt(
        self, item: Item, answer: AnswerMessage, outcome: Outcome, certainty: int | None
    ) -> dict[str, Any]:
        return {
            "learner": self.learner,
            "attempt_id": answer.attempt_id,
            "item_id": item.id,
            "item_version": item.version,
            "response": outcome.response,
            "score": outcome.score,
            "max_score": outcome.max_score,
            "correct": outcome.correct,
            "hints_used": answer.hints_used,
            "latency_ms": answer.latency_ms,
            "certainty": certainty,
            "cbm_mark": certainty_mark(certainty, correct=outcome.correct),
            "option_order": option_order(item, self.learner or ""),
            "misconceptions": list(outcome.misconceptions),
            "lang": item_language(item),
        }

    def _place(self, item_id: str, attempt_id: str, exam: Block | None) -> dict[str, Any]:
        if exam is None:
            return self.sitting.place(self.learner, item_id, attempt_id)
        return {"session_id": exam.id, "seq_no": list(exam.attempts).index(item_id) + 1}

    def _save(self, attempt: dict[str, Any]) -> bool:
        if self.learner is None:
            return False
        try:
            return bool(self._record(attempt))
        except Exception:  # noqa: BLE001 - an answer is graded even where it can't be saved
            _log.exception("attempt %s could not be saved", attempt["attempt_id"])
            return False


def _shown(item: Item, outcome: Outcome, certainty: int | None) -> dict[str, Any]:
    known = _catalog().misconceptions
    ideas = [
        {"id": name, "text": plain(tr(say(known[name].text)))}
        for name in dict.fromkeys(outcome.misconceptions)
        if name in known
    ]
    return outcome_view(item, outcome, _catalog()) | {
        "misconceptions": ideas,
        "certainty": certainty,
        "mark": certainty_mark(certainty, correct=outcome.correct),
    }
