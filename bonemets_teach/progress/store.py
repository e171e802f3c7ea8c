"""Keeps attempts, events, reviews and identities in the database, and gives them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.asked import AskedItem
from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.auditing import note
from bonemets_teach.progress.database import STORE_ERRORS
from bonemets_teach.progress.dialect import insert_once
from bonemets_teach.progress.erasing import erase, is_buried, tombstone_of
from bonemets_teach.progress.folder import default_folder
from bonemets_teach.progress.graves import LIST, erase_again, read_list, write_list
from bonemets_teach.progress.kinds import TABLES, Record, record_id
from bonemets_teach.progress.projections import keep_cards, project_review, project_session
from bonemets_teach.progress.quick_insert import QuickInsert, values_of
from bonemets_teach.progress.reading import Reader
from bonemets_teach.progress.review_event import Card, ProjectCard, ReviewEvent
from bonemets_teach.progress.session import ENDED, STARTED
from bonemets_teach.progress.target import Target

__all__ = ["STORE_ERRORS", "DatabaseStore"]

_ISSUER = "browser"


class DatabaseStore(Reader):
    """The saved part of the log.

    Parameters
    ----------
    target : Target
        Where it is.
    """

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._quick: tuple[Engine, QuickInsert] | None = None
        self._list = (target.path.parent if target.path is not None else default_folder()) / LIST

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
        is_plain = project is None and not (
            isinstance(record, SceneEvent) and record.kind in {STARTED, ENDED}
        )
        if is_plain:
            return self.add_many([record])[0]
        with self.changing() as connection:
            if not _keep_learner(connection, record.learner_id, alone=project is not None):
                return False
            _insert(connection, record)
            if isinstance(record, SceneEvent):
                project_session(connection, record.learner_id, record.task_id)
            if project is not None and isinstance(record, ReviewEvent):
                project_review(connection, record.learner_id, [record.item_id], project)
        return True

    def add_many(self, records: Sequence[Record]) -> list[bool]:
        """Keep records in one transaction, none of which changes a projection.

        Parameters
        ----------
        records : sequence of records
            What to keep; those with known ids change nothing.

        Returns
        -------
        kept : list of bool
            As `add`, for each record.
        """
        quick = self._quick_insert()
        kept = None if quick is None else quick.add(records)
        if kept is not None:
            return kept
        with self.changing() as connection:
            learners = sorted({record.learner_id for record in records})
            allowed = {learner: _keep_learner(connection, learner) for learner in learners}
            # In the order of their ids: two batches that share attempts must not wait for one another.
            for record in sorted(records, key=record_id):
                if allowed[record.learner_id]:
                    _insert(connection, record)
        return [allowed[record.learner_id] for record in records]

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

    def is_known(self, learner_id: str) -> bool:
        """Return whether there is such a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        known : bool
            Also True for one who was erased.
        """
        query = select(tables.learner.c.learner_id).where(tables.learner.c.learner_id == learner_id)
        return self.reading(lambda connection: connection.execute(query).one_or_none()) is not None

    def erase(self, learner_id: str, actor: str = "learner") -> int:
        """Delete everything of a learner; only the random id stays, marked as erased, and its tombstone.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        actor : str
            ``"learner"`` or ``"staff"``.

        Returns
        -------
        removed : int
            Number of attempts, events and reviews deleted.
        """
        with self.changing() as connection:
            _keep_learner(connection, learner_id)
            removed = erase(connection, [learner_id])
            note(connection, actor, "erase", tombstone_of(learner_id), f"{removed} records")
        self._match_list()
        self.forget_deleted()
        return removed

    def prepare(self) -> None:
        """Bring the database to this program's version, and erase again whom an older copy brought back.

        Raises
        ------
        ProgressError
            If it belongs to another program or to a newer version of this one.
        """
        if not self._is_ready:
            super().prepare()
            self._match_list()

    def _match_list(self) -> None:
        """Hold the tombstones in the database and those in the list beside it against one another."""
        listed = read_list(self._list)
        query = select(tables.tombstone.c.learner_sha256)
        known = self.reading(lambda connection: frozenset(connection.execute(query).scalars()))
        if listed - known:
            with self.changing() as connection:
                removed = erase_again(connection, listed)
                note(connection, "system", "erase", "course", f"again, from the list: {removed} records")
            self.forget_deleted()
        if known - listed:
            # The tombstone in the database stands in any case.
            with suppress(OSError):
                write_list(self._list, known - listed)

    def _quick_insert(self) -> QuickInsert | None:
        if self.path is None:
            return None
        self.prepare()
        engine = self._current_engine()
        if self._quick is None or self._quick[0] is not engine:
            self._quick = (engine, QuickInsert(engine))
        return self._quick[1]


def _insert(connection: Connection, record: Record) -> None:
    connection.execute(insert_once(connection, TABLES[type(record)]).values(**values_of(record)))


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
