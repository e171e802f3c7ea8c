"""The kinds of records that the log keeps, and in which table each lies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Table

from bonemets_teach.progress import tables
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.review_event import ReviewEvent

__all__ = ["TABLES", "Record", "order", "record_id"]

Record: TypeAlias = Attempt | SceneEvent | ReviewEvent

TABLES: Final[Mapping[type[Record], Table]] = {
    Attempt: tables.attempt,
    SceneEvent: tables.scene_event,
    ReviewEvent: tables.review_event,
}
"""Append-only tables; everything else of a learner follows from them."""


def record_id(record: Record) -> str:
    """Return the id that makes a record unique.

    Parameters
    ----------
    record : Attempt, SceneEvent or ReviewEvent
        The record.

    Returns
    -------
    id : str
        Its ``attempt_id``, ``event_id`` or ``review_id``.
    """
    if isinstance(record, Attempt):
        return record.attempt_id
    return record.event_id if isinstance(record, SceneEvent) else record.review_id


def order(record: Record) -> tuple[datetime, str]:
    """Return what records are sorted by.

    Parameters
    ----------
    record : Attempt, SceneEvent or ReviewEvent
        The record.

    Returns
    -------
    key : tuple
        The moment; of records of one moment the id decides.
    """
    if isinstance(record, Attempt):
        return record.answered_at, record.attempt_id
    if isinstance(record, SceneEvent):
        return record.happened_at, record.event_id
    return record.reviewed_at, record.review_id
