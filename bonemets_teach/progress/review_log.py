"""The part of the log that is about reviewing: reviews and their cards, sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from bonemets_teach.progress.answers import Answer, from_attempts
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.buffer import Buffer
from bonemets_teach.progress.fields import now
from bonemets_teach.progress.kinds import Record, order, record_id
from bonemets_teach.progress.review_event import Card, ProjectCard, ReviewEvent
from bonemets_teach.progress.session import ENDED, STARTED, Session, fold_session, rested

__all__ = ["ReviewLog", "united"]

RecordT = TypeVar("RecordT", bound=Record)


class ReviewLog(Buffer):
    """Reviews, cards and sessions of the log, saved and unsaved together."""

    def add_review(self, review: ReviewEvent, project: ProjectCard | None = None) -> bool:
        """Keep one review; the same ``review_id`` again changes nothing.

        Parameters
        ----------
        review : ReviewEvent
            How well an item was remembered.
        project : callable, optional
            Folds all reviews of the item, oldest first, into its card. It runs in the transaction that keeps
            the review, so that two devices can't overwrite one another's card.

        Returns
        -------
        saved : bool
            As in `record`.
        """
        return self._record(review, project)

    def start_session(self, session: Session) -> bool:
        """Keep the start of a session; the same ``session_id`` again changes nothing.

        Parameters
        ----------
        session : Session
            What was started.

        Returns
        -------
        saved : bool
            As in `record`.
        """
        return self._record(session.start_event())

    def end_session(self, session: Session) -> bool:
        """Keep the end of a session; only the first end counts.

        Parameters
        ----------
        session : Session
            With ``ended_at`` and, if there is one, ``result``.

        Returns
        -------
        saved : bool
            As in `record`.

        Raises
        ------
        ParameterError
            If ``ended_at`` is None.
        """
        return self._record(session.end_event())

    def put_cards(self, cards: Iterable[Card]) -> bool:
        """Replace cards, for instance after the scheduler has learned other weights.

        Parameters
        ----------
        cards : iterable of Card
            The new state; a card that is not among them stays as it is.

        Returns
        -------
        saved : bool
            False when they are kept for this session only.
        """
        with self._lock:
            all_saved = self._save_the_unsaved()
            known = [replace(card, learner_id=self._known(card.learner_id)) for card in cards]
            if all_saved and self._written(lambda store: store.put_cards(known)) is not None:
                return True
            self._unsaved.cards.update({(card.learner_id, card.item_id): card for card in known})
            return False

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
            known = self._known(learner_id)
            saved: list[SceneEvent] = self._read(lambda store: store.events(known), [])
            found = united(saved, self._unsaved.of(SceneEvent, known))
        return [event for event in found if scene_id in (None, event.scene_id)]

    def answers(self, learner_id: str) -> list[Answer]:
        """Return the attempts of a learner as answers, the quick way to all of them.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        answers : list of Answer
            In no order, saved and unsaved together; one that is both may be there twice.
        """
        with self._lock:
            known = self._known(learner_id)
            saved: list[Answer] = self._read(lambda store: store.answers(known), [])
            return [*from_attempts(self._unsaved.of(Attempt, known)), *saved]

    def revision(self, learner_id: str) -> tuple[object, ...]:
        """Return a mark that changes with every record of a learner, and when the state of the log changes.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        mark : tuple
            To be compared only.
        """
        with self._lock:
            known = self._known(learner_id)
            saved: tuple[int, ...] = self._read(lambda store: store.revision(known), ())
            return known, saved, len(self._unsaved.records), self.problem

    def reviews(self, learner_id: str, item_ids: Collection[str] | None = None) -> list[ReviewEvent]:
        """Return the reviews of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only reviews of these items.

        Returns
        -------
        reviews : list of ReviewEvent
            Oldest first, saved and unsaved together.
        """
        with self._lock:
            known, wanted = self._known(learner_id), None if item_ids is None else frozenset(item_ids)
            saved: list[ReviewEvent] = self._read(lambda store: store.reviews(known, wanted), [])
            return united(saved, self._unsaved.of(ReviewEvent, known, wanted))

    def cards(self, learner_id: str, due_before: datetime | None = None) -> list[Card]:
        """Return the cards of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        due_before : datetime, optional
            Only cards that are due before this moment.

        Returns
        -------
        cards : list of Card
            The one due first comes first.
        """
        with self._lock:
            known = self._known(learner_id)
            saved: list[Card] = self._read(lambda store: store.cards(known), [])
            unsaved = [card for card in self._unsaved.cards.values() if card.learner_id == known]
            by_item = {card.item_id: card for card in [*saved, *unsaved]}
            by_item |= {card.item_id: card for card in self._unsaved_projections(known)}
        chosen = [card for card in by_item.values() if due_before is None or card.due_at < due_before]
        return sorted(chosen, key=lambda card: (card.due_at, card.item_id))

    def sessions(self, learner_id: str) -> list[Session]:
        """Return the sessions of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        sessions : list of Session
            Oldest first; one without ``ended_at`` is open. Practice and reviews end with their last answer, once half an
            hour has passed without another.
        """
        with self._lock:
            known = self._known(learner_id)
            saved: list[Session] = self._read(lambda store: store.sessions(known), [])
            by_id = {session.session_id: session for session in saved}
            unsaved = self._unsaved.of(SceneEvent, known)
            touched = {event.task_id for event in unsaved if event.kind in {STARTED, ENDED}}
            told = self.events(known) if touched else []
            last: dict[str, datetime] = self._read(lambda store: store.last_answers(known), {})
            waiting = self._unsaved.of(Attempt, known)
        for session_id in touched:
            session = fold_session(event for event in told if event.task_id == session_id)
            if session is not None:
                by_id[session_id] = session
        for attempt in waiting:
            if attempt.session_id:
                last[attempt.session_id] = max(
                    attempt.answered_at, last.get(attempt.session_id, attempt.answered_at)
                )
        found = [rested(session, last.get(session.session_id), now()) for session in by_id.values()]
        return sorted(found, key=lambda session: (session.started_at, session.session_id))

    def _unsaved_projections(self, learner_id: str) -> list[Card]:
        """Return the cards of items with reviews that the database has not taken yet."""
        unsaved = self._unsaved.of(ReviewEvent, learner_id)
        projects = {one.item_id: self._unsaved.projects.get(one.review_id) for one in unsaved}
        if not projects:
            return []
        reviews = sorted(self.reviews(learner_id, list(projects)), key=lambda one: (one.item_id, *order(one)))
        cards = []
        for item_id, theirs in groupby(reviews, key=lambda one: one.item_id):
            project = projects[item_id]
            if project is not None:
                cards.append(project(list(theirs)))
        return cards


def united(saved: Iterable[RecordT], unsaved: Iterable[RecordT]) -> list[RecordT]:
    """Return both, oldest first, without doubles: a record may be saved although the answer was lost.

    Parameters
    ----------
    saved, unsaved : iterable of records
        What the database has, and what is in memory.

    Returns
    -------
    records : list of records
        Each once.
    """
    by_id: dict[str, RecordT] = {record_id(record): record for record in [*unsaved, *saved]}
    return sorted(by_id.values(), key=order)
