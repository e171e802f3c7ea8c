"""Deletes what is kept of learners, and remembers that it was deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from bonemets_teach.progress import tables
from bonemets_teach.progress.dialect import insert_once
from bonemets_teach.progress.kinds import TABLES
from bonemets_teach.progress.migrations.append_only import ERASE_SETTING

__all__ = ["bury", "erase", "is_buried", "permit", "permit_all_before", "tombstone_of", "withdraw"]


def tombstone_of(learner_id: str) -> str:
    """Return what remains of an erased learner.

    Parameters
    ----------
    learner_id : str
        UUID of the learner.

    Returns
    -------
    digest : str
        SHA-256 of the random id, 64 hexadecimal digits; it leads to nobody.
    """
    return hashlib.sha256(learner_id.encode()).hexdigest()


def is_buried(connection: Connection, learner_id: str) -> bool:
    """Return whether a learner was erased.

    Parameters
    ----------
    connection : Connection
        Of the database.
    learner_id : str
        UUID of the learner.

    Returns
    -------
    buried : bool
        True if there is a tombstone.
    """
    column = tables.tombstone.c.learner_sha256
    query = select(column).where(column == tombstone_of(learner_id))
    return connection.execute(query).scalar_one_or_none() is not None


def permit(connection: Connection, learner_ids: Iterable[str]) -> None:
    """Let the triggers pass deletions in this transaction, on SQLite for these learners only.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    learner_ids : iterable of str
        Whose records are to be deleted.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL {ERASE_SETTING} = 'on'")
        return
    rows = [{"learner_id": learner_id} for learner_id in learner_ids]
    if rows:
        connection.execute(insert(tables.erase_permit), rows)


def permit_all_before(connection: Connection, limit: datetime) -> None:
    """Let the triggers pass the deletion of old records in this transaction.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    limit : datetime
        Records received before this moment are to be deleted.
    """
    found: set[str] = set()
    if connection.dialect.name != "postgresql":
        for table in TABLES.values():
            query = select(table.c.learner_id).where(table.c.received_at < limit).distinct()
            found |= set(connection.execute(query).scalars())
    permit(connection, found)


def bury(connection: Connection, tombstones: Iterable[str]) -> None:
    """Set tombstones.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    tombstones : iterable of str
        From `tombstone_of`.
    """
    moment = datetime.now(UTC)
    for digest in tombstones:
        row = insert_once(connection, tables.tombstone)
        connection.execute(row.values(learner_sha256=digest, erased_at=moment))


def withdraw(connection: Connection) -> None:
    """End what `permit` began.

    Parameters
    ----------
    connection : Connection
        Within the same transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL {ERASE_SETTING} = 'off'")
    else:
        connection.execute(delete(tables.erase_permit))


def erase(connection: Connection, learner_ids: Iterable[str]) -> int:
    """Delete everything of learners and set their tombstones.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    learner_ids : iterable of str
        Learners that have a row.

    Returns
    -------
    removed : int
        Number of attempts, events and reviews deleted.
    """
    chosen, moment, removed = sorted(set(learner_ids)), datetime.now(UTC), 0
    learner = tables.learner
    # PostgreSQL: waits for answers that are just being written, and makes later ones wait for this.
    lock = select(learner.c.learner_id).where(learner.c.learner_id.in_(chosen)).order_by(learner.c.learner_id)
    connection.execute(lock.with_for_update()).all()
    permit(connection, chosen)
    for table in TABLES.values():
        removed += connection.execute(delete(table).where(table.c.learner_id.in_(chosen))).rowcount
    for table in (tables.card, tables.session, tables.identity):
        connection.execute(delete(table).where(table.c.learner_id.in_(chosen)))
    withdraw(connection)
    mark = update(learner).where(learner.c.learner_id.in_(chosen), learner.c.erased_at.is_(None))
    connection.execute(mark.values(erased_at=moment))
    bury(connection, [tombstone_of(learner_id) for learner_id in chosen])
    return removed
