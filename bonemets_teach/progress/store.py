"""Keeps attempts, events, reviews and identities in the database, and gives them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.asked import AskedItem
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.database import STORE_ERRORS, Database
from bonemets_teach.progress.dialect import insert_once
from bonemets_teach.progress.erasing import erase, is_buried
from bonemets_teach.progress.kinds import TABLES, Record
from bonemets_teach.progress.projections import keep_cards, project_review, project_session
from bonemets_teach.progress.review_event import Card, ProjectCard, ReviewEvent
from bonemets_teach.progress.session import ENDED, STARTED, Session

__all__ = ["STORE_ERRORS", "DatabaseStore"]

_ISSUER = "browser"


class DatabaseStore(Database):
    """The saved part of the log."""

    def find_learner(self, subject: str) -> str | None:
        """Return the learner behind a fingerprint.

        Parameters
        ----------
        subject : str
            Fingerprint of the secret.

        Returns
        -------
        learner_id : str or None
            UUID of the learner; None if the fingerprint is new.
        """
        return self.reading(lambda connection: _find_learner(connection, subject))

    def learner(self, subject: str, proposed: str) -> str:
        """Return the learner behind a fingerprint, making a new one if there is none.

        Parameters
        ----------
        subject : str
            Fingerprint of the secret.
        proposed : str
            UUID to use if the fingerprint is new.

        Returns
        -------
        learner_id : str
            UUID of the learner.
        """
        with self.changing() as connection:
            found = _find_learner(connection, subject)
            if found is not None:
                return found
            _keep_learner(connection, proposed)
            row = insert_once(connection, tables.identity)
            connection.execute(row.values(issuer=_ISSUER, subject_hmac=subject, learner_id=proposed))
            # Another process may have been first; then its learner counts.
            return _find_learner(connection, subject) or proposed

    def add(self, record: Record, project: ProjectCard | None = None) -> bool:
        """Keep a record; one with the same id changes nothing.

        Parameters
        ----------
        record : Attempt, SceneEvent or ReviewEvent
            What to keep.
        project : callable, optional
            For a review: folds all reviews of its item into the card, in the same transaction.

        Returns
        -------
        kept : bool
            False if the learner has been erased, so that nothing may be kept.
        """
        with self.changing() as connection:
            if not _keep_learner(connection, record.learner_id, alone=project is not None):
                return False
            row = insert_once(connection, TABLES[type(record)])
            connection.execute(row.values(**_values(record)))
            if isinstance(record, SceneEvent) and record.kind in {STARTED, ENDED}:
                project_session(connection, record.learner_id, record.task_id)
            if project is not None and isinstance(record, ReviewEvent):
                project_review(connection, record.learner_id, [record.item_id], project)
        return True

    def keep_item(self, asked: AskedItem) -> bool:
        """Keep the frozen copy of an item; the same copy again changes nothing.

        Parameters
        ----------
        asked : AskedItem
            What was asked.

        Returns
        -------
        was_new : bool
            False if it was there already.
        """
        with self.changing() as connection:
            row = insert_once(connection, tables.item_version).values(
                item_id=asked.item_id,
                version=asked.version,
                sha256=asked.sha256,
                type=asked.type,
                content=asked.text,
                first_asked_at=datetime.now(UTC),
            )
            return bool(connection.execute(row).rowcount)

    def put_cards(self, cards: Iterable[Card]) -> int:
        """Replace cards; those of erased learners are passed over.

        Parameters
        ----------
        cards : iterable of Card
            The new state.

        Returns
        -------
        kept : int
            Number of cards written.
        """
        kept = 0
        with self.changing() as connection:
            by_learner: dict[str, list[Card]] = {}
            for card in cards:
                by_learner.setdefault(card.learner_id, []).append(card)
            for learner_id, theirs in by_learner.items():
                if _keep_learner(connection, learner_id):
                    keep_cards(connection, theirs)
                    kept += len(theirs)
        return kept

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
            In no order.
        """
        wanted = [] if item_ids is None else [tables.attempt.c.item_id.in_(list(item_ids))]
        found = []
        for row in self._rows(tables.attempt, learner_id, *wanted):
            order = row.pop("option_order")
            found.append(Attempt(**row, option_order=None if order is None else tuple(order)))
        return found

    def events(self, learner_id: str) -> list[SceneEvent]:
        """Return what a learner did in explorers.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        events : list of SceneEvent
            In no order.
        """
        return [SceneEvent(**row) for row in self._rows(tables.scene_event, learner_id)]

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
            In no order.
        """
        wanted = [] if item_ids is None else [tables.review_event.c.item_id.in_(list(item_ids))]
        return [ReviewEvent(**row) for row in self._rows(tables.review_event, learner_id, *wanted)]

    def cards(self, learner_id: str) -> list[Card]:
        """Return the cards of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        cards : list of Card
            In no order.
        """
        return [Card(**row) for row in self._rows(tables.card, learner_id)]

    def sessions(self, learner_id: str) -> list[Session]:
        """Return the sessions of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        sessions : list of Session
            In no order.
        """
        return [Session(**row) for row in self._rows(tables.session, learner_id)]

    def erase(self, learner_id: str) -> int:
        """Delete everything of a learner; only the random id stays, marked as erased, and its tombstone.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        removed : int
            Number of attempts, events and reviews deleted.
        """
        with self.changing() as connection:
            _keep_learner(connection, learner_id)
            removed = erase(connection, [learner_id])
        self._empty_write_ahead_log()
        return removed

    def _rows(self, table: Table, learner_id: str, *wanted: ColumnElement[bool]) -> Sequence[dict[str, Any]]:
        columns = [column for column in table.c if column.name != "received_at"]
        query = select(*columns).where(table.c.learner_id == learner_id, *wanted)
        return self.reading(lambda connection: [dict(row) for row in connection.execute(query).mappings()])


def _values(record: Record) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    if values.get("scene_state") is not None:
        values["scene_state"] = dict(values["scene_state"])
    return {**values, "received_at": datetime.now(UTC)}


def _find_learner(connection: Connection, subject: str) -> str | None:
    identity = tables.identity
    query = select(identity.c.learner_id).where(
        identity.c.issuer == _ISSUER, identity.c.subject_hmac == subject
    )
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else str(found)


def _keep_learner(connection: Connection, learner_id: str, *, alone: bool = False) -> bool:
    """Make sure that the learner has a row; return whether records may be kept under it."""
    learner = tables.learner
    # PostgreSQL: an erasure waits for this transaction, and this for an erasure; alone: others of us too.
    query = (
        select(learner.c.erased_at)
        .where(learner.c.learner_id == learner_id)
        .with_for_update(key_share=True, read=not alone)
    )
    found = connection.execute(query).one_or_none()
    if found is not None:
        return found.erased_at is None
    if is_buried(connection, learner_id):
        return False
    row = insert_once(connection, learner)
    connection.execute(row.values(learner_id=learner_id, mode="local", created_at=datetime.now(UTC)))
    return connection.execute(query).one().erased_at is None
