"""The attempt log: saved where that works, kept for the session where it does not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bonemets_teach.progress.asked import AskedItem
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.export import pack
from bonemets_teach.progress.problems import ERASED
from bonemets_teach.progress.review_log import ReviewLog, united
from bonemets_teach.progress.summary import LessonSummary, summarize

__all__ = ["AttemptLog"]


class AttemptLog(ReviewLog):
    """Append-only log of what learners did, and what follows from it.

    Notes
    -----
    Every question is answered from the database and from what it has not taken yet together.
    """

    def record(self, attempt: Attempt, asked: AskedItem | None = None) -> bool:
        """Keep one attempt; the same ``attempt_id`` again changes nothing.

        Parameters
        ----------
        attempt : Attempt
            What was answered.
        asked : AskedItem, optional
            What was asked; its copy is kept once, and the attempt gets its hash.

        Returns
        -------
        saved : bool
            True when it is in the database for good; False when it is kept for this session only, or not
            at all because the learner was erased (`problem` says which).
        """
        if asked is None:
            return self._record(attempt)
        with self._lock:
            self._keep_item(asked)
            return self._record(replace(attempt, item_sha256=asked.sha256))

    def record_many(self, attempts: Sequence[Attempt]) -> list[bool]:
        """Keep attempts that were collected while there was no connection, in one transaction.

        Parameters
        ----------
        attempts : sequence of Attempt
            In any order; those with known ids change nothing.

        Returns
        -------
        saved : list of bool
            As in `record`, for each attempt.
        """
        if not attempts:
            return []
        with self._lock:
            known = [replace(one, learner_id=self._known(one.learner_id)) for one in attempts]
            kept = self._written(lambda store: store.add_many(known)) if self._save_the_unsaved() else None
            if kept is None:
                return [self._record(attempt) for attempt in known]
            self._problem = None if all(kept) else ERASED
            return kept

    def record_event(self, event: SceneEvent) -> bool:
        """Keep one event of an explorer; the same ``event_id`` again changes nothing.

        Parameters
        ----------
        event : SceneEvent
            What was done.

        Returns
        -------
        saved : bool
            As in `record`.
        """
        return self._record(event)

    def attempts(self, learner_id: str, item_ids: Collection[str] | None = None) -> list[Attempt]:
        """Return the attempts of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only attempts at these items.

        Returns
        -------
        attempts : list of Attempt
            Oldest first, saved and unsaved together.
        """
        with self._lock:
            known, wanted = self._known(learner_id), None if item_ids is None else frozenset(item_ids)
            saved: list[Attempt] = self._read(lambda store: store.attempts(known, wanted), [])
            return united(saved, self._unsaved.of(Attempt, known, wanted))

    def lesson_summary(self, learner_id: str) -> dict[str, LessonSummary]:
        """Return the state of every lesson that a learner has answered something in.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        summaries : dict of str to LessonSummary
            By lesson id.
        """
        return summarize(self.attempts(learner_id))

    def export(self, learner_id: str) -> bytes:
        """Pack everything that is kept of a learner into a zip file.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        archive : bytes
            Each table as CSV and JSON, attempts and events as xAPI statements, and a README that explains
            every column.
        """
        kept: dict[str, Sequence[Any]] = {
            "attempts": self.attempts(learner_id),
            "events": self.events(learner_id),
            "reviews": self.reviews(learner_id),
            "cards": self.cards(learner_id),
            "sessions": self.sessions(learner_id),
        }
        return pack(kept, exported_at=datetime.now(UTC))

    def _keep_item(self, asked: AskedItem) -> None:
        if asked.sha256 in self._known_items:
            return
        if self._written(lambda store: store.keep_item(asked)) is None:
            self._unsaved.items[asked.sha256] = asked
        self._known_items.add(asked.sha256)
