"""Version 1: learners, their attempts at items and their events in explorers."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
)
from sqlalchemy.dialects.postgresql import JSONB

from bonemets_teach.progress.migrations.append_only import statements

revision = "1"
down_revision = None

_MOMENT = DateTime(timezone=True)
_JSON = JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the first tables."""
    _make_people()
    _make_attempts()
    _make_events()
    for table in ("attempt", "event"):
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)


def _make_people() -> None:
    op.create_table(
        "meta",
        Column("name", String(40), primary_key=True),
        Column("value", String(200), nullable=False),
    )
    op.create_table(
        "learner",
        Column("learner_id", String(36), primary_key=True),
        Column("mode", String(10), nullable=False),
        Column("created_at", _MOMENT, nullable=False),
        Column("erased_at", _MOMENT),
    )
    op.create_table(
        "identity",
        Column("issuer", String(40), primary_key=True),
        Column("subject_hmac", String(64), primary_key=True),
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), nullable=False),
    )
    op.create_index("ix_identity_learner_id", "identity", ["learner_id"])
    op.create_table(
        "erase_permit",
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), primary_key=True),
    )


def _make_attempts() -> None:
    op.create_table(
        "attempt",
        Column("attempt_id", String(36), primary_key=True),
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), nullable=False),
        Column("lesson_id", String(200), nullable=False),
        Column("item_id", String(200), nullable=False),
        Column("item_version", Integer, nullable=False),
        Column("lang", String(200), nullable=False),
        Column("option_order", _JSON),
        Column("response", _JSON, nullable=False),
        Column("score", Float, nullable=False),
        Column("max_score", Float, nullable=False),
        Column("correct", Boolean),
        Column("certainty", SmallInteger),
        Column("hints_used", SmallInteger, nullable=False),
        Column("latency_ms", Integer, nullable=False),
        Column("scene_state", _JSON),
        Column("answered_at", _MOMENT, nullable=False),
        Column("received_at", _MOMENT, nullable=False),
    )
    op.create_index("attempt_by_learner", "attempt", ["learner_id", "item_id", "answered_at"])
    op.create_index("attempt_by_item", "attempt", ["item_id", "item_version"])


def _make_events() -> None:
    op.create_table(
        "event",
        Column("event_id", String(36), primary_key=True),
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), nullable=False),
        Column("lesson_id", String(200), nullable=False),
        Column("scene_id", String(200), nullable=False),
        Column("task_id", String(200), nullable=False),
        Column("kind", String(200), nullable=False),
        Column("prediction", _JSON),
        Column("outcome", _JSON),
        Column("correct", Boolean),
        Column("scene_state", _JSON),
        Column("happened_at", _MOMENT, nullable=False),
        Column("received_at", _MOMENT, nullable=False),
    )
    op.create_index("event_by_learner", "event", ["learner_id", "scene_id", "happened_at"])
