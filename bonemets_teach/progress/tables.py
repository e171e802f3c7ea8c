"""The tables of the progress database, the same on SQLite and on PostgreSQL.

They are made by the migrations; a test holds both against one another.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from bonemets_teach.progress.columns import Json, UtcDateTime

__all__ = [
    "SCHEMA_VERSION",
    "attempt",
    "audit",
    "card",
    "course",
    "erase_permit",
    "identity",
    "item_version",
    "learner",
    "meta",
    "metadata",
    "review_event",
    "scene_event",
    "session",
    "tombstone",
]

SCHEMA_VERSION = 4

metadata = MetaData()

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
    Column("created_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
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
    Column("option_order", Json(none_as_null=True)),
    Column("response", Json, nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("correct", Boolean),
    Column("certainty", SmallInteger),
    Column("hints_used", SmallInteger, nullable=False),
    Column("latency_ms", Integer, nullable=False),
    Column("scene_state", Json(none_as_null=True)),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    # No foreign keys here: an attempt may arrive before its session, and is kept without its item.
    Column("session_id", String(36)),
    Column("seq_no", Integer),
    Column("cbm_mark", Float),
    Column("item_sha256", String(64)),
    Column("misconceptions", Json(none_as_null=True)),
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
    Column("prediction", Json(none_as_null=True)),
    Column("outcome", Json(none_as_null=True)),
    Column("correct", Boolean),
    Column("scene_state", Json(none_as_null=True)),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Index("event_by_learner", "learner_id", "scene_id", "happened_at"),
)

review_event = Table(
    "review_event",
    metadata,
    Column("review_id", String(36), primary_key=True),
    Column("learner_id", ForeignKey("learner.learner_id"), nullable=False),
    Column("item_id", String(200), nullable=False),
    Column("rating", SmallInteger, nullable=False),
    Column("attempt_id", String(36)),
    Column("duration_ms", Integer),
    Column("reviewed_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Index("review_by_learner", "learner_id", "item_id", "reviewed_at"),
)

item_version = Table(
    "item_version",
    metadata,
    Column("item_id", String(200), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("type", String(200), nullable=False),
    Column("content", Text, nullable=False),
    Column("first_asked_at", UtcDateTime, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("learner_id", ForeignKey("learner.learner_id"), nullable=False, index=True),
    Column("lesson_id", String(200), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("plan", Json(none_as_null=True)),
    Column("result", Json(none_as_null=True)),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

card = Table(
    "card",
    metadata,
    Column("learner_id", ForeignKey("learner.learner_id"), primary_key=True),
    Column("item_id", String(200), primary_key=True),
    Column("state", Json, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Index("card_by_due", "learner_id", "due_at"),
)

course = Table(
    "course",
    metadata,
    Column("course_id", String(40), primary_key=True),
    Column("retention_days", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("audit_id", String(36), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(20), nullable=False),
    Column("action", String(20), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("note", String(200), nullable=False),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("learner_sha256", String(64), primary_key=True),
    Column("erased_at", UtcDateTime, nullable=False),
)

erase_permit = Table(
    "erase_permit",
    metadata,
    Column("learner_id", ForeignKey("learner.learner_id"), primary_key=True),
)
