"""The tables of the progress database and the triggers that keep the log append-only."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    event,
)
from sqlalchemy.types import TypeDecorator

__all__ = [
    "SCHEMA_VERSION",
    "attempt",
    "erase_permit",
    "identity",
    "learner",
    "meta",
    "metadata",
    "scene_event",
]

SCHEMA_VERSION = 1


class _UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite has no time zones, so it is attached on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData()
_OPTIONAL_JSON = JSON(none_as_null=True)

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

learner = Table(
    "learner",
    metadata,
    Column("learner_id", String(36), primary_key=True),
    Column("mode", String(10), nullable=False),
    Column("created_at", _UtcDateTime, nullable=False),
    Column("erased_at", _UtcDateTime),
)

identity = Table(
    "identity",
    metadata,
    Column("issuer", String(40), primary_key=True),
    Column("subject_hmac", String(64), primary_key=True),
    Column("learner_id", ForeignKey("learner.learner_id"), nullable=False, index=True),
)

attempt = Table(
    "attempt",
    metadata,
    Column("attempt_id", String(36), primary_key=True),
    Column("learner_id", ForeignKey("learner.learner_id"), nullable=False),
    Column("lesson_id", String(200), nullable=False),
    Column("item_id", String(200), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("lang", String(200), nullable=False),
    Column("option_order", _OPTIONAL_JSON),
    Column("response", JSON, nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("correct", Boolean),
    Column("certainty", SmallInteger),
    Column("hints_used", SmallInteger, nullable=False),
    Column("latency_ms", Integer, nullable=False),
    Column("scene_state", _OPTIONAL_JSON),
    Column("answered_at", _UtcDateTime, nullable=False),
    Column("received_at", _UtcDateTime, nullable=False),
    Index("attempt_by_learner", "learner_id", "item_id", "answered_at"),
    Index("attempt_by_item", "item_id", "item_version"),
)

scene_event = Table(
    "event",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("learner_id", ForeignKey("learner.learner_id"), nullable=False),
    Column("lesson_id", String(200), nullable=False),
    Column("scene_id", String(200), nullable=False),
    Column("task_id", String(200), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("prediction", _OPTIONAL_JSON),
    Column("outcome", _OPTIONAL_JSON),
    Column("correct", Boolean),
    Column("scene_state", _OPTIONAL_JSON),
    Column("happened_at", _UtcDateTime, nullable=False),
    Column("received_at", _UtcDateTime, nullable=False),
    Index("event_by_learner", "learner_id", "scene_id", "happened_at"),
)

erase_permit = Table(
    "erase_permit",
    metadata,
    Column("learner_id", ForeignKey("learner.learner_id"), primary_key=True),
)


def _append_only(table: Table) -> None:
    """Refuse UPDATE always, and DELETE unless the learner's erasure is under way in this transaction."""
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
    permitted = "EXISTS (SELECT 1 FROM erase_permit WHERE learner_id = OLD.learner_id)"
    for action, condition in (("UPDATE", ""), ("DELETE", f"WHEN NOT {permitted}")):
        name = f"{table.name}_no_{action.lower()}"
        trigger = f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {action} ON {table.name} {condition} {refusal}"
        event.listen(table, "after_create", _ddl(trigger).execute_if(dialect="sqlite"))


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call] # the library leaves its constructor untyped


_append_only(attempt)
_append_only(scene_event)
