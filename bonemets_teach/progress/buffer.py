"""Writes to the database where that works, and keeps what it does not take until it does."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DataError, IntegrityError

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.identity import fingerprint
from bonemets_teach.progress.kinds import Record
from bonemets_teach.progress.memory import MemoryStore
from bonemets_teach.progress.problems import ERASED, sentence
from bonemets_teach.progress.review_event import ProjectCard
from bonemets_teach.progress.store import STORE_ERRORS, DatabaseStore

__all__ = ["Buffer"]

_RETRY_AFTER_S = 5.0  # chosen: a page must not wait for a locked disk at every answer

_REFUSALS = (DataError, IntegrityError)  # the record is at fault, not the database

AnswerT = TypeVar("AnswerT")


class Buffer:
    """The writing half of the log.

    Parameters
    ----------
    saved : DatabaseStore or None
        Where records are saved; None keeps them for this session only.
    problem : str or None
        Why nothing is saved, in words for a banner.

    Notes
    -----
    Recording never raises because of the disk. What could not be saved stays in memory, is part of every
    answer of the log, and is saved as soon as the database takes writes again.
    """

    def __init__(self, saved: DatabaseStore | None, problem: str | None = None) -> None:
        self._saved = saved
        self._unsaved = MemoryStore()
        self._problem = problem
        self._renamed: dict[str, str] = {}
        self._next_try = 0.0
        self._error: Exception | None = None
        self._refused: set[str] = set()
        self._known_items: set[str] = set()
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
            found = self._read(lambda store: store.find_learner(subject), None)
            if found is None and subject not in self._unsaved.learners:
                proposed = str(uuid.uuid4())
                found = self._written(lambda store: store.learner(subject, proposed))
            return found or self._unsaved.learner(subject, str(uuid.uuid4()))

    def erase(self, learner_id: str) -> int:
        """Delete the identity and every record of a learner; a tombstone keeps them from coming back.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        removed : int
            Number of attempts, events and reviews deleted.

        Raises
        ------
        ProgressError
            If the database can't be written, so that something would stay.
        """
        with self._lock:
            known = self._known(learner_id)
            removed = 0
            if self._saved is not None:
                try:
                    removed = self._saved.erase(known)
                except (*STORE_ERRORS, ProgressError) as error:
                    message = f"Nothing was deleted. {sentence(error, self._saved.target)}"
                    raise ProgressError(message) from error
            return removed + self._unsaved.erase(known)

    def close(self) -> None:
        """Close the database; the log opens it again if it is used again."""
        with self._lock:
            if self._saved is not None:
                self._saved.close()

    def _known(self, learner_id: str) -> str:
        return self._renamed.get(learner_id, learner_id)

    def _record(self, record: Record, project: ProjectCard | None = None) -> bool:
        with self._lock:
            all_saved = self._save_the_unsaved()
            known = self._renamed.get(record.learner_id)
            record = replace(record, learner_id=known) if known else record
            if not all_saved:
                self._unsaved.add(record, project)
                return False
            kept = self._written(lambda store: store.add(record, project))
            if kept is None:
                self._unsaved.add(record, project)
            else:
                self._problem = None if kept else ERASED
            return bool(kept)

    def _save_the_unsaved(self) -> bool:
        """Move what is in memory into the database; return whether nothing is left that could be saved."""
        unsaved = self._unsaved
        for subject, proposed in list(unsaved.learners.items()):
            kept = self._written(partial(DatabaseStore.learner, subject=subject, proposed=proposed))
            if kept is None:
                return False
            del unsaved.learners[subject]
            self._rename(proposed, kept)
        for key, record in list(unsaved.records.items()):
            if key in self._refused:
                continue
            # False: the learner was erased meanwhile, so the record is dropped.
            add = partial(DatabaseStore.add, record=record, project=unsaved.projects.get(key))
            if self._written(add) is not None:
                unsaved.forget(key)
            elif isinstance(self._error, _REFUSALS):
                # One record that no database takes must not keep all others waiting.
                self._refused.add(key)
            else:
                return False
        return self._save_the_rest()

    def _save_the_rest(self) -> bool:
        unsaved = self._unsaved
        for digest, asked in list(unsaved.items.items()):
            if self._written(partial(DatabaseStore.keep_item, asked=asked)) is None:
                return False
            del unsaved.items[digest]
        if unsaved.cards:
            if self._written(partial(DatabaseStore.put_cards, cards=list(unsaved.cards.values()))) is None:
                return False
            unsaved.cards.clear()
        return True

    def _rename(self, proposed: str, kept: str) -> None:
        """Give what was made under a session's learner id to the learner that the database knows."""
        if proposed == kept:
            return
        self._renamed[proposed] = kept
        unsaved = self._unsaved
        for key, record in unsaved.records.items():
            if record.learner_id == proposed:
                unsaved.records[key] = replace(record, learner_id=kept)
        cards = [replace(card, learner_id=self._known(card.learner_id)) for card in unsaved.cards.values()]
        unsaved.cards = {(card.learner_id, card.item_id): card for card in cards}

    def _read(self, query: Callable[[DatabaseStore], AnswerT], otherwise: AnswerT) -> AnswerT:
        """Ask the database; where that fails, note the problem and go on with ``otherwise``."""
        if self._saved is None:
            return otherwise
        try:
            return query(self._saved)
        except (*STORE_ERRORS, ProgressError) as error:
            self._problem = sentence(error, self._saved.target)
            return otherwise

    def _written(self, change: Callable[[DatabaseStore], AnswerT]) -> AnswerT | None:
        """Change the database; where that fails, note the problem, return None and pause for a while."""
        if self._saved is None or time.monotonic() < self._next_try:
            return None
        try:
            return change(self._saved)
        except (*STORE_ERRORS, ProgressError) as error:
            self._error = error
            self._problem = sentence(error, self._saved.target)
            if not isinstance(error, _REFUSALS):
                self._next_try = time.monotonic() + _RETRY_AFTER_S
            return None
