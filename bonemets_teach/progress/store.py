"""Keeps attempts, events and identities in the database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bonemets_teach.progress import tables
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.engine import open_engine, prepare

__all__ = ["STORE_ERRORS", "DatabaseStore"]

STORE_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError)
"""What any call of the store may raise when the disk or the file is at fault."""

_ISSUER = "browser"
Found = TypeVar("Found")


class DatabaseStore:
    """The saved part of the log, in one SQLite file.

    Parameters
    ----------
    path : Path
        The database file; it is made if missing.

    Notes
    -----
    Every method may raise one of `STORE_ERRORS`; the log turns that into words. A database that could not be
    prepared at first, because the disk was full or locked, is prepared before the next change.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_engine(path)
        self._process = os.getpid()
        self._abandoned: list[Engine] = []
        self._is_ready = False

    def prepare(self) -> None:
        """Create the tables if they are missing and check that the file is ours and can be written.

        Raises
        ------
        ProgressError
            If the file belongs to another program or to a newer version of this one.
        """
        if not self._is_ready:
            prepare(self._current_engine())
            self._is_ready = True

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
        return self._reading(lambda connection: _find_learner(connection, subject))

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
        with self._changing() as connection:
            found = _find_learner(connection, subject)
            if found is None:
                _keep_learner(connection, proposed)
                row = insert(tables.identity)
                connection.execute(row.values(issuer=_ISSUER, subject_hmac=subject, learner_id=proposed))
            return found or proposed

    def add(self, record: Attempt | SceneEvent) -> bool:
        """Keep an attempt or an event; one with the same id changes nothing.

        Parameters
        ----------
        record : Attempt or SceneEvent
            What to keep.

        Returns
        -------
        kept : bool
            False if the learner has been erased, so that nothing may be kept.
        """
        table = tables.attempt if isinstance(record, Attempt) else tables.scene_event
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        if record.scene_state is not None:
            values["scene_state"] = dict(record.scene_state)
        with self._changing() as connection:
            if not _keep_learner(connection, record.learner_id):
                return False
            row = insert(table).values(**values, received_at=datetime.now(UTC))
            connection.execute(row.on_conflict_do_nothing())
        return True

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
            Oldest first.
        """
        wanted = [] if item_ids is None else [tables.attempt.c.item_id.in_(list(item_ids))]
        found = []
        for row in self._rows(tables.attempt, learner_id, *wanted):
            order = row.pop("option_order")
            found.append(Attempt(**row, option_order=None if order is None else tuple(order)))
        return sorted(found, key=lambda attempt: (attempt.answered_at, attempt.attempt_id))

    def events(self, learner_id: str) -> list[SceneEvent]:
        """Return what a learner did in explorers.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        events : list of SceneEvent
            Oldest first.
        """
        found = [SceneEvent(**row) for row in self._rows(tables.scene_event, learner_id)]
        return sorted(found, key=lambda event: (event.happened_at, event.event_id))

    def erase(self, learner_id: str) -> int:
        """Delete everything of a learner; only the random id stays, marked as erased.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        removed : int
            Number of attempts and events deleted.
        """
        removed = 0
        with self._changing() as connection:
            _keep_learner(connection, learner_id)
            connection.execute(insert(tables.erase_permit).values(learner_id=learner_id))
            for table in (tables.attempt, tables.scene_event):
                removed += connection.execute(delete(table).where(table.c.learner_id == learner_id)).rowcount
            for table in (tables.identity, tables.erase_permit):
                connection.execute(delete(table).where(table.c.learner_id == learner_id))
            mark = update(tables.learner).where(tables.learner.c.learner_id == learner_id)
            connection.execute(mark.values(erased_at=datetime.now(UTC)))
        self._empty_write_ahead_log()
        return removed

    def close(self) -> None:
        """Close the connections; the store opens new ones if it is used again."""
        self._current_engine().dispose()

    def _changing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that changes the database."""
        self.prepare()
        return self._current_engine().begin()

    def _rows(self, table: Table, learner_id: str, *wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
        columns = [column for column in table.c if column.name != "received_at"]
        query = select(*columns).where(table.c.learner_id == learner_id, *wanted)
        return self._reading(lambda connection: [dict(row) for row in connection.execute(query).mappings()])

    def _reading(self, read: Callable[[Connection], Found]) -> Found:
        """Read; a database that was never made, for a full disk or a lock, is made first or says why not."""
        try:
            return self._read(read)
        except OperationalError:
            if self._is_ready:
                raise
            self.prepare()
            return self._read(read)

    def _read(self, read: Callable[[Connection], Found]) -> Found:
        with self._current_engine().connect().execution_options(reading=True) as connection:
            return read(connection)

    def _empty_write_ahead_log(self) -> None:
        """Fold the log into the database, so that the erased answers are in neither file."""
        raw = self._current_engine().raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def _current_engine(self) -> Engine:
        """Return this process' engine: SQLite connections must not cross a fork."""
        if self._process != os.getpid():
            # Kept alive on purpose: closing them here would touch the parent's connections.
            self._abandoned.append(self._engine)
            self._engine = open_engine(self.path)
            self._process = os.getpid()
        return self._engine


def _find_learner(connection: Connection, subject: str) -> str | None:
    identity = tables.identity
    query = select(identity.c.learner_id).where(
        identity.c.issuer == _ISSUER, identity.c.subject_hmac == subject
    )
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else str(found)


def _keep_learner(connection: Connection, learner_id: str) -> bool:
    """Make sure that the learner has a row; return whether records may be kept under it."""
    learner = tables.learner
    query = select(learner.c.erased_at).where(learner.c.learner_id == learner_id)
    found = connection.execute(query).one_or_none()
    if found is None:
        row = insert(learner).values(learner_id=learner_id, mode="local", created_at=datetime.now(UTC))
        connection.execute(row.on_conflict_do_nothing())
    return found is None or found.erased_at is None
