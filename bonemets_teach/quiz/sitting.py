"""Tells the log in which session an answer was given: practice, reviews, a test or a timed exam."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from bonemets_teach.quiz.session_message import Block

__all__ = ["KeepSession", "Sitting", "exam_result"]

_log: Final = logging.getLogger(__name__)

_PAUSE_S: Final = 30 * 60  # as the log's own pause, after which a session counts as ended

KeepSession = Callable[[dict[str, Any]], bool]


class Sitting:
    """One learner's session, as the log is told of it.

    Parameters
    ----------
    keep : callable or None
        Called with "learner" (the secret), "session_id", "kind", "plan" and, at the end, "result"; the same again must
        change nothing. Without it sessions are not kept.
    kind : str
        "practice", "spaced", "pretest" or "posttest"; an exam that runs meanwhile is a session of its own.
    session_id : str or None
        For a session that several processes may lead; else each learner gets a random one.
    order : sequence of str
        Ids of what is asked, for a session whose questions are planned; else answers are numbered as they come.
    clock : callable, default `time.monotonic`
        Seconds; after half an hour without an answer the next one begins another practice session.
    """

    def __init__(
        self,
        keep: KeepSession | None = None,
        *,
        kind: str = "practice",
        session_id: str | None = None,
        order: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep = keep
        self._kind = kind
        self._fixed = session_id
        self._order = {name: place for place, name in enumerate(order, start=1)}
        self._begun: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._clock = clock
        self._last = clock()

    def place(self, learner: str | None, item_id: str, attempt_id: str) -> dict[str, Any]:
        """Return where an answer belongs; the first one begins the session.

        Parameters
        ----------
        learner : str or None
            The secret from the page.
        item_id, attempt_id : str
            What is answered.

        Returns
        -------
        place : dict
            "session_id" and "seq_no"; empty if there is no session.
        """
        if learner is None or (self._keep is None and self._fixed is None):
            return {}
        rested = self._clock() - self._last > _PAUSE_S and attempt_id not in self._places
        self._last = self._clock()
        if learner not in self._begun or (rested and self._fixed is None):
            self._begun[learner] = self._fixed or str(uuid.uuid4())
            self._places.clear()
            self._tell(learner, self._begun[learner], self._kind, {"items": list(self._order)})
        number = self._order.get(item_id) or self._places.setdefault(attempt_id, len(self._places) + 1)
        return {"session_id": self._begun[learner], "seq_no": number}

    def begin_exam(self, learner: str | None, block: Block, versions: Sequence[int]) -> None:
        """Keep the start of an exam.

        Parameters
        ----------
        learner : str or None
            The secret from the page.
        block : Block
            The exam.
        versions : sequence of int
            Versions of its items, in order.
        """
        plan = {"items": list(block.attempts), "versions": list(versions), "minutes": block.minutes}
        self._tell(learner, block.id, "exam", plan)

    def end_exam(self, learner: str | None, block: Block, result: dict[str, Any]) -> bool:
        """Keep the end of an exam.

        Parameters
        ----------
        learner : str or None
            The secret from the page.
        block : Block
            The exam.
        result : dict
            From `exam_result`.

        Returns
        -------
        kept : bool
            True also where sessions are not kept.
        """
        return self._tell(learner, block.id, "exam", None, result)

    def _tell(
        self,
        learner: str | None,
        session_id: str,
        kind: str,
        plan: dict[str, Any] | None,
        result: dict[str, Any] | None = None,
    ) -> bool:
        if self._keep is None or learner is None:
            return self._keep is None
        told = {"learner": learner, "session_id": session_id, "kind": kind, "plan": plan, "result": result}
        try:
            return bool(self._keep(told))
        except Exception:  # noqa: BLE001 - an answer counts even where its session can't be kept
            _log.exception("session %s could not be kept", session_id)
            return False


def exam_result(
    block: Block, seen: Iterable[str], answers: Iterable[str], unread: Iterable[str]
) -> dict[str, Any]:
    """Say what became of each question of an exam.

    Parameters
    ----------
    block : Block
        The exam.
    seen, answers, unread : iterable of str
        Items that the learner looked at, that have an answer, and whose answer could not be read.

    Returns
    -------
    result : dict
        "answered", "omitted" (seen and left without an answer that counts) and "not_reached", each a list of items.
    """
    unreadable = set(unread)
    answered = set(answers) - unreadable
    looked_at = set(seen) | unreadable
    left = [name for name in block.attempts if name not in answered]
    return {
        "answered": [name for name in block.attempts if name in answered],
        "omitted": [name for name in left if name in looked_at],
        "not_reached": [name for name in left if name not in looked_at],
    }
