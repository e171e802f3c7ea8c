"""The attempt log: saved where that works, kept for the session where it does not."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.export import pack
from bonemets_teach.progress.identity import fingerprint
from bonemets_teach.progress.memory import MemoryStore, record_id
from bonemets_teach.progress.problems import ERASED, sentence
from bonemets_teach.progress.store import STORE_ERRORS, DatabaseStore
from bonemets_teach.progress.summary import LessonSummary, summarize

__all__ = ["AttemptLog"]

_RETRY_AFTER_S = 5.0  # chosen: a page must not wait for a locked disk at every answer

AnswerT = TypeVar("AnswerT")
RecordT = TypeVar("RecordT", bound=Attempt | SceneEvent)


class AttemptLog:
    """Append-only log of what learners did.

    Parameters
    ----------
    saved : DatabaseStore or None
        Where records are saved; None keeps them for this session only.
    problem : str or None
        Why nothing is saved, in words for a banner.

    Notes
    -----
    Recording never raises because of the disk. What could not be saved stays in memory, is part of every
    answer of this log, and is saved as soon as the database takes writes again.
    """

    def __init__(self, saved: DatabaseStore | None, problem: str | None = None) -> None:
        self._saved = saved
        self._unsaved = MemoryStore()
        self._problem = problem
        self._renamed: dict[str, str] = {}
        self._next_try = 0.0
        self._lock = threading.RLock()

    @property
    def problem(self) -> str | None:
        """Why records are not saved at the moment, in words for a banner; None if they are."""
        return self._problem

    @property
    def path(self) -> Path | None:
        """The database file, or None if this session has none."""
        return self._saved.path if self._saved else None

    def learner(self, secret: str) -> str:
        """Return the learner behind a secret; a new secret is a new learner.

        Parameters
        ----------
        secret : str
            32 hexadecimal digits.

        Returns
        -------
        learner_id : str
            Random UUID of the learner.

        Raises
        ------
        ProgressError
            If it is not a secret.
        """
        subject = fingerprint(secret)
        with self._lock:
            found = self._read(partial(DatabaseStore.find_learner, subject=subject), None)
            if found is None and subject not in self._unsaved.learners:
                proposed = str(uuid.uuid4())
                found = self._written(partial(DatabaseStore.learner, subject=subject, proposed=proposed))
            return found or self._unsaved.learner(subject, str(uuid.uuid4()))

    def record(self, attempt: Attempt) -> bool:
        """Keep one attempt; the same ``attempt_id`` again changes nothing.

        Parameters
        ----------
        attempt : Attempt
            What was answered.

        Returns
        -------
        saved : bool
            True when it is in the database for good; False when it is kept for this session only, or not
            at all because the learner was erased (`problem` says which).
        """
        return self._record(attempt)

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
            known = self._renamed.get(learner_id, learner_id)
            wanted = None if item_ids is None else frozenset(item_ids)
            saved: list[Attempt] = self._read(lambda store: store.attempts(known, wanted), [])
            found = _united(saved, self._unsaved.attempts(known, wanted))
        return sorted(found, key=lambda one: (one.answered_at, one.attempt_id))

    def events(self, learner_id: str, scene_id: str | None = None) -> list[SceneEvent]:
        """Return what a learner did in explorers.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        scene_id : str, optional
            Only events of this scene.

        Returns
        -------
        events : list of SceneEvent
            Oldest first, saved and unsaved together.
        """
        with self._lock:
            known = self._renamed.get(learner_id, learner_id)
            saved: list[SceneEvent] = self._read(lambda store: store.events(known), [])
            found = _united(saved, self._unsaved.events(known))
        chosen = [event for event in found if scene_id in (None, event.scene_id)]
        return sorted(chosen, key=lambda one: (one.happened_at, one.event_id))

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
            ``attempts`` and ``events`` as CSV and JSON, and a README that explains every column.
        """
        return pack(self.attempts(learner_id), self.events(learner_id), exported_at=datetime.now(UTC))

    def erase(self, learner_id: str) -> int:
        """Delete the identity, the attempts and the events of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        removed : int
            Number of attempts and events deleted.

        Raises
        ------
        ProgressError
            If the database can't be written, so that something would stay.
        """
        with self._lock:
            known = self._renamed.get(learner_id, learner_id)
            removed = 0
            if self._saved is not None:
                try:
                    removed = self._saved.erase(known)
                except (*STORE_ERRORS, ProgressError) as error:
                    message = f"Nothing was deleted. {sentence(error, self._saved.path)}"
                    raise ProgressError(message) from error
            return removed + self._unsaved.erase(known)

    def close(self) -> None:
        """Close the database; the log opens it again if it is used again."""
        with self._lock:
            if self._saved is not None:
                self._saved.close()

    def _record(self, record: Attempt | SceneEvent) -> bool:
        with self._lock:
            all_saved = self._save_the_unsaved()
            known = self._renamed.get(record.learner_id)
            record = replace(record, learner_id=known) if known else record
            if not all_saved:
                self._unsaved.add(record)
                return False
            kept = self._written(partial(DatabaseStore.add, record=record))
            if kept is None:
                self._unsaved.add(record)
            else:
                self._problem = None if kept else ERASED
            return bool(kept)

    def _save_the_unsaved(self) -> bool:
        """Move what is in memory into the database; return whether nothing is left in memory."""
        unsaved = self._unsaved
        for subject, proposed in list(unsaved.learners.items()):
            kept = self._written(partial(DatabaseStore.learner, subject=subject, proposed=proposed))
            if kept is None:
                return False
            del unsaved.learners[subject]
            self._rename(proposed, kept)
        for key, record in list(unsaved.records.items()):
            # False: the learner was erased meanwhile, so the record is dropped.
            if self._written(partial(DatabaseStore.add, record=record)) is None:
                return False
            del unsaved.records[key]
        return True

    def _rename(self, proposed: str, kept: str) -> None:
        """Give records made under a session's learner id to the learner that the database knows."""
        if proposed == kept:
            return
        self._renamed[proposed] = kept
        records = self._unsaved.records
        for key, record in records.items():
            if record.learner_id == proposed:
                records[key] = replace(record, learner_id=kept)

    def _read(self, query: Callable[[DatabaseStore], AnswerT], otherwise: AnswerT) -> AnswerT:
        """Ask the database; where that fails, note the problem and go on with ``otherwise``."""
        if self._saved is None:
            return otherwise
        try:
            return query(self._saved)
        except (*STORE_ERRORS, ProgressError) as error:
            self._problem = sentence(error, self._saved.path)
            return otherwise

    def _written(self, change: Callable[[DatabaseStore], AnswerT]) -> AnswerT | None:
        """Change the database; where that fails, note the problem, return None and pause for a while."""
        if self._saved is None or time.monotonic() < self._next_try:
            return None
        try:
            return change(self._saved)
        except (*STORE_ERRORS, ProgressError) as error:
            self._problem = sentence(error, self._saved.path)
            self._next_try = time.monotonic() + _RETRY_AFTER_S
            return None


def _united(saved: Iterable[RecordT], unsaved: Iterable[RecordT]) -> list[RecordT]:
    """Return both without doubles: a record may have been saved although the answer was lost."""
    by_id: dict[str, RecordT] = {record_id(record): record for record in [*unsaved, *saved]}
    return list(by_id.values())
