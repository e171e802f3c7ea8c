"""Deletes records that are older than the course keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, select

from bonemets_teach.errors import require_in_range
from bonemets_teach.progress import tables
from bonemets_teach.progress.dialect import insert_or_replace
from bonemets_teach.progress.erasing import permit_all_before, withdraw
from bonemets_teach.progress.kinds import TABLES
from bonemets_teach.progress.projections import rebuild
from bonemets_teach.progress.review_event import ProjectCard

__all__ = ["RETENTION_DAYS", "count_older", "purge", "retention_days", "set_retention_days"]

RETENTION_DAYS = 400
"""How long records are kept unless the course says otherwise; chosen: a year and a resit."""

_COURSE = "course"
_LONGEST_DAYS = 36_500


def retention_days(connection: Connection) -> int:
    """Return how long the course keeps records.

    Parameters
    ----------
    connection : Connection
        Of the database.

    Returns
    -------
    days : int
        `RETENTION_DAYS` if nothing was set.
    """
    query = select(tables.course.c.retention_days).where(tables.course.c.course_id == _COURSE)
    found = connection.execute(query).scalar_one_or_none()
    return RETENTION_DAYS if found is None else int(found)


def set_retention_days(connection: Connection, days: int) -> None:
    """Set how long the course keeps records.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    days : int
        1 to 36,500.

    Raises
    ------
    ParameterError
        If it is outside the range.
    """
    require_in_range("retention", days, 1, _LONGEST_DAYS, "days")
    row = insert_or_replace(connection, tables.course)
    connection.execute(row.values(course_id=_COURSE, retention_days=days))


def count_older(connection: Connection, days: int) -> dict[str, int]:
    """Count what `purge` would delete.

    Parameters
    ----------
    connection : Connection
        Of the database.
    days : int
        Age in days, 1 to 36,500, since the record was received.

    Returns
    -------
    counts : dict of str to int
        Table to number of rows; ``"learner"`` counts learners of whom nothing is left.

    Raises
    ------
    ParameterError
        If ``days`` is outside the range.
    """
    limit = _limit(days)
    counts = {
        table.name: connection.execute(
            select(func.count()).select_from(table).where(table.c.received_at < limit)
        ).scalar_one()
        for table in TABLES.values()
    }
    empty = _forgotten(limit)
    counts["learner"] = connection.execute(
        select(func.count()).select_from(tables.learner).where(empty)
    ).scalar_one()
    return counts


def purge(connection: Connection, days: int, project: ProjectCard) -> dict[str, int]:
    """Delete records older than so many days, and learners of whom nothing is left.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    days : int
        As in `count_older`.
    project : callable
        Folds the reviews that are left of an item into its card.

    Returns
    -------
    counts : dict of str to int
        As `count_older`.

    Raises
    ------
    ParameterError
        If ``days`` is outside the range.
    """
    counts, limit = count_older(connection, days), _limit(days)
    if not any(counts.values()):
        return counts
    permit_all_before(connection, limit)
    for table in TABLES.values():
        connection.execute(delete(table).where(table.c.received_at < limit))
    withdraw(connection)
    rebuild(connection, project)
    gone = select(tables.learner.c.learner_id).where(_forgotten(limit))
    connection.execute(delete(tables.identity).where(tables.identity.c.learner_id.in_(gone)))
    connection.execute(delete(tables.learner).where(_forgotten(limit)))
    return counts


def _limit(days: int) -> datetime:
    require_in_range("age", days, 1, _LONGEST_DAYS, "days")
    return datetime.now(UTC) - timedelta(days=days)


def _forgotten(limit: datetime) -> ColumnElement[bool]:
    """Return the condition for a learner, made before the limit, who will have no record after it."""
    learner = tables.learner
    recent: Sequence[ColumnElement[bool]] = [
        ~exists().where(table.c.learner_id == learner.c.learner_id, table.c.received_at >= limit)
        for table in TABLES.values()
    ]
    return and_(learner.c.created_at < limit, learner.c.erased_at.is_(None), *recent)
